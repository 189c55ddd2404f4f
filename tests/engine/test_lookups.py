"""Look-ups in a program that the real engine runs."""

import json

from tests.support.harness import Stacks
from tests.support.programs import program

_LOOKUPS = """
mary = connect.User("mary", **MARY)
found = connect.get_user_output(MANAGED, user_id=mary.user_id)
pulumi.export("found", found.apply(lambda one: [one.username, one.identity_info.email]))
pulumi.export("profile", found.routing_profile_name)
team = connect.get_users_output(mary.instance_arn, security_profile="Agent")
pulumi.export("team", team.apply(lambda users: len(users)))
instance = connect.get_instance(MANAGED)
pulumi.export("queues", sorted(instance.queue_ids))
pulumi.export("alias", instance.instance_alias)
"""


def test_look_ups_wait_for_what_the_program_creates(stacks: Stacks) -> None:
    """Unknown at the preview that creates it; with `personalData: secret` nothing is shown."""
    stack = stacks(program=program(_LOOKUPS))
    assert "[unknown]" in stack.preview().text
    assert stack.local.changes() == []

    stack.up()

    assert stack.outputs() == {
        "found": ["mary.major", "marym@example.com"],
        "profile": "Basic Routing Profile",
        "team": 1,
        "queues": ["BasicQueue"],
        "alias": "local-managed",
    }
    assert stack.local.changes() == ["CreateUser"]
    stack.set_config({"connect:personalData": "secret"})
    stack.up()
    assert "marym@example.com" not in json.dumps(stack.export())
