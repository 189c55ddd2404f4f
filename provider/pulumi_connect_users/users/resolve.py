"""Resolves names of profiles and hierarchy groups to ids, and ids to names."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from ..core.check_failure import Failure, Remarks
from ..core.errors import LookUpUnavailable
from ..core.identifiers import Resolver, UnknownName, Unresolved, bare_id, not_looked_up
from ..core.lookups import REFERENCES, Kind, Lookups
from ..core.privacy import similar
from ..core.properties import Properties, Value, entries, structures, text, texts
from ..core.unknowns import UNKNOWN, Path, Unknown
from ..model.references import Reference
from .declared_user import DeclaredUser
from .rules.registry import refuse

Pair = tuple[str | Unknown, str | Unknown | None]
"""An id and its name; either may be unknown, the name may be missing."""


@dataclass(frozen=True)
class Resolution:
    """Ids and names by wire name, and what could not be resolved."""

    values: Properties = field(default_factory=dict)
    remarks: Remarks = field(default_factory=Remarks)

    def __add__(self, other: Resolution) -> Resolution:
        return Resolution({**self.values, **other.values}, self.remarks + other.remarks)


def resolve(user: DeclaredUser, lookups: Lookups) -> Resolution:
    """Resolves what the user refers to."""
    resolution = Resolution()
    for kind, reference in REFERENCES.items():
        declared = [key for key in (reference.id, reference.name) if user.has(key)]
        # A rule refuses both at once.
        if len(declared) == 1:
            resolution += References(user, lookups, kind, reference).resolve(declared[0])
    return resolution


def in_state(reference: Reference, pairs: Sequence[Pair]) -> dict[str, Value]:
    """The ids and names that state holds: a set in one order, those not known yet at the end."""
    if not reference.many:
        identifier, name = pairs[0]
        named: dict[str, Value] = {} if name is None else {reference.fact: name}
        return {reference.id: identifier, **named}
    pairs = sorted(pairs, key=lambda pair: (pair[0] is UNKNOWN, str(pair[0])))
    values: dict[str, Value] = {reference.id: [identifier for identifier, _ in pairs]}
    names = [name for _, name in pairs]
    if UNKNOWN in names:
        values[reference.fact] = UNKNOWN
    elif None not in names:
        values[reference.fact] = names
    return values


@dataclass(frozen=True)
class References:
    """One kind of reference; where a look-up fails, the old inputs may hold the answer."""

    user: DeclaredUser
    lookups: Lookups
    kind: Kind
    reference: Reference

    @property
    def instance_arn(self) -> str | None:
        """The instance's ARN, None where it is not known."""
        arn = self.user.instance_arn
        return arn if isinstance(arn, str) else None

    def resolve(self, key: str) -> Resolution:
        """Resolves the ids or the names of a user."""
        value = self.user.declared.get(key)
        if value is UNKNOWN:
            return Resolution({self.reference.id: UNKNOWN, self.reference.fact: UNKNOWN})
        if key in self.user.refused:
            return Resolution()
        given: list[tuple[Path, Value]] = [((key,), value)]
        if self.reference.many:
            given = [((key, index), entry) for index, entry in enumerate(entries(value))]
        by_id = key == self.reference.id
        resolved = [self.resolve_one(path, entry, by_id=by_id) for path, entry in given]
        remarks = sum((remarks for _, remarks in resolved), Remarks())
        if remarks.failures:
            return Resolution(remarks=remarks)
        pairs = [pair for pair, _ in resolved]
        return Resolution(in_state(self.reference, pairs), remarks)

    def resolve_one(self, path: Path, entry: Value, *, by_id: bool) -> tuple[Pair, Remarks]:
        """Resolves one id or name; `path` is where it stands."""
        if not isinstance(entry, str):
            return (UNKNOWN, UNKNOWN), Remarks()
        try:
            if by_id:
                return self._by_id(entry.strip()), Remarks()
            return self._by_name(entry.strip())
        except Unresolved as error:
            refusal = refuse(path, error.cause, error.remedy)
            return (UNKNOWN, UNKNOWN), Remarks.refusing(refusal)

    def _by_id(self, given: str) -> Pair:
        identifier = bare_id(given, self.kind, self.instance_arn)
        if self.instance_arn is None:
            return identifier, UNKNOWN
        try:
            return Resolver(self.instance_arn, self.lookups).by_id(self.kind, given)
        except LookUpUnavailable:
            return identifier, next((n for i, n in self._old_pairs() if i == identifier), None)

    def _by_name(self, given: str) -> tuple[Pair, Remarks]:
        name = given.strip("/") if self.kind is Kind.HIERARCHY_GROUP else given
        if self.instance_arn is None:
            return (UNKNOWN, name), Remarks()
        try:
            return Resolver(self.instance_arn, self.lookups).by_name(self.kind, name), Remarks()
        except LookUpUnavailable as error:
            identifier = self._old_id(name)
            if identifier is None:
                raise not_looked_up(error) from None
            return (identifier, name), Remarks()
        except UnknownName as error:
            return self._renamed(name, self.instance_arn, error)

    def _renamed(self, name: str, instance_arn: str, error: UnknownName) -> tuple[Pair, Remarks]:
        """What had this name when the user was last deployed, if it still exists."""
        names = self.lookups.catalog(instance_arn, self.kind).names
        identifier = self._old_id(name)
        if identifier is None or identifier not in names:
            remedy = f"{error.remedy} If this program creates it, pass its id."
            raise Unresolved(error.cause, remedy) from None
        warning = (
            f'the {self.kind.value} "{name}" is now called "{names[identifier]}": '
            "use the new name in the program"
        )
        # The name that the program knows stays, so that the next run still finds the id.
        return (identifier, name), Remarks.warning(warning)

    def _old_pairs(self) -> Iterator[tuple[str, str]]:
        ids, names = self.user.old(self.reference.id), self.user.old(self.reference.fact)
        if self.reference.many:
            return zip(texts(ids), texts(names), strict=False)
        return zip(filter(None, [text(ids)]), filter(None, [text(names)]), strict=False)

    def _old_id(self, name: str) -> str | None:
        return next((i for i, old_name in self._old_pairs() if old_name == name), None)


