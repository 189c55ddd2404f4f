"""When a user was last known as it is: what spares a refresh to read every e-mail address."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from pulumi_connect_users.users.last_modified import (
    NO_TIME,
    after_read,
    after_update,
    after_write,
    changed_since,
    confidential,
    text,
)

NOON = datetime(2026, 11, 22, 12, 0, 0, tzinfo=UTC)
EARLIER, LATER = NOON - timedelta(seconds=1), NOON + timedelta(seconds=1)
MARY: dict[str, Any] = {
    "identityInfo": {"firstName": "Mary", "email": "marym@example.com", "mobile": "+15555550100"}
}
KNOWN = MARY | {"lastModifiedTime": "2026-11-22T12:00:00Z"}


def test_time_is_told_in_utc_wherever_it_was_taken() -> None:
    """Texts are compared: two time zones would make a change of nothing, or hide one."""
    abroad = NOON.astimezone(timezone(timedelta(hours=5, minutes=30)))

    assert text(abroad) == text(NOON) == "2026-11-22T12:00:00Z"
    assert text(NOON.replace(microsecond=999_999)) == text(NOON)


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        ([], ("email", "mobile")),
        (["identity_info.email"], ("mobile",)),
        (["identity_info"], ()),
        (["identity_info.last_name"], ("email", "mobile")),
    ],
)
def test_only_what_is_declared_and_not_left_to_others_is_looked_for(
    left: list[str], expected: tuple[str, ...]
) -> None:
    """Nobody is read for an address that the program lets others change."""
    assert confidential(MARY | {"ignoreDrift": left}) == expected


@pytest.mark.parametrize(
    ("modified", "changed"), [(EARLIER, False), (NOON, False), (LATER, True), (None, True)]
)
def test_later_change_or_an_unknown_time_is_a_reason_to_read(
    modified: datetime | None, changed: bool
) -> None:
    """Not to know is no reason to believe."""
    assert changed_since(KNOWN, modified) is changed
    assert changed_since(MARY, modified) is True


def test_time_of_a_read_never_goes_back() -> None:
    """Connect's time of a user may be older than its answer to our write: nothing has changed."""
    assert after_read(KNOWN, {"LastModifiedTime": EARLIER}) == {"lastModifiedTime": text(NOON)}
    assert after_read(KNOWN, {"LastModifiedTime": LATER}) == {"lastModifiedTime": text(LATER)}
    assert after_read(KNOWN, {}) == {"lastModifiedTime": text(NOON)}


def test_user_without_a_time_is_read_once() -> None:
    """Connect may tell no times at all: who was read is remembered, and read again for a time."""
    read = MARY | after_read(MARY, {})

    assert [changed_since(user, NO_TIME) for user in (MARY, read, KNOWN)] == [True, False, False]
    assert changed_since(read, EARLIER) is True
    assert after_read(KNOWN, {}) == {"lastModifiedTime": text(NOON)}


def test_write_covers_no_change_that_somebody_made_before_it() -> None:
    """The address that they set would be taken for known; the old time makes the refresh look."""
    assert after_update(KNOWN, MARY, {"LastModifiedTime": NOON}, LATER) == after_write(MARY, LATER)
    unseen = after_update(KNOWN, MARY, {"LastModifiedTime": LATER}, LATER)
    assert unseen == {"lastModifiedTime": text(NOON)}


def test_user_without_an_address_keeps_no_time() -> None:
    """It would be one more line in state that says nothing."""
    plain = {"identityInfo": {"firstName": "Mary"}, "lastModifiedTime": text(NOON)}

    assert after_write(plain, NOON) == {}
    assert after_read(plain, {"LastModifiedTime": NOON}) == {}
    assert after_update(plain, plain, {"LastModifiedTime": NOON}, NOON) == {}
