"""Users and rosters inside components: made, moved under aliases, refreshed, destroyed."""

from collections import Counter

import pytest

from tests.support.harness import Stacks
from tests.support.programs import SAML_ARN, SAML_ID, program

COMPONENTS = """
import copy

PROFILES = dict(routing_profile="Basic Routing Profile", security_profiles=["Agent"])
KIND = "centre:index:Team"
PREFIX = ""


def agent(number):
    return dict(identity_info=dict(first_name="Mary", last_name=f"Major {number}"), **PROFILES)


def tagged(args):
    props = copy.deepcopy(args.props)
    if args.type_.endswith("connect:User"):
        props["tags"] = {**(props["tags"] or {}), "Team": "west"}
    return pulumi.ResourceTransformationResult(props, args.opts)


class Team(pulumi.ComponentResource):
    def __init__(self, name, first, opts=None):
        super().__init__(KIND, PREFIX + name, {}, opts)
        self.users = [
            connect.User(f"{name}-{number}", instance=SAML, username=f"{name}.{number}",
                         opts=pulumi.ResourceOptions(parent=self), **agent(number))
            for number in range(first, first + 5)
        ]
        self.roster = connect.UserRoster(
            f"{name}-roster", instance=SAML, opts=pulumi.ResourceOptions(parent=self),
            users={f"{name}.{number}": agent(number) for number in range(first + 5, first + 20)},
        )


site = pulumi.ComponentResource(
    "centre:index:Site", "sea", {}, pulumi.ResourceOptions(transformations=[tagged])
)
blue = Team("blue", 0, pulumi.ResourceOptions(parent=site))
green = Team("green", 20, pulumi.ResourceOptions(parent=blue.users[0]))
pulumi.export("names", [u.identity_info["last_name"] for u in (*blue.users, *green.users)])
pulumi.export("tags", blue.users[1].tags)
pulumi.export("phones", [u.phone_config for u in blue.users])
pulumi.export("count", pulumi.Output.all(blue.roster.user_ids, green.roster.user_ids).apply(
    lambda found: sum(map(len, found))))
"""
MOVED = """
KIND = "centre:index:Crew"
PREFIX = "the-"
"""
_ALIASES = (
    'aliases=[pulumi.Alias(name="blue", type_="centre:index:Team", parent=site)]',
    'aliases=[pulumi.Alias(name="green", type_="centre:index:Team", parent=blue.users[0])]',
)


def test_forty_users_in_components_live_and_move(stacks: Stacks) -> None:
    """Rosters below parents below users, with transformations that copy; an alias keeps them all.

    A move (another type, name and parent at once) writes each user's new mark, and nothing else.
    """
    stack = stacks(program=program(COMPONENTS))
    local = stack.local
    stack.up()
    assert Counter(local.changes()) == {"CreateUser": 40}
    outputs = stack.outputs()
    assert outputs["names"] == [f"Major {n}" for n in (*range(5), *range(20, 25))]
    assert (outputs["tags"], outputs["phones"], outputs["count"]) == (
        {"Team": "west"},
        [None] * 5,
        30,
    )
    ids = local.ids(SAML_ID)

    local.mark()
    stack.up("--expect-no-changes")
    assert local.changes() == []

    source = program(COMPONENTS).replace("\n\nclass Team", MOVED + "\n\nclass Team")
    source = source.replace('("blue", 0, pulumi.ResourceOptions(parent=site)', _moved("blue", 0))
    source = source.replace(
        '("green", 20, pulumi.ResourceOptions(parent=blue.users[0])', _moved("green", 20)
    )
    stack.write_program(source)
    assert "to delete" not in stack.preview().text
    stack.up()
    assert Counter(local.changes()) == {"TagResource": 40}
    assert local.ids(SAML_ID) == ids

    local.mark()
    stack.refresh("--expect-no-changes")
    stack.up("--expect-no-changes")
    assert local.changes() == []
    stack.destroy()
    assert Counter(local.changes()) == {"DeleteUser": 40}
    assert local.users(SAML_ID) == []


def _moved(name: str, first: int) -> str:
    aliases = _ALIASES[name == "green"]
    return f'("{name}", {first}, pulumi.ResourceOptions({aliases}, transformations=[tagged])'


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            'connect.User("mary", opts=pulumi.ResourceOptions(import_="{arn}"), **MARY)',
            "User 'mary': the option import_ is not supported. To take over",
        ),
        (
            'connect.User("mary", opts=pulumi.ResourceOptions(id="{arn}"), **MARY)',
            "User 'mary': the option id is not supported. To take over",
        ),
        ('connect.User.get("mary", "{arn}")', "User 'mary': get() is not supported. To take over"),
        (
            'connect.UserStatus("status", user_arn="{arn}", agent_status="Available",'
            ' opts=pulumi.ResourceOptions(import_="{arn}"))',
            "UserStatus 'status': the option import_ is not supported.",
        ),
        (
            'connect.UserRoster("west", instance=SAML, users={"mary": dict(on_delete="kepe")})',
            "mary: on_delete: must be 'refuse', 'wait', 'force' or 'suspend'.",
        ),
    ],
    ids=["import", "id", "get", "status", "roster"],
)
def test_what_the_program_refuses_is_one_error_without_a_traceback(
    stacks: Stacks, statement: str, said: str
) -> None:
    arn = f"{SAML_ARN}/agent/1a2b3c4d-1111-4111-8111-111111111111"
    stack = stacks(program=program(statement.replace("{arn}", arn)))

    result = stack.preview(expect="failure")

    assert said in result.one_line
    assert "Traceback" not in result.text
    assert "__provider" not in result.text
