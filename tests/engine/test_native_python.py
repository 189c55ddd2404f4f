"""Python programs over the native plugin: the import is the difference."""

import json
from collections import Counter

import pytest

from tests.support.harness import Stacks
from tests.support.local_connect import Local
from tests.support.programs import PASSWORD, SAML_ID, program

_NATIVE = "import pulumi_connect_users.native as connect"
_TEAM = program(
    'PROFILES = dict(routing_profile="Basic Routing Profile", security_profiles=["Agent"])',
    'mary = connect.User("mary", tags={"Team": "1"}, **MARY)',
    'status = connect.UserStatus("status", user=mary, agent_status="Available")',
    "roster = connect.UserRoster(",
    '    "west", instance=SAML, defaults=PROFILES, users={',
    '        f"west.{n}": dict(identity_info=dict(first_name="West", last_name=f"Wolf {n}"))',
    "        for n in range(5)",
    "    },",
    ")",
    'pulumi.export("arn", mary.user_arn)',
    'pulumi.export("id", mary.user_id)',
    'pulumi.export("read", [mary.identity_info.first_name, mary.tags, mary.proficiencies])',
    'pulumi.export("profile", [mary.routing_profile, mary.security_profiles])',
    'pulumi.export("status", [status.user_arn, status.agent_status_name])',
    'pulumi.export("ids", roster.user_ids)',
    'pulumi.export("found", connect.get_user_output(SAML, user_id=roster.user_ids["west.3"])',
    "    .apply(lambda user: user.username))",
)


def _with(imports: str, text: str) -> str:
    return text.replace("import pulumi_connect_users as connect", imports)


@pytest.mark.parametrize("imports", ["import pulumi_connect_users as connect", _NATIVE])
def test_one_program_makes_the_same_calls_over_both_providers(stacks: Stacks, imports: str) -> None:
    stack = stacks(program=_with(imports, _TEAM))
    stack.install_plugin()
    local = stack.local
    shown = [stack.preview().text, stack.up().text]
    assert Counter(local.changes()) == {"CreateUser": 6, "PutUserStatus": 1}
    outputs = stack.outputs()
    assert outputs["id"] == outputs["arn"].rpartition("/")[2]
    assert outputs["read"] == ["Mary", {"Team": "1"}, None]
    assert outputs["profile"] == ["Basic Routing Profile", ["Agent"]]
    assert outputs["status"] == [outputs["arn"], "Available"]
    assert outputs["ids"] == local.ids(SAML_ID)
    assert outputs["found"] == "west.3"

    local.mark()
    stack.up("--expect-no-changes")
    stack.refresh("--expect-no-changes")
    assert local.changes() == []

    stack.edit('last_name="Major"', 'last_name="Stiles"')
    stack.edit('last_name=f"Wolf {n}"', 'last_name=f"Wolf {n if n < 4 else 7}"')
    shown += [stack.preview("--diff").text, stack.up().text]
    assert local.changes() == ["UpdateUserIdentityInfo"] * 2
    assert [text for text in shown if PASSWORD in text] == []
    assert PASSWORD not in json.dumps(stack.export())

    local.mark()
    stack.destroy()
    assert Counter(local.changes()) == {"DeleteUser": 6}


def _nikki(local: Local) -> str:
    """The ARN of a user that somebody else creates."""
    client = local.client
    routing = client.list_routing_profiles(InstanceId=SAML_ID)["RoutingProfileSummaryList"]
    security = client.list_security_profiles(InstanceId=SAML_ID)["SecurityProfileSummaryList"]
    made = client.create_user(
        InstanceId=SAML_ID,
        Username="nikki.wolf",
        IdentityInfo={"FirstName": "Nikki", "LastName": "Wolf"},
        PhoneConfig={"PhoneType": "SOFT_PHONE"},
        RoutingProfileId=next(p["Id"] for p in routing if p["Name"] == "Basic Routing Profile"),
        SecurityProfileIds=[p["Id"] for p in security if p["Name"] == "Agent"],
    )
    return made["UserArn"]


def test_user_that_exists_is_got_by_arn_and_by_name_and_then_imported(stacks: Stacks) -> None:
    """A get manages nothing; an import marks the user, and makes it what the program says."""
    stack = stacks()
    stack.install_plugin()
    local = stack.local
    arn = _nikki(local)
    got = program(
        f'by_arn = connect.User.get("by-arn", "{arn}")',
        'by_name = connect.User.get("by-name", f"{SAML.arn}/nikki.wolf")',
        'pulumi.export("arns", [by_arn.user_arn, by_name.user_arn])',
        'pulumi.export("names", [by_arn.identity_info.last_name, by_name.username])',
        'connect.UserStatus("status", user=by_name, agent_status="Offline")',
    )
    stack.write_program(_with(_NATIVE, got))
    local.mark()
    stack.up()
    outputs = stack.outputs()
    assert outputs == {"arns": [arn, arn], "names": ["Wolf", "nikki.wolf"]}
    assert local.changes() == ["PutUserStatus"]

    nikki = 'identity_info=dict(first_name="Nikki", last_name="Stiles"), **PROFILES'
    imported = program(
        'PROFILES = dict(routing_profile="Basic Routing Profile", security_profiles=["Agent"])',
        f'connect.User("nikki", instance=SAML, username="nikki.wolf", {nikki},',
        f'    opts=pulumi.ResourceOptions(import_="{arn}"))',
    )
    stack.write_program(_with(_NATIVE, imported))
    local.mark()
    stack.up()
    assert sorted(local.changes()) == ["TagResource", "UpdateUserIdentityInfo"]
    local.mark()
    stack.up("--expect-no-changes")
    assert local.changes() == []
    stack.destroy()
    assert local.changes() == ["DeleteUser"]


def test_example_in_python_lives_and_leaves(stacks: Stacks) -> None:
    stack = stacks(example="languages/python")
    stack.install_plugin()
    local = stack.local
    stack.up()
    assert stack.outputs()["team"].keys() == {"li.juan", "nikki.wolf"}
    assert "BasicQueue" in stack.outputs()["queues"]
    assert Counter(local.changes()) == {"CreateUser": 3, "PutUserStatus": 1}

    local.mark()
    stack.edit('"first_name": "Li"', '"first_name": "Lia"')
    stack.up()
    assert local.changes() == ["UpdateUserIdentityInfo"]
    local.mark()
    stack.destroy()
    assert Counter(local.changes()) == {"DeleteUser": 3}
