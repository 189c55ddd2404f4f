"""The time that counts as now, and the forms of dates."""

from datetime import UTC, datetime

import pytest

from pulumi_connect_users.aws.settings import read_settings
from pulumi_connect_users.core.errors import SettingsError
from pulumi_connect_users.model.in_time import TODAY, current_time, end_of, start_of


def _settings(today: str) -> datetime:
    return read_settings(lambda key: None, {TODAY: today}).now


@pytest.mark.parametrize(
    ("today", "now"),
    [
        ("2026-12-31", datetime(2026, 12, 31, tzinfo=UTC)),
        (" 2026-12-31 ", datetime(2026, 12, 31, tzinfo=UTC)),
        ("2026-12-31T23:30Z", datetime(2026, 12, 31, 23, 30, tzinfo=UTC)),
        ("2026-12-31T23:30:15.5-01:00", datetime(2027, 1, 1, 0, 30, 15, 500_000, tzinfo=UTC)),
    ],
)
def test_variable_sets_the_clock(today: str, now: datetime) -> None:
    assert _settings(today) == now


@pytest.mark.parametrize("today", ["tomorrow", "2026-02-30", "31.12.2026", "2026-12-31T23:30"])
def test_invalid_clock_is_refused(today: str) -> None:
    """A rehearsal at the wrong date would mislead."""
    with pytest.raises(SettingsError, match=f"{TODAY} must be a date"):
        _settings(today)


@pytest.mark.parametrize("today", ["", " "])
def test_clock_is_the_machines_otherwise(today: str) -> None:
    before = datetime.now(UTC)

    assert before <= current_time({TODAY: today}) <= datetime.now(UTC)


def test_date_is_a_whole_day_in_utc() -> None:
    assert start_of("2026-12-31") == datetime(2026, 12, 31, tzinfo=UTC)
    assert end_of("2026-12-31") == datetime(2027, 1, 1, tzinfo=UTC)
    assert end_of("2026-12-31T18:00+02:00") == datetime(2026, 12, 31, 16, tzinfo=UTC)
    assert end_of("9999-12-31") > datetime(9999, 12, 31, tzinfo=UTC)
