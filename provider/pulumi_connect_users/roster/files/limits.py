"""Limits: what a `may` lets the users of a file have."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ...core.arns import is_id, last_part
from ...core.privacy import shorten, similar
from ...core.properties import Properties, Value, entries, structures
from ...core.unknowns import Path as PropertyPath
from ...model.attributes import program_path
from ...model.references import HIERARCHY_GROUP, OF_USER, SECURITY_PROFILES, Reference
from .document import Document, Entry
from .users import Place

MAY: Final = "may"
ADOPT: Final = "adopt"
_NAMED: Final = 20


def _plural(wire: str) -> str:
    return program_path((wire,)).removesuffix("s") + "s"


LISTS: Final[Mapping[str, str]] = {_plural(key): key for r in OF_USER for key in (r.name, r.id)}
"""The lists of a `may` (`routing_profiles`, `routing_profile_ids`), and what each limits."""
_GRANTS: Final = "grants"
_GRANTED: Final = {
    "securityProfile": SECURITY_PROFILES.name,
    "securityProfileId": SECURITY_PROFILES.id,
}
"""What a member of a grant gives: no limit is passed by a grant."""


@dataclass(frozen=True)
class Limits:
    """One `may`."""

    source: str
    """Where it is: `may (west.yaml, line 2)`."""
    allowed: Mapping[str, Sequence[str]]
    """The names or ids by wire name; what is not among the keys is not limited."""
    adopts: bool = True

    def outside(self, user: Properties) -> Iterator[tuple[PropertyPath, str]]:
        """What a user may not have: its wire path and the reason."""
        for reference in OF_USER:
            names, ids = self.allowed.get(reference.name), self.allowed.get(reference.id)
            if names is None and ids is None:
                continue
            allowed = shorten([*(names or ()), *(ids or ())], _NAMED) or "none"
            for path, name in _texts(reference.name, user):
                if not _is_within(name, names or (), reference):
                    cause = f'{program_path(path[:1])}: "{name}" is outside {self.source}'
                    yield path, f"{cause}. Allowed: {allowed}."
            for path, identifier in _texts(reference.id, user):
                # Without a look-up, nothing says whose id it is.
                if _bare(identifier) not in map(_bare, ids or ()):
                    cause = f"{identifier} is an id that {self.source} does not list"
                    yield path, f"{program_path(path[:1])}: {cause}. Allowed: {allowed}."
        if not self.adopts and user.get(ADOPT):
            yield (ADOPT,), f"{ADOPT}: not allowed by {self.source}. Remove it."


def _texts(key: str, user: Properties) -> Iterator[tuple[PropertyPath, str]]:
    """The texts of a value, each with its path."""
    value = user.get(key)
    if isinstance(value, str):
        yield (key,), value
    for index, entry in enumerate(entries(value)):
        if isinstance(entry, str):
            yield (key, index), entry
    for index, grant in enumerate(structures(user.get(_GRANTS))):
        for member, value in grant.items():
            if _GRANTED.get(member) == key and isinstance(value, str):
                yield (_GRANTS, index, member), value


def _is_within(name: str, allowed: Sequence[str], reference: Reference) -> bool:
    """Whether a name is listed as Connect compares names; a group includes those below it."""
    if reference is not HIERARCHY_GROUP:
        return name in allowed
    path = f"{name.strip('/')}/"
    return any(path.startswith(f"{group.strip('/')}/") for group in allowed)


def _bare(identifier: str) -> str:
    return last_part(identifier) if is_id(identifier) else identifier


def limits_of(entry: Entry, document: Document) -> Limits:
    """The limits of a `may`; what is wrong in it is among the document's problems."""
    allowed: dict[str, Sequence[str]] = {}
    adopts = True
    for key, value in entry.content.items():
        place = entry.place((key,))
        if key == ADOPT:
            adopts = value is True
            if not isinstance(value, bool):
                document.problem(place, f"{entry.subject}: {key}: must be true or false.")
        elif key in LISTS:
            allowed[LISTS[key]] = _names(entry, key, value, document)
        else:
            document.problem(place, f"{entry.subject}: {key}: unknown key. {_hint(key)}")
    return Limits(f"{MAY} ({document.at(entry.place(()))})", allowed, adopts)


def _names(entry: Entry, key: str, value: Value, document: Document) -> Sequence[str]:
    listed = value if isinstance(value, list) else [None]
    names = [text.strip() for text in listed if isinstance(text, str) and text.strip()]
    if len(names) < len(listed):
        text = f"{entry.subject}: {key}: must be a list of texts; [] allows none."
        document.problem(entry.place((key,)), text)
    return names


def _hint(key: str) -> str:
    near = similar(key, (*LISTS, ADOPT))
    return f"Did you mean {near[0]}?" if near else f"Known: {', '.join((*LISTS, ADOPT))}."


def refuse_outside(document: Document) -> None:
    """Adds what users have outside the limits, themselves or by defaults and teams."""

    def outside() -> Iterator[tuple[Place, str, str]]:
        for name, user in document.whole_users.items():
            for limits in document.limits:
                for path, reason in limits.outside(user):
                    yield document.place_of(name, path), document.users[name].subject, reason

    document.problems_of(outside())
