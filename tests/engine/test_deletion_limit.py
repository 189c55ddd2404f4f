"""connect:maxDeletes through the real engine: who is replaced counts before anybody is deleted."""

import pytest

from tests.support.harness import Stack, Stacks
from tests.support.programs import MANAGED_ID, SAML_ID, program

_AGENTS = """
for number in range({count}):
    connect.User(f"agent-{{number}}", instance=SAML, username=f"agent.{{number}}@{domain}",
        identity_info=LI["identity_info"], routing_profile="Basic Routing Profile",
        security_profiles=["Agent"])
"""
_MANAGED = """
for number in range({count}):
    connect.User(f"agent-{{number}}", instance=MANAGED, username=f"agent.{{number}}",
        password="{password}", on_password_change="replace", identity_info=MARY["identity_info"],
        routing_profile="Basic Routing Profile", security_profiles=["Agent"])
"""


def _renamed(stacks: Stacks) -> tuple[Stack, dict[str, str]]:
    """A stack whose program has six users under another mail domain, and their ids."""
    stack = stacks(
        program=program(_AGENTS.format(count=6, domain="old.example")),
        config={"connect:maxDeletes": "4"},
    )
    stack.up()
    stack.write_program(program(_AGENTS.format(count=6, domain="new.example")))
    return stack, stack.local.ids(SAML_ID)


@pytest.mark.parametrize("command", [("preview",), ("up", "--yes")])
def test_changed_mail_domain_is_refused_before_anybody_is_made_or_deleted(
    stacks: Stacks, command: tuple[str, ...]
) -> None:
    """The usernames of a SAML instance are often addresses: a new domain replaces all of them.

    25 users used to preview as to be replaced; `up` made 25, deleted 20 and failed on 5.
    """
    stack, before = _renamed(stacks)

    said = stack.run(*command, expect="failure").one_line

    assert "5 users would be replaced (deleted) because of a changed username" in said
    assert "connect:maxDeletes allows 4 in one run" in said
    assert "set CONNECT_USERS_MAX_DELETES for one run" in said
    assert stack.local.ids(SAML_ID) == before
    stack.run("up", "--yes", environment={"CONNECT_USERS_MAX_DELETES": "6"})
    assert sorted(stack.local.ids(SAML_ID)) == [f"agent.{n}@new.example" for n in range(6)]


def test_changed_mail_domain_deletes_nobody_without_a_preview_either(stacks: Stacks) -> None:
    """The existing users go last, when the checks have told how many there are."""
    stack, before = _renamed(stacks)

    refused = stack.up(expect="failure")

    assert "5 users would be replaced (deleted) because of a changed username" in refused.one_line
    assert before.items() <= stack.local.ids(SAML_ID).items()


def test_replacements_that_delete_first_end_at_the_limit_without_a_preview(stacks: Stacks) -> None:
    """The engine deletes the first before it asks about the last: of many, no more go than may."""
    stack = stacks(
        program=program(_MANAGED.format(count=8, password="Corr3ctHorse")),
        config={"connect:maxDeletes": "3"},
    )
    stack.up()
    before = stack.local.ids(MANAGED_ID)
    stack.write_program(program(_MANAGED.format(count=8, password="An0therHorse")))

    refused = stack.up(expect="failure")

    assert "users would be replaced (deleted) because of a changed password" in refused.one_line
    kept = before.items() & stack.local.ids(MANAGED_ID).items()
    assert len(kept) >= 8 - 3
    stack.run("up", "--yes", "--skip-preview", environment={"CONNECT_USERS_MAX_DELETES": "8"})
    after = stack.local.ids(MANAGED_ID)
    assert sorted(after) == sorted(before)
    assert not set(after.values()) & set(before.values())
