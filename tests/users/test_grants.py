"""Security profiles for a time: what is desired follows the clock, the program stays as it is."""

from datetime import UTC, datetime
from typing import Any

import pytest

from pulumi_connect_users.core.properties import texts
from pulumi_connect_users.core.unknowns import UNKNOWN
from pulumi_connect_users.users.check import Checked, check
from pulumi_connect_users.users.inputs import KnownInputs
from pulumi_connect_users.users.plan import plan
from tests.support.twin import Twin
from tests.support.twin_process import ARNS, TwinLookups
from tests.support.valid_users import bag_of

SAML = "SAML"
NIGHT = {"securityProfile": "Admin", "until": "2026-12-31", "reason": "cover"}


def at(text: str) -> datetime:
    """A time in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


BEFORE, AFTER = at("2026-12-31T23:59:59"), at("2027-01-01T00:00:00")


def _bag(*grants: Any, **changes: Any) -> dict[str, Any]:
    return bag_of(SAML, ARNS["SAML"], {"grants": list(grants), **changes})


def _check(
    bag: dict[str, Any], now: datetime, old: KnownInputs | None = None, twin: Twin | None = None
) -> Checked:
    return check(old, bag, TwinLookups(twin or Twin()), now=now)


def _names(checked: Checked) -> list[str]:
    assert [str(failure) for failure in checked.failures] == []
    return sorted(texts(checked.inputs.get("securityProfileNames")))


def test_end_of_a_grant_is_one_revocation_of_an_unchanged_program() -> None:
    """State keeps the grant: only the security profiles differ."""
    before = _check(_bag(NIGHT), BEFORE)
    assert _names(before) == ["Admin", "Agent"]
    old = before.inputs.known()
    again = _check(_bag(NIGHT), BEFORE, old)
    assert again.inputs == before.inputs
    assert not plan(old, again.inputs).changes

    after = _check(_bag(NIGHT), AFTER, old)

    assert _names(after) == ["Agent"]
    steps = plan(old, after.inputs)
    assert [(s.operation, s.revokes) for s in steps.steps] == [("UpdateUserSecurityProfiles", True)]
    assert steps.state_only == ()
    assert after.inputs.get("grants") == old.get("grants")


@pytest.mark.parametrize(
    ("grant", "first", "last"),
    [
        ({"until": "2026-12-31"}, "0001-01-01", "2026-12-31T23:59:59"),
        ({"until": "2026-12-31T18:00:00+02:00"}, "0001-01-02", "2026-12-31T15:59:59"),
        ({"until": "2026-12-31T18:00-05:30"}, "0001-01-02", "2026-12-31T23:29:59"),
        ({"until": "2028-02-29", "starts": "2028-02-29"}, "2028-02-29", "2028-02-29T23:59:59"),
        ({"until": "9999-12-31", "starts": "2026-03-01T09:00Z"}, "2026-03-01T09:00", "9999-12-31"),
    ],
)
def test_grant_holds_from_its_first_moment_to_its_last(
    grant: dict[str, str], first: str, last: str
) -> None:
    for now in (first, last):
        assert _names(_check(_bag({"securityProfile": "Admin", **grant}), at(now))) == [
            "Admin",
            "Agent",
        ]


@pytest.mark.parametrize(
    ("grant", "outside"),
    [
        ({"until": "2026-12-31"}, "2027-01-01"),
        ({"until": "2026-12-31T18:00:00+02:00"}, "2026-12-31T16:00:00"),
        ({"until": "2026-12-31T18:00-05:30"}, "2026-12-31T23:30"),
        ({"until": "2028-02-29", "starts": "2028-02-29"}, "2028-02-28T23:59:59"),
        ({"until": "9999-12-31", "starts": "2026-03-01T09:00Z"}, "2026-03-01T08:59:59"),
    ],
)
def test_grant_does_not_hold_outside_its_time(grant: dict[str, str], outside: str) -> None:
    checked = _check(_bag({"securityProfile": "Admin", **grant}), at(outside))

    assert _names(checked) == ["Agent"]


def test_profile_that_stays_outlives_its_grant() -> None:
    """What security_profiles names is not the grant's to take."""
    bag = _bag(NIGHT, securityProfiles=["Admin", "Agent"])

    assert _names(_check(bag, BEFORE)) == _names(_check(bag, AFTER)) == ["Admin", "Agent"]
    standing = _check(bag, AFTER).inputs.get("standingSecurityProfileIds")
    assert standing == _check(bag, AFTER).inputs.get("securityProfileIds")


