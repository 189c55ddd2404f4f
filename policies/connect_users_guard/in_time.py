"""Dates and times at which something starts or ends, and the time that counts as now.

The policy pack stands alone and has a copy, which `make generate` makes: this module imports the
standard library only.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

TODAY: Final = "CONNECT_USERS_TODAY"
"""The variable that sets the clock, for tests and rehearsals."""
MOMENT: Final = r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2}))?\Z"
FORM: Final = (
    "must be a date (2026-12-31), or a date and time with an offset (2026-12-31T18:00+01:00)"
)
_DATE_LENGTH: Final = len("2026-12-31")
_LAST: Final = datetime.max.replace(tzinfo=UTC)


def start_of(moment: str) -> datetime:
    """The first moment: of a date, midnight UTC. Raises ValueError for any other text."""
    if not re.match(MOMENT, moment):
        raise ValueError(FORM)
    found = datetime.fromisoformat(moment)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def end_of(moment: str) -> datetime:
    """The first moment after it: a date is the last day, a time the end itself."""
    start = start_of(moment)
    if len(moment) > _DATE_LENGTH:
        return start
    # Directories write 9999-12-31 for an account without an end.
    return _LAST if start.date() == _LAST.date() else start + timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """From a first moment to the first one after it; None where there is no such end."""

    start: datetime | None = None
    end: datetime | None = None

    @classmethod
    def of(cls, starts: object, ends: object) -> "Period":
        """From texts; others say nothing. Raises ValueError for a text that is not a moment."""
        return cls(
            start_of(starts) if isinstance(starts, str) else None,
            end_of(ends) if isinstance(ends, str) else None,
        )

    def is_over(self, now: datetime) -> bool:
        """Whether it has ended."""
        return self.end is not None and self.end <= now

    def holds(self, now: datetime) -> bool:
        """Whether it has started and not ended."""
        return not self.is_over(now) and (self.start is None or self.start <= now)


def current_time(environment: Mapping[str, str] = os.environ) -> datetime:
    """The time that counts as now, in UTC; raises ValueError for a bad `CONNECT_USERS_TODAY`."""
    given = environment.get(TODAY, "").strip()
    if not given:
        return datetime.now(UTC)
    try:
        return start_of(given)
    except ValueError:
        raise ValueError(f"{TODAY} {FORM}.") from None
