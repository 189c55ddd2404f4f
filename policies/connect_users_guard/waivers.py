"""Waivers: written exceptions with a reason, an owner and an expiry date."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from .globs import fits
from .property_values import Property
from .subject import Subject

DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_MEMBERS = ("urn", "reason", "owner", "expires")


@dataclass(frozen=True)
class Waiver:
    """One exception; `expires` is its last valid day, None if the text is not a date."""

    urn: str
    expires: date | None
    complete: bool
    """Whether all members are present; an incomplete waiver waives nothing."""

    def fits(self, subject: Subject) -> bool:
        """Whether it is for this subject."""
        return any(fits(name, self.urn) for name in {subject.urn, subject.address})


def read_waivers(entries: Sequence[Property]) -> tuple[Waiver, ...]:
    """Reads the `waivers` of a rule's settings; what is not an object is incomplete."""
    return tuple(_read(entry) for entry in entries)


def waived(
    subject: Subject, waivers: Iterable[Waiver], today: date
) -> tuple[Waiver | None, str | None]:
    """The waiver that applies to the subject; else a sentence on one that is not valid."""
    remark = None
    for waiver in waivers:
        if not waiver.fits(subject):
            continue
        if not waiver.complete:
            remark = "A waiver for it is not valid: it needs urn, reason, owner and expires."
        elif waiver.expires is None:
            remark = "A waiver for it is not valid: expires is not a date (YYYY-MM-DD)."
        elif waiver.expires < today:
            remark = f"A waiver for it expired on {waiver.expires.isoformat()}."
        else:
            return waiver, None
    return None, remark


def day_of(text: Property) -> date | None:
    """The day of a YYYY-MM-DD; None for any other form."""
    if not isinstance(text, str) or not re.fullmatch(DAY, text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _read(entry: Property) -> Waiver:
    if not isinstance(entry, Mapping):
        return Waiver("*", None, complete=False)
    complete = all(isinstance(text := entry.get(m), str) and text.strip() for m in _MEMBERS)
    expires = day_of(entry.get("expires"))
    return Waiver(str(entry.get("urn") or "*"), expires, complete)
