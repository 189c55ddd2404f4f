"""`User`: one user of Amazon Connect as a Pulumi resource."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Unpack

import pulumi

from .arguments import UserArguments
from .dynamic import UserProvider
from .instance import Instance
from .lifecycle.arns import last_part
from .mark import ownership
from .model.references import OF_USER
from .options import on_wire
from .program_settings import read_program_settings
from .wire import as_secret, as_secret_username, camel, to_wire

PERSONAL_PATHS = (
    ("identityInfo", "firstName"),
    ("identityInfo", "lastName"),
    ("identityInfo", "email"),
    ("identityInfo", "secondaryEmail"),
    ("identityInfo", "mobile"),
    ("phoneConfig", "deskPhoneNumber"),
    ("phoneNumberConfigs", "phoneNumber"),
)
"""Wire paths that `connect:personalData: secret` hides; a test compares them with the model."""

_COMPUTED = (
    "identityManagementType",
    *(key for reference in OF_USER for key in (reference.id, reference.fact)),
    "initialPasswordSecret",
)
"""Outputs that a program need not give: the engine fills what is seeded with None."""

_REQUIRED = ("instance", "username")
"""Said here once more: a TypedDict does not tell them where annotations are postponed."""

_HIDDEN = ("password", "ownership")
"""Inputs that are no attribute of the resource."""


class User(pulumi.dynamic.Resource, module="connect", name="User"):
    """A user of an Amazon Connect instance: agent, supervisor or administrator.

    The resource id is the user's ARN. Each argument is an attribute too, as resolved
    (`routing_profile_id` for a `routing_profile`); `password` is none.

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

    if TYPE_CHECKING:
        instance_arn: pulumi.Output[str]
        username: pulumi.Output[str]
        identity_management_type: pulumi.Output[str | None]
        identity_info: pulumi.Output[dict[str, Any] | None]
        phone_config: pulumi.Output[dict[str, Any] | None]
        directory_user_id: pulumi.Output[str | None]
        routing_profile_id: pulumi.Output[str]
        routing_profile_name: pulumi.Output[str | None]
        security_profile_ids: pulumi.Output[Sequence[str]]
        security_profile_names: pulumi.Output[Sequence[str] | None]
        hierarchy_group_id: pulumi.Output[str | None]
        hierarchy_path: pulumi.Output[str | None]
        initial_password_secret: pulumi.Output[str | None]
        proficiencies: pulumi.Output[Sequence[dict[str, Any]] | None]
        tags: pulumi.Output[dict[str, str] | None]

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        **arguments: Unpack[UserArguments],
    ) -> None:
        """Declares the user.

        Args:
            resource_name: The name in Pulumi's state; with the parents it is the user's mark.
            opts: Pulumi's options. `protect=True` suits everyone whom nobody else can replace.
            arguments: See `UserArguments`.

        Raises:
            TypeError: An argument is unknown, or `instance` or `username` is missing.
            SettingsError: `connect:ownership` or `connect:personalData` has another value.
        """
        given: dict[str, Any] = dict(arguments)
        _refuse_unknown(resource_name, given)
        instance = given.pop("instance")
        props: dict[str, Any] = dict.fromkeys(_COMPUTED)
        if isinstance(instance, Instance):
            props["instanceArn"] = instance.arn
            props["identityManagementType"] = instance.identity_management_type
        else:
            props["instanceArn"] = instance
        for name, value in given.items():
            if value is not None:
                props[camel(name)] = to_wire(name, value)
        if props.get("password") is not None:
            props["password"] = pulumi.Output.secret(props["password"])
        hidden = ["password"]
        settings = read_program_settings(pulumi.Config("connect").get)
        if settings.hides_personal_data:
            props = as_secret(props, PERSONAL_PATHS)
            hidden += _personal(props)
            props["username"] = as_secret_username(props["username"])
            # One that is not known yet is hidden, too.
            hidden += ["username"] if isinstance(props["username"], pulumi.Output) else []
        self._hides_username = "username" in hidden
        mark = ownership(type(self), resource_name, opts, settings)
        if mark is not None:
            props["ownership"] = mark
        secret = pulumi.ResourceOptions(additional_secret_outputs=hidden)
        super().__init__(
            UserProvider(),
            resource_name,
            props,
            pulumi.ResourceOptions.merge(on_wire(opts), secret),
        )
        for name in _HIDDEN:
            self.__dict__.pop(name, None)

    @property
    def user_arn(self) -> pulumi.Output[str]:
        """The user's ARN: the id of the resource."""
        return self.id

    @property
    def user_id(self) -> pulumi.Output[str]:
        """The user's id, as Connect's own API takes it: the last part of the ARN."""
        return self.id.apply(last_part)

    def __getattr__(self, name: str) -> Any:
        """Wire names are the resource's own attributes; a program uses snake_case."""
        wire = camel(name)
        if wire != name and wire in self.__dict__:
            return self.__dict__[wire]
        raise AttributeError(f"User has no attribute {name!r}")


def _refuse_unknown(resource_name: str, given: dict[str, Any]) -> None:
    known = list(UserArguments.__annotations__)
    for name in given:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(known)}"
            raise TypeError(f"User {resource_name!r} got an unknown argument {name!r}: {hint}")
    missing = [name for name in _REQUIRED if given.get(name) is None]
    if missing:
        raise TypeError(f"User {resource_name!r} needs {' and '.join(missing)}")


def _personal(props: Mapping[str, Any]) -> list[str]:
    """The properties that hold something personal.

    Of a user that does not change the engine encrypts whole outputs only: what was in the clear
    before the setting would stay so.
    """
    held = dict.fromkeys(
        top
        for top, member in PERSONAL_PATHS
        if not isinstance(value := props.get(top, {}), Mapping) or member in value
    )
    return list(held)
