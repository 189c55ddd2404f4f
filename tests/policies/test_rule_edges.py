"""Where single rules must not pass in silence, nor find what is not there."""

import json
import re
from typing import Any

import pytest

from connect_users_guard.absent import UNKNOWN
from connect_users_guard.examples.as_resources import Example
from connect_users_guard.examples.cases import profile, user
from tests.support.analyzer import Analyzer, Answer

DYNAMIC = "pulumi-python:dynamic/connect:User"
AWS = "aws:connect/user:User"
NUMBER = "+12065550100"


def _judged(what: str, /, config: Any = None, **changes: Any) -> Answer:
    analyzer = Analyzer(f"connect-user-{what}", config=config)
    return analyzer.analyze(Example(type=DYNAMIC, props=user(**changes)))


def _outcome(what: str, /, config: Any = None, **changes: Any) -> str:
    return _judged(what, config, **changes).outcome


@pytest.mark.parametrize(
    "phones",
    [
        {"phoneConfig": UNKNOWN},
        {"phoneConfig": None, "phoneNumberConfigs": UNKNOWN},
        {"phoneConfig": None, "phoneNumberConfigs": [UNKNOWN]},
        {"phoneConfig": {"phoneType": "DESK_PHONE", "deskPhoneNumber": UNKNOWN}},
    ],
)
@pytest.mark.parametrize("what", ["phone-consistent", "desk-phone-country"])
def test_phone_that_is_not_known_is_not_passed(what: str, phones: dict[str, Any]) -> None:
    config = {"countries": ["US"]} if what == "desk-phone-country" else {}
    answer = _judged(what, config, **phones)

    assert answer.outcome == "not applicable"
    assert "is not known yet" in answer.reasons[0]


def test_desk_phone_of_a_country_is_found_beside_one_that_is_not_known() -> None:
    phones = [
        {"phoneType": "DESK_PHONE", "phoneNumber": UNKNOWN},
        {"phoneType": "DESK_PHONE", "phoneNumber": "+442079460000"},
    ]
    changes = {"phoneConfig": None, "phoneNumberConfigs": phones}

    assert _outcome("desk-phone-country", {"countries": ["US"]}, **changes) == "fail"


def test_user_without_a_number_has_no_desk_phone() -> None:
    answer = _judged("desk-phone-country", {"countries": ["US"]}, phoneConfig={"phoneType": None})

    assert answer.reasons == ("the user has no desk phone",)


def test_chat_after_contact_work_has_limits_that_can_be_kept() -> None:
    """A `min` above the end of a chat's work is that end."""
    work = [{"channel": "CHAT", "afterContactWorkConfig": {"afterContactWorkTimeLimit": 9}}]
    config = {"min": 6000, "max": 9000}
    props = user(phoneConfig=None, afterContactWorkConfigs=work)
    analyzer = Analyzer("connect-user-after-contact-work", config=config, level="remediate")
    fixed, _ = analyzer.remediate(Example(type=DYNAMIC, props=props))

    assert fixed is not None
    assert analyzer.analyze(Example(type=DYNAMIC, props=fixed)).outcome == "pass"


@pytest.mark.parametrize(
    ("what", "config", "changes"),
    [
        ("break-glass-protected", {"users": ["mary.*"]}, {}),
        (
            "hierarchy-required",
            {"exempt": ["x"]},
            {"hierarchyGroupId": None, "hierarchyPath": None},
        ),
    ],
)
def test_username_that_is_not_known_may_be_a_listed_one(
    what: str, config: dict[str, Any], changes: dict[str, Any]
) -> None:
    assert _outcome(what, config, username=UNKNOWN, **changes) == "not applicable"


def test_break_glass_list_says_nothing_of_other_users() -> None:
    assert _outcome("break-glass-protected", {"users": ["jane.*"]}) == "pass"


def test_profile_by_name_is_known_without_its_id() -> None:
    held = {"securityProfileIds": UNKNOWN, "securityProfileNames": ["Agent"]}

    assert _outcome("admin-allowed", **held) == "pass"


@pytest.mark.parametrize(
    ("profile_id", "said"), [("p-1", "set profiles"), (UNKNOWN, "is not known yet")]
)
def test_profile_without_a_name_says_how_it_could_be_judged(profile_id: Any, said: str) -> None:
    """Only where its id is known would a catalogue help."""
    (reason,) = _judged(
        "admin-allowed", securityProfileIds=[profile_id], securityProfileNames=None
    ).reasons

    assert said in reason


def test_username_that_the_aws_provider_makes_up_is_missing() -> None:
    """At preview the provider has filled it in already: SAML users cannot log in with it."""
    one = Example(type=AWS, props={"name": "r0-1a2b3c4", "instanceId": "centre"})
    (message,) = Analyzer("connect-user-identity-known").analyze(one).messages

    assert "username is missing: the provider has generated one" in message


