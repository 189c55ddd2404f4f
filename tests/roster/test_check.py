"""check of a batch: each user as if it stood alone, unchanged ones by a short cut."""

import json
from pathlib import Path
from typing import Any

import pytest

from pulumi_connect_users.aws.session import ConnectSession
from pulumi_connect_users.core.unknowns import UNKNOWN
from pulumi_connect_users.roster.partition import canonical
from pulumi_connect_users.users.allowance import Allowance
from pulumi_connect_users.users.deletion_limit import DeletionLimit
from pulumi_connect_users.users.run.rule_warnings import RuleWarnings
from tests.support.batches import check_batch, plan_batch
from tests.support.local_connect import Local
from tests.support.programs import MANAGED_ARN, SAML_ARN, SAML_ID
from tests.support.provider_process import session_over

USER: dict[str, Any] = {
    "identityInfo": {"firstName": "Mary", "lastName": "Major"},
    "routingProfile": "Basic Routing Profile",
    "securityProfiles": ["QualityAnalyst", "Agent"],
    "tags": {"b": "2", "a": "1"},
}


def batch(arn: str = SAML_ARN, **users: Any) -> dict[str, Any]:
    """A batch as a program sends it; a user may be UNKNOWN."""
    texts = {n: u if u is UNKNOWN else canonical(u) for n, u in users.items()}
    return {"instanceArn": arn, "users": texts, "ownership": "o/p/s#" + "0" * 8}


def test_checked_batch_holds_ids_and_names_and_is_stable(session: ConnectSession) -> None:
    """Names become ids, facts are added; judged again nothing changes, nor does a diff."""
    raw = batch(mary=USER)
    first = check_batch(None, raw, session)
    assert first.failures == []
    mary = json.loads(first.inputs["users"]["mary"])
    assert mary["routingProfileName"] == "Basic Routing Profile"
    assert mary["securityProfileIds"] == sorted(mary["securityProfileIds"])
    assert "routingProfile" not in mary
    assert first.inputs["identityManagementType"] == "SAML"
    again = check_batch(first.inputs, raw, session)
    assert again.inputs == first.inputs
    assert not plan_batch(first.inputs, again.inputs).changes


def test_same_user_in_other_words_is_the_same(session: ConnectSession) -> None:
    """Ids for names and another order of sets are no change."""
    first = check_batch(None, batch(mary=USER), session)
    mary = json.loads(first.inputs["users"]["mary"])
    words = {
        "identityInfo": USER["identityInfo"],
        "routingProfileId": mary["routingProfileId"],
        "securityProfiles": ["Agent", "QualityAnalyst"],
        "tags": {"a": "1", "b": "2"},
        "adopt": False,
        "proficiencies": [],
    }
    assert check_batch(first.inputs, batch(mary=words), session).inputs == first.inputs


def test_name_that_does_not_exist_any_more_is_refused_without_a_change(
    session: ConnectSession, store: Path
) -> None:
    """The short cut believes no old answer: what the words mean is looked up again."""
    client = Local(store).client
    night = Local(store).add_routing_profile("Night", SAML_ID)
    raw = batch(mary=USER | {"routingProfile": "Night"})
    first = check_batch(None, raw, session)
    assert first.failures == []
    client.delete_routing_profile(InstanceId=SAML_ID, RoutingProfileId=night)
    second = check_batch(first.inputs, raw, session_over(store))
    assert [line for line in second.failures if line.startswith("mary: routing_profile")]


@pytest.mark.parametrize("arn", [SAML_ARN, MANAGED_ARN])
def test_password_is_judged_by_the_instances_mode_and_stays_beside_the_texts(
    session: ConnectSession, arn: str
) -> None:
    """Needed where Connect manages identities, an error with SAML; no text ever holds it."""
    user = {**USER, "identityInfo": {**USER["identityInfo"]}}
    if arn == MANAGED_ARN:
        user["identityInfo"]["email"] = "marym@example.com"
    without = check_batch(None, batch(arn, mary=user), session)
    given = batch(arn, mary=user) | {"passwords": {"mary": "Corr3ctHorse"}}
    with_one = check_batch(None, given, session)
    refused = [bool(c.failures) for c in (without, with_one)]
    assert refused == [arn == MANAGED_ARN, arn == SAML_ARN]
    assert "Corr3ctHorse" not in str(with_one.inputs["users"])
    assert "Corr3ctHorse" not in str(with_one.failures)


def test_passwords_that_a_preview_cannot_know_are_given(session: ConnectSession) -> None:
    """With `personalData: secret` one generated password hides the whole map."""
    user = {**USER, "identityInfo": {**USER["identityInfo"], "email": "marym@example.com"}}
    unknown = {"passwords": UNKNOWN}

    checked = check_batch(None, batch(MANAGED_ARN, mary=user) | unknown, session)

    assert checked.failures == []
    assert checked.inputs["passwords"] is UNKNOWN
    assert check_batch(checked.inputs, batch(MANAGED_ARN, mary=user) | unknown, session) == checked


