"""The rules that only AWS's documentation has, at their edges."""

import pytest
from botocore import xform_name
from botocore.exceptions import ClientError

from pulumi_connect_users.emulator.rules import all_rules
from tests.emulator.rule_cases import CASES, Case
from tests.support.sample_instance import SampleInstance


def _id(rule: str, case: Case) -> str:
    return f"{rule}-{case.operation}-{case.mode}-{case.code or 'passes'}"


@pytest.mark.parametrize(
    ("mode", "case"),
    [
        pytest.param(case.mode, case, id=_id(rule, case))
        for rule, cases in CASES.items()
        for case in cases
    ],
)
def test_rule_refuses_what_the_documentation_refuses(sample: SampleInstance, case: Case) -> None:
    """A request beyond the rule gets the documented error, one at its edge passes."""
    params = case.make(sample)
    send = getattr(sample.client, xform_name(case.operation))

    if case.code is None:
        assert send(**params)["ResponseMetadata"]["HTTPStatusCode"] == 200
    else:
        with pytest.raises(ClientError) as refused:
            send(**params)
        assert refused.value.response["Error"]["Code"] == case.code


def test_every_rule_has_cases() -> None:
    """Each rule is tried with a request that it refuses, and names source and operations."""
    refused = {rule for rule, cases in CASES.items() if any(case.code for case in cases)}

    assert {rule.name for rule in all_rules()} == refused
    assert all(rule.source and rule.promise and rule.operations for rule in all_rules())
