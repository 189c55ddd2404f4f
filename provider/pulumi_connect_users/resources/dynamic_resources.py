"""The resource classes over Pulumi's dynamic provider, which runs in the program's own Python."""

from typing import Final, NoReturn

import pulumi

from ..core.messages import UNFINISHED
from ..dynamic import FROM_RESOURCE, UserBatchProvider, UserProvider, UserStatusProvider
from ..engine.program_settings import ProgramSettings
from .arguments import UserSignature
from .input_conversion import WireInput
from .instance_props import from_resource
from .ownership_mark import ownership
from .resource_options import refuse_import
from .roster_members import RosterMembers
from .settings import DYNAMIC
from .unfinished import fail_if_unfinished
from .user import DeclaredUser
from .user_roster import DeclaredRoster
from .user_status import DeclaredStatus

_INSTEAD: Final = (
    "To take over a user that exists, declare it with its username and adopt=True; one that the "
    "program only refers to needs no resource: its ARN is enough (UserStatus takes user_arn). "
    "The classes of pulumi_connect_users.native can import and get users."
)


class User(UserSignature, DeclaredUser, pulumi.dynamic.Resource, module="connect", name="User"):
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

    namespace = DYNAMIC

    def _refuse_options(self, resource_name: str, opts: pulumi.ResourceOptions | None) -> None:
        refuse_import(f"User {resource_name!r}", opts, _INSTEAD)

    def _declare(
        self,
        resource_name: str,
        props: dict[str, WireInput],
        opts: pulumi.ResourceOptions,
        settings: ProgramSettings,
    ) -> None:
        props |= ownership(type(self), resource_name, opts, settings)
        props |= from_resource(props["instanceArn"])
        pulumi.dynamic.Resource.__init__(self, UserProvider(), resource_name, props, opts)
        for name in ("ownership", FROM_RESOURCE):
            self.__dict__.pop(name, None)
        fail_if_unfinished(resource_name, self)

    @staticmethod
    def get(resource_name: str, *_: object, **__: object) -> NoReturn:
        """Dynamic resources cannot be read: raises pulumi.RunError, which says what to do."""
        raise pulumi.RunError(f"User {resource_name!r}: get() is not supported. {_INSTEAD}")


class UserStatus(DeclaredStatus, pulumi.dynamic.Resource, module="connect", name="UserStatus"):
    namespace = DYNAMIC

    def _declare(
        self, resource_name: str, props: dict[str, WireInput], opts: pulumi.ResourceOptions
    ) -> None:
        pulumi.dynamic.Resource.__init__(self, UserStatusProvider(), resource_name, props, opts)


class UserBatch(pulumi.dynamic.Resource, module="connect", name="UserBatch"):
    """A 64th of a roster's users. Made by `UserRoster` only."""

    def __init__(
        self, name: str, props: dict[str, WireInput], opts: pulumi.ResourceOptions
    ) -> None:
        super().__init__(UserBatchProvider(), name, props, opts)
        fail_if_unfinished(name, self)


class UserRoster(DeclaredRoster, pulumi.ComponentResource):
    namespace = DYNAMIC

    def _declare(
        self,
        resource_name: str,
        shared: dict[str, WireInput],
        members: RosterMembers,
        opts: pulumi.ResourceOptions | None,
        settings: ProgramSettings,
    ) -> pulumi.Output[dict[str, str]]:
        pulumi.ComponentResource.__init__(self, "connect:index:UserRoster", resource_name, {}, opts)
        shared |= {UNFINISHED: None} | from_resource(shared["instanceArn"])
        shared |= ownership(UserBatch, resource_name, opts, settings)
        hides = settings.hides_personal_data
        child = _child_options(self, opts, members.hidden(hides=hides))
        batches = [
            UserBatch(f"{resource_name}-{number:02}", shared | own, child)
            for number, own in enumerate(members.batches(hides=hides))
        ]
        # Not registered: state holds them in the batches already.
        self.register_outputs({})
        return pulumi.Output.all(*[b.__dict__["userIds"] for b in batches]).apply(_merged)


def _child_options(
    roster: UserRoster, opts: pulumi.ResourceOptions | None, hidden: list[str]
) -> pulumi.ResourceOptions:
    """A batch's options: with what children do not inherit."""
    own = opts or pulumi.ResourceOptions()
    return pulumi.ResourceOptions(
        parent=roster,
        additional_secret_outputs=hidden,
        custom_timeouts=own.custom_timeouts,
        depends_on=own.depends_on,
        ignore_changes=own.ignore_changes,
    )


def _merged(parts: list[dict[str, str] | None]) -> dict[str, str]:
    return {name: user_id for part in parts for name, user_id in (part or {}).items()}
