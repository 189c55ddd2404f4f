"""What a program reads of resources: every output is there, structures answer to both spellings."""

import asyncio
import copy
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pulumi
import pytest

from pulumi_connect_users.model.attributes import attributes, top_level
from pulumi_connect_users.model.facts import Role
from pulumi_connect_users.resources import outputs
from pulumi_connect_users.resources.output_attributes import ResourceOutput, Structure, output_names
from tools.outputs import TARGET, render

WIRE = {"firstName": "Mary", "lastName": "Major"}


class _Resource(outputs.UserOutputs):
    """Stands where a resource does: the SDK keeps its outputs in the instance's own dict."""

    def __init__(self, **found: pulumi.Output[Any]) -> None:
        vars(self).update(found)


def _read(
    value: Any, read: Callable[[_Resource], Any], *, known: bool = True, secret: bool = False
) -> tuple[Any, bool, bool]:
    """The value that an output has, whether it is known, and whether it is secret."""

    async def run() -> tuple[Any, bool, bool]:
        def done(result: Any) -> asyncio.Future[Any]:
            future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
            future.set_result(result)
            return future

        output: pulumi.Output[Any] = pulumi.Output(set(), done(value), done(known), done(secret))
        found: pulumi.Output[Any] = read(_Resource(identityInfo=output, proficiencies=output))
        return (
            await found.future(with_unknowns=True),
            await found.is_known(),
            await found.is_secret(),
        )

    return asyncio.run(run())


def test_generated_outputs_are_those_of_the_model() -> None:
    """`make generate` has been run since the model last changed."""
    assert render() == TARGET.read_text()


def test_every_argument_but_the_password_can_be_read() -> None:
    """Names too: they are read as check resolved them."""
    arguments = {a.program for a in top_level(Role.ATTRIBUTE, Role.NAME, Role.OPTION)}
    missing = {name for name in arguments if not hasattr(outputs.UserOutputs, name)}

    assert missing == {"password"}
    assert {a.wire for a in attributes() if len(a.path) == 1} >= set(
        output_names(outputs.UserOutputs)
    )


@pytest.mark.parametrize(
    "read",
    [
        lambda u: u.identity_info["first_name"],
        lambda u: u.identity_info["firstName"],
        lambda u: u.identity_info.first_name,
        lambda u: u.identity_info.apply(lambda i: i.first_name),
        lambda u: u.identity_info.apply(lambda i: i["first_name"]),
        lambda u: u.identity_info.apply(lambda i: i.get("first_name")),
    ],
)
def test_member_of_a_structure_is_read_in_every_way(read: Callable[[_Resource], Any]) -> None:
    """By Output's own lifting and in `apply`, in a program's words and on the wire."""
    assert _read(WIRE, read) == ("Mary", True, False)
    assert _read(WIRE, read, secret=True) == ("Mary", True, True)


def test_known_member_beside_an_unknown_one_is_known_at_the_preview() -> None:
    """A name that another resource makes hides no other member."""
    half = WIRE | {"lastName": pulumi.output.UNKNOWN}

    assert _read(half, lambda u: u.identity_info.first_name, known=False)[:2] == ("Mary", True)
    assert _read(half, lambda u: u.identity_info["last_name"], known=False)[1] is False
    assert _read(None, lambda u: u.identity_info.first_name, known=False)[1] is False


def test_members_of_a_list_are_read_alike() -> None:
    value = [{"attributeName": "language", "attributeValue": "Spanish", "level": 4}]

    assert _read(value, lambda u: u.proficiencies[0].attribute_name)[0] == "language"
    levels = _read(value, lambda u: u.proficiencies.apply(lambda ps: [p.level for p in ps or ()]))
    assert levels[0] == [4]


def test_structure_is_a_dict_under_the_apis_names() -> None:
    """Whoever passes it on, exports or compares it sees what state holds, and no other key."""
    identity = outputs.IdentityInfo(WIRE)

    assert identity == WIRE
    assert json.loads(json.dumps(identity)) == WIRE
    assert list(identity) == ["firstName", "lastName"]
    assert copy.deepcopy(identity) == identity
    assert ("first_name" in identity, "mobile" in identity) == (True, False)
    assert (identity.mobile, identity["mobile"], identity.get("email", "-")) == (None, None, "-")


def test_misspelt_member_names_the_one_that_was_meant() -> None:
    identity = outputs.IdentityInfo(WIRE)

    with pytest.raises(KeyError, match="no member 'frist_name': did you mean 'first_name'"):
        identity["frist_name"]
    with pytest.raises(AttributeError, match="frist_name"):
        identity.frist_name  # type: ignore[attr-defined]  # noqa: B018 - it raises


def test_structure_within_a_structure_is_one_too() -> None:
    """The per-channel settings of after-contact work are two deep."""
    one = outputs.AfterContactWorkConfigPerChannel(
        {"channel": "VOICE", "afterContactWorkConfig": {"afterContactWorkTimeLimit": 60}}
    )

    within = one.after_contact_work_config
    assert within is not None
    assert within.after_contact_work_time_limit == 60
    assert isinstance(one["after_contact_work_config"], Structure)


def test_output_cannot_be_overwritten() -> None:
    """It would be read by this process alone."""
    with pytest.raises(AttributeError, match="cannot be set"):
        _Resource().tags = "x"
    assert isinstance(_Resource.tags, ResourceOutput)


_PROGRAM = """\
import pulumi
import pulumi_connect_users as connect


def right(user: connect.User, status: connect.UserStatus, roster: connect.UserRoster) -> None:
    first: pulumi.Output[str | None] = user.identity_info.apply(
        lambda i: i.first_name if i else None
    )
    levels = user.proficiencies.apply(lambda found: [p.level for p in found or ()])
    ids: pulumi.Output[dict[str, str]] = roster.user_ids
    pulumi.export("all", [user.tags, user.phone_config, user.directory_user_id, user.user_id])
    pulumi.export("more", [first, levels, ids, status.agent_status_name, status.user_arn])
    connect.PhoneConfig(phone_type=pulumi.Output.from_input("SOFT_PHONE").apply(str))


def wrong(user: connect.User, status: connect.UserStatus, roster: connect.UserRoster) -> None:
    user.identity_inf
    user.pasword
    user.password
    user.identity_info.apply(lambda i: i.frist_name if i else None)
    user.proficiencies.apply(lambda found: [p.lvel for p in found or ()])
    status.agent_statos
    roster.user_idz
    connect.PhoneConfig(phone_type="SOFTPHONE")
    connect.User("a", instance="i", username="u", on_delete="later")
    connect.User("a", instance="i", username="u", usrname="u")
"""


@pytest.mark.slow
def test_misspelt_names_and_values_are_found_by_mypy_and_right_ones_pass(tmp_path: Path) -> None:
    """`__getattr__ -> Any` would let every name pass."""
    file = tmp_path / "program.py"
    file.write_text(_PROGRAM)
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)

    lines = [int(line.split(":")[1]) for line in done.stdout.splitlines() if ": error:" in line]
    begin = _PROGRAM.splitlines().index(
        next(line for line in _PROGRAM.splitlines() if line.startswith("def wrong"))
    )
    assert lines == list(range(begin + 2, begin + 12)), done.stdout
