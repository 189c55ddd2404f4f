"""What changed since an earlier review."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .review import Access, Person, described


@dataclass(frozen=True, slots=True)
class Difference:
    """One person whose capabilities are not what they were; each as words."""

    username: str
    gained: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    is_new: bool = False
    is_deleted: bool = False

    @property
    def text(self) -> str:
        """The difference in one line."""
        kind = " (new user)" if self.is_new else " (deleted)" if self.is_deleted else ""
        parts = [f"can now {one}" for one in self.gained] + [f"no longer: {o}" for o in self.lost]
        return f"{self.username}{kind}: {'; '.join(parts) or 'no capability'}"


def differences(earlier: Access, access: Access) -> Sequence[Difference]:
    """By username; a user who was deleted and made again under the same username is the same."""
    before = {person.username: person for person in earlier.people}
    after = {person.username: person for person in access.people}
    found = []
    for username in sorted(before.keys() | after.keys()):
        old, new = _words(before.get(username)), _words(after.get(username))
        one = Difference(
            username,
            gained=tuple(words for words in new if words not in old),
            lost=tuple(words for words in old if words not in new),
            is_new=username not in before,
            is_deleted=username not in after,
        )
        if one.gained or one.lost or one.is_new or one.is_deleted:
            found.append(one)
    return found


def _words(person: Person | None) -> tuple[str, ...]:
    if person is None:
        return ()
    known = (described(name, limit) for name, limit in person.capabilities.items())
    unknown = (f"perhaps {described(name, '').strip()}" for name in person.unknown)
    return (*known, *unknown)
