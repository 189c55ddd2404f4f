"""`User`: one user of Amazon Connect as a Pulumi resource."""

from collections.abc import Mapping, Sequence
from typing import Final, Unpack

import pulumi

from ..core.arns import last_part
from ..core.messages import UNFINISHED
from ..core.privacy import similar
from ..engine.program_settings import ProgramSettings
from .arguments import HIDDEN, PERSONAL, REQUIRED, UserArguments
from .declared import Declared
from .input_conversion import WireInput, as_secret_username, snake_to_camel, to_wire, with_secrets
from .instance_props import instance_props
from .output_attributes import ResourceOutput, output_names
from .outputs import UserOutputs
from .resource_options import translate_options

OUTPUTS: Final = (*output_names(UserOutputs), UNFINISHED)
"""All exist, declared or not: the engine fills what is seeded with None."""


class DeclaredUser(UserOutputs, Declared, pulumi.CustomResource):
    """What the user classes of both providers share."""

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
            pulumi.RunError: `opts` has `import_` or `id`, and the provider is dynamic.
            SettingsError: `connect:ownership` or `connect:personalData` has another value.
        """
        self._refuse_options(resource_name, opts)
        _refuse_unknown(resource_name, arguments)
        props = _props(arguments)
        hidden = ["password"]
        settings = self._settings()
        if settings.hides_personal_data:
            props = with_secrets(props, PERSONAL)
            hidden += [*_personal(props), UNFINISHED]
            props["username"] = as_secret_username(props["username"])
            # An unknown one is hidden too.
            hidden += ["username"] if isinstance(props["username"], pulumi.Output) else []
        self._hides_username = "username" in hidden
        secret = pulumi.ResourceOptions(additional_secret_outputs=hidden)
        self._declare(
            resource_name,
            dict.fromkeys(OUTPUTS) | props,
            pulumi.ResourceOptions.merge(translate_options(opts), secret),
            settings,
        )
        for name in HIDDEN:
            self.__dict__.pop(name, None)

    def _refuse_options(self, resource_name: str, opts: pulumi.ResourceOptions | None) -> None:
        """Raises RunError for options that the provider does not support."""

    def _declare(
        self,
        resource_name: str,
        props: dict[str, WireInput],
        opts: pulumi.ResourceOptions,
        settings: ProgramSettings,
    ) -> None:
        """Registers the resource."""
        raise NotImplementedError

    @property
    def user_arn(self) -> pulumi.Output[str]:
        """The user's ARN: the id of the resource."""
        return self.id

    @property
    def user_id(self) -> pulumi.Output[str]:
        """The user's id, as Connect's own API takes it: the last part of the ARN."""
        return self.user_arn.apply(last_part)


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
