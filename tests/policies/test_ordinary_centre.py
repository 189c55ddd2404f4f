"""An ordinary contact center: no rule complains about everyone, the starter about no one."""

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest

from connect_users_guard.examples.as_resources import Example, examples
from connect_users_guard.examples.cases import Case, user
from connect_users_guard.presets import path
from connect_users_guard.registry import all_rules
from connect_users_guard.user_resources import AWS_NATIVE_USER, AWS_USER, ROSTERS, USER
from tests.support.analyzer import Analyzer

COUNT = 40
SHARING = "connect-user-identity-known"
PROFILES = ("Admin", "CallCenterManager", "QualityAnalyst")


def _people(mode: str) -> tuple[Mapping[str, Any], ...]:
    """Agents, a few supervisors, an Admin; AWS's own profiles, chosen passwords, no hierarchy."""
    return tuple(_person(mode, number) for number in range(COUNT))


def _person(mode: str, number: int) -> dict[str, Any]:
    name = f"p{number}@example.com" if mode == "SAML" else f"agent.{number}"
    profile = PROFILES[number] if number < len(PROFILES) else "Agent"
    changes: dict[str, Any] = {
        "identityInfo": {"firstName": "Li", "lastName": "Juan"},
        "securityProfileIds": [f"id-of-{profile}"],
        "securityProfileNames": [profile],
        "hierarchyGroupId": None,
        "hierarchyPath": None,
        "tags": None,
    }
    if mode == "CONNECT_MANAGED":
        changes["password"] = f"Quokka-{number}-latt1ce-Moss"
        changes["identityInfo"]["email"] = f"p{number}@example.com"
    return user(mode, username=name, **changes)


def _complaints(mode: str, type_: str, levels: Mapping[str, str]) -> Counter[str]:
    """How many people each rule complains about, in production."""
    people = _people(mode)
    # The Admin is a protected user; in a roster nobody is an Admin.
    made = examples(Case(users=people[:1], protect=True), USER if type_ in ROSTERS else type_)
    made += examples(Case(users=people[1:]), type_)
    config: dict[str, Any] = {
        SHARING: {
            "identityTypes": {"*": mode},
            "profiles": {f"id-of-{name}": name for name in (*PROFILES, "Agent")},
        }
    }
    on = [name for name, level in levels.items() if level != "disabled"]
    analyzer = Analyzer(*on, by_rule=config)
    titles = {rule.title: rule.name for rule in all_rules().values()}
    urns = [f"urn:pulumi:prod::centre::{one.type}::r{n}" for n, one in enumerate(made)]
    messages = [
        message
        for one, urn in zip(made, urns, strict=True)
        for message in analyzer.analyze(one, urn=urn).messages
    ]
    messages += analyzer.analyze_stack(made, urns=urns).messages
    return Counter(titles[message.splitlines()[0]] for message in messages)


def _preset(name: str) -> dict[str, str]:
    document = json.loads(path(name).read_text())
    return {
        rule: entry if isinstance(entry, str) else entry["enforcementLevel"]
        for rule, entry in document.items()
    }


@pytest.mark.parametrize("type_", [USER, AWS_USER, AWS_NATIVE_USER, *ROSTERS])
@pytest.mark.parametrize("mode", ["CONNECT_MANAGED", "SAML"])
def test_starter_has_no_complaint_about_an_ordinary_centre(mode: str, type_: str) -> None:
    assert _complaints(mode, type_, _preset("starter")) == {}


@pytest.mark.parametrize("mode", ["CONNECT_MANAGED", "SAML"])
@pytest.mark.parametrize("preset", [None, "baseline", "advisory"])
def test_no_rule_complains_about_every_user(preset: str | None, mode: str) -> None:
    """A complaint about everyone is read by no one: `default-profile` made 126 of them."""
    defaults = {rule.name: rule.level for rule in all_rules().values()}
    found = _complaints(mode, USER, _preset(preset) if preset else defaults)

    assert max(found.values()) < 4


def test_starter_finds_the_mistakes_of_a_first_day() -> None:
    """One of each kind."""
    analyzer = Analyzer(
        *(name for name, level in _preset("starter").items() if level != "disabled")
    )
    password = "Password123"
    held = {"securityProfileNames": ["Agent", "Admin"], "securityProfileIds": ["a", "b"]}
    made = [
        Example(type=USER, props=user(password=password, tags={"Owner": "marym@example.com"})),
        Example(type=USER, props=user(username="Mary.Major", password=password, **held)),
        Example(type=USER, props=user("SAML", password=password)),
    ]
    said = [m for one in made for m in analyzer.analyze(one).messages]
    said += analyzer.analyze_stack(made).messages
    titles = {rule.title: rule.what for rule in all_rules().values()}

    assert {titles[message.splitlines()[0]] for message in said} == {
        "password-common",
        "tag-personal-data",
        "profile-combination",
        "break-glass-protected",
        "saml-no-password",
        "identity-mode-consistent",
        "username-unique",
        "password-unique",
    }
