"""Ids in every form that people hold, and names where ids belong."""

from collections.abc import Callable
from typing import Any

import pytest

from pulumi_connect_users.core.arns import last_part
from pulumi_connect_users.core.lookups import REFERENCES, Kind, Lookups
from pulumi_connect_users.core.unknowns import UNKNOWN
from pulumi_connect_users.users.check import check
from tests.support.bad_case import ABSENT
from tests.support.programs import MANAGED_ARN, SAML_ARN

Bag = Callable[..., dict[str, Any]]

_NAMES = {
    Kind.ROUTING_PROFILE: ("Basic Routing Profile", "routing-profile"),
    Kind.SECURITY_PROFILE: ("Agent", "security-profile"),
    Kind.HIERARCHY_GROUP: ("AMER/West/Team 1", "agent-group"),
}
_FORMS: dict[str, Callable[[str, str, str], str]] = {
    "id": lambda arn, kind, one: one,
    "ARN": lambda arn, kind, one: f"{arn}/{kind}/{one}",
    "INSTANCE:ID": lambda arn, kind, one: f"{last_part(arn)}:{one}",
    "blanks": lambda arn, kind, one: f"  {last_part(arn)}:{one} ",
}


def _by_name(bag: Bag, kind: Kind) -> dict[str, Any]:
    reference = REFERENCES[kind]
    name = _NAMES[kind][0]
    return bag(**{reference.name: [name] if reference.many else name})


def _by_id(bag: Bag, kind: Kind, given: Any) -> dict[str, Any]:
    reference = REFERENCES[kind]
    value = [given] if reference.many else given
    return bag(**{reference.name: ABSENT, reference.id: value})


def _id(session: Lookups, kind: Kind) -> str:
    (found,) = session.catalog(MANAGED_ARN, kind).ids_of(_NAMES[kind][0])
    return found


@pytest.mark.parametrize("form", _FORMS)
@pytest.mark.parametrize("kind", _NAMES)
def test_id_in_any_form_is_the_bare_id_in_state(
    bag: Bag, session: Lookups, kind: Kind, form: str
) -> None:
    """`aws.connect.RoutingProfile.id` is INSTANCE:ID, aws-native's an ARN (pulumi-aws, docs)."""
    wanted = check(None, _by_name(bag, kind), session)
    given = _FORMS[form](MANAGED_ARN, _NAMES[kind][1], _id(session, kind))

    found = check(wanted.inputs.known(), _by_id(bag, kind, given), session)

    assert [str(failure) for failure in (*wanted.failures, *found.failures)] == []
    assert found.inputs == wanted.inputs


@pytest.mark.parametrize("form", _FORMS)
def test_form_of_an_id_is_the_same_where_the_instance_is_not_known_or_not_seen(
    bag: Bag, session: Lookups, offline: Lookups, form: str
) -> None:
    """A preview that makes the instance, and one without a network, already say the bare id."""
    one = _id(session, Kind.ROUTING_PROFILE)
    given = _by_id(bag, Kind.ROUTING_PROFILE, _FORMS[form](MANAGED_ARN, "routing-profile", one))
    declared: dict[str, Any] = {
        "identityManagementType": "CONNECT_MANAGED",
        "securityProfiles": ABSENT,
    }

    coming = check(None, given | {"instanceArn": UNKNOWN}, session)
    blind = check(None, {**given, **declared, "securityProfileIds": ["x"]}, offline)

    assert coming.inputs.get("routingProfileId") == one
    assert blind.inputs.get("routingProfileId") == one


def test_ids_of_one_profile_in_two_forms_are_one_too_many(bag: Bag, session: Lookups) -> None:
    """A set holds each once, whatever it is called."""
    agent = _id(session, Kind.SECURITY_PROFILE)
    given = bag(
        securityProfiles=ABSENT, securityProfileIds=[agent, f"{last_part(MANAGED_ARN)}:{agent}"]
    )

    (failure,) = check(None, given, session).failures

    assert str(failure).startswith(f"security_profile_ids: names {agent} 2 times. Keep one.")


@pytest.mark.parametrize("form", ["ARN", "INSTANCE:ID"])
@pytest.mark.parametrize("kind", _NAMES)
@pytest.mark.parametrize("as_name", [False, True])
def test_id_of_another_instance_is_refused(
    bag: Bag, session: Lookups, kind: Kind, form: str, as_name: bool
) -> None:
    """Its last part alone may be right by chance."""
    foreign = _FORMS[form](SAML_ARN, _NAMES[kind][1], _id(session, kind))
    reference = REFERENCES[kind]
    key = reference.name if as_name else reference.id
    given = bag(**{reference.name: ABSENT} | {key: [foreign] if reference.many else foreign})

    (failure,) = check(None, given, session).failures

    assert f": is a {kind.value} of another instance. Give one of {MANAGED_ARN}." in str(failure)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"routingProfile": ABSENT, "routingProfileId": "Basic Routing Profile"},
            'routing_profile_id: "Basic Routing Profile" is a name. '
            'Pass it as routing_profile="Basic Routing Profile".',
        ),
        (
            {"securityProfiles": ABSENT, "securityProfileIds": ["Agent"]},
            'security_profile_ids[0]: "Agent" is a name. Pass it as security_profiles=["Agent"].',
        ),
        (
            {"hierarchyGroupId": "AMER/West/Team 1"},
            'hierarchy_group_id: "AMER/West/Team 1" is a name. '
            'Pass it as hierarchy_group="AMER/West/Team 1".',
        ),
        (
            {"routingProfile": ABSENT, "routingProfileId": "Basic Rooting Profile"},
            'routing_profile_id: "Basic Rooting Profile" does not exist in this instance. '
            "Did you mean Basic Routing Profile? Names are passed as routing_profile.",
        ),
        (
            {"routingProfile": "00000000-dead-4eef-8000-000000000000"},
            'routing_profile: "00000000-dead-4eef-8000-000000000000" is an id. '
            'Pass it as routing_profile_id="00000000-dead-4eef-8000-000000000000".',
        ),
        (
            {"hierarchyGroup": f"{MANAGED_ARN}/agent-group/g"},
            f'hierarchy_group: "{MANAGED_ARN}/agent-group/g" is an id. '
            f'Pass it as hierarchy_group_id="{MANAGED_ARN}/agent-group/g".',
        ),
        (
            {"securityProfiles": [f"{last_part(MANAGED_ARN)}:s"]},
            f'security_profiles[0]: "{last_part(MANAGED_ARN)}:s" is an id. '
            f'Pass it as security_profile_ids=["{last_part(MANAGED_ARN)}:s"].',
        ),
    ],
)
def test_name_for_an_id_and_id_for_a_name_say_where_they_belong(
    bag: Bag, session: Lookups, changes: dict[str, Any], said: str
) -> None:
    """And a mere mistake says what it may have meant."""
    (failure,) = check(None, bag(**changes), session).failures

    assert str(failure) == said


def test_arn_of_something_in_an_instance_is_refused_as_one(bag: Bag, session: Lookups) -> None:
    """`aws.connect.Instance.id` is a bare id, its `arn` and aws-native's `id` are ARNs."""
    failures = check(None, bag(instanceArn=f"{MANAGED_ARN}/agent/x"), session).failures

    assert "is not the ARN of an Amazon Connect instance." in " ".join(map(str, failures))
