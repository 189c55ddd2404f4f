"""Explicit providers of the native plugin: each has settings of its own."""

import json

from tests.support.harness import Stacks
from tests.support.programs import SAML_ARN, SAML_ID

_ACCOUNT = "000000000000"


def test_providers_of_one_program_have_tags_and_accounts_of_their_own(stacks: Stacks) -> None:
    """The stack's configuration is the default provider's; a wrong account is refused."""
    stack = stacks()
    stack.install_plugin()
    tags = json.dumps({"tags": {"Owner": "everyone"}})
    stack.set_config({"connect-users:defaultTags": tags, "connect-users:region": "us-west-2"})
    local = {"endpoint": "local", "localStore": str(stack.store)}
    user = {
        "instanceArn": SAML_ARN,
        "identityInfo": {"firstName": "Mary", "lastName": "Major"},
        "routingProfile": "Basic Routing Profile",
        "securityProfiles": ["Agent"],
    }
    west = local | {"allowedAccountIds": [_ACCOUNT], "defaultTags": {"tags": {"Owner": "west"}}}
    resources = {
        "west": {"type": "pulumi:providers:connect-users", "properties": west},
        "li": {
            "type": "connect-users:User",
            "properties": user | {"username": "li.juan"},
            "options": {"provider": "${west}"},
        },
        "mary": {"type": "connect-users:User", "properties": user | {"username": "mary.major"}},
    }
    project = {"name": "engine-test", "runtime": "yaml", "resources": resources}
    file = stack.folder / "Pulumi.yaml"
    file.write_text(json.dumps(project))

    stack.up()

    owners = {one["Username"]: one["Tags"]["Owner"] for one in stack.local.users(SAML_ID)}
    assert owners == {"li.juan": "west", "mary.major": "everyone"}
    stack.preview("--expect-no-changes")

    west["allowedAccountIds"] = ["111122223333"]
    file.write_text(json.dumps(project))
    refused = stack.preview(expect="failure")
    assert "not among connect-users:allowedAccountIds (111122223333)" in refused.one_line
