"""`UserRoster`: thousands of users of Amazon Connect as one component."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any, Final, Literal

import pulumi

from ..core.privacy import hide_addresses, is_address
from ..core.unfinished import UNFINISHED
from ..core.unknowns import UNKNOWN
from ..dynamic import UserBatchProvider
from ..engine.program_settings import read_program_settings
from ..roster.files.mistakes import Mistakes
from ..roster.files.users import TEAM, RosterUsers, layered
from ..roster.partition import BATCHES, WHOLE, batch_of, canonical
from .arguments import UserArguments
from .input_conversion import settled, snake_to_camel, to_wire
from .instance import Instance
from .late_instance import late_instance
from .ownership_mark import ownership
from .resource_options import refuse_import
from .unfinished import fail_if_unfinished

OnRemove = Literal["delete", "retain"]

_KNOWN: Final = sorted(set(UserArguments.__annotations__) - {"instance", "username", "password"})


_INSTEAD: Final = (
    "To take over users that exist, declare them with adopt=True, each or in defaults."
)


class UserBatch(pulumi.dynamic.Resource, module="connect", name="UserBatch"):
    """A 64th of a roster's users. Made by `UserRoster` only."""

    def __init__(self, name: str, props: dict[str, Any], opts: pulumi.ResourceOptions) -> None:
        super().__init__(UserBatchProvider(), name, props, opts)
        fail_if_unfinished(name, self)


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
            pulumi.RunError: Everything that is wrong with the users, as far as that needs no
                look-up, with the places in their file; or `opts` has `import_` or `id`.
            TypeError: `released` is a text.
            ValueError: `on_remove` has another value.
            SettingsError: `connect:ownership` or `connect:personalData` has another value.
        """
        refuse_import(f"UserRoster {resource_name!r}", opts, _INSTEAD)
        if isinstance(released, str):
            # Its letters would be released, and the user be deleted.
            raise TypeError(
                f"UserRoster {resource_name!r}: released is a list: released=[username]"
            )
        if on_remove not in ("delete", "retain"):
            raise ValueError(f"UserRoster {resource_name!r}: on_remove is 'delete' or 'retain'")
        settings = read_program_settings(pulumi.Config("connect").get)
        hides = settings.hides_personal_data
        hide_addresses(hides=hides)
        given, leaving = dict(passwords or {}), sorted(set(released))
        mode = instance.identity_management_type if isinstance(instance, Instance) else None
        mistakes = Mistakes(users)
        members = _layered(users, defaults or {}, teams or {}, mistakes)
        _compare(members, given, leaving, mistakes)
        known = {name: _known(user) for name, user in members.items()}
        whole = mistakes.judge(_as_inputs(known, given, marked=settings.keeps_marks), mode)
        if mistakes:
            raise pulumi.RunError(f"UserRoster {resource_name!r}: {mistakes}")

        super().__init__("connect:index:UserRoster", resource_name, {}, opts)
        arn = settled(instance.arn if isinstance(instance, Instance) else instance)
        shared: dict[str, Any] = {"userIds": None, UNFINISHED: None, "instanceArn": arn}
        shared |= {"identityManagementType": mode} if mode is not None else {}
        shared |= late_instance(arn)
        # The engine keeps the option's promise for batches; who leaves one is an update to it.
        retains = on_remove == "retain" or (opts is not None and opts.retain_on_delete)
        shared |= {"onRemove": "retain"} if retains else {}
        mark = ownership(UserBatch, resource_name, opts, settings)
        shared |= {"ownership": mark} if mark is not None else {}
        # What is keyed by usernames is as secret as they are.
        hides_names = hides and any(is_address(name) for name in [*members, *leaving])
        hidden = ["passwords"]
        hidden += ["users", UNFINISHED] if hides else []
        hidden += ["userIds", "lastModifiedTimes", "released"] if hides_names else []
        secrets = {n: pulumi.Output.secret(p) for n, p in given.items()}
        texts: list[dict[str, pulumi.Input[str]]] = [{} for _ in range(BATCHES)]
        for name, user in members.items():
            texts[batch_of(name)][name] = _text(user, is_known=known[name] is user)
        child, batches = _child_options(self, opts, hidden), []
        for number, own in enumerate(texts):
            # Empty ones too: of a batch that is not registered any more nobody is asked before its
            # users go, and a file that was cut short would be noticed when they are gone.
            held = {n: s for n, s in secrets.items() if n in own}
            gone = [n for n in leaving if batch_of(n) == number]
            keyed: dict[str, Any] = {"passwords": held} if held else {}
            keyed |= {"released": gone} if gone else {}
            personal: dict[str, Any] = {"users": own}
            personal |= {WHOLE: whole.text(mistakes.places(own))} if own else {}
            props = (
                shared | _secret_if(personal, hides=hides) | _secret_if(keyed, hides=hides_names)
            )
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


def _secret_if(props: dict[str, Any], *, hides: bool) -> dict[str, Any]:
    return {key: pulumi.Output.secret(value) if hides else value for key, value in props.items()}


def _merged(parts: list[dict[str, str] | None]) -> dict[str, str]:
    return {name: user_id for part in parts for name, user_id in (part or {}).items()}


def _layered(
    users: Mapping[str, Mapping[str, Any]],
    defaults: Mapping[str, Any],
    teams: Mapping[str, Mapping[str, Any]],
    mistakes: Mistakes,
) -> dict[str, dict[str, Any]]:
    """Each user on the wire, with the defaults and its team under it."""
    base = _wire("defaults", defaults, mistakes)
    overrides = {name: _wire(f"team {name}", team, mistakes) for name, team in teams.items()}
    found = {}
    for name, user in users.items():
        if isinstance(users, RosterUsers):
            found[name] = layered(base, user)
            continue
        team = user.get(TEAM)
        if team is not None and team not in overrides:
            known = ", ".join(sorted(overrides)) or "none"
            mistakes.add(name, f"unknown team. Known: {known}.")
        own = _wire(name, {k: v for k, v in user.items() if k != TEAM}, mistakes)
        found[name] = layered(base, overrides.get(str(team), {}), own)
    return found


def _wire(subject: str, arguments: Mapping[str, Any], mistakes: Mistakes) -> dict[str, Any]:
    known = {}
    for name, value in arguments.items():
        if name == "password":
            mistakes.add(subject, "a password is given as passwords={username: secret}.")
        elif name not in _KNOWN:
            near = get_close_matches(name, _KNOWN, n=1)
            hint = f"Did you mean {near[0]}?" if near else f"Known: {', '.join(_KNOWN)}."
            mistakes.add(subject, f"unknown argument {name!r}. {hint}")
        elif value is not None:
            known[snake_to_camel(name)] = to_wire(name, value)
    return known


def _compare(
    members: Mapping[str, Any],
    passwords: Mapping[str, Any],
    released: Collection[str],
    mistakes: Mistakes,
) -> None:
    """What is wrong between a roster's arguments."""
    for name in sorted(set(passwords) - set(members)):
        mistakes.add(name, "has a password and is not in the roster.")
    for name in [n for n in released if n in members]:
        mistakes.add(name, "is in users and in released. Keep it in one of them.")
    for name in members:
        if name != name.strip() or not name:
            mistakes.add(name, "the username is empty, or has blanks around it.")


def _as_inputs(
    users: Mapping[str, Mapping[str, Any]],
    passwords: Mapping[str, Any],
    *,
    marked: bool,
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each user as check will see it."""
    common = {"ownership": UNKNOWN} if marked else {}
    for name, user in users.items():
        password = {"password": _known(settled(passwords[name]))} if name in passwords else {}
        yield name, {**user, **password, **common}


def _known(value: Any) -> Any:
    """The value, the same object unless there are outputs in it: those are UNKNOWN."""
    if isinstance(value, str | int | None):
        return value
    if isinstance(value, dict):
        known = {k: _known(member) for k, member in value.items()}
        return known if any(known[k] is not value[k] for k in known) else value
    if isinstance(value, list):
        entries = [_known(entry) for entry in value]
        return entries if any(e is not v for e, v in zip(entries, value, strict=True)) else value
    return UNKNOWN if isinstance(value, pulumi.Output) else value


def _text(user: Mapping[str, Any], *, is_known: bool) -> pulumi.Input[str]:
    """The user's JSON text, at once unless something in it is an output."""
    if not is_known:
        text: pulumi.Output[str] = pulumi.Output.from_input(dict(user)).apply(canonical)
        return text
    return canonical(user)
