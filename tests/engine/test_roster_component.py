"""`UserRoster`: what it refuses before anything is registered, and what its batches inherit."""

from pathlib import Path
from typing import Any

import pulumi
import pytest

import pulumi_connect_users as connect
from tests.support.harness import Stacks
from tests.support.programs import SAML_ARN, SAML_ID, program

READ = pulumi.ResourceOptions(id=f"{SAML_ARN}/agent/1a2b3c4d-1111-4111-8111-111111111111")
PROFILES: dict[str, Any] = {
    "routing_profile": "Basic Routing Profile",
    "security_profiles": ["Agent"],
}
MARY: dict[str, Any] = {"identity_info": {"first_name": "Mary", "last_name": "Major"}, **PROFILES}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"users": {"mary": {"frist_name": "Mary"}}}, "mary: unknown argument 'frist_name'"),
        ({"users": {"mary": {"password": "Corr3ctHorse"}}}, "mary: a password is given as passw"),
        ({"users": {"mary@example.com": {"team": "x"}}}, "mary@example.com: unknown team. Known: "),
        ({"users": {"mary@example.com ": MARY}}, "mary@example.com : the username is empty, or h"),
        ({"users": {"mary": MARY}, "released": ["mary"]}, "mary: is in users and in released."),
        ({"users": {"mary": MARY}, "released": "li.juan"}, r"released=\[username\]"),
        ({"users": {"mary": MARY}, "on_remove": "keep"}, "on_remove is 'delete' or 'retain'"),
        (
            {"users": {"mary": MARY}, "passwords": {"li@example.com": "Corr3ctHorse"}},
            "li@example.com: has a password and is not in the roster.$",
        ),
        ({"users": {"mary": MARY}, "passwords": {"mary": "weak-0ne"}}, "mary: password: must be 8"),
        ({"users": {"mary": MARY}, "opts": READ}, "UserRoster 'west': the option id is not suppo"),
    ],
)
def test_mistake_is_refused_before_anything_is_registered(
    arguments: dict[str, Any], said: str
) -> None:
    """In words that name the user as far as that is nobody's e-mail address, and no password."""
    with pytest.raises((pulumi.RunError, TypeError, ValueError), match=said) as refused:
        connect.UserRoster("west", instance=SAML_ARN, **arguments)
    assert "Corr3ctHorse" not in str(refused.value)


_CSV = """\
username,first_name,last_name,secondary_email,routing_profile,phone_type,desk_phone_number,tags.Site
ma jor,Mary,Major,,Basic Routing Profile,,,SEA1
li.juan,Li,Juan,,Basic Routing Profile,SOFT_PHONE,+12065550100,SEA1
nikki,Nikki,Wolf,,,,,SEA1
zhang.wei,Zhang,Wei,,Basic Routing Profile,,,SEA1
"""


def test_mistakes_of_all_users_are_one_error_with_their_places(tmp_path: Path) -> None:
    """What needs no look-up: the program is told all of it before a batch is registered."""
    file = tmp_path / "west.csv"
    file.write_text(_CSV)
    users = connect.read_roster(file)
    defaults = {"tags": {"aws:reserved": "x"}, "security_profiles": ["Agent"]}

    with pytest.raises(pulumi.RunError) as refused:
        connect.UserRoster("west", instance=SAML_ARN, users=users, defaults=defaults)

    first, *lines = str(refused.value).splitlines()
    assert first == "UserRoster 'west': 6 mistakes:"
    tags = "tags: has a key that starts with aws:, which AWS reserves. Rename it."
    assert [line.strip() for line in lines] == [
        "west.csv, line 2, column username: ma jor: username: has a character that Connect does "
        "not allow. Use letters a-z and A-Z, digits, and _ - . @ only.",
        f"west.csv, line 2: ma jor: {tags}",
        "west.csv, line 3, column phone_config.desk_phone_number: li.juan: "
        "phone_config.desk_phone_number: is given, but the phone is not a DESK_PHONE. Remove it, "
        'or set phone_type="DESK_PHONE". (A rule of this provider, not of AWS.)',
        f"west.csv, line 3: li.juan: {tags}",
        f"west.csv, line 4: nikki: {tags}",
        f"west.csv, line 5: zhang.wei: {tags}",
    ]


def test_thousands_of_users_with_one_mistake_are_one_line() -> None:
    """A wrong default must not push the other mistakes out of the message."""
    users = {f"agent.{number:05}": MARY for number in range(2_000)}
    users["li.juan"] = MARY | {"frist_name": "Li"}

    with pytest.raises(pulumi.RunError) as refused:
        connect.UserRoster("w", instance=SAML_ARN, users=users, defaults={"on_delete": "kepe"})

    first, *lines = str(refused.value).splitlines()
    assert first == "UserRoster 'w': 2,002 mistakes:"
    assert [line.split(":")[0].strip() for line in lines] == [
        "li.juan",
        ", ".join(f"agent.{n:05}" for n in range(10)) + " and 1991 more",
    ]


def test_users_of_a_roster_are_made_after_what_the_roster_depends_on(stacks: Stacks) -> None:
    """A component's depends_on is none of its children's unless they are given it."""
    stack = stacks(
        program=program(
            'li = connect.User("li", **LI)',
            "own = {k: v for k, v in LI.items() if k not in ('instance', 'username')}",
            'connect.UserRoster("west", instance=SAML, users={"mary.major": own},',
            "                   opts=pulumi.ResourceOptions(depends_on=[li]))",
        )
    )

    stack.up()

    (li,) = stack.resources("connect:User")
    batches = stack.resources("connect:UserBatch")
    assert [b["urn"] for b in batches if b["dependencies"] != [li["urn"]]] == []
    assert len(stack.local.users(SAML_ID)) == 2


def test_status_of_a_rosters_user_is_asked_for_by_its_arn() -> None:
    """An output for `user` would fail when it is known, in words that name neither."""
    mary: Any = "1a2b3c4d-1111-4111-8111-111111111111"
    with pytest.raises(TypeError, match="user must be a User; for others use user_arn"):
        connect.UserStatus("mary-status", user=mary, agent_status="Available")