def test_changed_password_of_an_existing_user_is_refused_by_name(session: ConnectSession) -> None:
    """No API changes a password: the same rule as for a single user."""
    user = USER | {"identityInfo": {**USER["identityInfo"], "email": "marym@example.com"}}
    raw = batch(MANAGED_ARN, mary=user)
    first = check_batch(None, raw | {"passwords": {"mary": "Corr3ctHorse"}}, session)
    second = check_batch(first.inputs, raw | {"passwords": {"mary": "0therHorse"}}, session)
    assert [line for line in second.failures if line.startswith("mary: password")]


@pytest.mark.parametrize("form", ["{arn}/{kind}/{id}", "{instance}:{id}"])
def test_ids_in_other_forms_are_the_same_stored_user(session: ConnectSession, form: str) -> None:
    """`aws.connect.RoutingProfile.id` is INSTANCE:ID: state holds the bare id."""
    first = check_batch(None, batch(mary=USER), session)
    mary = json.loads(first.inputs["users"]["mary"])

    def written(kind: str, identifier: str) -> str:
        instance = SAML_ARN.rsplit("/", 1)[1]
        return form.format(arn=SAML_ARN, instance=instance, kind=kind, id=identifier)

    words = {k: USER[k] for k in ("identityInfo", "tags")} | {
        "routingProfileId": written("routing-profile", mary["routingProfileId"]),
        "securityProfileIds": [
            written("security-profile", one) for one in mary["securityProfileIds"]
        ],
    }

    found = check_batch(first.inputs, batch(mary=words), session)

    assert found.failures == []
    assert found.inputs["users"] == first.inputs["users"]


@pytest.mark.parametrize("said", [{}, {"directoryUserId": "d-1"}, {"directoryUserId": "d-2"}])
def test_directory_id_that_connect_assigns_is_no_change_of_a_stored_user(
    session: ConnectSession, said: dict[str, Any]
) -> None:
    """Rosters of former exports hold it, on instances that give each user one anyway."""
    user = {**USER, "identityInfo": {**USER["identityInfo"], "email": "mary@example.com"}}
    passwords = {"passwords": {"mary": "Corr3ctHorse"}}
    first = check_batch(None, batch(MANAGED_ARN, mary=user) | passwords, session)
    assert first.failures == []
    held = canonical(json.loads(first.inputs["users"]["mary"]) | {"directoryUserId": "d-1"})
    old = first.inputs | {"users": {"mary": held}}

    found = check_batch(old, batch(MANAGED_ARN, mary={**user, **said}) | passwords, session)

    assert found.failures == []
    assert not plan_batch(old, found.inputs).changes


def test_mistake_of_many_users_is_told_once(session: ConnectSession) -> None:
    """One wrong name in a roster's defaults must not become a line for each of 10,000 users."""
    names = [f"agent.{number:02}" for number in range(12)]
    users: dict[str, Any] = dict.fromkeys(names, USER | {"routingProfile": "None such"})

    checked = check_batch(None, batch(**users), session)

    (line,) = checked.failures
    assert line.startswith(f'{", ".join(names[:10])} and 2 more: routing_profile: "None such" does')


def test_rule_that_aws_only_documents_is_a_warning_about_those_it_holds_for(
    session: ConnectSession,
) -> None:
    """A batch counts them and names three; who is there already is not among them."""
    without_email = USER | {"tags": {"a": "1"}}
    names = [f"agent.{number}" for number in range(5)]
    raw = batch(MANAGED_ARN, **dict.fromkeys(names, without_email))
    raw |= {"passwords": dict.fromkeys([*names, "late"], "Corr3ctHorse")}

    first = check_batch(None, raw, session)
    users = raw["users"] | {"late": canonical(without_email)}
    changed = {name: canonical(without_email | {"tags": {"a": "2"}}) for name in names}
    second = check_batch(first.inputs, raw | {"users": users | changed}, session)

    assert (first.failures, first.warnings) == ([], [])
    (line,) = RuleWarnings().lines(first.rule_warnings)
    told = "5 users: agent.0, agent.1, agent.2 and 2 more: identity_info.email: is missing: without"
    assert line.startswith(told)
    assert [name for name, _ in second.rule_warnings] == ["late"]


