"""When a user was last known as it is: what spares a refresh to read every e-mail address."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import botocore.session
import pytest

from pulumi_connect_users.model.attributes import members_of
from pulumi_connect_users.users.state import (
    CONFIDENTIAL,
    NO_TIME,
    UserState,
    after_read,
    after_update,
    after_write,
    as_text,
    changed_since,
    confidential,
)

EMAIL, MOBILE = "identityInfo.email", "identityInfo.mobile"
NOON = datetime(2026, 11, 22, 12, 0, 0, tzinfo=UTC)
EARLIER, LATER = NOON - timedelta(seconds=1), NOON + timedelta(seconds=1)
MARY = UserState(
    attributes={
        "identityInfo": {
            "firstName": "Mary",
            "email": "marym@example.com",
            "mobile": "+15555550100",
        }
    },
    instance_arn="arn",
    username="mary.major",
    user_arn="arn/agent/u",
)
KNOWN = replace(MARY, last_modified="2026-11-22T12:00:00Z")


def test_time_is_told_in_utc_wherever_it_was_taken() -> None:
    """Texts are compared: two time zones would make a change of nothing, or hide one."""
    abroad = NOON.astimezone(timezone(timedelta(hours=5, minutes=30)))

    assert as_text(abroad) == as_text(NOON) == "2026-11-22T12:00:00Z"
    assert as_text(NOON.replace(microsecond=999_999)) == as_text(NOON)


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        ([], (EMAIL, MOBILE)),
        (["identity_info.email"], (MOBILE,)),
        (["identityInfo.email"], (MOBILE,)),
        (["identity_info"], ()),
        (["identity_info.last_name"], (EMAIL, MOBILE)),
    ],
)
def test_only_what_is_declared_and_not_left_to_others_is_looked_for(
    left: list[str], expected: tuple[str, ...]
) -> None:
    """Nobody is read for an address that the program lets others change."""
    assert confidential(MARY.with_attributes({"ignoreDrift": left})) == expected


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
    assert after_read(MARY, EARLIER, as_text(NOON)) == as_text(NOON)
    assert after_read(MARY, LATER, as_text(NOON)) == as_text(LATER)
    assert after_read(MARY, None, as_text(NOON)) == as_text(NOON)


def test_user_without_a_time_is_read_once() -> None:
    """Connect may tell no times at all: who was read is remembered, and read again for a time."""
    read = replace(MARY, last_modified=after_read(MARY, None))

    assert [changed_since(user, NO_TIME) for user in (MARY, read, KNOWN)] == [True, False, False]
    assert changed_since(read, EARLIER) is True
    assert after_read(MARY, None, as_text(NOON)) == as_text(NOON)


def test_write_covers_no_change_that_somebody_made_before_it() -> None:
    """The address that they set would be taken for known; the old time makes the refresh look."""
    assert after_update(KNOWN, MARY, NOON, LATER) == after_write(MARY, LATER)
    assert after_update(KNOWN, MARY, LATER, LATER) == as_text(NOON)


def test_user_without_an_address_keeps_no_time() -> None:
    """It would be one more line in state that says nothing."""
    plain = KNOWN.with_attributes({"identityInfo": {"firstName": "Mary"}})

    assert after_write(plain, NOON) is None
    assert after_read(plain, NOON) is None
    assert after_update(plain, plain, NOON, NOON) is None


def test_what_no_bulk_read_returns_is_what_the_api_says() -> None:
    """SearchUsers returns a smaller structure of names and addresses than DescribeUser."""
    model = botocore.session.get_session().get_service_model("connect")
    bulk, whole = (
        model.shape_for(name).members["IdentityInfo"].members  # type: ignore[attr-defined]
        for name in ("UserSearchSummary", "User")
    )
    members = {a.wire: a.api_name for a in members_of("identityInfo")}

    assert set(members.values()) == set(whole)
    assert {wire for wire, name in members.items() if name not in bulk} == set(CONFIDENTIAL)
