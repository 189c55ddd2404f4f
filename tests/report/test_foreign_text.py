"""Text of others loses its secrets, addresses and numbers; text of ours loses nothing."""

import ast
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_connect_users.core.privacy import mask_address
from pulumi_connect_users.report.foreign_text import hide, is_address
from tools.checkout import ROOT

SECRETS = (
    "Hunter2Hunter2",
    "AKIAIOSFODNN7EXAMPLE",
    "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N",
    "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
    "pul-0123456789abcdef0123456789abcdef01234567",
)


def hidden(text: str) -> str:
    """The text as a report shows it."""
    return hide(text, address=mask_address)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("call +44 20 7946 0958", "call [hidden]"),
        ("call (206) 555-0100 or 206-555-0100", "call [hidden] or [hidden]"),
        ("call +15555550100.", "call [hidden]."),
        ("Authorization: Bearer abc.def_ghi123", "Authorization: Bearer [hidden]"),
        ("Authorization: Basic dXNlcjpwYXNz", "Authorization: Basic [hidden]"),
        (f"key {SECRETS[1]}", "key [hidden]"),
        (f"{SECRETS[2]} is it", "[hidden] is it"),
        (f"token {SECRETS[3]}", "token [hidden]"),
        (f"with {SECRETS[4]}", "with [hidden]"),
        (f"with {SECRETS[5]}", "with [hidden]"),
        ("https://user:pw@host.example/path", "https://[hidden]@host.example/path"),
        ("GET /?X-Amz-Signature=abc&b=1", "GET /?[hidden]&b=1"),
        ("password=opensesame, ok", "password=[hidden], ok"),
        ("password: opensesame", "password: [hidden]"),
        ('{"client_secret": "x y"}', '{"client_secret": [hidden]}'),
        ("ask mary@corp.example.com.", "ask m...@corp.example.com."),
        ("-----BEGIN RSA PRIVATE KEY----- MIIEow== -----END RSA PRIVATE KEY----- x", "[hidden] x"),
    ],
)
def test_values_of_others_are_hidden_in_every_common_form(text: str, shown: str) -> None:
    """What an error of a library, a provider or a program may quote."""
    assert hidden(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "connect-users-guard@v0.0.1 and @scope/package@1.2.3",
        "git@github.com:corp/agents",
        "mmajor@005AB000001XyZqQAK@00DAB000000Wxyz",
        "11111111-1111-4111-8111-111111111111 in 123456789012 at 2026-11-27 10:20:30",
        "arn:aws:connect:us-west-2:000000000000:instance/1111",
        "2fd4e1c67a2d28fced849ee1bb76e7391b93eb12",
        "Basic Routing Profile",
        'set on_password_change="ignore"',
    ],
)
def test_what_is_nobodys_stays(text: str) -> None:
    """Versions, clone addresses, ids, times, hashes, names of profiles, advice."""
    assert hidden(text) == text


def _messages() -> Iterator[str]:
    """Every sentence of this project: texts of at least three words, a username in their gaps."""
    for part in ("provider", "policies"):
        for file in (ROOT / part).rglob("*.py"):
            if "emulator" in file.parts:
                continue
            for node in ast.walk(ast.parse(file.read_text())):
                text = _text(node)
                if len(text.split()) > 2:
                    yield " ".join(text.split())


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else "mary.major"
            for part in node.values
        )
    return ""


MESSAGES = sorted(set(_messages()))


def test_no_sentence_of_this_project_is_garbled() -> None:
    """Docstrings and messages alike come out as they went in."""
    assert len(MESSAGES) > 2_000
    examples = ("+15555551212", "+15555550100")
    garbled = {m: hidden(m) for m in MESSAGES if hidden(m) != m}

    assert {m: h for m, h in garbled.items() if not any(e in m for e in examples)} == {}


@given(st.sampled_from(MESSAGES), st.sampled_from(MESSAGES), st.sampled_from(SECRETS))
def test_secret_between_two_sentences_is_hidden_and_they_stay(
    before: str, after: str, secret: str
) -> None:
    text = hidden(f"{before} password={secret} {after}")

    assert secret not in text
    assert text.startswith(hidden(before))
    assert text.endswith(hidden(after))


@given(st.emails())
def test_address_anywhere_is_hidden_but_for_its_domain(address: str) -> None:
    text = hidden(f"ask <{address}> today")

    if is_address(address) and not address.startswith("git@"):
        assert address not in text


@pytest.mark.parametrize(
    "word",
    [
        "a",
        "password",
        "a@",
        "+1",
        "token ",
        "1-",
        "password: ",
        "@a.",
        "AKIA",
        "eyJ",
        "A1b",
        "+1 2",
    ],
)
def test_endless_word_is_judged_to_its_end(word: str) -> None:
    """A provider may quote a whole file: that takes a moment, and not hours."""
    text = hidden(f"{word * 50_000} password=Hunter2Hunter2")

    assert "Hunter2" not in text
