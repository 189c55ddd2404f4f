"""`UserRoster` through the real engine: each of many users is checked, shown, changed by itself."""

import json
import re
from collections import Counter
from typing import Any

from pulumi_connect_users.roster.partition import BATCHES, batch_of
from tests.support.harness import Stack, Stacks
from tests.support.programs import MANAGED_ARN, PASSWORD, SAML_ID, program

TEAM = """
def agent(number, **more):
    return dict(identity_info=dict(first_name="Mary", last_name=f"Major {number}"), **more)

USERS = {f"agent.{number}": agent(number) for number in range(30)}
DEFAULTS = dict(routing_profile="Basic Routing Profile", security_profiles=["Agent"])
"""
ROSTER = program(
    TEAM, "west = connect.UserRoster('west', instance=SAML, users=USERS, defaults=DEFAULTS)"
)


def texts(stack: Stack) -> dict[str, dict[str, Any]]:
    """The roster's users in state, each as what its text holds."""
    found: dict[str, dict[str, Any]] = {}
    for batch in stack.resources("connect:UserBatch"):
        found |= {name: json.loads(text) for name, text in batch["outputs"]["users"].items()}
    return found


def test_roster_is_created_changed_and_deleted_user_by_user(stacks: Stacks) -> None:
    stack = stacks(program=ROSTER)
    connect = stack.local
    stack.up()
    assert Counter(connect.changes()) == {"CreateUser": 30}
    assert len(texts(stack)) == 30
    assert len(stack.resources("connect:UserBatch")) == BATCHES

    connect.mark()
    stack.up("--expect-no-changes")
    assert connect.changes() == []

    stack.write_program(
        ROSTER.replace(
            "west =",
            'USERS["agent.3"]["identity_info"]["last_name"] = "Stiles"\n'
            'del USERS["agent.7"]\nUSERS["new.agent"] = agent(99)\nwest =',
        )
    )
    stack.set_config({"connect:maxUpdates": "0"})
    refused = stack.preview(expect="failure").one_line
    assert "1 user would be updated (agent.3), and connect:maxUpdates allows 0 in one" in refused
    stack.set_config({"connect:maxUpdates": "5%"})
    shown = stack.preview("--diff").stdout
    assert "Stiles" in shown
    assert "new.agent" in shown
    assert "agent.11" not in shown, "only the users that change are shown"
    stack.up()
    assert Counter(connect.changes()) == {
        "UpdateUserIdentityInfo": 1,
        "DeleteUser": 1,
        "CreateUser": 1,
    }
    stack.preview("--expect-no-changes")

    connect.mark()
    stack.destroy()
    assert Counter(connect.changes()) == {"DeleteUser": 30}
    assert connect.users(SAML_ID) == []


def test_mistakes_of_a_batch_are_told_at_once_by_name(stacks: Stacks) -> None:
    """The preview names each user and each attribute, and never a value.

    The engine stops at the first resource that is refused, so it is one batch that tells all.
    """
    number = next(n for n in range(30) if len(_colleagues(n)) > 1)
    first, second = _colleagues(number)[:2]
    stack = stacks(
        program=ROSTER.replace(
            "west =",
            f'USERS["{first}"]["identity_info"]["email"] = "li@example.com"\n'
            f'USERS["{second}"]["routing_profile"] = "Basic Routing Profil"\nwest =',
        )
    )
    text = stack.preview(expect=None).text
    assert f"{first}: identity_info.email" in text
    assert f"{second}: routing_profile" in text
    assert "li@example.com" not in text


def _colleagues(number: int) -> list[str]:
    """Those of the thirty that are in the same batch."""
    names = [f"agent.{n}" for n in range(30)]
    return [n for n in names if batch_of(n) == batch_of(f"agent.{number}")]


def test_refresh_of_a_roster_finds_each_changed_user(stacks: Stacks) -> None:
    """A search for all; the changed and the absent one are looked at and put back."""
    stack = stacks(program=ROSTER)
    stack.up()
    connect = stack.local
    ids = {str(u["Username"]): str(u["Id"]) for u in connect.users(SAML_ID)}
    names = {"FirstName": "Mary", "LastName": "Roe"}
    client = connect.client
    client.update_user_identity_info(
        InstanceId=SAML_ID,
        UserId=ids["agent.3"],
        IdentityInfo=names,  # type: ignore[arg-type]
    )
    client.delete_user(InstanceId=SAML_ID, UserId=ids["agent.7"])
    connect.mark()

    stack.refresh()

    assert Counter(connect.calls()) == {"DescribeInstance": 1, "SearchUsers": 1, "DescribeUser": 2}
    assert texts(stack)["agent.3"]["identityInfo"]["lastName"] == "Roe"
    assert "agent.7" not in texts(stack)
    connect.mark()
    stack.up()
    assert Counter(connect.changes()) == {"UpdateUserIdentityInfo": 1, "CreateUser": 1}


