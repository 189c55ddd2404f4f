"""A policy pack in TypeScript, typed by the SDK, over a program in another language."""

from pathlib import Path

from tests.support.harness import Stacks
from tests.support.languages import add_sdk, language_stack, needs

PACK = {
    "PulumiPolicy.yaml": "runtime: nodejs\n",
    "package.json": '{"name": "pack", "version": "0.0.1", "main": "index.ts"}',
    "index.ts": """
import { PolicyPack, validateResourceOfType } from "@pulumi/policy";
import * as connect from "@pulumi-connect-users/connect-users";

new PolicyPack("pack", {
    policies: [{
        name: "no-agents",
        description: "-",
        enforcementLevel: "mandatory",
        validateResource: validateResourceOfType(connect.User, (user, args, report) => {
            const names = user.securityProfileNames ?? [];
            if (names.includes("Agent")) report(`${user.username} is an agent`);
        }),
    }],
});
""",
}


def test_policy_pack_in_typescript_sees_typed_users_and_their_facts(
    stacks: Stacks, tmp_path: Path
) -> None:
    """The facts are inputs of the schema: what is looked up is typed too."""
    pack = tmp_path / "pack"
    pack.mkdir()
    for name, text in PACK.items():
        (pack / name).write_text(text)
    add_sdk("typescript", pack)
    stack = language_stack(stacks, "yaml", path=needs("typescript").path)

    refused = stack.preview("--policy-pack", str(pack), expect="failure")

    [violation] = refused.violations
    assert violation["policyName"] == "no-agents"
    assert "mary.major is an agent" in violation["message"]
