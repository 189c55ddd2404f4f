"""No false alarm: a thousand good users of all three modes, in many scripts, of every type."""

import random
import string
import unicodedata
from dataclasses import replace
from typing import Any

import pytest

from connect_users_guard.examples.as_resources import Example, examples
from connect_users_guard.examples.cases import Case, user
from connect_users_guard.registry import all_rules
from connect_users_guard.user_resources import AWS_USER, ROSTERS, USERS
from tests.support.analyzer import Analyzer

COUNT = 1_000
MODES = ("CONNECT_MANAGED", "SAML", "EXISTING_DIRECTORY")
INSTANCE = "arn:aws:connect:eu-central-1:111122223333:instance/centre-{}"
NAMES = (
    ("Zoë", "Müller-Lüdenscheidt"),
    ("Seán", "O'Connor"),
    ("Nguyễn Thị", "Hồng Vân"),
    ("Łukasz", "Żółć"),
    ("María José", "Carreño Quiñones"),
    ("李", "小龙"),
    ("山田", "太郎"),
    ("さくら", "ヤマダ"),
    ("김", "민준"),
    ("Ольга", "Щербакова"),
    ("Γιώργος", "Παπαδόπουλος"),
    ("محمد", "عبد الرحمن"),
    ("علی\u200cرضا", "حسینی"),
    ("שרה", "כהן"),
    ("प्रिया", "शर्मा"),
    ("ක්\u200dරිස්", "පෙරේරා"),
    ("สมชาย", "ใจดี"),
    ("ნინო", "ბერიძე"),
    ("Արամ", "Խաչատրյան"),
    ("ሰላም", "ተስፋዬ"),
    ("Bo", "Xi"),
    ("J", "D"),
    ("Đặng", "Ån"),
    ("ᏣᎳᎩ", "𐐔𐐯𐑅𐐨𐑉𐐯𐐻"),
    ("Mary", "Major"),
)


def _password(dice: random.Random) -> str:
    signs = string.ascii_letters + string.digits + "!#$%&*+-=?@^_~"
    return "aZ9" + "".join(dice.choices(signs, k=dice.randint(17, 60)))


def _user(number: int, dice: random.Random) -> dict[str, Any]:
    mode = MODES[number % 3]
    first, last = (unicodedata.normalize("NFC", name) for name in dice.choice(NAMES))
    changes: dict[str, Any] = {
        "instanceArn": INSTANCE.format(mode.lower()),
        "username": f"agent.{number}",
        "tags": {"Team": dice.choice(("West", "Süd", "東京", "Équipe 1")), "Cost_Center": "42"},
        "phoneConfig": dice.choice(
            (
                {"phoneType": "SOFT_PHONE", "autoAccept": True, "afterContactWorkTimeLimit": 1},
                {"phoneType": "DESK_PHONE", "deskPhoneNumber": f"+1206555{number:04}"},
                {"phoneType": "SOFT_PHONE", "afterContactWorkTimeLimit": 3600},
            )
        ),
    }
    if mode == "SAML":
        changes["username"] = f"{'a' * dice.randint(1, 40)}.{number}@sub.example.com"
    if mode != "EXISTING_DIRECTORY":
        changes["identityInfo"] = {"firstName": first, "lastName": last}
    if mode == "CONNECT_MANAGED":
        changes["identityInfo"]["email"] = f"agent.{number}@example.com"
        changes["identityInfo"]["secondaryEmail"] = f"team.{number}@example.com"
        changes["password"] = _password(dice)
    return user(mode, **changes)


def _examples() -> list[Example]:
    """The users, as many of each type; a roster's in batches of ten."""
    dice = random.Random(7)
    users = [_user(number, dice) for number in range(COUNT)]
    found: list[Example] = []
    for index, type_ in enumerate(USERS):
        own = users[index :: len(USERS)]
        if type_ in ROSTERS:
            for mode in range(3):
                same = [u for u in own if u["identityManagementType"] == MODES[mode]]
                batches = [same[at : at + 10] for at in range(0, len(same), 10)]
                found += [e for b in batches for e in examples(Case(users=tuple(b)), type_)]
        else:
            case = Case(users=tuple(own), generated=True, ignore_changes=_ignored(type_))
            found += examples(case, type_)
    return found


def _ignored(type_: str) -> tuple[str, ...]:
    """The aws provider would take a changed password without a call."""
    return ("password",) if type_ == AWS_USER else ()


def _facts() -> dict[str, dict[str, Any]]:
    """What resources of other providers do not tell, for the rules that need it."""
    modes = {INSTANCE.format(mode.lower()).rpartition("/")[2]: mode for mode in MODES}
    found: dict[str, dict[str, Any]] = {}
    for rule in all_rules().values():
        facts = {"identityTypes": modes, "profiles": {"profile-frontline": "Frontline"}}
        found[rule.name] = {key: facts[key] for key in facts if key in rule.schema}
    return found


@pytest.mark.slow
def test_valid_users_of_all_modes_types_and_scripts_have_no_violation() -> None:
    made = _examples()
    on = [rule.name for rule in all_rules().values() if rule.level != "disabled"]
    analyzer = Analyzer(*on, by_rule=_facts())

    assert [message for one in made for message in analyzer.analyze(one).messages] == []
    assert analyzer.analyze_stack(made).messages == ()
    # A user of a roster counts as one.
    assert sum(len(one.props.get("users", "1")) for one in made) == COUNT


def test_valid_users_are_judged_and_not_only_passed_over() -> None:
    analyzer = Analyzer("connect-user-password-common")
    made = [one for one in _examples() if "password" in one.props]
    weak = [replace(one, props={**one.props, "password": "Password123"}) for one in made]

    assert {analyzer.analyze(one).outcome for one in made} == {"pass"}
    assert {analyzer.analyze(one).outcome for one in weak} == {"fail"}
    assert len(made) > 200
