"""Waivers: written exceptions with a reason, an owner and a last day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from typing import Any

from .subject import Subject

_MEMBERS = ("urn", "reason", "owner", "expires")


@dataclass(frozen=True)
class Waiver:
    """One exception; `expires` is the last day on which it holds, None if that is no date."""

    urn: str
    expires: date | None
    complete: bool
    """Whether it has all that it must have; an incomplete one waives nothing."""

    def fits(self, subject: Subject) -> bool:
        """Tells whether it is for this subject."""
        return any(fnmatchcase(name, self.urn) for name in {subject.urn, subject.address})


def read_waivers(entries: Sequence[Any]) -> tuple[Waiver, ...]:
    """Reads the `waivers` of a rule's settings; what is not an object is incomplete."""
    return tuple(_read(entry) for entry in entries)


def waived(
    subject: Subject, waivers: Iterable[Waiver], today: date
) -> tuple[Waiver | None, str | None]:
    """The waiver that holds for the subject; else a sentence on one that would, were it valid."""
    remark = None
    for waiver in waivers:
        if not waiver.fits(subject):
            continue
        if not waiver.complete:
            remark = "A waiver for it is not valid: urn, reason, owner and expires are needed."
        elif waiver.expires is None:
            remark = "A waiver for it is not valid: its expires is no date (YYYY-MM-DD)."
        elif waiver.expires < today:
            remark = f"A waiver for it expired on {waiver.expires.isoformat()}."
        else:
            return waiver, None
    return None, remark


def _read(entry: Any) -> Waiver:
    if not isinstance(entry, Mapping):
        return Waiver("*", None, complete=False)
    complete = all(isinstance(entry.get(m), str) and entry[m].strip() for m in _MEMBERS)
    try:
        expires = date.fromisoformat(str(entry.get("expires")))
    except ValueError:
        expires = None
    return Waiver(str(entry.get("urn") or "*"), expires, complete)
