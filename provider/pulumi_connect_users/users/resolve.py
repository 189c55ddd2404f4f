"""Names of profiles and hierarchy groups become ids, and ids get their names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ..core.check_failure import Failure
from ..core.errors import LookUpUnavailable
from ..core.identifiers import Resolver, UnknownName, Unresolved, bare_id, not_looked_up
from ..core.lookups import REFERENCES, Kind, Lookups
from ..core.unknowns import UNKNOWN
from ..model.references import Reference
from .rules import Draft
from .rules.registry import refuse


@dataclass
class Resolution:
    """Ids and names by wire name, and what could not be resolved."""

    values: dict[str, Any] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def resolve(draft: Draft, instance_arn: Any, lookups: Lookups) -> Resolution:
    """Resolves the three kinds; `instance_arn` may be UNKNOWN or None (refused)."""
    resolution = Resolution()
    known = instance_arn if isinstance(instance_arn, str) else None
    for kind, reference in REFERENCES.items():
        if draft.has(reference.id) and draft.has(reference.name):
            continue  # refused by a rule already
        references = _References(draft, known, lookups, kind, resolution)
        if UNKNOWN in (draft.bag.get(reference.id), draft.bag.get(reference.name)):
            resolution.values |= {reference.id: UNKNOWN, reference.fact: UNKNOWN}
            continue
        if draft.has(reference.id):
            found = references.each(reference.id, references.by_id, many=reference.many)
        elif draft.has(reference.name):
            found = references.each(reference.name, references.by_name, many=reference.many)
        else:
            continue
        if found is not None:
            resolution.values |= in_state(reference, found)
    return resolution


_Pair = tuple[Any, Any]
"""An id and its name; either may be UNKNOWN, the name may be None."""


def in_state(reference: Reference, pairs: list[_Pair]) -> dict[str, Any]:
    """The ids and names that state holds: a set in one order, those not known yet at the end."""
    if not reference.many:
        identifier, name = pairs[0]
        return {reference.id: identifier} | ({} if name is None else {reference.fact: name})
    pairs = sorted(pairs, key=lambda pair: (pair[0] is UNKNOWN, str(pair[0])))
    values: dict[str, Any] = {reference.id: [identifier for identifier, _ in pairs]}
    names = [name for _, name in pairs]
    if UNKNOWN in names:
        values[reference.fact] = UNKNOWN
    elif None not in names:
        values[reference.fact] = names
    return values


class _References:
    """One kind of reference: what the resolver does not find may stand in the old inputs."""

    def __init__(
        self,
        draft: Draft,
        instance_arn: str | None,
        lookups: Lookups,
        kind: Kind,
        resolution: Resolution,
    ) -> None:
        self.draft = draft
        self.instance_arn = instance_arn
        self.lookups = lookups
        self.kind = kind
        self.resolution = resolution

    def each(self, key: str, one: Callable[[str], _Pair], *, many: bool) -> list[_Pair] | None:
        """Every value of an attribute resolved; None where one was refused."""
        if key in self.draft.refused:
            return None
        value = self.draft.bag.get(key)
        entries = value if many and isinstance(value, list) else [value]
        pairs: list[_Pair | None] = []
        for index, entry in enumerate(entries):
            path = (key, index) if many else (key,)
            if entry is UNKNOWN:
                pairs.append((UNKNOWN, UNKNOWN))
            else:
                pairs.append(self._one(one, str(entry).strip(), path))
        return None if None in pairs else [p for p in pairs if p is not None]

    def _one(self, one: Callable[[str], _Pair], given: str, path: tuple[Any, ...]) -> _Pair | None:
        try:
            return one(given)
        except Unresolved as error:
            self.resolution.failures.append(refuse(path, error.cause, error.remedy))
            return None

    def by_id(self, given: str) -> _Pair:
        identifier = bare_id(given, self.kind, self.instance_arn)
        if self.instance_arn is None:
            return identifier, UNKNOWN
        try:
            return Resolver(self.instance_arn, self.lookups).by_id(self.kind, given)
        except LookUpUnavailable:
            return identifier, self._old_name(identifier)

    def by_name(self, given: str) -> _Pair:
        name = given.strip("/") if self.kind is Kind.HIERARCHY_GROUP else given
        if self.instance_arn is None:
            return UNKNOWN, name
        try:
            return Resolver(self.instance_arn, self.lookups).by_name(self.kind, name)
        except LookUpUnavailable as error:
            identifier = self._old_id(name)
            if identifier is None:
                raise not_looked_up(error) from None
            return identifier, name
        except UnknownName as error:
            renamed = self._renamed(name, self.instance_arn)
            if renamed is None:
                remedy = f"{error.remedy} If this program creates it, pass its id."
                raise Unresolved(error.cause, remedy) from None
            return renamed

    def _renamed(self, name: str, instance_arn: str) -> _Pair | None:
        """The thing that had this name when the user was last deployed, if it still exists."""
        names = self.lookups.catalog(instance_arn, self.kind).names
        identifier = self._old_id(name)
        if identifier is None or identifier not in names:
            return None
        self.resolution.warnings.append(
            f'the {self.kind.value} "{name}" is now called "{names[identifier]}": '
            "write the new name into the program"
        )
        # The name that the program knows stays, so that the next run still finds the id.
        return identifier, name

    def _old_pairs(self) -> list[tuple[str, str]]:
        old, reference = self.draft.old or {}, REFERENCES[self.kind]
        known, names = old.get(reference.id), old.get(reference.fact)
        if reference.many:
            return list(zip(known or [], names or [], strict=False))
        return [] if known is None or names is None else [(str(known), str(names))]

    def _old_id(self, name: str) -> str | None:
        return next((i for i, known in self._old_pairs() if known == name), None)

    def _old_name(self, identifier: str) -> str | None:
        return next((name for i, name in self._old_pairs() if i == identifier), None)
