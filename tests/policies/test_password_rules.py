"""What the password rules mean by their words, and that they repeat none."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from connect_users_guard.examples.as_resources import Example
from connect_users_guard.examples.cases import user
from tests.policies.rule_outcomes import DYNAMIC, messages_of, outcome_of
from tests.support.analyzer import Analyzer


@pytest.fixture
def eager_threads() -> Iterator[None]:
    """Threads that take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(before)


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("Sh0rtpw", "8 to 64"),
        ("A1" + "b" * 62, None),
        ("A1" + "b" * 63, "8 to 64"),
        ("With Space 1", "white space"),
        ("nocapital1", "A-Z"),
        ("NOSMALL1", "a-z"),
        ("NoDigitHere", "no digit"),
        ("Ünïcödé1A", None),
    ],
)
def test_password_pattern_tells_what_is_missing(password: str, said: str | None) -> None:
    analyzer = Analyzer("connect-user-password-pattern")
    answer = analyzer.analyze(Example(type=DYNAMIC, props=user(password=password)))

    assert (answer.messages == ()) == (said is None)
    assert all(said in m and password not in m for m in answer.messages if said)


@pytest.mark.parametrize(
    "password",
    [
        "Password123",
        "P@ssw0rd!2026",
        "P@$$w0rd2031!",
        "T1nk3rbell99!",
        "$unsh1ne2024",
        "|etme1n-2024",
        "123456Qwerty",
        "Iloveyou!!1",
        "!Letmein2024!",
        "Monkey12345",
    ],
)
def test_common_password_is_known_in_disguise(password: str) -> None:
    """Digits and signs around it, look-alike letters inside it."""
    assert outcome_of("password-common", password=password) == "fail"


@pytest.mark.parametrize(
    "password", ["Quokka-9-lattice-Moss", "a1B2c3D4e5F6g7H8", "Th1rdMoonTrampoline", "Xk9#mmPq2$vL"]
)
def test_uncommon_password_is_left_alone(password: str) -> None:
    assert outcome_of("password-common", password=password) == "pass"


@pytest.mark.parametrize(
    ("password", "outcome"), [("Hello-9134-=", "fail"), ("Love-9134-=", "pass")]
)
def test_common_word_of_a_few_letters_does_not_make_a_password_common(
    password: str, outcome: str
) -> None:
    assert outcome_of("password-common", password=password) == outcome


@pytest.mark.parametrize(("length", "outcome"), [(14, "fail"), (15, "pass")])
def test_password_of_just_the_length_is_long_enough(length: int, outcome: str) -> None:
    """NIST's 15."""
    assert outcome_of("password-length", password=("aZ9-" * 4)[:length]) == outcome


def test_common_password_list_can_be_extended_by_a_file(tmp_path: Any) -> None:
    file = tmp_path / "breached.txt"
    file.write_text("quokka-9-lattice-moss\n\n")

    assert outcome_of("password-common") == "pass"
    assert outcome_of("password-common", config={"listFile": str(file)}) == "fail"


@pytest.mark.parametrize(
    ("password", "changes", "outcome"),
    [
        ("xMARYx-92-lattice", {}, "fail"),
        ("x-M4j0r-92-lattice", {}, "fail"),
        ("x-m@ryx-92-lattice", {}, "fail"),
        ("Lattice-zoe-9", {"identityInfo": {"firstName": "Zoë"}}, "pass"),
        ("Lattice-zoelle-9", {"identityInfo": {"firstName": "Zoëlle"}}, "fail"),
        ("Lattice-example-9", {}, "fail"),
        ("Lattice-corp-9", {"username": "mm@corp"}, "fail"),
        ("Lattice-pa|mer-9", {"identityInfo": {"lastName": "Palmer"}}, "fail"),
        ("Commerce-9-lattice", {}, "pass"),
    ],
)
def test_context_words_are_found_in_any_spelling_and_short_ones_are_not(
    password: str, changes: dict[str, Any], outcome: str
) -> None:
    """Names, the e-mail address' parts but for its top-level domain, accents undone."""
    assert outcome_of("password-context", password=password, **changes) == outcome


def test_context_words_of_the_company_are_configured() -> None:
    assert outcome_of("password-context", config={"words": ["Quokka"]}) == "fail"


def test_strength_counts_what_length_does_not() -> None:
    assert outcome_of("password-strength", password="Qwertyuiop123456") == "fail"
    assert outcome_of("password-strength", password="A1" + "b" * 62) in ("pass", "fail")


def test_strength_of_one_user_is_not_that_of_another_at_the_same_time(eager_threads: None) -> None:
    """The engine asks in several threads, each user with names of its own."""
    words = ("moss", "tulip", "gravel", "walrus")
    passwords = [f"quokka{word}lattice" * 2 for word in words]

    def weak(password: str) -> str:
        return outcome_of("password-strength", username=password, password=password)

    with ThreadPoolExecutor(4) as threads:
        outcomes = list(threads.map(weak, passwords * 10))

    assert outcomes == ["fail"] * 40


def test_digit_of_another_script_is_none_for_connect() -> None:
    assert outcome_of("password-pattern", password="Quokka-lattice-\u0661") == "fail"


def test_shared_password_is_told_without_a_hash_of_it() -> None:
    messages = messages_of("password-unique", user(), user(username="jane"), user(username="john"))

    assert len(messages) == 3
    assert {m.rpartition("\n")[2] for m in messages} == {
        f"user {name}: password is shared by 3 users. Generate one per user."
        for name in ("mary.major", "jane", "john")
    }


def test_user_without_a_password_leaves_nothing_unjudged() -> None:
    users = [user(), user("SAML")]
    answer = Analyzer("connect-user-password-unique").analyze_stack(
        [Example(type=DYNAMIC, props=props) for props in users]
    )

    assert answer.outcome == "pass"


def test_passwords_are_compared_across_overrides() -> None:
    """Other settings for one instance do not hide that it shares a password."""
    other = "arn:aws:connect:x:1:instance/other"
    users = [user(), user(username="jane", instanceArn=other)]
    config = {"overrides": [{"instances": ["other"], "settings": {"stacks": ["*"]}}]}

    assert len(messages_of("password-unique", *users, config=config)) == 2