def test_id_and_name_in_several_grants_are_one_profile() -> None:
    (admin,) = (i for i, n in _pairs(_check(_bag(NIGHT), BEFORE)) if n == "Admin")
    by_id = {"securityProfileId": f"{ARNS['SAML']}/security-profile/{admin}", "until": "2027-06-30"}

    checked = _check(_bag(NIGHT, by_id), BEFORE)

    assert _names(checked) == ["Admin", "Agent"]
    assert _names(_check(_bag(NIGHT, by_id), AFTER)) == ["Admin", "Agent"]
    assert _check(_bag(by_id, NIGHT), BEFORE).inputs == checked.inputs


def _pairs(checked: Checked) -> list[tuple[str, str]]:
    inputs = checked.inputs
    names = texts(inputs.get("securityProfileNames"))
    return list(zip(texts(inputs.get("securityProfileIds")), names, strict=True))


def test_grant_that_is_over_needs_no_profile_any_more() -> None:
    """A deleted security profile must not stop a program that has not been tidied."""
    gone = {"securityProfile": "Migration", "until": "2020-01-01"}

    assert _names(_check(_bag(gone), BEFORE)) == ["Agent"]


@pytest.mark.parametrize(
    "grants",
    [
        UNKNOWN,
        [UNKNOWN],
        [{**NIGHT, "until": UNKNOWN}],
        [{**NIGHT, "securityProfile": UNKNOWN}],
    ],
)
def test_what_a_preview_cannot_know_is_unknown(grants: Any) -> None:
    bag = bag_of(SAML, ARNS["SAML"], {"grants": grants})

    checked = _check(bag, BEFORE)

    assert [str(f) for f in checked.failures] == []
    assert checked.inputs.get("securityProfileIds") is UNKNOWN


def test_grants_need_profiles_that_stay() -> None:
    bag = _bag(NIGHT, adopt=True)
    del bag["securityProfiles"]

    texts_of_failures = [str(failure) for failure in _check(bag, BEFORE).failures]

    cause = "grants: need security profiles that stay when they end. Give security_profiles or"
    assert [text for text in texts_of_failures if text.startswith(cause)]


@pytest.mark.parametrize("key", ["starts", "expires"])
def test_only_a_rosters_user_has_a_time(key: str) -> None:
    """A User stays declared: what should happen to it at its end is not said anywhere."""
    (failure,) = _check(_bag(**{key: "2026-12-31"}), BEFORE).failures

    assert str(failure).startswith(f"{key}: is for users of a roster. Declare the user in a ")


@pytest.mark.parametrize("starts", [None, "2026-12-24"])
def test_profile_is_granted_once_from_the_same_start(starts: str | None) -> None:
    """Nothing would distinguish them for a reader of the report; other starts are other grants."""
    begin = {} if starts is None else {"starts": starts}
    other = {**NIGHT, "starts": "2026-12-30", "until": "2027-06-30"}

    twice = _check(_bag({**NIGHT, **begin}, {**NIGHT, **begin, "until": "2027-01-31"}), BEFORE)

    (failure,) = twice.failures
    assert str(failure).startswith("grants: give Admin 2 times from the same start. Keep one.")
    assert _check(_bag({**NIGHT, **begin}, other), BEFORE).failures == []


def test_grants_to_come_count_towards_the_most() -> None:
    """Otherwise a nightly run would be refused that nobody watches."""
    twin = Twin()
    names = list(twin.names[next(k for k in twin.names if k.value == "security profile")].values())
    assert "Agent" in names
    grants = [{"securityProfile": f"P{n}", "until": "2999-12-31"} for n in range(10)]
    kind = next(k for k in twin.names if k.value == "security profile")
    twin.names[kind] = {**twin.names[kind], **{f"id-{n}": f"P{n}" for n in range(10)}}

    (failure,) = _check(_bag(*grants), BEFORE, twin=twin).failures

    assert str(failure) == "grants: lead to more than 10 security profiles at once. Remove some."


def test_without_grants_inputs_are_as_before() -> None:
    """Nothing of it is in the state of others."""
    bag = bag_of(SAML, ARNS["SAML"], {})
    inputs = _check(bag, BEFORE).inputs

    assert not {"grants", "standingSecurityProfileIds"} & inputs.properties.keys()
    assert _check(_bag(), BEFORE).inputs == inputs
