"""Resolves an id, an ARN, `INSTANCE:ID` of the aws provider, or a name to an id."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from ..model.attributes import program_path
from ..model.references import Reference
from .arns import instance_and_id, is_id, is_uuid, last_part, parse_arn
from .errors import LookUpUnavailable
from .lookups import REFERENCES, Catalog, Kind, Lookups
from .privacy import display_name, shorten, similar

_ARN_KINDS: Final[Mapping[Kind, str]] = {
    Kind.ROUTING_PROFILE: "routing-profile",
    Kind.SECURITY_PROFILE: "security-profile",
    Kind.HIERARCHY_GROUP: "agent-group",
    Kind.AGENT_STATUS: "agent-state",
    Kind.QUEUE: "queue",
    Kind.USER: "agent",
}


class Unresolved(Exception):
    """A value that names nothing in the instance: cause and remedy."""

    def __init__(self, cause: str, remedy: str) -> None:
        super().__init__(f"{cause}. {remedy}")
        self.cause = cause
        self.remedy = remedy


class UnknownName(Unresolved):
    """A name that does not exist in the instance."""


def not_looked_up(error: LookUpUnavailable, instead: str = "the id") -> Unresolved:
    """The reason where a value could not be looked up: it may be right."""
    cause = str(error).rstrip(".")
    return Unresolved(f"cannot be looked up: {cause}", f"Fix that, or pass {instead}.")


def bare_id(given: str, kind: Kind, instance_arn: str | None) -> str:
    """The id in any of its forms; raises Unresolved if it is of another kind or instance.

    The instance is not compared where `instance_arn` is None.
    """
    given = given.strip()
    arn, pair = parse_arn(given), instance_and_id(given)
    if given.startswith("arn:") and (arn is None or arn.kind != _ARN_KINDS[kind]):
        raise Unresolved(f"is not the ARN of {_a(kind)}", "Check the ARN.")
    home = instance_arn
    if arn is not None:
        home = arn.instance_arn
    elif pair is not None and instance_arn is not None:
        home = f"{instance_arn.rpartition('/')[0]}/{pair[0]}"
    if instance_arn is not None and home != instance_arn:
        raise Unresolved(f"is {_a(kind)} of another instance", f"Give one of {instance_arn}.")
    return last_part(given) if is_id(given) else given


@dataclass(frozen=True)
class Resolver:
    """Resolves values in one instance; what it cannot find raises Unresolved."""

    instance_arn: str
    lookups: Lookups

    def by_id(self, kind: Kind, given: str) -> tuple[str, str]:
        """The id and name for an id; raises LookUpUnavailable too."""
        identifier = bare_id(given, kind, self.instance_arn)
        catalog = self._catalog(kind, lambda listed: identifier in listed.names)
        if identifier in catalog.names:
            return identifier, catalog.names[identifier]
        reference = REFERENCES.get(kind)
        if reference is None or is_uuid(identifier):
            raise Unresolved(f"{identifier} does not exist in this instance", _known(catalog))
        name = given.strip()
        if _ids(catalog, kind, name):
            raise Unresolved(f'"{name}" is a name', _pass_as(reference.name, name, reference))
        raise Unresolved(
            f'"{name}" does not exist in this instance',
            f"{_hint(name, kind, catalog)} Names are passed as {program_path((reference.name,))}.",
        )

    def by_name(self, kind: Kind, given: str) -> tuple[str, str]:
        """The id and name for a name; raises UnknownName, and LookUpUnavailable too."""
        name = given.strip()
        catalog = self._catalog(kind, lambda listed: bool(_ids(listed, kind, name)))
        ids = _ids(catalog, kind, name)
        if len(ids) == 1:
            return ids[0], catalog.names[ids[0]]
        if ids:
            candidates = "; ".join(f"{catalog.names[i]} ({i})" for i in ids)
            raise Unresolved(
                f'"{name}" is ambiguous: {candidates}', "Give the whole path or the id."
            )
        reference = REFERENCES.get(kind)
        if reference is not None and is_id(name):
            bare_id(name, kind, self.instance_arn)
            raise Unresolved(f'"{name}" is an id', _pass_as(reference.id, name, reference))
        said = display_name(name) if kind is Kind.USER else name
        raise UnknownName(f'"{said}" does not exist in this instance', _hint(name, kind, catalog))

    def id_of(self, kind: Kind, given: str) -> str:
        """The id for an id or a name, both looked up; raises LookUpUnavailable too."""
        return (self.by_id if is_id(given.strip()) else self.by_name)(kind, given)[0]

    def by_either(self, kind: Kind, given: str) -> str:
        """The id for an id or a name; a value in an id's form is not looked up.

        Where a name could not be looked up, LookUpUnavailable is the cause: it may be right.
        """
        if is_id(given.strip()):
            return bare_id(given, kind, self.instance_arn)
        try:
            return self.by_name(kind, given)[0]
        except LookUpUnavailable as error:
            raise not_looked_up(error) from error

    def _catalog(self, kind: Kind, satisfied: Callable[[Catalog], bool]) -> Catalog:
        """The list of this process; a miss lists again."""
        catalog = self.lookups.catalog(self.instance_arn, kind)
        if not satisfied(catalog):
            catalog = self.lookups.catalog(self.instance_arn, kind, fresh=True)
        return catalog


def _pass_as(wire: str, value: str, reference: Reference) -> str:
    written = f'["{value}"]' if reference.many else f'"{value}"'
    return f"Pass it as {program_path((wire,))}={written}."


def _a(kind: Kind) -> str:
    return f"{'an' if kind is Kind.AGENT_STATUS else 'a'} {kind.value}"


def _ids(catalog: Catalog, kind: Kind, name: str) -> list[str]:
    if kind is not Kind.HIERARCHY_GROUP:
        return catalog.ids_of(name)
    path = name.strip("/")
    return catalog.ids_of(path) or catalog.ids_ending_with(path)


def _hint(name: str, kind: Kind, catalog: Catalog) -> str:
    # Other people's usernames are not offered.
    if kind is Kind.USER:
        return "Usernames are case-sensitive; check the instance too."
    short = {known.rsplit("/", 1)[-1]: known for known in catalog.names.values()}
    near = similar(name, [*catalog.names.values(), *short], 3)
    likely = list(dict.fromkeys(short.get(one, one) for one in near))
    return f"Did you mean {' or '.join(likely)}?" if likely else _known(catalog)


def _known(catalog: Catalog) -> str:
    return f"Known: {shorten(sorted(catalog.names.values()), 5) or 'none'}."
