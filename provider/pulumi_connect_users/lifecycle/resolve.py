"""Names of profiles and hierarchy groups become ids, and ids get their names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ..errors import LookUpUnavailable
from ..model.references import Reference
from .arns import last_part, parse_arn
from .bag import UNKNOWN
from .failure import Failure
from .lookups import REFERENCES, Catalog, Kind, LookUps
from .naming import alike, some
from .rules import Draft
from .rules.registry import refuse

_ARN_KINDS = {
    Kind.ROUTING_PROFILE: "routing-profile",
    Kind.SECURITY_PROFILE: "security-profile",
    Kind.HIERARCHY_GROUP: "agent-group",
}


@dataclass
class Resolution:
    """Ids and names by wire name, and what could not be resolved."""

    values: dict[str, Any] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def resolve(draft: Draft, instance_arn: Any, lookups: LookUps) -> Resolution:
    """Resolves the three kinds; `instance_arn` may be UNKNOWN or None (refused)."""
    resolution = Resolution()
    known = instance_arn if isinstance(instance_arn, str) else None
    for kind, reference in REFERENCES.items():
        if draft.has(reference.id) and draft.has(reference.name):
            continue  # refused by a rule already
        resolver = _Resolver(draft, known, lookups, kind, resolution)
        if UNKNOWN in (draft.bag.get(reference.id), draft.bag.get(reference.name)):
            resolution.values |= {reference.id: UNKNOWN, reference.fact: UNKNOWN}
            continue
        if draft.has(reference.id):
            found = resolver.each(reference.id, resolver.by_id, many=reference.many)
        elif draft.has(reference.name):
            found = resolver.each(reference.name, resolver.by_name, many=reference.many)
        else:
            continue
        if found is not None:
            _store(resolution.values, reference, found)
    return resolution


_Pair = tuple[Any, Any]
"""An id and its name; either may be UNKNOWN, the name may be None."""


def _store(values: dict[str, Any], reference: Reference, found: list[_Pair]) -> None:
    if not reference.many:
        values[reference.id], name = found[0]
        if name is not None:
            values[reference.fact] = name
        return
    # A set: one order for equal sets, those not known yet at the end.
    found = sorted(found, key=lambda pair: (pair[0] is UNKNOWN, str(pair[0])))
    values[reference.id] = [identifier for identifier, _ in found]
    names = [name for _, name in found]
    if UNKNOWN in names:
        values[reference.fact] = UNKNOWN
    elif None not in names:
        values[reference.fact] = names


class _Resolver:
    """One kind of thing in one instance."""

    def __init__(
        self,
        draft: Draft,
        instance_arn: str | None,
        lookups: LookUps,
        kind: Kind,
        resolution: Resolution,
    ) -> None:
        self.draft = draft
        self.instance_arn = instance_arn
        self.lookups = lookups
        self.kind = kind
        self.resolution = resolution

    def each(
        self, key: str, one: Callable[[str, tuple[Any, ...]], _Pair | None], *, many: bool
    ) -> list[_Pair] | None:
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
                pairs.append(one(str(entry).strip(), path))
        return None if None in pairs else [p for p in pairs if p is not None]

    def by_id(self, given: str, path: tuple[Any, ...]) -> _Pair | None:
        arn = parse_arn(given)
        if given.startswith("arn:"):
            if arn is None or arn.kind != _ARN_KINDS[self.kind]:
                self._refuse(path, f"is not the ARN of a {self.kind.value}", "Check the ARN.")
                return None
            if self.instance_arn and arn.instance_arn != self.instance_arn:
                self._refuse(
                    path,
                    f"is a {self.kind.value} of another instance",
                    f"Give one of {self.instance_arn}.",
                )
                return None
        identifier = last_part(given)
        if self.instance_arn is None:
            return identifier, UNKNOWN
        try:
            catalog = self._catalog(self.instance_arn, lambda c: identifier in c.names)
        except LookUpUnavailable:
            return identifier, self._old_name(identifier)
        if identifier not in catalog.names:
            self._refuse(
                path,
                f"{identifier} is no {self.kind.value} of the instance",
                f"Known: {self._some(catalog)}.",
            )
            return None
        return identifier, catalog.names[identifier]

    def by_name(self, name: str, path: tuple[Any, ...]) -> _Pair | None:
        name = name.strip("/") if self.kind is Kind.HIERARCHY_GROUP else name
        if self.instance_arn is None:
            return UNKNOWN, name
        try:
            catalog = self._catalog(self.instance_arn, lambda c: bool(self._ids(c, name)))
        except LookUpUnavailable as error:
            identifier = self._old_id(name)
            if identifier is not None:
                return identifier, name
            cause = str(error).rstrip(".")
            self._refuse(path, f"cannot be looked up: {cause}", "Mend that, or give the id.")
            return None
        ids = self._ids(catalog, name)
        if len(ids) == 1:
            return ids[0], catalog.names[ids[0]]
        if ids:
            candidates = "; ".join(f"{catalog.names[i]} ({i})" for i in ids)
            remedy = "Give the whole path or the id."
            self._refuse(path, f'"{name}" is ambiguous: {candidates}', remedy)
            return None
        renamed = self._renamed(name, catalog)
        if renamed is None:
            self._unknown(name, path, catalog)
        return renamed

    def _ids(self, catalog: Catalog, name: str) -> list[str]:
        ids = catalog.ids_of(name)
        if not ids and self.kind is Kind.HIERARCHY_GROUP:
            ids = catalog.ids_ending_with(name)
        return ids

    def _catalog(self, instance_arn: str, satisfied: Callable[[Catalog], bool]) -> Catalog:
        """The list of this process; a miss lists once more."""
        catalog = self.lookups.catalog(instance_arn, self.kind)
        if not satisfied(catalog):
            catalog = self.lookups.catalog(instance_arn, self.kind, fresh=True)
        return catalog

    def _renamed(self, name: str, catalog: Catalog) -> _Pair | None:
        """The thing that had this name when the user was last deployed, if it still exists."""
        identifier = self._old_id(name)
        if identifier is None or identifier not in catalog.names:
            return None
        self.resolution.warnings.append(
            f'the {self.kind.value} "{name}" is now called "{catalog.names[identifier]}": '
            "write the new name into the program"
        )
        # The name that the program knows stays, so that the next run still finds the id.
        return identifier, name

    def _unknown(self, name: str, path: tuple[Any, ...], catalog: Catalog) -> None:
        short = {known.rsplit("/", 1)[-1]: known for known in catalog.names.values()}
        near = alike(name, [*catalog.names.values(), *short], 3)
        shown = list(dict.fromkeys(short.get(n, n) for n in near))
        hint = f"Did you mean {' or '.join(shown)}?" if shown else f"Known: {self._some(catalog)}."
        self._refuse(
            path,
            f'"{name}" is no {self.kind.value} of the instance',
            f"{hint} If this program creates it, pass its id.",
        )

    def _some(self, catalog: Catalog) -> str:
        return some(sorted(catalog.names.values()), 5) or "none"

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

    def _refuse(self, path: tuple[Any, ...], cause: str, remedy: str) -> None:
        self.resolution.failures.append(refuse(path, cause, remedy))
