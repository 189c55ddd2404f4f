"""Suspension through the real engine: a leaver of a roster and a user, the way back, the end."""

from typing import Any

import pytest

from pulumi_connect_users.cli.root import run
from pulumi_connect_users.core.ownership import MARK_PREFIX, SUSPENDED_TAG
from tests.support.harness import Stack, Stacks
from tests.support.programs import SAML_ARN, SAML_ID, program

_BASE = """
suspend = dict(on_delete="suspend", suspended_routing_profile="Suspended")
own = dict(routing_profile="Basic Routing Profile", security_profiles=["Agent"], **suspend)
names = dict(first_name="Mary", last_name="Major")
west = connect.UserRoster(
    "west", instance=SAML, users={name: {"identity_info": names} for name in WEST}, defaults=own
)
"""
_LI = 'li = connect.User("li", **LI, **suspend)\n'
_FULL = program('WEST = ["ana", "bob"]', _BASE, _LI)
_LESS = program('WEST = ["ana"]', _BASE)
_OTHER = program(
    'WEST = ["ana"]',
    _BASE,
    'b = connect.User("b", instance=SAML, username="bob", identity_info=names, **own)',
    _LI,
)


def _user(stack: Stack, username: str) -> dict[str, Any]:
    return next(u for u in stack.local.users(SAML_ID) if u["Username"] == username)


def test_leavers_are_suspended_taken_back_and_purged(
    stacks: Stacks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ids stay over all of it; the settings name what the program does not."""
    stack = stacks(
        program=_FULL,
        config={
            "connect:suspendedSecurityProfile": "Suspended",
            "connect:suspendedRoutingProfile": "Suspended",
        },
    )
    security, routing = stack.local.add_suspension_profiles(SAML_ID)
    stack.up()
    ids = stack.local.ids(SAML_ID)

    stack.write_program(_LESS)
    assert "1 user will be suspended, not deleted: bob" in stack.preview().one_line
    assert "li.juan@example.com: suspended, not deleted" in stack.up().one_line
    for name in ("bob", "li.juan@example.com"):
        user = _user(stack, name)
        assert user["SecurityProfileIds"] == [security]
        assert user["RoutingProfileId"] == routing
        assert SUSPENDED_TAG in user["Tags"]

    # Bob comes back as another resource of the stack, Li as the same.
    stack.write_program(_OTHER)
    since = stack.connect.last_request()
    assert "bob: suspended since" in stack.up().one_line
    made = stack.mutations(since)
    assert "CreateUser" not in made
    assert stack.local.ids(SAML_ID) == ids
    back = _user(stack, "bob")
    assert back["RoutingProfileId"] != routing
    assert sorted(back["Tags"]) == [MARK_PREFIX + "resource", MARK_PREFIX + "stack"]
    stack.up("--refresh", "--expect-no-changes")

    # A destroy suspends all of them; purge ends it.
    stack.destroy()
    assert stack.local.ids(SAML_ID) == ids
    monkeypatch.chdir(stack.folder)
    options = ["--older-than", "0d", "--instance", SAML_ARN, "--stack", "dev", "--yes"]
    assert run(["purge", *options, "--endpoint", "local", "--store", str(stack.store)]) == 0
    assert stack.local.ids(SAML_ID) == {}
