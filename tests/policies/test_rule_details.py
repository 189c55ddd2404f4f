"""What single rules mean by their words: where they begin and end."""

import json
from typing import Any

import pytest

from connect_users_guard.absent import UNKNOWN
from connect_users_guard.access import ADMIN_HELD
from connect_users_guard.examples.as_resources import Example, examples
from connect_users_guard.examples.cases import Case, instance, profile, user
from connect_users_guard.presets import NAMES, path
from connect_users_guard.registry import all_rules
from connect_users_guard.user_resources import ROSTERS
from tests.policies.rule_outcomes import DYNAMIC, messages_of, outcome_of
from tests.support.analyzer import Analyzer

NATIVE_PROFILE = "aws-native:connect:SecurityProfile"


@pytest.mark.parametrize(
    ("username", "outcome"),
    [
        ("m", "fail"),
        ("mm", "pass"),
        ("m" * 64, "pass"),
        ("m" * 65, "fail"),
        ("mary major", "fail"),
        ("mary+major", "fail"),
        ("mary@example", "pass"),
        ("mary@example.com", "pass"),
        ("mmajor@005AB000001XyZqQAK@00DAB000000Wxyz", "pass"),
        ("005AB000001XyZqQAK@00DAB000000Wxyz", "pass"),
        ("Zoë", "fail"),
    ],
)
def test_role_session_name_is_what_connect_and_sts_both_take(username: str, outcome: str) -> None:
    """2 to 64 of a-z A-Z 0-9 _ - . @; names from Salesforce have two @ (Salesforce Help)."""
    assert outcome_of("saml-role-session-name", "SAML", username=username) == outcome


@pytest.mark.parametrize(
    ("config", "username", "outcome"),
    [
        ({}, "mary.major", "fail"),
        ({}, "mary@example.com", "pass"),
        ({}, "mmajor@005AB000001XyZqQAK@00DAB000000Wxyz", "pass"),
        ({}, "005AB000001XyZqQAK@00DAB000000Wxyz", "pass"),
        ({}, "mmajor@005AB000001XyZqQAK@example", "fail"),
        ({"domains": ["example.com"]}, "mmajor@005AB000001XyZqQAK@00DAB000000Wxyz", "pass"),
        ({"pattern": r"[a-z]+"}, "mmajor@005AB000001XyZqQAK@00DAB000000Wxyz", "fail"),
        ({"pattern": r"[a-z]+\d{4}"}, "mary0042", "pass"),
        ({"pattern": r"[a-z]+\d{4}"}, "mary00422", "fail"),
        ({"domains": ["example.com"]}, "mary@Example.com", "fail"),
        ({"domains": ["example.com"], "caseFold": True}, "mary@Example.com", "pass"),
    ],
)
def test_saml_username_pattern_fits_whole_names(
    config: dict[str, Any], username: str, outcome: str
) -> None:
    """Usernames are case sensitive, so that a domain's case counts unless told otherwise."""
    assert outcome_of("saml-username-pattern", "SAML", config=config, username=username) == outcome


def test_admin_is_found_by_name_by_id_and_by_glob() -> None:
    two = {"securityProfileIds": ["p-1"], "securityProfileNames": ["Site-Admin"]}

    assert outcome_of("admin-allowed", **two) == "pass"
    assert outcome_of("admin-allowed", config={"adminProfiles": ["*Admin"]}, **two) == "fail"
    assert outcome_of("admin-allowed", config={"adminProfiles": ["p-1"]}, **two) == "fail"


@pytest.mark.parametrize(("most", "least", "count"), [(3, 0, 0), (1, 0, 2), (3, 3, 1), (2, 2, 0)])
def test_admins_are_counted_for_each_instance(most: int, least: int, count: int) -> None:
    """Too many: each of them is told. Too few: the instance's first user."""
    admin = {"securityProfileIds": ["p"], "securityProfileNames": ["Admin"]}
    users = [user(username=f"a{n}", **admin) for n in range(2)] + [user()]
    config = {"max": most, "min": least}

    assert len(messages_of("admin-count", *users, config=config)) == count