def test_value_of_another_type_is_refused_by_name_for_a_user_that_exists(
    session: ConnectSession,
) -> None:
    """The short cut for users who have not changed stumbles over nothing."""
    old = check_batch(None, batch(mary=USER), session).inputs

    for wrong in ({"routingProfile": {"name": "x"}}, {"routingProfile": 7}):
        checked = check_batch(old, batch(mary=USER | wrong), session)
        assert checked.failures == [
            "mary: routing_profile: must be a valid string. Give a value of that type."
        ]


def test_privileged_profiles_are_those_of_the_stack(session: ConnectSession) -> None:
    """connect:privilegedProfiles counts for the users of rosters too."""
    user = USER | {"identityInfo": {**USER["identityInfo"], "email": "marym@example.com"}}
    raw = batch(MANAGED_ARN, mary=user | {"onPasswordChange": "replace"})
    first = check_batch(None, raw | {"passwords": {"mary": "Corr3ctHorse"}}, session)
    assert first.failures == []

    changed = raw | {"passwords": {"mary": "An0therHorse"}}
    for privileged, told in ((["Agent"], ["Agent"]), (["Admin"], [])):
        warnings = check_batch(first.inputs, changed, session, privileged=privileged).warnings
        assert [w for w in warnings if "holds privileged profiles (" in w] == [
            f"mary: holds privileged profiles ({profile}) and will be replaced (deleted)"
            for profile in told
        ]


def test_what_a_preview_cannot_know_stays_unknown(session: ConnectSession) -> None:
    """An unknown user, instance or batch is not judged and not lost."""
    one = check_batch(None, batch(mary=USER, li=UNKNOWN), session)
    assert one.failures == []
    assert one.inputs["users"]["li"] is UNKNOWN
    assert plan_batch(one.inputs, one.inputs | {"users": UNKNOWN}).changes
    whole = check_batch(None, batch() | {"users": UNKNOWN}, session)
    assert whole.inputs["users"] is UNKNOWN
    nowhere = check_batch(None, batch(mary=USER) | {"instanceArn": UNKNOWN}, session)
    assert nowhere.failures == []


def test_released_user_that_is_still_declared_is_refused(session: ConnectSession) -> None:
    """Nobody can tell what was meant."""
    checked = check_batch(None, batch(mary=USER) | {"released": ["mary"]}, session)
    assert checked.failures == ["mary: is in users and in released. Keep it in one of them."]


def test_everybody_of_a_roster_that_goes_to_another_instance_is_told(
    session: ConnectSession,
) -> None:
    """They are made there, and the users of the former instance go: that counts as a deletion."""
    before = check_batch(None, batch(mary=USER, li=USER), session).inputs
    deletion_limit = DeletionLimit(Allowance("maxDeletes", 1))

    after = check_batch(
        before, batch(MANAGED_ARN, mary=USER, li=USER), session, deletion_limit=deletion_limit
    )

    assert "2 users will be deleted: li, mary" in after.warnings
    assert [f for f in after.failures if "connect:maxDeletes allows 1" in f]


def test_user_who_is_made_anew_for_a_password_is_told_and_counted(session: ConnectSession) -> None:
    """A batch is shown as updated, which says nothing of an id that is lost."""
    user = USER | {"onPasswordChange": "replace"}
    user["identityInfo"] = USER["identityInfo"] | {"email": "marym@example.com"}

    def declared(password: str) -> dict[str, Any]:
        return batch(MANAGED_ARN, mary=user) | {"passwords": {"mary": password}}

    before = check_batch(None, declared("Corr3ctHorse"), session).inputs
    after = check_batch(
        before,
        declared("An0therHorse"),
        session,
        deletion_limit=DeletionLimit(Allowance("maxDeletes", 0)),
    )

    told = (
        "1 user will be replaced (deleted and created with a new id) because of a changed "
        "password: mary"
    )
    assert told in after.warnings
    assert [f for f in after.failures if "connect:maxDeletes allows 0" in f]
    same = check_batch(
        before,
        declared("Corr3ctHorse"),
        session,
        deletion_limit=DeletionLimit(Allowance("maxDeletes", 0)),
    )
    assert (same.warnings, same.failures) == ([], [])


def test_released_name_that_nobody_has_is_told(session: ConnectSession) -> None:
    """Misspelt, it would leave its user to be deleted; the `up` after the move it is nobody's."""
    before = check_batch(None, batch(mary=USER, li=USER), session).inputs

    misspelt = check_batch(before, batch(li=USER) | {"released": ["marry"]}, session)
    moved = check_batch(before, batch(li=USER) | {"released": ["mary"]}, session)
    afterwards = check_batch(moved.inputs, batch(li=USER) | {"released": ["mary"]}, session)

    told = "marry: in released, but was not in this roster"
    assert misspelt.warnings == [told, "1 user will be deleted: mary"]
    assert (moved.warnings, afterwards.warnings) == ([], [])
