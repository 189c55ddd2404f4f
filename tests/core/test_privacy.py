"""How users are named in text, with and without `connect:personalData: secret`."""

import json
from collections.abc import Iterator

import pytest

from pulumi_connect_users.core import privacy as naming
from pulumi_connect_users.core.privacy import (
    display_name,
    hide_addresses,
    hides_addresses,
    is_address,
    label,
    label_fact,
)
from pulumi_connect_users.core.unknowns import UNKNOWN
from pulumi_connect_users.roster.batch import Texts, labels


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    """What a process hides is its own."""
    before = naming._Privacy.hides
    yield
    naming._Privacy.hides = before


@pytest.mark.parametrize(
    ("username", "expected"),
    [
        ("li.juan@example.com", True),
        ("Li@corp.example.com", True),
        ("a@b@example.com", True),
        ("li.juan", False),
        ("li@localhost", False),
        ("@example.com", False),
        ("li@example.", False),
        # Salesforce Help, customized usernames of Service Cloud Voice.
        ("mmajor@005AB000001XyZqQAK@00DAB000000Wxyz", False),
        ("m.major@005AB000001XyZqQAK@00DAB000000Wxyz", False),
        ("005AB000001XyZqQAK@00DAB000000Wxyz", False),
        ("", False),
        (None, False),
        (UNKNOWN, False),
    ],
)
def test_address_has_a_dotted_domain(username: object, expected: bool) -> None:
    assert is_address(username) is expected


def test_username_is_shown_in_full_unless_addresses_are_hidden() -> None:
    """Nobody could tell people apart by a first letter and a domain."""
    hide_addresses(hides=False)
    assert display_name("li.juan@example.com") == "li.juan@example.com"
    assert label_fact("li.juan@example.com") == {}

    hide_addresses(hides=True)
    assert display_name("li.juan@example.com") == label("li.juan@example.com")
    assert display_name("li.juan") == "li.juan"
    assert label_fact("li.juan") == label_fact(None) == {}
    assert label_fact("li.juan@example.com") == {"label": display_name("li.juan@example.com")}


def test_labels_tell_apart_who_differs_in_a_letter_or_its_case() -> None:
    """And say neither the name nor the domain."""
    names = [f"{first}{n}@example.com" for first in ("Agent.", "agent.") for n in range(5000)]

    made = {label(name) for name in names}

    assert len(made) == len(names)
    assert label("li.juan@example.com").startswith("li~")
    assert len(label("li.juan@example.com")) == len("li~") + 8


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ({"connect:personalData": "secret"}, True),
        ({"connect:personalData": "plain"}, False),
        ({}, False),
        (["none"], False),
    ],
)
def test_program_that_made_no_resource_yet_is_asked_by_its_configuration(
    monkeypatch: pytest.MonkeyPatch, config: object, expected: bool
) -> None:
    """A roster's file is read, and its mistakes told, before any resource is made."""
    monkeypatch.setattr(naming._Privacy, "hides", None)
    monkeypatch.setenv("PULUMI_CONFIG", json.dumps(config))

    assert hides_addresses() is expected


def test_labels_of_a_batch_name_each_user_and_change_with_its_text() -> None:
    texts: Texts = {"li.juan@example.com": '{"a":1}', "mary.major": UNKNOWN}
    hide_addresses(hides=False)
    assert labels(texts) is None

    hide_addresses(hides=True)
    found = labels(texts) or {}

    assert list(found) == [label("li.juan@example.com"), "mary.major"]
    assert found["mary.major"] is UNKNOWN
    assert found != labels({**texts, "li.juan@example.com": '{"a":2}'})
    assert labels({}) == {}
