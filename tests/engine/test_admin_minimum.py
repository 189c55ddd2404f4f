"""connect:minAdmins through the real engine: at the preview, before the call, and allowed once."""

import pytest

from tests.support.harness import Stacks
from tests.support.programs import SAML_ID, program

_BASE = """
OWN = dict(identity_info=LI["identity_info"], routing_profile="Basic Routing Profile")
def of(names, profile):
    return {name: {**OWN, "security_profiles": [profile]} for name in names}
"""
_WEST = """
WEST = {**of(ADMINS, "Admin"), **of(["zoe"], "Agent")}
connect.UserRoster("west", instance=SAML, users=WEST)
"""
_MARY = 'connect.User("mary", instance=SAML, username="mary", security_profiles=[PROFILE], **OWN)'
_BOTH = program(_BASE, 'ADMINS, PROFILE = ["ana"], "Admin"', _WEST, _MARY)
_DEMOTED = _BOTH.replace('PROFILE = ["ana"], "Admin"', 'PROFILE = ["ana"], "Agent"')
_LEFT = _BOTH.replace('["ana"]', "[]")
_REMOVED = program(_BASE, 'ADMINS = ["ana"]', _WEST)


@pytest.mark.parametrize("native", [False, True], ids=["dynamic", "native"])
def test_last_admins_stay_unless_allowed_once(stacks: Stacks, native: bool) -> None:
    """An update and a leaver at the preview; a removed resource, which no preview sees, at `up`."""
    stack = stacks(program=_BOTH, config={"connect:minAdmins": "2"}, native=native)
    stack.up()
    before = stack.local.users(SAML_ID)

    for text, name in ((_DEMOTED, "mary"), (_LEFT, "ana")):
        stack.write_program(text)
        refused = stack.preview(expect="failure").one_line
        assert f"1 user would lose the security profile Admin ({name})" in refused
        assert "there would be 1 left on the instance" in refused
    stack.write_program(_REMOVED)
    stack.preview()
    said = stack.up(expect="failure").one_line

    assert "it has the security profile Admin, and without it there would be 1 left" in said
    assert stack.local.users(SAML_ID) == before
    stack.run("up", "--yes", "--skip-preview", environment={"CONNECT_USERS_MIN_ADMINS": "1"})
    assert sorted(stack.local.ids(SAML_ID)) == ["ana", "zoe"]