def test_admins_are_counted_by_the_settings_of_their_instance() -> None:
    other = "arn:aws:connect:x:1:instance/other"
    admin = {"securityProfileIds": ["p"], "securityProfileNames": ["Admin"]}
    users = [
        user(username=f"a{n}", **admin, **({"instanceArn": other} if n % 2 else {}))
        for n in range(4)
    ]
    config = {"max": 2, "overrides": [{"instances": ["other"], "settings": {"max": 1}}]}

    assert len(messages_of("admin-count", *users, config=config)) == 2


def test_admins_of_two_instances_are_not_added_up() -> None:
    admin = {"securityProfileIds": ["p"], "securityProfileNames": ["Admin"]}
    users = [user(**admin), user(**admin, instanceArn="arn:aws:connect:x:1:instance/other")]

    assert messages_of("admin-count", *users, config={"max": 1}) == []


@pytest.mark.parametrize(
    ("tags", "outcome"),
    [
        ({"Team": "West 1 (east)"}, "fail"),
        ({"Team": "Équipe-1_2.3:4/5=6+7@8"}, "pass"),
        ({"AWS:x": "y"}, "fail"),
        ({"k" * 128: "v" * 256}, "pass"),
        ({"k" * 129: "v"}, "fail"),
        ({"k": "v" * 257}, "fail"),
        ({f"k{n}": "v" for n in range(47)}, "pass"),
        ({f"k{n}": "v" for n in range(49)}, "fail"),
    ],
)
def test_tags_are_those_that_connect_takes(tags: dict[str, str], outcome: str) -> None:
    """Of 50, two are this project's own."""
    assert outcome_of("tag-limits", tags=tags) == outcome


@pytest.mark.parametrize(
    ("value", "outcome"),
    [
        ("call +12065550100 now", "fail"),
        ("Mary Major", "fail"),
        ("Major Mary", "fail"),
        ("Major incident team", "pass"),
        ("AKIAIOSFODNN7EXAMPLE", "fail"),
        ("marym@example.com", "fail"),
        ("cost-center-4242424242", "pass"),
        ("Quokka-9-lattice-Moss", "fail"),
        ("git@github.com:corp/x", "pass"),
        ("git@gitlab.example.com:x.git", "pass"),
        ("https://deploy@git.example.com/corp/x", "pass"),
        ("ssh://git@github.com/corp/x", "pass"),
        ("https://example.com/?owner=marym@example.com", "fail"),
        ("mailto:marym@example.com", "fail"),
        ("owner: marym@example.com: see wiki", "fail"),
        ("+100000000", "pass"),
        ("+1000000", "pass"),
        ("+12 345 678", "pass"),
        ("+44 20 7946 0958", "fail"),
        ("+1 (206) 555-0100", "fail"),
    ],
)
def test_tag_with_personal_data_or_a_secret_is_found(value: str, outcome: str) -> None:
    """E-mail addresses, phone numbers, both names, keys, the password itself."""
    assert outcome_of("tag-personal-data", tags={"Note": value}) == outcome


@pytest.mark.parametrize(
    ("limit", "outcome"), [(0, "fail"), (1, "pass"), (3600, "pass"), (3601, "fail")]
)
def test_after_contact_work_has_an_end(limit: int, outcome: str) -> None:
    """0 is without end."""
    phone = {"afterContactWorkTimeLimit": limit}

    assert outcome_of("after-contact-work", phoneConfig=phone) == outcome


def test_chat_after_contact_work_ends_by_itself() -> None:
    work = [{"channel": "CHAT", "afterContactWorkConfig": {"afterContactWorkTimeLimit": 6000}}]
    changes = {"phoneConfig": {"afterContactWorkTimeLimit": None}, "afterContactWorkConfigs": work}

    assert outcome_of("after-contact-work", config={"max": 9000}, **changes) == "fail"


