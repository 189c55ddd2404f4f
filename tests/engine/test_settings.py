"""Settings of a stack reach what they are for, through the real engine."""

import itertools

import pytest

from pulumi_connect_users.roster.partition import batch_of
from tests.support.harness import Stacks
from tests.support.programs import program

_LONG = "mary.major.of.the.west.coast"
_USERS = """
def agent(last_name, email):
    identity = dict(first_name="Mary", last_name=last_name, email=email)
    return {**MARY, "identity_info": identity}

def shared(arguments):
    return {k: v for k, v in arguments.items() if k not in ("instance", "username", "password")}
"""


def _program(username: str, *names: str) -> str:
    """A user, and a roster of others."""
    users = ", ".join(f"{name!r}: shared(agent('Major', 'marym@example.com'))" for name in names)
    passwords = ", ".join(f"{name!r}: PASSWORD" for name in names)
    return program(
        _USERS,
        f"connect.User('mary', **{{**MARY, 'username': {username!r}}})",
        f"connect.UserRoster('west', instance=MANAGED, users={{{users}}},",
        f"    passwords={{{passwords}}})",
    )


def test_what_aws_only_documents_warns_once_and_is_refused_with_strict(stacks: Stacks) -> None:
    stack = stacks(program=_program(_LONG, f"{_LONG}.too"), config={"connect:strict": "true"})
    refused = stack.preview(expect="failure")
    assert "than the 20 characters that are documented without SAML" in refused.one_line
    assert "connect:strict refuses it" in refused.one_line

    stack.set_config({"connect:strict": "false"})
    told = stack.up().one_line.partition("Diagnostics:")[2]

    assert told.count("than the 20 characters that are documented without SAML") == 1
    assert len(stack.resources("connect:User")) == 1


@pytest.mark.parametrize("native", [False, True], ids=["dynamic", "native"])
def test_misspelt_setting_is_warned_of_once_with_its_near_match(
    stacks: Stacks, *, native: bool
) -> None:
    """It would be ignored, and with it the limit that somebody meant to set."""
    stack = stacks(
        native=native,
        program=program('for n in "ab": connect.User(n, **{**MARY, "username": f"{n}.major"})'),
        config={"connect:maxDelete": "1", "engine-test:maxDelete": "1"},
    )

    result = stack.preview()

    told = [text for text in result.diagnostics if "unknown setting" in text]
    assert len(told) == 1
    namespace = "connect-users" if native else "connect"
    assert f"unknown setting {namespace}:maxDelete, which has no effect." in told[0]
    assert f"Did you mean {namespace}:maxDeletes?" in told[0]


def _batch_mates() -> list[str]:
    """Three usernames of one batch: a batch that leaves as a whole is checked by nobody."""
    names = (f"agent.{number}" for number in itertools.count())
    mates = [next(names)]
    mates += itertools.islice((n for n in names if batch_of(n) == batch_of(mates[0])), 2)
    return mates


def test_privileged_profiles_and_most_deletions_are_those_of_the_stack(stacks: Stacks) -> None:
    """At the preview: who is privileged is told by name, and too many who leave are refused."""
    one, two, three = _batch_mates()
    stack = stacks(
        program=_program("mary.major", one, two, three),
        config={"connect:privilegedProfiles": "Agent", "connect:maxDeletes": "2"},
    )
    stack.up()

    stack.write_program(_program("mary.stiles", one, two))
    told = stack.preview().one_line
    assert "mary.stiles: holds privileged profiles (Agent) and will be replaced" in told
    assert f"1 user will be deleted: {three} (privileged: Agent)" in told

    stack.write_program(_program("mary.major", one))
    stack.set_config({"connect:maxDeletes": "1"})
    refused = stack.preview(expect="failure")
    assert (
        "2 users of rosters would be deleted, and connect:maxDeletes allows 1" in refused.one_line
    )
    stack.set_config({"connect:maxDeletes": "2"})
    stack.preview()
