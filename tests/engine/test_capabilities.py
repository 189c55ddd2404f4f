"""What security profiles allow, in real runs: as an output, in rosters, and under the pack."""

import json

from tests.support.harness import Stacks
from tests.support.local_connect import Local
from tests.support.policy_runs import with_pack
from tests.support.programs import SAML_ARN, SAML_ID, program

_TEAM = program(
    'PROFILES = dict(routing_profile="Basic Routing Profile", security_profiles=["Agent"])',
    'NAMES = dict(identity_info=dict(first_name="Mary", last_name="Major"))',
    'lee = connect.User("lee", **LI | {"security_profiles": ["Team Lead"]})',
    'connect.UserRoster("west", instance=SAML, defaults=PROFILES, users={',
    '    "amy": NAMES, "lou": {**NAMES, "security_profiles": ["Team Lead"]}',
    "})",
    'pulumi.export("capabilities", lee.capabilities)',
)
_LEADS = ["become-admin", "change-rights"]
_RULE = "connect-user-capability"


def _add_team_lead(local: Local) -> None:
    """A security profile whose name says nothing of what it allows."""
    local.add_security_profile("Team Lead", "Users.EditPermission", instance_id=SAML_ID)


def test_mandatory_rule_refuses_a_hand_made_team_lead_and_what_it_cannot_read(
    stacks: Stacks,
) -> None:
    """In `preview` and `up`; listed users pass, with what they can do in state."""
    stack = stacks(program=_TEAM)
    _add_team_lead(stack.local)
    level = {"enforcementLevel": "mandatory"}
    pack = with_pack(stack, {"all": "disabled", _RULE: level})

    refused = stack.preview(*pack, expect="failure").violations
    found = {v["message"].partition("\nuser ")[2] for v in refused}
    assert {text.partition(": can become Admin (")[0] for text in found} == {
        "li.juan@example.com",
        "lou",
    }
    assert stack.up(*pack, expect="failure").violations
    assert "CreateUser" not in stack.local.calls()

    pack = with_pack(stack, {"all": "disabled", _RULE: {**level, "allowed": ["l*"]}})
    stack.local.store.control(
        faults=[{"operation": "ListSecurityProfilePermissions", "kind": "access-denied"}]
    )
    (unread,) = stack.preview(*pack, expect="failure").violations
    assert "user amy: may do anything: the capabilities of users are not known" in unread["message"]

    stack.local.store.control(clear=True)
    stack.up(*pack)
    assert stack.outputs()["capabilities"] == _LEADS
    users = [r["outputs"]["users"] for r in stack.resources(":UserBatch")]
    texts = {name: json.loads(text) for batch in users for name, text in batch.items()}
    assert {name: user["capabilities"] for name, user in texts.items()} == {
        "amy": [],
        "lou": _LEADS,
    }


def test_native_user_and_roster_show_capabilities_and_a_changed_profile_changes_nothing(
    stacks: Stacks,
) -> None:
    """YAML: an output of the user, a text for each user of the roster."""
    stack = stacks()
    stack.install_plugin()
    _add_team_lead(stack.local)
    names = {"firstName": "Mary", "lastName": "Major"}
    profiles = {"routingProfile": "Basic Routing Profile", "securityProfiles": ["Team Lead"]}
    own = {"identityInfo": names, **profiles}
    shared = {"instanceArn": SAML_ARN}
    resources = {
        "mary": {
            "type": "connect-users:User",
            "properties": {**shared, "username": "mary.major", **own},
        },
        "west": {
            "type": "connect-users:UserRoster",
            "properties": {**shared, "users": {"lou": own}},
        },
    }
    outputs = {"can": "${mary.capabilities}", "roster": "${west.users}"}
    project = {"name": "engine-test", "runtime": "yaml", "resources": resources}
    (stack.folder / "Pulumi.yaml").write_text(json.dumps({**project, "outputs": outputs}))

    stack.up()

    shown = stack.outputs()
    assert shown["can"] == _LEADS
    assert json.loads(shown["roster"]["lou"])["capabilities"] == _LEADS
    client = stack.local.client
    for profile in client.list_security_profiles(InstanceId=SAML_ID)["SecurityProfileSummaryList"]:
        client.update_security_profile(
            InstanceId=SAML_ID, SecurityProfileId=profile["Id"], Permissions=[]
        )
    stack.up("--expect-no-changes")