@pytest.mark.parametrize(
    ("phone", "outcome"),
    [
        ({"phoneType": "DESK_PHONE"}, "fail"),
        ({"phoneType": "DESK_PHONE", "deskPhoneNumber": "2065550100"}, "fail"),
        ({"phoneType": "DESK_PHONE", "deskPhoneNumber": "+12065550100"}, "pass"),
        ({"phoneType": "DESK_PHONE", "deskPhoneNumber": "+1206555010\u0660"}, "fail"),
        ({"phoneType": "SOFT_PHONE", "deskPhoneNumber": "+12065550100"}, "fail"),
        ({"phoneType": "DESK_PHONE", "deskPhoneNumber": UNKNOWN}, "not applicable"),
    ],
)
def test_phone_is_consistent(phone: dict[str, Any], outcome: str) -> None:
    assert outcome_of("phone-consistent", phoneConfig=phone) == outcome
    one = {"channel": "VOICE", "phoneType": phone["phoneType"]}
    if "deskPhoneNumber" in phone:
        one["phoneNumber"] = phone["deskPhoneNumber"]
    lists = {"phoneConfig": None, "phoneNumberConfigs": [one]}
    assert outcome_of("phone-consistent", **lists) == outcome


@pytest.mark.parametrize(
    ("number", "outcome"),
    [("+12065550100", "pass"), ("+442079460000", "fail"), ("+99999", "fail"), ("soon", "fail")],
)
def test_desk_phone_stands_in_a_listed_country(number: str, outcome: str) -> None:
    """By its country code, even where the number itself is nobody's."""
    phone = {"phoneType": "DESK_PHONE", "deskPhoneNumber": number}

    assert (
        outcome_of("desk-phone-country", config={"countries": ["us"]}, phoneConfig=phone) == outcome
    )


@pytest.mark.parametrize(
    ("level", "path", "outcome"),
    [(2, "AMER/West", "pass"), (3, "AMER/West", "fail"), (2, None, "not applicable")],
)
def test_hierarchy_group_stands_deep_enough(level: int, path: str | None, outcome: str) -> None:
    config = {"minLevel": level}

    assert outcome_of("hierarchy-required", config=config, hierarchyPath=path) == outcome


def test_hierarchy_exemption_is_by_username() -> None:
    without = {"hierarchyGroupId": None, "hierarchyPath": None}
    config = {"exempt": ["mary.*"]}

    assert outcome_of("hierarchy-required", config=config, **without) == "not applicable"


@pytest.mark.parametrize("protect", [False, True])
@pytest.mark.parametrize("type_", ROSTERS)
def test_break_glass_user_of_a_roster_is_never_protected(type_: str, *, protect: bool) -> None:
    """A protected roster deletes whoever leaves it: an Admin has gone that way."""
    (roster,) = examples(Case(users=(user(**ADMIN_HELD),), protect=protect), type_)
    (other,) = examples(Case(users=(user(),)), type_)
    analyzer = Analyzer("connect-user-break-glass-protected")
    (message,) = analyzer.analyze(roster).messages

    assert "user mary.major: holds Admin, but is in a roster" in message
    assert "Declare a User of its own, with protect=True." in message
    assert analyzer.analyze(other).outcome == "pass"


@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("M\u0430ry", "fail"),
        ("Mary-\u041c\u0430\u0440\u0438\u044f", "pass"),
        ("\u039daomi", "fail"),
        ("Ma\u200dry", "fail"),
        ("\u200dMary", "fail"),
        ("\u0639\u0644\u06cc\u200c\u0631\u0636\u0627", "pass"),
        ("\u5c71\u7530Taro", "pass"),
    ],
)
def test_name_mixes_no_scripts_that_look_alike(name: str, outcome: str) -> None:
    """A Cyrillic a in a Latin name, a joiner that joins nothing."""
    assert outcome_of("name-normalized", identityInfo={"firstName": name}) == outcome


def test_break_glass_user_is_named_by_username_too() -> None:
    assert outcome_of("break-glass-protected") == "pass"
    assert outcome_of("break-glass-protected", config={"users": ["mary.*"]}) == "fail"


