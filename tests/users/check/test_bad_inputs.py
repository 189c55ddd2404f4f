"""check refuses every bad input with its path and a remedy, and accepts the nearest good one."""

from collections.abc import Callable
from typing import Any

import pytest

from pulumi_connect_users.core.lookups import Lookups
from pulumi_connect_users.core.properties import texts
from pulumi_connect_users.core.unknowns import without_none
from pulumi_connect_users.model.attributes import program_path, top_level
from pulumi_connect_users.model.facts import Role
from pulumi_connect_users.users.check import Checked, check
from pulumi_connect_users.users.declared_user import DeclaredUser
from pulumi_connect_users.users.rules import RULES
from pulumi_connect_users.users.validate import validate
from tests.support.bad_case import ABSENT, Case
from tests.support.bad_inputs import CASES
from tests.support.twin_process import TwinLookups

Bag = Callable[..., dict[str, Any]]


def _check(case: Case, value: Any, bag: Bag, session: Lookups) -> Checked:
    return check(None, bag(case.mode, **{case.attribute: value}), session, strict=True)


def test_there_are_at_least_150_distinct_bad_inputs() -> None:
    """The table is long enough to be a claim."""
    distinct = {(c.mode, c.attribute, repr(c.bad)) for c in CASES}

    assert len(distinct) >= 150
    assert len(distinct) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_bad_input_is_refused_at_its_path(case: Case, bag: Bag, session: Lookups) -> None:
    """The refusal names the place as the program spells it, cause and remedy, no value."""
    failures = _check(case, case.bad, bag, session).failures

    paths = [program_path(failure.path) for failure in failures]
    assert case.path in paths, [str(f) for f in failures]
    assert all(f.cause and (f.remedy.endswith((".", "?")) or '"' in f.remedy) for f in failures)
    if isinstance(case.bad, str) and len(case.bad) > 6 and "profile" not in case.attribute.lower():
        hidden = case.attribute in ("password", "identityInfo.email", "identityInfo.mobile")
        assert not hidden or not any(case.bad in str(f) for f in failures)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_nearest_good_input_is_accepted(case: Case, bag: Bag, session: Lookups) -> None:
    """What differs by the least from the bad input passes."""
    assert [str(f) for f in _check(case, case.good, bag, session).failures] == []


def test_nothing_was_changed_by_checking(session: TwinLookups) -> None:
    """Checking only ever looks things up."""
    assert session.twin.calls() != []
    assert session.twin.changes() == []


def test_all_failures_of_a_user_come_at_once(bag: Bag, session: Lookups) -> None:
    """One preview tells everything that is wrong."""
    bad = bag(
        **{
            "username": "m" * 21,
            "password": "short",
            "identityInfo.firstName": "",
            "identityInfo.email": "nobody",
            "phoneConfig": {"phoneType": "DESK_PHONE", "deskPhoneNumber": "555"},
            "routingProfile": "Basic",
        }
    )

    paths = {program_path(f.path) for f in check(None, bad, session, strict=True).failures}

    assert {
        "username",
        "password",
        "identity_info.first_name",
        "identity_info.email",
        "phone_config.desk_phone_number",
        "routing_profile",
    } == paths


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"securityProfiles": [1, 2]}, ["security_profiles[0]", "security_profiles[1]"]),
        ({"identityInfo": "Mary"}, ["identity_info"]),
        ({"instanceArn": " "}, ["instance_arn"]),
        ({"instanceArn": 7}, ["instance_arn"]),
    ],
)
def test_bad_value_is_refused_once(
    changes: dict[str, Any], told: list[str], bag: Bag, session: Lookups
) -> None:
    """What follows from a refused value alone is not told beside it."""
    failures = check(None, bag(**changes), session).failures

    assert sorted(program_path(f.path) for f in failures) == told


