"""Who leaves a roster, through the real engine: told, counted and kept from harm at the preview."""

import pytest

from tests.support.harness import Stack, Stacks
from tests.support.programs import SAML_ARN, SAML_ID, program

_FILE = "west.csv"
_WEST = """
own = dict(routing_profile="Basic Routing Profile", security_profiles=["Agent"])
west = connect.UserRoster(
    "west", instance=SAML, users=connect.read_roster("west.csv"), defaults=own, on_remove=REMOVE
)
"""
_PROGRAM = program("REMOVE = 'delete'", _WEST)


def _stack(stacks: Stacks, count: int, **more: object) -> Stack:
    """A stack with a roster of so many agents."""
    stack = stacks(program=_PROGRAM, **more)
    _write(stack, count)
    stack.up()
    return stack


def _write(stack: Stack, count: int) -> None:
    rows = [f"agent.{number},Mary,Major" for number in range(count)]
    header = "username,first_name,last_name"
    (stack.folder / _FILE).write_text("\n".join([header, *rows]) + "\n")


def _said(stack: Stack, *, refused: bool) -> str:
    """What a preview says."""
    result = stack.preview(expect=None)
    assert (result.code != 0) is refused, result.text
    return result.one_line


@pytest.mark.parametrize(
    ("left", "most", "limit"),
    [(0, "20", "maxDeletes"), (2, "50%", "maxDeletes (50% of 40 users, at least 3)")],
)
def test_file_that_was_cut_short_is_refused_at_the_preview(
    stacks: Stacks, left: int, most: str, limit: str
) -> None:
    """Also where whole batches leave: not when connect:maxDeletes users are gone for good."""
    stack = _stack(stacks, 40, config={"connect:maxDeletes": most})
    _write(stack, left)

    said = _said(stack, refused=True)

    assert f"users of rosters would be deleted, and connect:{limit} allows 20 in one run" in said


def test_leaver_who_was_alone_in_a_batch_is_told(stacks: Stacks) -> None:
    """Nobody goes silently, however few users a roster has."""
    stack = _stack(stacks, 3)
    _write(stack, 2)

    assert "1 user will be deleted: agent.2" in _said(stack, refused=False)


@pytest.mark.parametrize(
    "elsewhere",
    [
        'connect.User("li", instance=SAML, username="agent.2", adopt=True, identity_info=LI_INFO,'
        " **own)",
        'connect.UserRoster("east", instance=SAML, users={"agent.2": {"identity_info": LI_INFO}},'
        ' defaults=own | {"adopt": True})',
    ],
    ids=["to-a-user", "to-a-roster"],
)
def test_move_that_would_delete_the_user_first_is_refused_at_the_preview(
    stacks: Stacks, elsewhere: str
) -> None:
    """Pulumi deletes here and adopts there at once: the id would hang on which is first."""
    stack = _stack(stacks, 3)
    local = stack.local
    before = local.ids(SAML_ID)
    _write(stack, 2)
    stack.write_program(_PROGRAM + f"LI_INFO = LI['identity_info']\n{elsewhere}\n")

    said = _said(stack, refused=True)

    assert "agent.2: leaves a roster" in said or "username: leaves a roster" in said
    assert "add it to that roster's released and set adopt=True" in said
    stack.edit("on_remove=REMOVE", "on_remove=REMOVE, released=['agent.2']")
    stack.up()
    assert local.ids(SAML_ID) == before


def test_empty_batches_of_an_instance_given_by_its_id_find_it(stacks: Stacks) -> None:
    """Most batches of a small roster hold nobody, and nobody's check resolves the id."""
    stack = stacks(
        program=_PROGRAM.replace("instance=SAML", f"instance='{SAML_ID}'"),
        config={"connect:region": "us-west-2"},
    )
    _write(stack, 1)

    stack.up()

    arns = {batch["outputs"]["instanceArn"] for batch in stack.resources("connect:UserBatch")}
    assert arns == {SAML_ARN}
    stack.refresh("--expect-no-changes")
    stack.up("--expect-no-changes")


def test_leaver_of_a_roster_with_retain_on_delete_stays_in_connect(stacks: Stacks) -> None:
    """To Pulumi it is an update of a batch, to who wrote the option a user that leaves."""
    options = "opts=pulumi.ResourceOptions(retain_on_delete=True)"
    stack = _stack(stacks, 3)
    stack.write_program(_PROGRAM.replace("on_remove=REMOVE", options))
    _write(stack, 2)

    stack.up()

    assert len(stack.local.users(SAML_ID)) == 3


def test_renamed_roster_deletes_nobody_with_continue_on_error(stacks: Stacks) -> None:
    """Its users could not be made anew, since they are there: their deletion comes next."""
    stack = _stack(stacks, 3)
    local = stack.local
    before = local.ids(SAML_ID)
    renamed = _PROGRAM.replace('"west", instance', '"east", instance')
    stack.write_program(renamed)

    refused = stack.up("--continue-on-error", expect="failure")

    assert "give it an alias" in refused.text
    assert local.ids(SAML_ID) == before
    stack.write_program(_PROGRAM)
    stack.up()
    assert local.ids(SAML_ID) == before
