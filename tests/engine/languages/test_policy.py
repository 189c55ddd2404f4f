"""The example of a policy pack in TypeScript: the engine runs it on users of the native plugin."""

import shutil
from pathlib import Path

import yaml

from tests.support.harness import Stacks
from tests.support.languages import add_sdk
from tests.support.programs import SAML_ARN
from tools.checkout import ROOT
from tools.sdks import nodejs
from tools.sdks.commands import run


def _user(profile: str, work: int) -> dict[str, object]:
    return {
        "identityInfo": {"firstName": "Mary", "lastName": "Major"},
        "phoneConfig": {"phoneType": "SOFT_PHONE", "afterContactWorkTimeLimit": work},
        "routingProfile": "Basic Routing Profile",
        "securityProfiles": [profile],
    }


def test_rules_in_typescript_evaluate_users_and_each_user_of_a_roster(
    stacks: Stacks, tmp_path: Path
) -> None:
    """Rules read the facts that the provider finds; the SDK types them."""
    pack = shutil.copytree(ROOT / "examples" / "policy-typescript", tmp_path / "pack")
    add_sdk("typescript", pack)
    run(["node", "node_modules/typescript/bin/tsc"], pack, nodejs.commands())
    stack = stacks(path=(nodejs.commands(),), environment={"PULUMI_NODEJS_TRANSPILE_ONLY": "true"})
    stack.install_plugin()
    mary = {"instanceArn": SAML_ARN, "username": "mary.major", **_user("Admin", 60)}
    team = {"nikki.wolf": _user("Agent", 900), "li.juan": _user("Agent", 60)}
    resources = {
        "mary": {"type": "connect-users:User", "properties": mary},
        "west": {
            "type": "connect-users:UserRoster",
            "properties": {"instanceArn": SAML_ARN, "users": team},
        },
    }
    project = {"name": "engine-test", "runtime": "yaml", "resources": resources}
    (stack.folder / "Pulumi.yaml").write_text(yaml.safe_dump(project))

    previewed = stack.preview("--policy-pack", str(pack), expect="failure")

    violations = {
        (one["resourceUrn"].rpartition("::")[2], one["policyName"], one["message"].splitlines()[-1])
        for one in previewed.violations
    }
    assert violations == {
        ("mary", "reviewed-security-profiles", "security profile not reviewed: Admin"),
        (
            "west",
            "short-after-contact-work",
            "nikki.wolf: after-contact work must end within 300 seconds",
        ),
    }