def test_profile_is_the_same_by_id_and_by_arn(bag: Bag, session: Lookups) -> None:
    """Two ways to write one id are two assignments of one profile."""
    by_name = bag()
    (identifier,) = texts(check(None, by_name, session).inputs.get("securityProfileIds"))
    arn = f"{by_name['instanceArn']}/security-profile/{identifier}"
    twice = bag(securityProfiles=ABSENT, securityProfileIds=[identifier, arn])

    (failure,) = check(None, twice, session).failures

    text = f"security_profile_ids: names {identifier} 2 times. Keep one."
    assert str(failure) == f"{text} (A rule of this provider, not of AWS.)"


def test_instance_that_connect_does_not_understand_is_refused_beside_the_rest(
    bag: Bag, session: Lookups
) -> None:
    """Whatever DescribeInstance answers, the other mistakes are told too."""
    bad = bag(instanceArn="i" * 200, username="mary major")

    failures = [str(failure) for failure in check(None, bad, session).failures]

    assert [f for f in failures if f.startswith("DescribeInstance: ") and f.endswith(".")], failures
    assert [f for f in failures if f.startswith("username: ")]


def test_empty_lists_and_structures_are_as_if_they_were_absent(bag: Bag, session: Lookups) -> None:
    """Equal desired states are equal inputs; only an empty initial_password asks for something."""
    lists = [a.wire for a in top_level(Role.ATTRIBUTE) if a.is_list and "Ids" not in a.wire]
    empty: dict[str, Any] = {"tags": {}, "phoneConfig": {}, **{key: [] for key in lists}}

    assert check(None, bag(**empty), session).inputs == check(None, bag(), session).inputs
    made_up = bag(password=ABSENT, initialPassword={}, ownership="organization/p/s#r")
    assert check(None, made_up, session).inputs.get("initialPassword") == {}


@pytest.mark.parametrize(
    ("attribute", "misspelt", "meant"),
    [
        ("hierarchyGroup", "amer/west", "AMER/West"),
        ("hierarchyGroup", "team 3", "AMER/East/Team 3"),
        ("routingProfile", "BASIC ROUTING PROFILE", "Basic Routing Profile"),
        ("securityProfiles", ["QUALITYANALYST"], "QualityAnalyst"),
    ],
)
def test_name_in_another_case_is_refused_with_the_one_that_is_meant(
    attribute: str, misspelt: Any, meant: str, bag: Bag, session: Lookups
) -> None:
    """Case counts for Connect, and is what people mistake most."""
    (failure,) = check(None, bag(**{attribute: misspelt}), session).failures

    assert f"Did you mean {meant}" in str(failure)


@pytest.mark.parametrize("name", ["Mehdi\u200czadeh", "مهدی\u200cزاده", "क्\u200dष", "O'Brien-Łoś"])
def test_name_may_be_spelled_as_its_language_spells_it(
    name: str, bag: Bag, session: Lookups
) -> None:
    """Joiners are invisible, and Persian and Hindi need them."""
    assert check(None, bag(**{"identityInfo.lastName": name}), session).failures == []


def test_blanks_around_a_tags_key_belong_to_it(bag: Bag, session: Lookups) -> None:
    """AWS takes them for another key: nothing is lost or merged."""
    tags = {" team": "west", "team": "east"}

    assert check(None, bag(tags=tags), session).inputs.get("tags") == tags


def test_every_rule_refuses_something(bag: Bag, session: Lookups) -> None:
    """No rule of the documentation's table is without a case."""
    judged: set[str] = set()
    for case in CASES:
        new = bag(case.mode, **{case.attribute: case.bad})
        values, refusals = validate(without_none(new))
        refused = frozenset(".".join(str(p) for p in f.path) for f in refusals)
        draft = DeclaredUser(values=values, declared=new, identity_type=case.mode, refused=refused)
        judged |= {rule.name for rule in RULES if any(True for _ in rule.judge(draft))}
    only_for_existing = {
        "cannot-be-cleared",
        "channel-cannot-be-cleared",
        "directory-owns-identity",
        "password-never-changes",
        "suspension-keeps-username",
        "username-case",
    }
    combined = {"id-or-name", "one-level-of-settings", "instance-required", "proficiency-quota"}
    combined.add("period-in-order")

    assert set() == {rule.name for rule in RULES} - judged - only_for_existing - combined
