"""`UserRoster`: thousands of users of Amazon Connect as one component."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any, Final, Literal

import pulumi

from .arguments import UserArguments
from .dynamic import UserBatchProvider
from .instance import Instance
from .lifecycle.naming import hide_addresses, is_address, shown
from .lifecycle.roster.placing import BATCHES, batch_of, canonical
from .mark import ownership
from .program_settings import read_program_settings
from .roster.users import TEAM, RosterUsers, layered
from .wire import camel, to_wire

OnRemove = Literal["delete", "retain"]

_KNOWN: Final = sorted(set(UserArguments.__annotations__) - {"instance", "username", "password"})


class UserBatch(pulumi.dynamic.Resource, module="connect", name="UserBatch"):
    """A 64th of a roster's users. Made by `UserRoster` only."""

    def __init__(self, name: str, props: dict[str, Any], opts: pulumi.ResourceOptions) -> None:
        super().__init__(UserBatchProvider(), name, props, opts)


class UserRoster(pulumi.ComponentResource):
    """Many users of one instance, in 64 batch resources.

    Each user is checked, shown in previews, changed and marked by itself, as a `User` is.

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
            defaults: What every user has unless its team or itself says otherwise.
            teams: The same by team.
            passwords: First passwords by username (`CONNECT_MANAGED` only); they become secrets.
            released: Usernames that leave the roster in this `up` without being deleted: for a
                `User` or another roster, which takes them over with `adopt=True`.
            on_remove: What becomes of users that leave otherwise: `delete` or `retain` (which
                Pulumi's option `retain_on_delete` means too).

        Raises:
            TypeError: An argument of a user is unknown, or `released` is a text.
            ValueError: A team, or the user of a password, is unknown, or a username has blanks.
            SettingsError: `connect:ownership` or `connect:personalData` has another value.
        """
        settings = read_program_settings(pulumi.Config("connect").get)
        hide_addresses(hides=settings.hides_personal_data)
        members = _layered(resource_name, users, defaults or {}, teams or {})
        _refuse(resource_name, members, passwords or {}, released, on_remove)
        if opts is not None and opts.retain_on_delete:
            # The engine keeps its promise for batches; who leaves one is an update to it.
            on_remove = "retain"
        super().__init__("connect:index:UserRoster", resource_name, {}, opts)
        secrets = {n: pulumi.Output.secret(p) for n, p in (passwords or {}).items()}
        leaving = sorted(set(released))
        shared: dict[str, Any] = {"userIds": None}
        shared |= {"onRemove": on_remove} if on_remove != "delete" else {}
        if isinstance(instance, Instance):
            shared["instanceArn"] = instance.arn
            shared["identityManagementType"] = instance.identity_management_type
        else:
            shared["instanceArn"] = instance
        mark = ownership(UserBatch, resource_name, opts, settings)
        shared |= {"ownership": mark} if mark is not None else {}

        hides = settings.hides_personal_data
        # What is keyed by usernames is as secret as they are.
        hides_names = hides and any(is_address(name) for name in [*members, *leaving])
        hidden = ["passwords"]
        hidden += ["users"] if hides else []
        hidden += ["userIds", "lastModifiedTimes", "released"] if hides_names else []
        child = _child_options(self, opts, hidden)
        texts: list[dict[str, pulumi.Input[str]]] = [{} for _ in range(BATCHES)]
        for name, user in members.items():
            texts[batch_of(name)][name] = _text(user)
        batches = []
        for number, own in enumerate(texts):
            # Empty ones too: of a batch that is not registered any more nobody is asked before its
            # users go, and a file that was cut short would be noticed when they are gone.
            gone = [n for n in leaving if batch_of(n) == number]
            props = shared | {"users": pulumi.Output.secret(own) if hides else own}
            held = {n: s for n, s in secrets.items() if n in own}
            keyed: dict[str, Any] = {"passwords": held} if held else {}
            keyed |= {"released": gone} if gone else {}
            props |= {k: pulumi.Output.secret(v) if hides_names else v for k, v in keyed.items()}
            batches.append(UserBatch(f"{resource_name}-{number:02}", props, child))
        self.user_ids = pulumi.Output.all(*[b.__dict__["userIds"] for b in batches]).apply(_merged)
        # Not registered: state holds them in the batches already.
        self.register_outputs({})


def _child_options(
    roster: UserRoster, opts: pulumi.ResourceOptions | None, hidden: list[str]
) -> pulumi.ResourceOptions:
    """A batch's options: with what children do not inherit by themselves."""
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


def _layered(
    roster: str,
    users: Mapping[str, Mapping[str, Any]],
    defaults: Mapping[str, Any],
    teams: Mapping[str, Mapping[str, Any]],
) -> dict[str, dict[str, Any]]:
    """Each user on the wire, with the defaults and its team under it."""
    base = _wire(roster, "defaults", defaults)
    overrides = {name: _wire(roster, f"team {name}", team) for name, team in teams.items()}
    found = {}
    for name, user in users.items():
        if isinstance(users, RosterUsers):
            found[name] = layered(base, user)
            continue
        team = user.get(TEAM)
        if team is not None and team not in overrides:
            known = ", ".join(sorted(overrides)) or "none"
            raise ValueError(f"UserRoster {roster!r}, {shown(name)}: unknown team. Known: {known}")
        own = _wire(roster, shown(name), {k: v for k, v in user.items() if k != TEAM})
        found[name] = layered(base, overrides.get(str(team), {}), own)
    return found


def _wire(roster: str, subject: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
    for name in arguments:
        if name == "password":
            raise TypeError(
                f"UserRoster {roster!r}, {subject}: a password is no part of a roster's users; "
                "give passwords={username: secret}"
            )
        if name not in _KNOWN:
            near = get_close_matches(name, _KNOWN, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(_KNOWN)}"
            raise TypeError(f"UserRoster {roster!r}, {subject}: unknown argument {name!r}: {hint}")
    return {camel(k): to_wire(k, v) for k, v in arguments.items() if v is not None}


def _refuse(
    roster: str,
    members: Mapping[str, Any],
    passwords: Mapping[str, Any],
    released: Iterable[str],
    on_remove: str,
) -> None:
    if isinstance(released, str):
        # Its letters would be released, and the user be deleted.
        raise TypeError(f"UserRoster {roster!r}: released is a list: released=[username]")
    unknown = [shown(name) for name in sorted(set(passwords) - set(members))]
    if unknown:
        raise ValueError(
            f"UserRoster {roster!r}: passwords for users that are not in it: {', '.join(unknown)}"
        )
    blank = [shown(name) for name in sorted(members) if name != name.strip() or not name]
    if blank:
        raise ValueError(f"UserRoster {roster!r}: usernames with blanks around them: {blank}")
    if on_remove not in ("delete", "retain"):
        raise ValueError(f"UserRoster {roster!r}: on_remove is 'delete' or 'retain'")


def _text(user: Mapping[str, Any]) -> pulumi.Input[str]:
    """The user's JSON text, at once unless something in it is an output."""
    if _holds_output(user):
        text: pulumi.Output[str] = pulumi.Output.from_input(dict(user)).apply(canonical)
        return text
    return canonical(user)


def _holds_output(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(_holds_output(member) for member in value.values())
    if isinstance(value, list):
        return any(_holds_output(entry) for entry in value)
    return isinstance(value, pulumi.Output)
