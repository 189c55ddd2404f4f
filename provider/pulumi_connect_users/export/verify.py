"""Verifies that adopting a user as declared makes no call but the one that marks it. Pure.

A declaration goes through the very check and plan of an `up`. What these would refuse or change is
left out with its reason: an attribute that a program does not declare stays as it is.
"""

from dataclasses import dataclass, replace

from ..core.described_user import DescribedUser
from ..core.lookups import Catalog, InstanceFacts, Kind, Lookups
from ..core.properties import Properties
from ..core.security_profile import SecurityProfile
from ..core.unknowns import Path, drop, get
from ..model.attributes import program_path
from ..model.references import OF_USER
from ..users.check import Checked, check
from ..users.flex import flatten_user
from ..users.plan import plan
from ..users.rules.tags import OWN_TAGS
from ..users.whole_user import ReadUser, own_tags

_BLOCKING = ((), ("instanceArn",), ("username",), ("adopt",))
"""Where an objection means that the user cannot be adopted."""
_NAMES = {reference.id: reference.name for reference in OF_USER}
_MOST_ROUNDS = 60


@dataclass(frozen=True)
class Adoptable:
    """A declaration that changes nothing, and what was left out of it (a sentence each)."""

    bag: Properties
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unadoptable:
    """A user that no program can adopt as it is, and why."""

    reason: str


@dataclass(frozen=True, eq=False)
class _AsRead:
    """Look-ups as the export made them, with the user that was read."""

    lookups: Lookups
    facts: InstanceFacts
    user: ReadUser

    def instance(self, id_or_arn: str) -> InstanceFacts:
        return self.facts

    def catalog(self, instance_arn: str, kind: Kind, *, fresh: bool = False) -> Catalog:
        # Never fresh: a miss here is a fact about the user, not about the list.
        return self.lookups.catalog(instance_arn, kind)

    def attribute_values(self, instance_arn: str, name: str) -> frozenset[str] | None:
        return self.lookups.attribute_values(instance_arn, name)

    def find_user(self, instance_arn: str, username: str) -> DescribedUser | None:
        return self.user.described

    def users(self, instance_arn: str) -> Catalog:
        return Catalog()

    def proficiencies(self, instance_arn: str, user_id: str) -> list[Properties]:
        return self.user.proficiencies

    def security_profile(
        self, instance_arn: str, profile_id: str, *, whole: bool = False
    ) -> SecurityProfile | None:
        # What it allows is a fact for policies: it objects to no declaration.
        return None


def verify(
    bag: Properties,
    user: ReadUser,
    facts: InstanceFacts,
    lookups: Lookups,
    *,
    strict: bool = False,
) -> Adoptable | Unadoptable:
    """Leaves out what would fail or change something; raises LookUpUnavailable."""
    count = len(own_tags(user.described.tags))
    if count > OWN_TAGS:
        return Unadoptable(
            f"it has {count} tags, and the ownership mark needs 2 of the 50 that are possible. "
            "Remove some, or adopt it with connect:ownership off."
        )
    as_read = _AsRead(lookups, facts, user)
    declared, left_out = bag, list[str]()
    for _ in range(_MOST_ROUNDS):
        objections = _objections(declared, as_read, strict=strict)
        if not objections:
            return Adoptable(declared, tuple(sorted(left_out)))
        if blocking := [o for o in objections if o[0][:1] in _BLOCKING]:
            return _unadoptable(*blocking[0])
        dropped = _without(objections, declared)
        if isinstance(dropped, Unadoptable):
            return dropped
        declared, left_out = dropped.bag, [*left_out, *dropped.left_out]
    return Unadoptable("every declaration of it would change something.")


def _without(objections: list[tuple[Path, str]], bag: Properties) -> Adoptable | Unadoptable:
    """The declaration without what is objected to, up to one entry of a list."""
    left_out = []
    # From the last to the first: dropping an entry shifts those behind it.
    for path, cause in sorted(objections, key=lambda o: str(o[0]), reverse=True):
        left = _declared_part(path, bag)
        if left is None:
            return _unadoptable(path, cause)
        bag = {k: v for k, v in drop(bag, left).items() if v not in ({}, [])}
        left_out.append(f"{program_path(left)}: {cause}")
        if any(isinstance(part, int) for part in left):
            break
    return Adoptable(bag, tuple(left_out))


def _unadoptable(path: Path, cause: str) -> Unadoptable:
    return Unadoptable(f"{program_path(path)}: {cause}.".lstrip(": "))


def _declared_part(path: Path, bag: Properties) -> Path | None:
    """The path, or what encloses it, as far as it is declared."""
    if get(bag, path) is not None:
        return path
    if get(bag, path[:1]) is None:
        return None
    return path[: 2 if len(path) > 1 and isinstance(path[1], int) else 1]


def _objections(bag: Properties, as_read: _AsRead, *, strict: bool) -> list[tuple[Path, str]]:
    """Where the first `up` or the second would fail or make a call, and why."""
    first = check(None, bag, as_read, strict=strict)
    if first.failures:
        return [(f.path, f.cause) for f in first.failures]
    changes = _changes(first, as_read.user)
    if changes:
        return [(_declared(path, bag), "a declaration of it would change it") for path in changes]
    second = check(first.inputs.known(), bag, as_read, strict=strict)
    return [(f.path, f.cause) for f in second.failures]


def _changes(checked: Checked, user: ReadUser) -> list[str]:
    attributes = {k: v for k, v in checked.inputs.attributes.items() if k != "adoption"}
    declared = replace(checked.inputs, attributes=attributes)
    steps = plan(flatten_user(user.described, declared, user.proficiencies), declared)
    return [*steps.replaces, *(path for path in steps.changed if path != "ownership")]


def _declared(wire: str, bag: Properties) -> Path:
    """The place in a program's bag of what a plan names."""
    head, *rest = wire.split(".")
    name = head if head in bag else _NAMES.get(head, head)
    return (name, *rest)
