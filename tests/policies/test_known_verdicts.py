"""Users with known verdicts, written from the rules' pages: each finds its rules, and no other."""

from collections.abc import Mapping
from typing import Any

import pytest

from connect_users_guard.examples.as_resources import examples
from connect_users_guard.examples.cases import Case, user
from connect_users_guard.registry import all_rules
from connect_users_guard.user_resources import AWS_NATIVE_USER, AWS_USER, ROSTERS, USER
from tests.support.analyzer import Analyzer

TYPES = (USER, AWS_USER, AWS_NATIVE_USER, *ROSTERS)
MANAGED, SAML, DIRECTORY = "CONNECT_MANAGED", "SAML", "EXISTING_DIRECTORY"
ADMIN: dict[str, Any] = {"securityProfileIds": ["admin"], "securityProfileNames": ["Admin"]}
IDS = {"admin": "Admin", "agent": "Agent", "manager": "CallCenterManager"}
IDS |= {f"own-{n}": f"Own {n}" for n in range(4)} | {"profile-frontline": "Frontline"}
OTHER: dict[str, Any] = {"username": "jane.roe", "password": "Walrus-4-gravel-Tulip"}


def _profiles(*ids: str) -> dict[str, Any]:
    return {"securityProfileIds": [*ids], "securityProfileNames": [IDS[one] for one in ids]}


def _name(first: str) -> dict[str, Any]:
    return {"identityInfo": {"firstName": first}}


def _phone(**changes: Any) -> dict[str, Any]:
    return {"phoneConfig": changes}


VERDICTS: list[tuple[str, str, list[dict[str, Any]], set[str]]] = [
    ("a complete user", MANAGED, [{}], set()),
    ("a complete SAML user", SAML, [{}], set()),
    ("a user of a directory", DIRECTORY, [{}], set()),
    ("two users", MANAGED, [{}, OTHER], set()),
    (
        "a common password",
        MANAGED,
        [{"password": "Password123"}],
        {"password-common", "password-length", "password-strength"},
    ),
    (
        "the name in the password",
        MANAGED,
        [{"password": "x9-Mary-lattice-Quokka"}],
        {"password-context"},
    ),
    (
        "white space in the password",
        MANAGED,
        [{"password": "Quokka 9 lattice Moss"}],
        {"password-pattern"},
    ),
    (
        "a long username",
        MANAGED,
        [{"username": "mary.major.of.the.west.coast"}],
        {"username-length"},
    ),
    (
        "no e-mail address",
        MANAGED,
        [{"identityInfo": {"email": None}}],
        {"managed-identity-complete"},
    ),
    ("no password", MANAGED, [{"password": None}], {"managed-identity-complete"}),
    (
        "a password beside SAML",
        SAML,
        [{"password": "Quokka-9-lattice-Moss"}],
        {"saml-no-password"},
    ),
    (
        "an e-mail address beside SAML",
        SAML,
        [{"identityInfo": {"email": "marym@example.com"}}],
        {"saml-no-email"},
    ),
    ("a directory id beside SAML", SAML, [{"directoryUserId": "d-1"}], {"saml-no-directory-id"}),
    (
        "a username of one letter",
        SAML,
        [{"username": "m"}],
        {"saml-role-session-name", "saml-username-pattern"},
    ),
    ("a username without domain", SAML, [{"username": "mary.major"}], {"saml-username-pattern"}),
    (
        "an Admin who logs in with a password",
        MANAGED,
        [ADMIN],
        {"admin-allowed", "break-glass-protected", "privileged-saml"},
    ),
    ("an Admin", SAML, [ADMIN], {"admin-allowed", "break-glass-protected"}),
    ("a supervising agent", MANAGED, [_profiles("agent", "manager")], {"profile-combination"}),
    (
        "four profiles",
        MANAGED,
        [_profiles("own-0", "own-1", "own-2", "own-3")],
        {"profile-count"},
    ),
    (
        "an address in a tag",
        MANAGED,
        [{"tags": {"Owner": "jane@example.org"}}],
        {"tag-personal-data"},
    ),
    ("a repository in a tag", MANAGED, [{"tags": {"Code": "git@github.com:corp/x"}}], set()),
    ("a tag of AWS's own", MANAGED, [{"tags": {"aws:x": "y"}}], {"tag-limits"}),
    (
        "a desk phone without number",
        MANAGED,
        [_phone(phoneType="DESK_PHONE")],
        {"phone-consistent"},
    ),
    (
        "a softphone with a number",
        MANAGED,
        [_phone(deskPhoneNumber="+12065550100")],
        {"phone-consistent"},
    ),
    (
        "endless after-contact work",
        MANAGED,
        [_phone(afterContactWorkTimeLimit=0)],
        {"after-contact-work"},
    ),
    ("a name with a loose accent", MANAGED, [_name("Zoe\u0308")], {"name-normalized"}),
    ("a name with a joiner", MANAGED, [_name("\u0639\u0644\u06cc\u200c\u0631\u0636\u0627")], set()),
    ("a name with a Cyrillic letter", MANAGED, [_name("M\u0430ry")], {"name-normalized"}),
    (
        "a name that the directory owns",
        DIRECTORY,
        [_name("Mary")],
        {"directory-identity-unmanaged"},
    ),
    (
        "one address twice",
        MANAGED,
        [{"identityInfo": {"secondaryEmail": "marym@example.com"}}],
        {"secondary-email"},
    ),
    (
        "two usernames but for case",
        MANAGED,
        [{}, {**OTHER, "username": "Mary.Major"}],
        {"username-unique"},
    ),
    ("one password for two", MANAGED, [{}, {"username": "jane.roe"}], {"password-unique"}),
]


@pytest.mark.parametrize("type_", TYPES)
@pytest.mark.parametrize(
    ("mode", "people", "expected"), [v[1:] for v in VERDICTS], ids=[v[0] for v in VERDICTS]
)
def test_verdict_is_the_known_one(
    mode: str, people: list[Mapping[str, Any]], expected: set[str], type_: str
) -> None:
    """Of this project's users and rosters, and those of aws and aws-native."""
    case = Case(
        users=tuple(user(mode, **changes) for changes in people),
        # What aws.connect.User would change in the state alone.
        ignore_changes=("password",) if type_ == AWS_USER else (),
    )
    made = examples(case, type_)
    facts = {"identityTypes": {"*": mode}, "profiles": IDS}
    on = [rule.name for rule in all_rules().values() if rule.level != "disabled"]
    analyzer = Analyzer(*on, by_rule={"connect-user-identity-known": facts})
    messages = [message for one in made for message in analyzer.analyze(one).messages]
    messages += analyzer.analyze_stack(made).messages
    rules = {rule.title: rule.what for rule in all_rules().values()}
    found = {rules[message.splitlines()[0]] for message in messages}

    if type_ == AWS_USER and people == [{"password": None}]:
        # With ignore_changes, it is a user who exists: no one knows the password.
        expected = set()
    assert found == expected