def unknown_proficiencies(user: DeclaredUser, lookups: Lookups) -> Remarks:
    """Refuses names and values that the instance does not have.

    Source: API reference, UserProficiency: both must be those of a predefined attribute. Where
    they cannot be looked up, Connect judges, and a warning says so.
    """
    if not isinstance(user.instance_arn, str):
        return Remarks()
    remarks = Remarks()
    try:
        for failure in _refusals(user, user.instance_arn, lookups):
            remarks += Remarks.refusing(failure)
    except LookUpUnavailable as error:
        warning = f"proficiencies were not checked against the instance: {error}"
        remarks += Remarks.warning(warning)
    return remarks


def _refusals(user: DeclaredUser, instance_arn: str, lookups: Lookups) -> Iterator[Failure]:
    old = {_key(entry) for entry in structures(user.old("proficiencies"))}
    for where, entry in user.entries("proficiencies"):
        name, value = _key(entry)
        if (name, value) in old or name is None:
            continue
        if "proficiencies.attributeName" in user.refused:
            continue
        values = lookups.attribute_values(instance_arn, name)
        if values is None:
            yield refuse(
                (*where, "attributeName"),
                f'"{name}" is not a predefined attribute of this instance',
                "Add it in the Connect console, or correct the name (case-sensitive).",
            )
        elif value and value not in values:
            yield refuse(
                (*where, "attributeValue"),
                f'"{value}" is not a value of {name}',
                _suggestion(value, values),
            )


def _key(entry: Properties) -> tuple[str | None, str | None]:
    return text(entry.get("attributeName")), text(entry.get("attributeValue"))


def _suggestion(value: str, values: Collection[str]) -> str:
    near = similar(value, values)
    return f"Did you mean {near[0]}?" if near else f"Known: {', '.join(sorted(values)[:10])}."
