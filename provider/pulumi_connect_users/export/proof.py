"""The proof that adopting a user as declared makes no call but the one that marks it. Pure.

A declaration goes through the very check and plan that an `up` will use. What these would refuse
or change is left out (an attribute that a program does not declare is left alone), and told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..core.described_user import DescribedUser
from ..core.lookups import Catalog, InstanceFacts, Kind, Lookups
from ..core.ownership import without_mark
from ..core.unknowns import Path, drop, get
from ..model.attributes import program_path
from ..users.check import Checked, check
from ..users.flex import flatten_user
from ..users.plan import plan
from ..users.rules.tags import OWN_TAGS

if TYPE_CHECKING:
    from types_boto3_connect.type_defs import UserProficiencyTypeDef, UserTypeDef

_IDENTITY = ("instanceArn", "username", "adopt")
_NAMES = {
    "routingProfileId": "routingProfile",
    "securityProfileIds": "securityProfiles",
    "hierarchyGroupId": "hierarchyGroup",
}
_MOST_ROUNDS = 60


@dataclass(frozen=True)
class Proven:
    """A declaration that changes nothing, and what was left out of it (a sentence each)."""

    bag: dict[str, Any]
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unadoptable:
    """A user that no program can take over as it is, and why."""

    reason: str


@dataclass
class _Seen:
    """Look-ups as the export made them: the user in question is the one that was read."""

    lookups: Lookups
    facts: InstanceFacts
    live: DescribedUser
    skills: list[Mapping[str, Any]] = field(default_factory=list)

    def instance(self, id_or_arn: str) -> InstanceFacts:
        return self.facts

    def catalog(self, instance_arn: str, kind: Kind, *, fresh: bool = False) -> Catalog:
        # Never fresh: a miss here is a fact about the user, not about the list.
        return self.lookups.catalog(instance_arn, kind)

    def attribute_values(self, instance_arn: str, name: str) -> frozenset[str] | None:
        return self.lookups.attribute_values(instance_arn, name)

    def find_user(self, instance_arn: str, username: str) -> DescribedUser | None:
        return self.live

    def users(self, instance_arn: str) -> Catalog:
        return Catalog()

    def proficiencies(self, instance_arn: str, user_id: str) -> list[UserProficiencyTypeDef]:
        return self.skills


def prove(
    bag: Mapping[str, Any],
    described: UserTypeDef,
    proficiencies: list[UserProficiencyTypeDef],
    facts: InstanceFacts,
    lookups: Lookups,
    *,
    strict: bool = False,
) -> Proven | Unadoptable:
    """Leaves out of a declaration whatever would fail or change something.

    Raises LookUpUnavailable if `lookups` cannot answer.
    """
    tags = without_mark(described.get("Tags") or {})
    count = sum(1 for key in tags if not key.casefold().startswith("aws:"))
    if count > OWN_TAGS:
        return Unadoptable(
            f"it has {count} tags, and the ownership mark needs 2 of the 50 that are possible. "
            "Remove some, or adopt it with connect:ownership off."
        )
    seen = _Seen(lookups, facts, DescribedUser.decode(described), proficiencies)
    declared, left_out = dict(bag), list[str]()
    for _ in range(_MOST_ROUNDS):
        objections = _objections(declared, seen, strict=strict)
        if not objections:
            return Proven(declared, tuple(sorted(left_out)))
        for path, cause in objections:
            if not path or path[0] in _IDENTITY:
                return Unadoptable(f"{program_path(path)}: {cause}.".lstrip(": "))
        # From the last to the first, one list entry at a time: dropping shifts those behind it.
        for path, cause in sorted(objections, key=lambda o: str(o[0]), reverse=True):
            if get(declared, path) is None:
                if get(declared, path[:1]) is None:
                    return Unadoptable(f"{program_path(path)}: {cause}.")
                path = path[: 2 if len(path) > 1 and isinstance(path[1], int) else 1]
            declared = _without_empty(drop(declared, path))
            left_out.append(f"{program_path(path)}: {cause}")
            if any(isinstance(part, int) for part in path):
                break
    return Unadoptable("no declaration of it was found that changes nothing.")


def _objections(bag: dict[str, Any], seen: _Seen, *, strict: bool) -> list[tuple[Path, str]]:
    """Where the first `up` or the second would fail or make a call, and why."""
    first = check(None, bag, seen, strict=strict)
    if first.failures:
        return [(f.path, f.cause) for f in first.failures]
    changes = _changes(first, seen)
    if changes:
        return [(_declared(path, bag), "a declaration of it would change it") for path in changes]
    second = check(first.inputs.known(), bag, seen, strict=strict)
    return [(f.path, f.cause) for f in second.failures]


def _changes(checked: Checked, seen: _Seen) -> list[str]:
    live = flatten_user(seen.live, checked.inputs, seen.skills)
    steps = plan(live, checked.inputs)
    return [*steps.replaces, *(path for path in steps.changed if path != "ownership")]


def _declared(wire: str, bag: Mapping[str, Any]) -> Path:
    """The place in a program's bag of what a plan names."""
    head, *rest = wire.split(".")
    name = head if head in bag else _NAMES.get(head, head)
    return (name, *rest)


def _without_empty(bag: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in bag.items() if v != {} and v != []}
