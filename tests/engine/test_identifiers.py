"""Ids as other resources of a program hand them out: known when these are made."""

from pulumi_connect_users.emulator import seeded_id
from tests.support.harness import Stacks
from tests.support.programs import MANAGED_ARN, SAML_ARN, program

_INSTANCE, _OTHER = (arn.rsplit("/", 1)[1] for arn in (MANAGED_ARN, SAML_ARN))
_MADE = """
class Maker(pulumi.dynamic.ResourceProvider):
    def create(self, props):
        return pulumi.dynamic.CreateResult(props["identifier"], {})


class Made(pulumi.dynamic.Resource):
    def __init__(self, name, identifier):
        super().__init__(Maker(), name, {"identifier": identifier})


def made(name, identifier):
    return Made(name, identifier).id


BY_NAME = ("routing_profile", "security_profiles")
REST = {k: v for k, v in MARY.items() if k not in BY_NAME}
"""
_PROGRAM = """
routing = made("routing", "{routing}")
security = made("security", "{security}")
group = made("group", "{group}")
status = made("status", "{status}")
ids = dict(routing_profile_id=routing, security_profile_ids=[security], hierarchy_group_id=group)
mary = connect.User("mary", **REST, **ids)
words = dict(identity_info=REST["identity_info"], **ids)
connect.UserRoster(
    "west", instance=MANAGED, users={{"jane.doe": words}}, passwords={{"jane.doe": PASSWORD}}
)
connect.UserStatus("status-of-mary", user=mary, agent_status_id=status)
found = connect.get_current_user_data_output(MANAGED, routing_profiles=[routing])
pulumi.export("at-work", found.apply(len))
pulumi.export("routing", mary.routing_profile_id)
"""


_IDS = {
    "routing": seeded_id(_INSTANCE, "routing-profile", "Basic Routing Profile"),
    "security": seeded_id(_INSTANCE, "security-profile", "Agent"),
    "group": seeded_id(_INSTANCE, "agent-group", "AMER"),
    "status": seeded_id(_INSTANCE, "agent-state", "Available"),
}


def test_ids_of_other_resources_go_through_preview_and_up(stacks: Stacks) -> None:
    """`aws.connect.RoutingProfile.id` is INSTANCE:ID: state holds _IDS ids, whatever came."""
    stack = stacks()
    local = stack.local
    pairs = {name: f"{_INSTANCE}:{one}" for name, one in _IDS.items()}
    stack.write_program(program(_MADE, _PROGRAM.format(**pairs)))

    stack.preview()
    assert local.changes() == []
    stack.up()

    assert stack.outputs()["routing"] == _IDS["routing"]
    (status,) = stack.resources("connect:UserStatus")
    assert status["outputs"]["agentStatusId"] == _IDS["status"]
    users = local.users(_INSTANCE)
    assert [user["Username"] for user in users] == ["jane.doe", "mary.major"]
    for user in users:
        assert user["RoutingProfileId"] == _IDS["routing"]
        assert user["SecurityProfileIds"] == [_IDS["security"]]
        assert user["HierarchyGroupId"] == _IDS["group"]
    stack.preview("--expect-no-changes")


def test_ids_of_another_instance_are_refused_before_the_user_is_made(stacks: Stacks) -> None:
    """What no preview could know is refused by `up` in the words of a preview, all at once."""
    stack = stacks()
    local = stack.local
    pairs = {name: f"{_OTHER}:{one}" for name, one in _IDS.items()}
    text = "\n".join(_PROGRAM.format(**pairs).splitlines()[:7])
    stack.write_program(program(_MADE, text))

    stack.preview()
    refused = stack.up(expect="failure")

    for path, kind in (
        ("routing_profile_id", "routing profile"),
        ("security_profile_ids[0]", "security profile"),
        ("hierarchy_group_id", "hierarchy group"),
    ):
        reason = f"{path}: is a {kind} of another instance. Give one of {MANAGED_ARN}."
        assert reason in refused.one_line
    assert local.changes() == []
