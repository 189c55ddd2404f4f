"""A roster's users: from a program's arguments to the properties of 64 batches."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final, cast

import pulumi

from ..core.messages import UNFINISHED
from ..core.privacy import is_address
from ..core.unknowns import UNKNOWN
from ..roster.files.mistakes import Mistakes
from ..roster.files.users import TEAM, RosterUsers, layered
from ..roster.partition import BATCHES, WHOLE, batch_of, canonical
from .arguments import OF_ROSTER, UserArguments
from .input_conversion import WireInput, settled, snake_to_camel, to_wire

if TYPE_CHECKING:
    from ..core.properties import Properties, Value
    from .instance import IdentityManagementType

_KNOWN: Final = sorted(
    {*UserArguments.__annotations__, *OF_ROSTER} - {"instance", "username", "password"}
)


class RosterMembers:
    """The users that a program declares, with defaults and teams laid under them."""

    def __init__(
        self,
        users: Mapping[str, Mapping[str, Any]],
        defaults: Mapping[str, Any] | None,
        teams: Mapping[str, Mapping[str, Any]] | None,
        passwords: Mapping[str, pulumi.Input[str]] | None,
        released: Iterable[str],
    ) -> None:
        """See `UserRoster`."""
        self._mistakes = Mistakes(users)
        self._users = _layered(users, defaults or {}, teams or {}, self._mistakes)
        self._known = {name: _known_members(user) for name, user in self._users.items()}
        self._passwords = passwords or {}
        self._released = sorted(set(released))

    def judge(self, subject: str, mode: IdentityManagementType | None, *, marked: bool) -> None:
        """Raises RunError for what is certainly wrong; keeps what check needs of the roster."""
        self._compare()
        self._whole = self._mistakes.judge(self._inputs(marked=marked), mode)
        if self._mistakes:
            raise pulumi.RunError(f"{subject}: {self._mistakes}")

    def hidden(self, *, hides: bool) -> list[str]:
        """The properties that are secret; `hides` says whether personal data is."""
        personal = ["users", UNFINISHED] if hides else []
        keyed = ["userIds", "lastModifiedTimes", "released"]
        return ["passwords", *personal, *(keyed if self._hides_names(hides=hides) else [])]

    def batches(self, *, hides: bool) -> Iterator[dict[str, WireInput]]:
        """The properties of each batch that its users make.

        Empty batches too: the users of a batch that is no longer registered would be deleted
        without a check, as by a file that was cut short.
        """
        batches: list[list[str]] = [[] for _ in range(BATCHES)]
        for name in self._users:
            batches[batch_of(name)].append(name)
        for number, own in enumerate(batches):
            released = [name for name in self._released if batch_of(name) == number]
            yield self._properties(own, released, hides=hides)

    def properties(self, *, hides: bool) -> dict[str, WireInput]:
        """The same of one resource for all users."""
        return self._properties(self._users, self._released, hides=hides)

    def _properties(
        self, own: Collection[str], released: list[str], *, hides: bool
    ) -> dict[str, WireInput]:
        passwords: dict[str, WireInput] = {
            name: pulumi.Output.secret(self._passwords[name])
            for name in own
            if name in self._passwords
        }
        personal: dict[str, WireInput] = {"users": {name: self._text(name) for name in own}}
        if own:
            personal[WHOLE] = self._whole.text(self._mistakes.places(own))
        # What is keyed by usernames is as secret as they are.
        keyed: dict[str, WireInput] = {"passwords": passwords} if passwords else {}
        keyed |= {"released": released} if released else {}
        hides_names = self._hides_names(hides=hides)
        return _secret_if(personal, hides=hides) | _secret_if(keyed, hides=hides_names)

    def _hides_names(self, *, hides: bool) -> bool:
        return hides and any(map(is_address, [*self._users, *self._released]))

    def _compare(self) -> None:
        """Adds what is wrong between a roster's arguments."""
        for name in sorted(set(self._passwords) - set(self._users)):
            self._mistakes.add(name, "has a password and is not in the roster.")
        for name in [n for n in self._released if n in self._users]:
            self._mistakes.add(name, "is in users and in released. Keep it in one of them.")
        for name in self._users:
            if name != name.strip() or not name:
                self._mistakes.add(name, "the username is empty, or has blanks around it.")

    def _inputs(self, *, marked: bool) -> Iterator[tuple[str, Properties]]:
        """Each user as check will see it."""
        for name, user in self._known.items():
            password = settled(self._passwords.get(name))
            own = {} if password is None else {"password": _known_value(password)}
            yield name, {**user, **own, **({"ownership": UNKNOWN} if marked else {})}

    def _text(self, name: str) -> pulumi.Input[str]:
        """The user's JSON text, at once unless something in it is an output."""
        user = self._users[name]
        if self._known[name] is user:
            return canonical(user)
        text: pulumi.Output[str] = pulumi.Output.from_input(dict(user)).apply(canonical)
        return text


def _secret_if(props: dict[str, WireInput], *, hides: bool) -> dict[str, WireInput]:
    return {key: pulumi.Output.secret(value) if hides else value for key, value in props.items()}


def _layered(
    users: Mapping[str, Mapping[str, Any]],
    defaults: Mapping[str, Any],
    teams: Mapping[str, Mapping[str, Any]],
    mistakes: Mistakes,
) -> dict[str, dict[str, WireInput]]:
    """Each user on the wire, with the defaults and its team under it."""
    base = _wire("defaults", defaults, mistakes)
    overrides = {name: _wire(f"team {name}", team, mistakes) for name, team in teams.items()}
    members = {}
    for name, user in users.items():
        if isinstance(users, RosterUsers):
            members[name] = layered(base, user)
            continue
        team = user.get(TEAM)
        if team is not None and team not in overrides:
            known = ", ".join(sorted(overrides)) or "none"
            mistakes.add(name, f"unknown team. Known: {known}.")
        own = _wire(name, {k: v for k, v in user.items() if k != TEAM}, mistakes)
        members[name] = layered(base, overrides.get(str(team), {}), own)
    return members


def _wire(subject: str, arguments: Mapping[str, Any], mistakes: Mistakes) -> dict[str, WireInput]:
    wire = {}
    for name, value in arguments.items():
        if name == "password":
            mistakes.add(subject, "a password is given as passwords={username: secret}.")
        elif name not in _KNOWN:
            near = get_close_matches(name, _KNOWN, n=1)
            hint = f"Did you mean {near[0]}?" if near else f"Known: {', '.join(_KNOWN)}."
            mistakes.add(subject, f"unknown argument {name!r}. {hint}")
        elif value is not None:
            wire[snake_to_camel(name)] = to_wire(name, value)
    return wire


def _known_value(value: WireInput) -> Value:
    """The value, the same object unless there are outputs in it: those are UNKNOWN."""
    if isinstance(value, pulumi.Output):
        return UNKNOWN
    if isinstance(value, dict):
        return _known_members(value)
    if isinstance(value, list):
        entries = [_known_value(entry) for entry in value]
        if any(e is not v for e, v in zip(entries, value, strict=True)):
            return entries
    # No output is left in it.
    return cast("Value", value)


def _known_members(value: dict[str, WireInput]) -> Properties:
    members = {key: _known_value(member) for key, member in value.items()}
    is_known = all(members[key] is value[key] for key in members)
    return cast("Properties", value) if is_known else members