def test_passwords_are_secret_and_stand_in_no_text(stacks: Stacks) -> None:
    """A managed roster's passwords reach Connect, and state only encrypted."""
    stack = stacks(
        program=program(
            TEAM,
            "users = {n: USERS[n] | dict(identity_info=dict(USERS[n]['identity_info'],"
            " email=f'{n}@example.com')) for n in list(USERS)[:3]}",
            "connect.UserRoster('west', instance=MANAGED, users=users, defaults=DEFAULTS,",
            "    passwords={name: PASSWORD for name in users})",
        )
    )
    said = [stack.preview("--diff").text, stack.up().text, stack.refresh().text]
    said += [stack.preview("--expect-no-changes", "--diff").text]
    assert [text for text in said if PASSWORD in text] == []
    assert PASSWORD not in json.dumps(stack.export())
    clear = json.dumps(stack.export(show_secrets=True))
    assert clear.count(PASSWORD) >= 6, "an input and an output for each of three users"
    assert not [text for text in texts(stack).values() if "password" in text]


def test_roster_without_passwords_is_refused_where_connect_needs_them(stacks: Stacks) -> None:
    """CONNECT_MANAGED users need a first password: each of them is named."""
    text = ROSTER.replace("instance=SAML", "instance=MANAGED")
    said = stacks(program=text).preview(expect=None).text
    assert ": password: " in said


def test_user_moves_from_a_roster_to_a_resource_without_being_deleted(stacks: Stacks) -> None:
    """`released` for one `up`, and `adopt=True` on the other side: the id stays."""
    stack = stacks(program=ROSTER)
    stack.up()
    connect = stack.local
    before = connect.ids(SAML_ID)
    connect.mark()
    moved = (
        "mary = USERS.pop('agent.3')\n"
        "connect.User('mary', instance=SAML, username='agent.3', adopt=True, **mary, **DEFAULTS)\n"
    )
    leaving = ROSTER.replace("west =", moved + "west =")
    stack.write_program(leaving.replace("users=USERS", "users=USERS, released=['agent.3']"))
    stack.up()
    assert set(connect.changes()) == {"TagResource"}
    stack.write_program(leaving)
    stack.up()
    assert connect.ids(SAML_ID) == before
    stack.destroy()
    assert connect.users(SAML_ID) == []


def test_retained_users_stay_in_connect(stacks: Stacks) -> None:
    """`on_remove="retain"` forgets without a call, even where a whole batch leaves."""
    retaining = ROSTER.replace("users=USERS", "users=USERS, on_remove='retain'")
    stack = stacks(program=retaining)
    stack.up()
    connect = stack.local
    connect.mark()
    stack.write_program(
        retaining.replace("west =", "USERS = dict(list(USERS.items())[:5])\nwest =")
    )
    stack.up()
    assert len(texts(stack)) == 5
    stack.destroy()
    assert connect.changes() == []
    assert len(connect.users(SAML_ID)) == 30


def test_interrupted_roster_goes_on_from_what_connect_has(stacks: Stacks) -> None:
    """A kill in the middle leaves marked users; the next `up` takes them for its own."""
    stack = stacks(program=ROSTER)
    stack.connect.control(
        faults=[{"operation": "CreateUser", "kind": "kill", "nth": 12, "when": "after"}]
    )
    stack.up(expect=None)
    connect = stack.local
    made = connect.ids(SAML_ID)
    assert made
    stack.connect.control(clear=True)
    stack.cancel(expect=None)
    stack.up()
    after = connect.ids(SAML_ID)
    assert len(after) == 30
    assert made.items() <= after.items(), "no user was made twice"
    stack.preview("--expect-no-changes")
    assert MANAGED_ARN not in json.dumps(stack.export())


def test_error_names_the_users_and_the_next_up_goes_on(stacks: Stacks) -> None:
    """A full quota stops the run with names and numbers; with room again `up` makes the rest."""
    stack = stacks(program=ROSTER)
    stack.connect.control(quotas={"users": 10})
    said = stack.up(expect=None).text
    assert re.search(r"\d+ of \d+ users? failed", said)
    assert re.search(r"creating user agent\.\d+: CreateUser: the quota 'users per inst", said)
    stack.connect.control(clear=True, quotas=None)
    stack.up()
    assert len(stack.local.users(SAML_ID)) == 30
