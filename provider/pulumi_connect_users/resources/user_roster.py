"""`UserRoster`: thousands of users of Amazon Connect as one component."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal

import pulumi

from ..core.messages import UNFINISHED
from ..core.privacy import hide_addresses
from ..dynamic import UserBatchProvider
from ..engine.program_settings import read_program_settings
from .input_conversion import WireInput
from .instance import Instance
from .instance_props import instance_props
from .ownership_mark import ownership
from .resource_options import refuse_import
from .roster_members import RosterMembers
from .unfinished import fail_if_unfinished

OnRemove = Literal["delete", "retain"]

_INSTEAD: Final = (
    "To take over users that exist, declare them with adopt=True, each or in defaults."
)


class UserBatch(pulumi.dynamic.Resource, module="connect", name="UserBatch"):
    """A 64th of a roster's users. Made by `UserRoster` only."""

    def __init__(
        self, name: str, props: dict[str, WireInput], opts: pulumi.ResourceOptions
    ) -> None:
        super().__init__(UserBatchProvider(), name, props, opts)
        fail_if_unfinished(name, self)


class UserRoster(pulumi.ComponentResource):
    """Many users of one instance, in 64 batch resources.

    Each user is checked, shown in previews, changed and marked alone, as a `User` is.

    Example:
        connect.UserRoster(
            "west",
            instance=centre,
            users=connect.read_roster("west.yaml"),
            defaults={"routing_profile": "Basic Routing Profile", "security_profiles": ["Agent"]},
        )
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
        settings = read_program_settings(pulumi.Config("connect").get)
        hides = settings.hides_personal_data
        hide_addresses(hides=hides)
        members = RosterMembers(users, defaults, teams, passwords, released)
        mode = instance.identity_management_type if isinstance(instance, Instance) else None
        whole = members.judge(subject, mode, marked=settings.keeps_marks)

        super().__init__("connect:index:UserRoster", resource_name, {}, opts)
        shared: dict[str, WireInput] = {"userIds": None, UNFINISHED: None}
        shared |= instance_props(instance)
        # The engine keeps the option's promise for batches; a user that leaves one updates it.
        if on_remove == "retain" or (opts is not None and opts.retain_on_delete):
            shared["onRemove"] = "retain"
        mark = ownership(UserBatch, resource_name, opts, settings)
        shared |= {"ownership": mark} if mark is not None else {}
        child = _child_options(self, opts, members.hidden(hides=hides))
        batches = [
            UserBatch(f"{resource_name}-{number:02}", shared | own, child)
            for number, own in enumerate(members.batches(whole, hides=hides))
        ]
        self.user_ids = pulumi.Output.all(*[b.__dict__["userIds"] for b in batches]).apply(_merged)
        # Not registered: state holds them in the batches already.
        self.register_outputs({})


def _refuse_misuse(subject: str, released: Iterable[str], on_remove: str) -> None:
    if isinstance(released, str):
        # Its letters would be released, and the user be deleted.
        raise TypeError(f"{subject}: released is a list: released=[username]")
    if on_remove not in ("delete", "retain"):
        raise ValueError(f"{subject}: on_remove is 'delete' or 'retain'")


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
