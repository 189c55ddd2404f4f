"""The resource classes over the native plugin, which serves every Pulumi language."""

from functools import cache
from importlib.metadata import version
from typing import Self

import pulumi

from ..core.user_resources import NATIVE_ROSTER, NATIVE_STATUS, NATIVE_USER, USER, USER_STATUS
from ..engine.program_settings import ProgramSettings
from .arguments import UserSignature
from .input_conversion import WireInput
from .resource_options import translate_options
from .roster_members import RosterMembers
from .settings import NATIVE
from .user import OUTPUTS, DeclaredUser
from .user_roster import DeclaredRoster
from .user_status import DeclaredStatus


class User(UserSignature, DeclaredUser):
    """A user of an Amazon Connect instance: agent, supervisor or administrator.

    The resource id is the user's ARN. Each argument is an attribute too, as resolved (both
    `routing_profile_id` and its name for a `routing_profile`), except `password`. An attribute
    that was not declared is None; structures are read as `identity_info.first_name`.

    Example:
        ```python
        connect.User(
            "mary-major",
            instance=centre,
            username="mary.major",
            identity_info=connect.IdentityInfo(first_name="Mary", last_name="Major"),
            routing_profile="Basic Routing Profile",
            security_profiles=["Agent"],
        )
        ```
    """

    namespace = NATIVE

    @classmethod
    def get(
        cls,
        resource_name: str,
        id: pulumi.Input[str],  # noqa: A002 - as in Pulumi's own classes
        opts: pulumi.ResourceOptions | None = None,
    ) -> Self:
        """A user that exists, as Connect has it; the program does not manage it.

        Args:
            resource_name: The name in Pulumi's state.
            id: The user's ARN, or `INSTANCE_ARN/USERNAME`.
            opts: Pulumi's options.
        """
        user = cls.__new__(cls)
        user._hides_username = cls._settings().hides_personal_data
        options = pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(id=id))
        user._register(resource_name, {}, options)
        return user

    @property
    def user_arn(self) -> pulumi.Output[str]:
        """The user's ARN; the id too, except after a `get` by username."""
        both: pulumi.Output[list[str]] = pulumi.Output.all(self.id, vars(self)["userArn"])
        return both.apply(lambda id_and_arn: id_and_arn[1] or id_and_arn[0])

    def _declare(
        self,
        resource_name: str,
        props: dict[str, WireInput],
        opts: pulumi.ResourceOptions,
        settings: ProgramSettings,
    ) -> None:
        self._register(resource_name, props, opts)

    def _register(
        self, resource_name: str, props: dict[str, WireInput], opts: pulumi.ResourceOptions
    ) -> None:
        seeded = {**dict.fromkeys((*OUTPUTS, "userArn")), **props}
        pulumi.CustomResource.__init__(
            self, NATIVE_USER, resource_name, seeded, _options(opts, USER)
        )


class UserStatus(DeclaredStatus):
    namespace = NATIVE

    def _declare(
        self, resource_name: str, props: dict[str, WireInput], opts: pulumi.ResourceOptions
    ) -> None:
        pulumi.CustomResource.__init__(
            self, NATIVE_STATUS, resource_name, props, _options(opts, USER_STATUS)
        )


class UserRoster(DeclaredRoster, pulumi.CustomResource):
    namespace = NATIVE

    def _declare(
        self,
        resource_name: str,
        shared: dict[str, WireInput],
        members: RosterMembers,
        opts: pulumi.ResourceOptions | None,
        settings: ProgramSettings,
    ) -> pulumi.Output[dict[str, str]]:
        hides = settings.hides_personal_data
        secret = pulumi.ResourceOptions(additional_secret_outputs=members.hidden(hides=hides))
        options = pulumi.ResourceOptions.merge(translate_options(opts), secret)
        props = shared | members.properties(hides=hides)
        pulumi.CustomResource.__init__(self, NATIVE_ROSTER, resource_name, props, _options(options))
        user_ids: pulumi.Output[dict[str, str] | None] = vars(self)["userIds"]
        return user_ids.apply(lambda ids: ids or {})


@cache
def _version() -> str:
    return version("pulumi-connect-users")


def _options(opts: pulumi.ResourceOptions, *former: str) -> pulumi.ResourceOptions:
    """The options with the plugin's version, and the dynamic type whose resource this one was."""
    own = pulumi.ResourceOptions(
        version=opts.version or _version(), aliases=[pulumi.Alias(type_=type_) for type_ in former]
    )
    return pulumi.ResourceOptions.merge(opts, own)
