"""`UserRoster`: thousands of users of Amazon Connect, declared together."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal

import pulumi

from ..core.privacy import hide_addresses
from ..engine.program_settings import ProgramSettings
from ..roster.files.users import RosterUsers
from .declared import Declared
from .input_conversion import WireInput
from .instance import Instance
from .instance_props import instance_props
from .resource_options import refuse_import
from .roster_members import RosterMembers

OnRemove = Literal["delete", "retain"]

_INSTEAD: Final = (
    "To take over users that exist, declare them with adopt=True, each or in defaults."
)


class DeclaredRoster(Declared):
    """Many users of one instance, in 64 batch resources; in one with the native plugin.

    Each user is checked, shown in previews, changed and marked individually, as a `User` is.

    Example:
        ```python
        connect.UserRoster(
            "west",
            instance=centre,
            users=connect.read_roster("west.yaml"),
            defaults={"routing_profile": "Basic Routing Profile", "security_profiles": ["Agent"]},
        )
        ```
    """

    user_ids: pulumi.Output[dict[str, str]]
    """The users' ids by username."""

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        instance: pulumi.Input[str] | Instance,
        users: Mapping[str, Mapping[str, Any]],
        defaults: Mapping[str, Any] | None = None,
        teams: Mapping[str, Mapping[str, Any]] | None = None,
        passwords: Mapping[str, pulumi.Input[str]] | None = None,
        released: Iterable[str] = (),
        on_remove: OnRemove = "delete",
    ) -> None:
        """Declares the users.

        Args:
            resource_name: The name in Pulumi's state; with the parents and a username it is the
                user's mark.
            opts: Pulumi's options, for all batches too.
            instance: The instance: an `Instance`, an ARN or an id.
            users: The arguments of `User` by username (without `instance`, `username` and
                `password`), or what `read_roster` read. `team` names one of `teams`.
            defaults: What every user has unless the user or its team has another value.
            teams: The same by team.
            passwords: Initial passwords by username (`CONNECT_MANAGED` only); they become secrets.
            released: Usernames that leave the roster in this `up` without being deleted: for a
                `User` or another roster, which takes them over with `adopt=True`.
            on_remove: What happens to users that leave otherwise: `delete` or `retain` (which
                Pulumi's option `retain_on_delete` means too).

        Raises:
            pulumi.RunError: Everything that is wrong with the users, as far as that needs no
                look-up, with the places in their file; or `opts` has `import_` or `id`.
            TypeError: `released` is a string.
            ValueError: `on_remove` has another value.
            SettingsError: `connect:ownership` or `connect:personalData` has another value.
        """
        subject = f"UserRoster {resource_name!r}"
        refuse_import(subject, opts, _INSTEAD)
        _refuse_misuse(subject, released, on_remove)
        settings = self._settings()
        hides = settings.hides_personal_data
        hide_addresses(hides=hides)
        if isinstance(users, RosterUsers):
            for notice in users.take_notices():
                (pulumi.log.warn if notice.level == "warning" else pulumi.log.info)(str(notice))
        members = RosterMembers(users, defaults, teams, passwords, released)
        mode = instance.identity_management_type if isinstance(instance, Instance) else None
        members.judge(subject, mode, marked=settings.keeps_marks)
        shared: dict[str, WireInput] = {"userIds": None, **instance_props(instance)}
        # The engine keeps the option's promise for resources; a user that leaves one updates it.
        if on_remove == "retain" or (opts is not None and opts.retain_on_delete):
            shared["onRemove"] = "retain"
        self.user_ids = self._declare(resource_name, shared, members, opts, settings)

    def _declare(
        self,
        resource_name: str,
        shared: dict[str, WireInput],
        members: RosterMembers,
        opts: pulumi.ResourceOptions | None,
        settings: ProgramSettings,
    ) -> pulumi.Output[dict[str, str]]:
        """Registers the resources; returns the users' ids."""
        raise NotImplementedError


def _refuse_misuse(subject: str, released: Iterable[str], on_remove: str) -> None:
    if isinstance(released, str):
        # Its letters would be released, and the user be deleted.
        raise TypeError(f"{subject}: released is a list: released=[username]")
    if on_remove not in ("delete", "retain"):
        raise ValueError(f"{subject}: on_remove is 'delete' or 'retain'")
