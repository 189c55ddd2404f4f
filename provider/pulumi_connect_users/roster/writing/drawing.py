"""Draws `defaults` and `teams` out of what users share.

A user cannot undo what defaults or its team give it: of the attributes that all have, each its own
way, the values of more than half are drawn out.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ...core.properties import Properties, texts
from ..files.users import TEAM
from .members import Members, Single, Slot, is_personal, nested, singles

_HIERARCHY: Final[Slot] = ("hierarchy_group",)
_OF_TEAMS: Final = ("hierarchy_group", "routing_profile", "security_profiles", "tags")
"""What people tell teams by, the likeliest first."""
_OUTSIDE: Final = 0.1
"""The share of a group that its team may leave out, so that the others can share more."""
_Singles = Mapping[Slot, Single]


@dataclass(frozen=True)
class Layout:
    """A roster as YAML and JSON have it, in program names."""

    may: Properties
    defaults: Properties
    teams: Mapping[str, Properties]
    users: Mapping[str, Properties]


def drawn_out(members: Members) -> Layout:
    """The layout of the fewest values that reads as these users."""
    users = {name: singles(user) for name, user in members.users.items()}
    if members.program_teams:
        # They would override the file's defaults.
        parts = _Parts({}, users, members.teams)
    else:
        defaults = _shared(users.values())
        parts = _Parts(defaults, users, members.teams)
        if not members.teams:
            parts = _with_teams(parts)
    teams = {
        team: nested(shared.items())
        for team, shared in parts.teams.items()
        if shared or team not in members.program_teams
    }
    label = parts.labels
    return Layout(
        members.may,
        nested(parts.defaults.items()),
        teams,
        {
            name: {**({TEAM: label[name]} if name in label else {}), **nested(own.items())}
            for name, own in parts.own()
        },
    )


class _Parts:
    """Users over teams over defaults."""

    def __init__(
        self, defaults: _Singles, users: Mapping[str, _Singles], labels: Mapping[str, str]
    ) -> None:
        self.defaults = defaults
        self.users = users
        self.labels = labels
        groups: dict[str, list[_Singles]] = {}
        for name, label in labels.items():
            groups.setdefault(label, []).append(users[name])
        self.teams = {team: self._beyond_defaults(group) for team, group in groups.items()}

    def _beyond_defaults(self, group: list[_Singles]) -> _Singles:
        return {s: v for s, v in _shared(group).items() if self.defaults.get(s) != v}

    def own(self) -> list[tuple[str, _Singles]]:
        """What is left to each user."""
        left: list[tuple[str, _Singles]] = []
        for name, user in self.users.items():
            team = self.teams.get(self.labels.get(name, ""), {})
            given = {**self.defaults, **team}
            left.append((name, {s: v for s, v in user.items() if given.get(s) != v}))
        return left

    @property
    def size(self) -> int:
        """The number of values that are written."""
        shared = sum(map(len, self.teams.values())) + len(self.teams)
        return shared + len(self.labels) + sum(len(own) for _, own in self.own())


def _shared(group: Collection[_Singles]) -> dict[Slot, Single]:
    """The values of more than half of a group, of what all of it have and is not personal."""
    if len(group) < 2:
        return {}
    first, *others = group
    shared = {}
    for slot in first:
        if is_personal(slot) or not all(slot in user for user in others):
            continue
        text, count = Counter(user[slot].text for user in group).most_common(1)[0]
        if 2 * count > len(group):
            shared[slot] = next(user[slot] for user in group if user[slot].text == text)
    return shared


def _with_teams(plain: _Parts) -> _Parts:
    """The users in the teams that leave the fewest values to write, if any do."""
    slots = {slot for user in plain.users.values() for slot in user if slot[0] in _OF_TEAMS}
    best = plain
    for slot in sorted(slots, key=lambda slot: (_OF_TEAMS.index(slot[0]), slot)):
        labels = _labels(plain.users, slot)
        if 2 * len(labels) > len(plain.users):
            parts = _Parts(plain.defaults, plain.users, labels)
            best = min(best, parts, key=lambda parts: parts.size)
    return best


def _labels(users: Mapping[str, _Singles], slot: Slot) -> dict[str, str]:
    """Teams of those who have the same text (or texts) in a slot, named by it."""
    groups: dict[str, list[str]] = {}
    for name, user in users.items():
        if slot in user and (value := _name(user[slot])):
            groups.setdefault(value, []).append(name)
    groups = {value: names for value, names in groups.items() if len(names) > 1}
    short = {value: value.rpartition("/")[2] if slot == _HIERARCHY else value for value in groups}
    named = short if len(set(short.values())) == len(short) else {value: value for value in groups}
    return {
        name: named[value]
        for value, names in groups.items()
        for name in _without_outsiders(names, users)
    }


def _without_outsiders(names: Sequence[str], users: Mapping[str, _Singles]) -> list[str]:
    """A group without the few who lack what most others share: they cannot be in its team."""
    sharing = Counter((slot, single.text) for name in names for slot, single in users[name].items())
    common = [slot for (slot, _), count in sharing.items() if 2 * count > len(names)]
    outside: set[str] = set()
    lacking = [{name for name in names if slot not in users[name]} for slot in common]
    for few in sorted(lacking, key=len):
        if len(outside | few) <= _OUTSIDE * len(names):
            outside |= few
    return [name for name in names if name not in outside]


def _name(single: Single) -> str:
    value = single.value
    return value if isinstance(value, str) else ", ".join(texts(value))