def test_adopted_user_needs_neither_password_nor_address_nor_a_short_name() -> None:
    """It exists: nobody knows its password, and what is not declared is left alone."""
    missing: dict[str, Any] = {"password": None, "identityInfo": {"email": None}}

    assert outcome_of("managed-identity-complete", **missing) == "fail"
    assert outcome_of("managed-identity-complete", **missing, adopt=True) == "pass"
    assert outcome_of("username-length", username="m" * 21) == "fail"
    assert outcome_of("username-length", username="m" * 21, adopt=True) == "pass"


def test_name_from_salesforce_is_not_too_long() -> None:
    """Salesforce makes it of three parts, 41 characters here, and Connect takes it."""
    assert outcome_of("username-length", username="mmajor@005AB000001XyZqQAK@00DAB000000Wxyz") == (
        "pass"
    )


@pytest.mark.parametrize("what", ["managed-identity-complete", "username-length"])
def test_rule_that_aws_only_documents_is_advisory_unless_a_strict_preset_says_otherwise(
    what: str,
) -> None:
    """AWS was seen to take such users: they stop nobody who did not ask for it."""
    name = f"connect-user-{what}"
    levels = {preset: json.loads(path(preset).read_text())[name] for preset in NAMES}

    assert all_rules()[name].level == "advisory"
    assert levels["baseline"] == levels["advisory"] == "advisory"
    assert levels["managed-strict"] == "mandatory"


def test_made_up_password_is_a_password() -> None:
    """InitialPassword: nobody knows it before the user is made."""
    made_up = {"length": 24}
    outcome = outcome_of("managed-identity-complete", password=None, initialPassword=made_up)

    assert outcome == "pass"


@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("Zoe\u0308", "fail"),
        ("Zo\u00eb", "pass"),
        ("Mary\u202e", "fail"),
        ("Mary\x07", "fail"),
        (" Mary", "fail"),
        ("علی\u200cرضا", "pass"),
        ("ක්\u200dරිස්", "pass"),
    ],
)
def test_name_is_normalised_and_shows_all_of_itself(name: str, outcome: str) -> None:
    assert outcome_of("name-normalized", identityInfo={"firstName": name}) == outcome


def test_user_managed_by_two_types_is_found() -> None:
    """A roster and a single resource, or two providers, by the instance's id and the name."""
    analyzer = Analyzer("connect-user-managed-once")
    aws = {"instanceId": "11111111-1111-4111-8111-111111111111", "name": "mary.major"}
    made = [
        Example(type=DYNAMIC, props=user()),
        Example(type="aws:connect/user:User", props=aws),
        Example(
            type="pulumi-python:dynamic/connect:UserBatch",
            props={"instanceArn": user()["instanceArn"], "users": {"mary.major": "{}", "j": "{}"}},
        ),
    ]
    messages = analyzer.analyze_stack(made).messages

    assert len(messages) == 3
    assert "3 resources" in messages[0]


def test_instance_and_users_of_one_stack_must_agree_on_the_mode() -> None:
    arn = user()["instanceArn"]
    centre = {**instance(identityManagementType="SAML"), "arn": arn}
    analyzer = Analyzer("connect-user-identity-mode-consistent")
    made = [
        Example(type=DYNAMIC, props=user("CONNECT_MANAGED")),
        Example(type="aws:connect/instance:Instance", props=centre),
    ]

    assert len(analyzer.analyze_stack(made).messages) == 2


def test_scope_by_hierarchy_is_a_scope() -> None:
    lead = profile(permissions=["Users.Edit"], allowedAccessControlHierarchyGroupId="group-west")
    analyzer = Analyzer("connect-user-privileged-profile-scoped")

    assert analyzer.analyze(Example(type=NATIVE_PROFILE, props=lead)).outcome == "pass"


def test_risky_permission_beside_an_unknown_one_is_found() -> None:
    lead = profile(permissions=["Users.Edit", UNKNOWN])
    analyzer = Analyzer("connect-user-risky-permission")

    assert analyzer.analyze(Example(type=NATIVE_PROFILE, props=lead)).outcome == "fail"
    assert analyzer.remediate(Example(type=NATIVE_PROFILE, props=lead)) == (None, "")