@pytest.mark.parametrize(("ignored", "outcome"), [(("password",), "pass"), ((), "fail")])
def test_imported_user_needs_no_password_where_its_changes_are_ignored(
    ignored: tuple[str, ...], outcome: str
) -> None:
    """No API tells a password: a program that imports aws.connect.User cannot have it."""
    props = user(password=None) | {"name": "mary.major", "instanceId": "centre"}
    config = {"identityTypes": {"*": "CONNECT_MANAGED"}}
    one = Example(type=AWS, props=props, ignore_changes=ignored)
    analyzer = Analyzer("connect-user-managed-identity-complete", config=config)

    assert analyzer.analyze(one).outcome == outcome


@pytest.mark.parametrize(
    ("mode", "outcome"), [("OFF", "not applicable"), ("ON", "fail"), ("ON_DEMAND", "fail")]
)
def test_after_contact_work_that_is_off_never_begins(mode: str, outcome: str) -> None:
    """aws-native has a mode beside the duration."""
    work = {"afterContactWorkMode": mode, "afterContactWorkTimeLimit": 0}
    configs = [{"channel": "VOICE", "afterContactWorkConfig": work}]

    assert _outcome("after-contact-work", phoneConfig=None, afterContactWorkConfigs=configs) == (
        outcome
    )


PROFILE_ARN = "arn:aws:connect:us-west-2:111122223333:instance/centre/security-profile/p-admin"
PAIR = "11111111-1111-4111-8111-111111111111:p-admin"


@pytest.mark.parametrize("written", [PROFILE_ARN, PAIR])
@pytest.mark.parametrize(
    ("what", "config", "outcome"),
    [
        ("admin-allowed", {"profiles": {"@": "Admin"}}, "fail"),
        ("admin-allowed", {"adminProfiles": ["@"]}, "fail"),
        ("profile-known", {"profiles": {"@": "Admin"}}, "pass"),
        ("routing-profile-allowed", {"map": {"West": ["@"]}}, "pass"),
        ("hierarchy-tag", {"map": {"@": "West"}}, "pass"),
        ("hierarchy-tag", {"map": {"@": "East"}}, "fail"),
    ],
)
def test_settings_take_ids_as_other_providers_have_them(
    what: str, config: dict[str, Any], outcome: str, written: str
) -> None:
    """ARNs, or INSTANCE:ID: a table that fitted nobody would let every Admin pass."""
    config = json.loads(json.dumps(config).replace("@", written))
    held = {
        "securityProfileArns": [PROFILE_ARN],
        "routingProfileArn": PROFILE_ARN,
        "hierarchyGroupArn": PROFILE_ARN,
        "tags": [{"key": "Team", "value": "West"}],
    }
    one = Example(type="aws-native:connect:User", props={"username": "mary.major", **held})

    assert Analyzer(f"connect-user-{what}", config=config).analyze(one).outcome == outcome


@pytest.mark.parametrize(("most", "outcome"), [(1, "fail"), (2, "pass")])
def test_profiles_are_as_many_as_are_allowed(most: int, outcome: str) -> None:
    held = {"securityProfileIds": ["p-1", "p-2"], "securityProfileNames": ["A", "B"]}

    assert _outcome("profile-count", {"max": most}, **held) == outcome


def test_identity_types_of_other_instances_contradict_nobody() -> None:
    config = {"identityTypes": {"22222222-2222-4222-8222-222222222222": "SAML"}}
    analyzer = Analyzer("connect-user-identity-mode-consistent", config=config)

    assert analyzer.analyze_stack([Example(type=DYNAMIC, props=user())]).outcome == "pass"


def test_profile_without_privileged_permissions_needs_no_scope() -> None:
    """Agents see their own contacts anyway."""
    analyzer = Analyzer("connect-user-privileged-profile-scoped")
    one = Example(type="aws-native:connect:SecurityProfile", props=profile())

    assert analyzer.analyze(one).outcome == "pass"


SCOPE = {"allowedAccessControlTags": [{"key": "Team", "value": "West"}]}
ELSEWHERE = {"instanceArn": "arn:aws:connect:us-west-2:000000000000:instance/other"}


@pytest.mark.parametrize(
    ("scope", "changes", "outcome"),
    [
        (SCOPE, {}, "pass"),
        (SCOPE, {"instanceArn": UNKNOWN}, "pass"),
        (SCOPE, ELSEWHERE, "not applicable"),
        ({"allowedAccessControlTags": []}, {}, "not applicable"),
    ],
)
def test_scope_by_tags_is_of_the_users_of_its_instance(
    scope: dict[str, Any], changes: dict[str, Any], outcome: str
) -> None:
    """A user elsewhere is nobody whom the profile could show."""
    made = [
        Example(type="aws-native:connect:SecurityProfile", props=profile(**scope)),
        Example(type=DYNAMIC, props=user(**changes)),
    ]

    assert Analyzer("connect-user-access-control-tags").analyze_stack(made).outcome == outcome


