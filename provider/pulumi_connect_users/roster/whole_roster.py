"""What a batch's check is told of its whole roster; it is never stored.

Each batch gets it beside its users. The first one that is refused tells all that is wrong with the
others too, since the engine asks no batch after it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from ..core.check_failure import Failure
from ..core.errors import LookUpUnavailable
from ..core.lookups import REFERENCES, Lookups
from ..core.privacy import display_name, shorten
from ..core.unknowns import UNKNOWN, Path
from ..model.references import OF_USER
from ..users.declared_user import DeclaredUser
from ..users.resolve import resolve
from .partition import WHOLE
from .program_check import Mistake

_NAMED: Final = 10
_MOST: Final = 500
"""So many different names or mistakes are passed on; the batches find the others."""
Place = Callable[[str, Path], str | None]
"""Where what is at a path of a user stands in the user's file."""
_REFERENCES: Final = tuple((key, r.many) for r in OF_USER for key in (r.name, r.id))


@dataclass
class Users:
    """Of whom one thing is said: the first few by name, the others counted."""

    names: list[str] = field(default_factory=list)
    count: int = 0

    def __str__(self) -> str:
        more = f" and {self.count - len(self.names)} more" if self.count > len(self.names) else ""
        return ", ".join(self.names) + more


class WholeRoster:
    """Mistakes that may count, and every profile and group that users refer to."""

    def __init__(self) -> None:
        self.mistakes: dict[tuple[str | None, str], Users] = {}
        self.references: dict[tuple[str, str], Users] = {}
        self.places: Mapping[str, str] = {}

    def refer(self, username: str, user: Mapping[str, Any], place: Place) -> None:
        """Notes what a user refers to."""
        for key, many in _REFERENCES:
            value = user.get(key)
            for one in value if many and isinstance(value, list) else (value,):
                if isinstance(one, str):
                    self._add(self.references, (key, one), username, place, (key,))

    def suspect(self, mistake: Mistake, place: Place) -> None:
        """Notes what is wrong only in some instances, or perhaps."""
        key, path = (mistake.mode, str(mistake.failure)), mistake.failure.path
        self._add(self.mistakes, key, mistake.username, place, path)

    def _add(
        self, table: dict[Any, Users], key: Any, username: str, place: Place, path: Path
    ) -> None:
        if key not in table and len(table) >= _MOST:
            return
        users = table.setdefault(key, Users())
        users.count += 1
        if len(users.names) < _NAMED:
            users.names.append(with_place(username, place(username, path)))

    def text(self, places: Mapping[str, str]) -> str:
        """As one batch gets it, with the places of its own users in their file."""
        found = [
            [[*key, users.names, users.count] for key, users in table.items()]
            for table in (self.mistakes, self.references)
        ]
        return json.dumps([*found, places], ensure_ascii=False)

    @classmethod
    def of(cls, inputs: Mapping[str, Any]) -> WholeRoster:
        """What a batch's inputs hold of it."""
        whole, text = cls(), inputs.get(WHOLE)
        if isinstance(text, str):
            mistakes, references, whole.places = json.loads(text)
            whole.mistakes = {(m, reason): Users(n, c) for m, reason, n, c in mistakes}
            whole.references = {(key, name): Users(n, c) for key, name, n, c in references}
        return whole

    def lines(
        self, own: Collection[tuple[str, Failure]], instance_arn: Any, mode: Any, lookups: Lookups
    ) -> Iterator[str]:
        """Everything that is wrong with the roster, once a batch's `own` users have failed."""
        of_all = {r: users for (m, r), users in self.mistakes.items() if m in (None, mode)}
        of_all |= {str(f): users for f, users in self._unresolved(instance_arn, lookups)}
        of_batch: dict[str, list[str]] = {}
        for username, failure in own:
            if str(_without_place(failure)) not in of_all:
                subject = with_place(username, self.places.get(username))
                of_batch.setdefault(str(failure), []).append(subject)
        yield from (f"{shorten(names, _NAMED)}: {reason}" for reason, names in of_batch.items())
        yield from (f"{users}: {reason}" for reason, users in of_all.items())

    def _unresolved(self, instance_arn: Any, lookups: Lookups) -> Iterator[tuple[Failure, Users]]:
        """Names and ids that do not exist, or only under another name in some batch's state."""
        for (key, name), users in self.references.items():
            for failure in _failures(key, name, instance_arn, lookups):
                yield _without_place(failure), users


def _failures(key: str, name: str, instance_arn: Any, lookups: Lookups) -> Sequence[Failure]:
    kind, reference = next((k, r) for k, r in REFERENCES.items() if key in (r.name, r.id))
    if instance_arn is UNKNOWN or not isinstance(instance_arn, str):
        return []
    try:
        lookups.catalog(instance_arn, kind)
    except LookUpUnavailable:
        return []
    values = {key: [name] if reference.many else name}
    user = DeclaredUser(values=values, declared=values, instance_arn=instance_arn)
    return resolve(user, lookups).remarks.failures


def _without_place(failure: Failure) -> Failure:
    """Without its place in a list, which is another with each user."""
    keys = {key for key, many in _REFERENCES if many}
    if len(failure.path) == 2 and failure.path[0] in keys:
        return Failure(failure.path[:1], failure.cause, failure.remedy)
    return failure


def with_place(username: str, place: str | None) -> str:
    """A user, and where it stands in its file."""
    return f"{display_name(username)} ({place})" if place else display_name(username)
