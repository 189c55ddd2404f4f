"""How much of a user stands in state: whoever has thousands of them saves it with every change."""

import json
from typing import Any

import pytest

from tests.support.harness import Stacks
from tests.support.programs import MANAGED_ARN, PASSWORD, program
from tools.checkout import ROOT


def test_state_of_a_user_without_a_password_is_small(stacks: Stacks) -> None:
    """All of it, as stored: below 1.7 KB for who logs in through an identity provider."""
    stack = stacks(
        program=program(
            'phone = dict(phone_type="SOFT_PHONE", auto_accept=True)',
            "phone |= dict(after_contact_work_time_limit=60)",
            'more = dict(hierarchy_group="AMER/West/Team 1", tags={"Cost_Center": "42"})',
            'connect.User("li-juan", phone_config=phone, **more, **LI)',
        ),
        project="connect-users-quickstart",
    )
    stack.up()
    (li,) = stack.resources("connect:User")

    assert _bytes([li["inputs"], li["outputs"]]) <= 1_700


def _bytes(sides: list[dict[str, Any]]) -> int:
    return sum(len(json.dumps(side, separators=(",", ":"))) for side in sides)


@pytest.mark.parametrize("native", [False, True], ids=["dynamic", "native"])
def test_state_of_the_reference_user_is_small(stacks: Stacks, *, native: bool) -> None:
    """What is written of the quickstart's Mary does not grow; an unchanged user has no call.

    Pulumi adds to it, on both sides: the provider's reference, and the wrapping of the password.
    The user's own ARN, which is the id of the resource, stands again only where programs read it:
    as an output of the plugin, which keeps no password among its outputs.
    """
    stack = stacks(
        program=(ROOT / "examples" / "quickstart" / "__main__.py").read_text(),
        project="connect-users-quickstart",
        config={"instanceArn": MANAGED_ARN},
        secrets={f"{name}Password": PASSWORD for name in ("mary", "arnav", "nikki")},
        native=native,
    )
    stack.up()
    local = stack.local
    assert sorted(local.changes()) == ["AssociateUserProficiencies", *["CreateUser"] * 3]
    (mary,) = [r for r in stack.resources(":User") if r["urn"].endswith("::mary-major")]
    sides = [mary["inputs"], mary["outputs"]]
    own = [
        {**{k: v for k, v in side.items() if k != "__provider"}, "password": PASSWORD}
        for side in sides
    ]
    size, whole = _bytes(own), _bytes(sides)
    print(f"inputs and outputs of the reference user: {size} bytes, {whole} as stored")  # noqa: T201
    local.mark()
    stack.preview("--expect-no-changes")

    assert size <= (1_810 if native else 1_620)
    assert whole <= (1_920 if native else 2_100)
    assert json.dumps(sides).count(mary["id"]) == (1 if native else 0)
    assert set(local.calls()) <= {
        "DescribeInstance",
        "ListRoutingProfiles",
        "ListSecurityProfiles",
        "SearchUserHierarchyGroups",
        "DescribePredefinedAttribute",
        "DescribeSecurityProfile",
        "ListSecurityProfilePermissions",
    }
