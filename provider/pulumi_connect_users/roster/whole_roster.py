"""The whole roster as each of its batches gets it for check; state never holds it.

The engine stops at the first batch that is refused, so that batch reports the mistakes of all.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeVar

from ..core.check_failure import Failure
from ..core.errors import LookUpUnavailable
from ..core.lookups import REFERENCES, Lookups
from ..core.privacy import display_name, shorten
from ..core.properties import Properties, entries, structures, text
from ..core.unknowns import Path, Unknown
from ..model.in_time import Period, current_time
from ..model.references import OF_USER, SECURITY_PROFILES
from ..users.declared_user import DeclaredUser
from ..users.grants import GRANTS, OF_GRANTS
from ..users.resolve import References, resolve, unknown_proficiencies
from .program_check import Mistake

_NAMED: Final = 10
_MOST: Final = 500
"""This many different names or mistakes are passed on; the batches find the others."""
_MANY: Final = {key: r.many for r in OF_USER for key in (r.name, r.id)}
"""The wire names of references, and whether they are lists."""
_PROFICIENCIES: Final = "proficiencies"
_PAIR: Final = ("attributeName", "attributeValue")
_Key = TypeVar("_Key")
PlaceOf = Callable[[str, Path], str | None]
"""Where a value of a user, by username and wire path, is in the user's file."""


@dataclass
class Users:
    """The users that share a line: the first few by name, and the number of all."""

    names: list[str] = field(default_factory=list)
    count: int = 0

    def __str__(self) -> str:
        more = f" and {self.count - len(self.names)} more" if self.count > len(self.names) else ""
        return ", ".join(self.names) + more


class WholeRoster:
    """Possible mistakes, and every profile, group and attribute that users refer to."""

    def __init__(self) -> None:
        self.mistakes: dict[tuple[str | None, str], Users] = {}
        self.references: dict[tuple[str, str], Users] = {}
        self.places: Mapping[str, str] = {}

    def refer(self, username: str, user: Properties, place: PlaceOf) -> None:
        """Adds what a user refers to."""
        for key, many in _MANY.items():
            value = user.get(key)
            for one in entries(value) if many and isinstance(value, list) else (value,):
                if isinstance(one, str):
                    self._add(self.references, (key, one), username, place, (key,))
        for entry in structures(user.get(_PROFICIENCIES)):
            pair = json.dumps([text(entry.get(part)) for part in _PAIR])
            self._add(self.references, (_PROFICIENCIES, pair), username, place, (_PROFICIENCIES,))
        for member, name in _granted(user):
            key = f"{GRANTS}.{member}"
            self._add(self.references, (key, name), username, place, (GRANTS,))

    def suspect(self, mistake: Mistake, place: PlaceOf) -> None:
        """Adds a mistake that counts only in some instances, or that state may excuse."""
        key, path = (mistake.identity_type, str(mistake.failure)), mistake.failure.path
        self._add(self.mistakes, key, mistake.username, place, path)

    def _add(
        self, table: dict[_Key, Users], key: _Key, username: str, place: PlaceOf, path: Path
    ) -> None:
        if key not in table and len(table) >= _MOST:
            return
        users = table.setdefault(key, Users())
        users.count += 1
        if len(users.names) < _NAMED:
            users.names.append(with_place(username, place(username, path)))

    def text(self, places: Mapping[str, str]) -> str:
        """The form that one batch gets, with the places of its own users in their file."""
        tables = [
            [[*key, users.names, users.count] for key, users in self.mistakes.items()],
            [[*key, users.names, users.count] for key, users in self.references.items()],
        ]
        return json.dumps([*tables, places], ensure_ascii=False)

    @classmethod
    def of(cls, text: str | None) -> WholeRoster:
        """From that form."""
        whole = cls()
        if text is not None:
            mistakes, references, whole.places = json.loads(text)
            whole.mistakes = {(m, reason): Users(n, c) for m, reason, n, c in mistakes}
            whole.references = {(key, name): Users(n, c) for key, name, n, c in references}
        return whole

    def lines(
        self,
        own: Collection[tuple[str, Failure]],
        instance_arn: str | Unknown | None,
        identity_type: str | None,
        lookups: Lookups,
    ) -> Iterator[str]:
        """Every mistake in the roster, once a batch's `own` users have failed."""
        of_all = {r: users for (m, r), users in self.mistakes.items() if m in (None, identity_type)}
        if isinstance(instance_arn, str):
            of_all |= {str(f): users for f, users in self._unresolved(instance_arn, lookups)}
        of_batch: dict[str, list[str]] = {}
        for username, failure in own:
            if not {str(failure), str(_without_index(failure))} & of_all.keys():
                subject = with_place(username, self.places.get(username))
                of_batch.setdefault(str(failure), []).append(subject)
        yield from (f"{shorten(names, _NAMED)}: {reason}" for reason, names in of_batch.items())
        yield from (f"{users}: {reason}" for reason, users in of_all.items())

    def _unresolved(self, instance_arn: str, lookups: Lookups) -> Iterator[tuple[Failure, Users]]:
        """Names and ids that do not exist, or only under another name in some batch's state."""
        for (key, name), users in self.references.items():
            for failure in _failures(key, name, instance_arn, lookups):
                yield _without_index(failure), users


def _failures(key: str, name: str, instance_arn: str, lookups: Lookups) -> tuple[Failure, ...]:
    if key == _PROFICIENCIES:
        pair = dict(zip(_PAIR, json.loads(name), strict=True))
        return unknown_proficiencies(_user({key: [pair]}, instance_arn), lookups).failures
    first, _, member = key.partition(".")
    many = SECURITY_PROFILES.name if first == GRANTS else key
    kind = next(kind for kind, r in REFERENCES.items() if many in (r.name, r.id))
    try:
        lookups.catalog(instance_arn, kind)
    except LookUpUnavailable:
        return ()
    if first == GRANTS:
        references = References(_user({}, instance_arn), lookups, kind, SECURITY_PROFILES)
        by_id = OF_GRANTS[member]
        return references.resolve_one((GRANTS, member), name, by_id=by_id)[1].failures
    user = _user({key: [name] if _MANY[key] else name}, instance_arn)
    return resolve(user, lookups).remarks.failures


def _granted(user: Properties) -> Iterator[tuple[str, str]]:
    """What names the profiles of grants that are not over: the others are not looked up."""
    for entry in structures(user.get(GRANTS)):
        try:
            period = Period.of(entry.get("starts"), entry.get("until"))
        except ValueError:
            continue
        if not period.is_over(current_time()):
            given = ((member, entry.get(member)) for member in OF_GRANTS)
            yield from ((member, name) for member, name in given if isinstance(name, str))


def _user(values: Properties, instance_arn: str) -> DeclaredUser:
    return DeclaredUser(values=values, declared=values, instance_arn=instance_arn)


def _without_index(failure: Failure) -> Failure:
    """Without its index in a list, which differs between users."""
    first = str(failure.path[0]) if failure.path else ""
    if first in (_PROFICIENCIES, GRANTS) or _MANY.get(first):
        path = tuple(part for part in failure.path if not isinstance(part, int))
        return Failure(path, failure.cause, failure.remedy)
    return failure


def with_place(username: str, place: str | None) -> str:
    """A user, with its place in the file."""
    return f"{display_name(username)} ({place})" if place else display_name(username)
