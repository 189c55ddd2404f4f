"""`User`: one user of Amazon Connect as a Pulumi resource."""

from collections.abc import Mapping, Sequence
from typing import Final, NoReturn, Unpack

import pulumi

from ..core.arns import last_part
from ..core.messages import UNFINISHED
from ..core.privacy import similar
from ..dynamic import FROM_RESOURCE, UserProvider
from ..engine.program_settings import read_program_settings
from .arguments import HIDDEN, PERSONAL, REQUIRED, UserArguments
from .input_conversion import WireInput, as_secret_username, snake_to_camel, to_wire, with_secrets
from .instance_props import instance_props
from .output_attributes import ResourceOutput, output_names
from .outputs import UserOutputs
from .ownership_mark import ownership
from .resource_options import refuse_import, translate_options
from .unfinished import fail_if_unfinished

_OUTPUTS: Final = (*output_names(UserOutputs), UNFINISHED)
"""All exist, declared or not: the engine fills what is seeded with None."""

_INSTEAD: Final = (
    "To take over a user that exists, declare it with its username and adopt=True; one that the "
    "program only refers to needs no resource: its ARN is enough (UserStatus takes user_arn)."
)


class User(UserOutputs, pulumi.dynamic.Resource, module="connect", name="User"):
    """A user of an Amazon Connect instance: agent, supervisor or administrator.

    The resource id is the user's ARN. Each argument is an attribute too, as resolved (both
    `routing_profile_id` and its name for a `routing_profile`), except `password`. An attribute
    that was not declared is None; structures are read as `identity_info.first_name`.

    Example:
        connect.User(
            "mary-major",
            instance=centre,
            username="mary.major",
            identity_info=connect.IdentityInfo(first_name="Mary", last_name="Major"),
            routing_profile="Basic Routing Profile",
            security_profiles=["Agent"],
        )
    """

    unfinished = ResourceOutput[Sequence[str] | None](UNFINISHED)
    """What create left undone, which the next `pulumi up` does; None where nothing is."""

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        **arguments: Unpack[UserArguments],
    ) -> None:
        """Declares the user.

        Args:
            resource_name: The name in Pulumi's state; with the parents it is the user's mark.
            opts: Pulumi's options. `protect=True` suits users that cannot be replaced.
            arguments: See `UserArguments`.

        Raises:
            TypeError: An argument is unknown, or `instance` or `username` is missing.
            pulumi.RunError: `opts` has `import_` or `id`.
            SettingsError: `connect:ownership` or `connect:personalData` has another value.
        """
        refuse_import(f"User {resource_name!r}", opts, _INSTEAD)
        _refuse_unknown(resource_name, arguments)
        props = _props(arguments)
        hidden = ["password"]
        settings = read_program_settings(pulumi.Config("connect").get)
        if settings.hides_personal_data:
            props = with_secrets(props, PERSONAL)
            hidden += [*_personal(props), UNFINISHED]
            props["username"] = as_secret_username(props["username"])
            # An unknown one is hidden too.
            hidden += ["username"] if isinstance(props["username"], pulumi.Output) else []
        self._hides_username = "username" in hidden
        mark = ownership(type(self), resource_name, opts, settings)
        if mark is not None:
            props["ownership"] = mark
        secret = pulumi.ResourceOptions(additional_secret_outputs=hidden)
        super().__init__(
            UserProvider(),
            resource_name,
            dict.fromkeys(_OUTPUTS) | props,
            pulumi.ResourceOptions.merge(translate_options(opts), secret),
        )
        for name in (*HIDDEN, FROM_RESOURCE):
            self.__dict__.pop(name, None)
        fail_if_unfinished(resource_name, self)

    @property
    def user_arn(self) -> pulumi.Output[str]:
        """The user's ARN: the id of the resource."""
        return self.id

    @property
    def user_id(self) -> pulumi.Output[str]:
        """The user's id, as Connect's own API takes it: the last part of the ARN."""
        return self.id.apply(last_part)

    @staticmethod
    def get(resource_name: str, *_: object, **__: object) -> NoReturn:
        """Dynamic resources cannot be read: raises pulumi.RunError, which says what to do."""
        raise pulumi.RunError(f"User {resource_name!r}: get() is not supported. {_INSTEAD}")


def _props(arguments: UserArguments) -> dict[str, WireInput]:
    """The arguments on the wire, with the password as a secret."""
    props = instance_props(arguments["instance"])
    for name, value in arguments.items():
        if value is not None and name != "instance":
            props[snake_to_camel(name)] = to_wire(name, value)
    if props.get("password") is not None:
        props["password"] = pulumi.Output.secret(props["password"])
    return props


def _refuse_unknown(resource_name: str, given: UserArguments) -> None:
    known = list(UserArguments.__annotations__)
    for name in given:
        if name not in known:
            near = similar(name, known)
            hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(known)}"
            raise TypeError(f"User {resource_name!r} got an unknown argument {name!r}: {hint}")
    missing = [name for name in REQUIRED if given.get(name) is None]
    if missing:
        raise TypeError(f"User {resource_name!r} needs {' and '.join(missing)}")


def _personal(props: Mapping[str, WireInput]) -> list[str]:
    """The properties that hold something personal.

    Of a user that does not change the engine encrypts whole outputs only: what was in the clear
    before the setting would stay so.
    """
    held = dict.fromkeys(
        top
        for top, member in PERSONAL
        if not isinstance(value := props.get(top, {}), Mapping) or member in value
    )
    return list(held)