@pytest.mark.parametrize("value", ["x", UNKNOWN])
def test_key_of_a_tag_may_hold_personal_data_too(value: Any) -> None:
    (message,) = _judged("tag-personal-data", tags={"jane@example.com": value}).messages

    assert "contains an e-mail address in its key." in message


def test_text_in_the_place_of_a_list_is_no_list_of_letters() -> None:
    """No provider takes it, but a program may write it."""
    assert _outcome("profile-count", securityProfileIds="p-12", securityProfileNames=None) == (
        "not applicable"
    )


@pytest.mark.parametrize(("password", "outcome"), [("abc", "pass"), ("abcd", "fail")])
def test_own_value_of_a_few_letters_is_not_looked_for(password: str, outcome: str) -> None:
    """It would be found in every other word."""
    changes = {"password": password, "tags": {"Note": f"x{password}x"}}

    assert _outcome("tag-personal-data", **changes) == outcome


@pytest.mark.parametrize(
    ("names", "outcome"),
    [
        (["AgentAdmin"], "pass"),
        (["AgentAdmin", "Agent"], "fail"),
        (["Agent", "Site-Admin"], "fail"),
        (["Agent", "Agent-2"], "pass"),
    ],
)
def test_combination_is_of_two_profiles(names: list[str], outcome: str) -> None:
    """Both globs may fit one profile, which nobody holds together with itself."""
    held = {"securityProfileIds": [f"p-{n}" for n in names], "securityProfileNames": names}

    assert _outcome("profile-combination", {"pairs": [["Agent*", "*Admin"]]}, **held) == outcome


@pytest.mark.parametrize(
    ("first", "last", "value", "outcome"),
    [
        ("Bo", "Li", "Bolivia", "pass"),
        ("J", "D", "Adjutant", "pass"),
        ("Bo", "Li", "Li, Bo", "fail"),
        ("Bo", "Li", "bo_li/2", "fail"),
        ("Mary", "Major", "marymajor42", "fail"),
        ("小龙", "李", "李小龙", "fail"),
        ("Seán", "O'Connor", "Team o'connor (seán)", "fail"),
    ],
)
def test_names_in_a_tag_are_found_as_words(first: str, last: str, value: str, outcome: str) -> None:
    """Short names are part of many words, and no false alarm may stop a run."""
    changes = {"identityInfo": {"firstName": first, "lastName": last}, "tags": {"Note": value}}

    assert _outcome("tag-personal-data", **changes) == outcome


@pytest.mark.parametrize("number", ["+1 206 555 0100", "+1 (206) 555-0100", "+1.206.555.0100"])
def test_phone_number_in_a_tag_is_found_as_people_write_it(number: str) -> None:
    assert _outcome("tag-personal-data", tags={"Note": f"call {number} now"}) == "fail"
    assert _outcome("tag-personal-data", tags={"Note": "UTC+1 at 9:00-17:00"}) == "pass"


@pytest.mark.parametrize("paths", [("*",), ("password",), ('["password"]',)])
def test_ignored_password_is_known_in_every_spelling(paths: tuple[str, ...]) -> None:
    one = Example(type=AWS, props={"password": "Quokka-9-lattice-Moss"}, ignore_changes=paths)

    assert Analyzer("connect-user-password-change-ignored").analyze(one).outcome == "pass"
    assert Analyzer("connect-user-password-ignore-changes").analyze(one).outcome == "fail"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Mary\u202e", "invisible characters. Remove them."),
        (" Mary", "leading or trailing spaces. Remove them."),
        ("Zoe\u0308", 'normalisation form C. Use unicodedata.normalize("NFC", ...).'),
    ],
)
def test_name_that_is_not_normal_gets_the_remedy_of_its_cause(name: str, said: str) -> None:
    """Normalising removes no space and no bidi character."""
    (message,) = _judged("name-normalized", identityInfo={"firstName": name}).messages

    assert message.endswith(said)


def test_tag_that_connect_refuses_gets_a_remedy() -> None:
    answer = _judged("tag-limits", tags={"aws:x": "y", "k(": "v", "k": "v)"})

    assert len(answer.messages) == 3
    assert all(re.search(r"\. (Use|Rename) ", message) for message in answer.messages)


@pytest.mark.parametrize(
    ("tags", "outcome"),
    [
        ({"AMER/*": "AMER", "AMER/West*": "West"}, "pass"),
        ({"AMER/*": "West", "AMER/West*": "AMER"}, "fail"),
        ({"AMER/West*": "AMER", "group-west": "West"}, "pass"),
    ],
)
def test_hierarchy_group_has_the_tag_of_the_closest_glob(
    tags: dict[str, str], outcome: str
) -> None:
    """Maps reach a policy without their order."""
    assert _outcome("hierarchy-tag", {"map": tags}) == outcome
