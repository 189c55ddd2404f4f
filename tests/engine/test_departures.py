"""Safe departures through the real engine: nobody is cut off, and Ctrl-C loses nothing."""

import time

import pytest

from tests.support.command import Running
from tests.support.contact_centre import INSTANCE, close, contact, login
from tests.support.harness import Stack, Stacks
from tests.support.programs import program

_CALL = [login("mary.major"), contact("mary.major", "call", "CONNECTED")]


def _stack(stacks: Stacks, arguments: str = "", **more: object) -> Stack:
    """A stack with Mary, who talks to somebody."""
    text = program(f'mary = connect.User("mary", **MARY, {arguments})')
    stack = stacks(program=text, **more)
    stack.up()
    stack.connect.play_day(INSTANCE, _CALL)
    return stack


def _waiting(stack: Stack) -> Running:
    """A destroy that waits for the contact's end."""
    running = stack.start("destroy", "--yes", "--skip-preview")
    running.wait_until(lambda: running.said("mary.major: will be Offline next, still on 1 contact"))
    return running


def test_destroy_keeps_an_agent_who_is_on_a_contact(stacks: Stacks) -> None:
    """The run fails with the way out; the next one, after the contact, succeeds."""
    stack = _stack(stacks)
    since = stack.connect.last_request()

    result = stack.destroy(expect="failure")

    assert "the agent is on 1 contact (VOICE, CONNECTED)" in result.text
    assert stack.mutations(since) == []
    assert len(stack.resources("connect:User")) == 1
    stack.connect.play_day(INSTANCE, [close("call")])
    stack.destroy()
    assert stack.mutations(since) == ["DeleteUser"]


def test_replacement_keeps_an_agent_who_is_on_a_contact(stacks: Stacks) -> None:
    """A replacement is a deletion too: the old user stays until the contact has ended."""
    stack = _stack(stacks)
    since = stack.connect.last_request()
    stack.edit("**MARY,", '**{**MARY, "username": "mary.stiles"},')

    result = stack.up(expect="failure")

    assert "the agent is on 1 contact" in result.text
    assert stack.mutations(since) == ["CreateUser"]
    stack.connect.play_day(INSTANCE, [close("call")])
    stack.up()
    assert stack.mutations(since) == ["CreateUser", "DeleteUser"]


def test_wait_is_told_and_ends_with_the_contact(stacks: Stacks) -> None:
    """on_delete="wait": Offline, progress, the contact's end, the deletion, in one run."""
    stack = _stack(stacks, 'on_delete="wait"')
    since = stack.connect.last_request()

    running = _waiting(stack)
    stack.connect.play_day(INSTANCE, [close("call")])
    result = running.wait()

    assert result.code == 0
    assert "mary.major: the contacts have ended" in result.text
    assert stack.mutations(since) == ["PutUserStatus", "DeleteUser"]


def test_interrupt_during_a_wait_loses_nothing(stacks: Stacks) -> None:
    """Ctrl-C: the deletion under way is finished and saved, or fails and the user stays."""
    stack = _stack(stacks, 'on_delete="wait", delete_wait_seconds=3')
    running = _waiting(stack)

    running.interrupt()
    result = running.wait()

    assert result.code != 0
    assert len(stack.resources("connect:User")) == 1
    assert len(stack.local.users(INSTANCE)) == 1
    stack.connect.play_day(INSTANCE, [close("call")])
    stack.destroy()
    assert stack.resources("connect:User") == []
    assert stack.local.users(INSTANCE) == []


def test_interrupt_during_a_wait_still_saves_the_deletion(stacks: Stacks) -> None:
    """The contact ends after Ctrl-C: the user is gone from Connect and from state, both."""
    stack = _stack(stacks, 'on_delete="wait"')
    running = _waiting(stack)

    running.interrupt()
    stack.connect.play_day(INSTANCE, [close("call")])
    running.wait()

    assert stack.local.users(INSTANCE) == []
    assert stack.resources("connect:User") == []


def test_killed_run_deletes_nobody_afterwards(stacks: Stacks) -> None:
    """The provider outlives a killed CLI, but neither waits on nor deletes for a dead run."""
    stack = _stack(stacks, 'on_delete="wait"')
    running = _waiting(stack)

    running.kill()
    stack.connect.play_day(INSTANCE, [close("call")])
    _wait_until_quiet(stack)

    assert len(stack.local.users(INSTANCE)) == 1
    stack.cancel()
    stack.destroy()
    assert stack.local.users(INSTANCE) == []


def _wait_until_quiet(stack: Stack) -> None:
    """Until the provider that has outlived its engine asks nothing any more."""
    last = -1
    while last != stack.connect.last_request():
        last = stack.connect.last_request()
        time.sleep(1.5)


@pytest.mark.parametrize("command", ["up", "destroy"])
def test_environment_lets_one_runs_deletions_through(stacks: Stacks, command: str) -> None:
    """The way out for a user whom the program has dropped already, and for a destroy."""
    stack = _stack(stacks)
    stack.write_program(program())
    arguments = (command, "--yes", "--skip-preview")
    stack.run(*arguments, expect="failure")
    since = stack.connect.last_request()

    stack.run(*arguments, environment={"CONNECT_USERS_ON_DELETE": "force"})

    assert stack.mutations(since) == ["DeleteUser"]


def test_configuration_of_a_stack_lets_its_deletions_wait(stacks: Stacks) -> None:
    """connect:onDelete counts for every user of the stack."""
    text = program('connect.User("mary", **MARY)')
    stack = stacks(program=text, config={"connect:onDelete": "wait"})
    stack.up()
    stack.connect.play_day(INSTANCE, [login("mary.major")])
    since = stack.connect.last_request()

    stack.destroy()

    assert stack.mutations(since) == ["PutUserStatus", "DeleteUser"]


def test_run_stops_at_max_deletes(stacks: Stacks) -> None:
    """Three users are dropped, two may go: one stays, and the message says how many are gone."""
    names = ("ana", "bob", "eve")
    users = [f'connect.User("{n}", **{{**MARY, "username": "{n}"}})' for n in names]
    stack = stacks(program=program(*users), config={"connect:maxDeletes": "2"})
    stack.up()
    stack.write_program(program())

    result = stack.up("--parallel", "1", expect="failure")

    assert "connect:maxDeletes allows 2 in one run: 2 users were already deleted" in result.text
    assert len(stack.resources("connect:User")) == 1
    stack.run("up", "--yes", "--skip-preview", environment={"CONNECT_USERS_MAX_DELETES": "9"})
    assert stack.resources("connect:User") == []


def test_replacement_of_a_privileged_user_is_told_at_the_preview(stacks: Stacks) -> None:
    """Nobody with Admin goes silently, neither before nor while it happens."""
    text = program(
        'connect.User("ana", **{**MARY, "username": "ana", "security_profiles": ["Admin"]})'
    )
    stack = stacks(program=text)
    stack.up()
    stack.edit('"username": "ana"', '"username": "ana.b"')

    told = stack.preview().text
    done = stack.up().text

    assert "ana.b: holds privileged profiles (Admin) and will be replaced" in told
    assert "ana: holds privileged profiles (Admin) and will be permanently deleted" in done
