"""A live user in the form of state: everything that Connect has, and what a program declares."""

from typing import Any

from pulumi_connect_users.users.check import check
from pulumi_connect_users.users.declarable import declarable
from pulumi_connect_users.users.flex import flatten_user
from pulumi_connect_users.users.plan import plan
from pulumi_connect_users.users.whole_user import ReadUser, read_whole_user, whole_user
from tests.support.programs import MANAGED_ARN
from tests.support.twin_process import TwinProcess
from tests.support.valid_users import OURS, SPANISH

_WHOLE: dict[str, Any] = {
    "tags": {"Cost_Center": "42"},
    "proficiencies": [SPANISH],
    "hierarchyGroup": "AMER/West/Team 1",
    "phoneConfig": {
        "phoneType": "SOFT_PHONE",
        "autoAccept": True,
        "afterContactWorkTimeLimit": 60,
        "persistentConnection": False,
    },
}


def test_whole_user_has_what_state_has_after_a_create(process: TwinProcess) -> None:
    """Look-ups, imports and refreshes show one user alike."""
    made = process.users.create(process.inputs(**_WHOLE))

    instance = process.lookups.instance(MANAGED_ARN)
    described = process.connect.describe(made.user_id)
    whole = read_whole_user(described, process.connect, instance)

    left_out = ("password", "lastModifiedTime", "capabilities")
    state = {k: v for k, v in made.outputs.items() if k not in left_out}
    assert {k: whole.outputs.get(k) for k in state} == state
    assert whole.properties["ownership"] == OURS
    assert whole.user_arn == made.user_arn


def test_declarable_part_passes_check_and_plans_nothing(process: TwinProcess) -> None:
    """The inputs of an import: a program that repeats them changes nothing."""
    made = process.users.create(process.inputs(**_WHOLE))
    instance = process.lookups.instance(MANAGED_ARN)
    described = process.connect.describe(made.user_id)
    declared = declarable(whole_user(ReadUser(described), instance)).known()

    checked = check(declared, declared.properties, process.lookups)

    assert not checked.failures
    live = flatten_user(described, declared)
    assert not plan(live, checked.inputs).steps
    assert "directoryUserId" not in declared.properties
    assert len({"phoneConfig", "autoAcceptConfigs"} & declared.properties.keys()) == 1
