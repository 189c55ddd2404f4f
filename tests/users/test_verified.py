"""What a preview could not judge is judged before anything is made."""

from dataclasses import replace

import pytest

from pulumi_connect_users.core.errors import InvalidUser
from tests.support.programs import SAML_ARN
from tests.support.twin_process import TwinProcess


def test_user_whose_instance_turns_out_to_use_saml_is_refused(process: TwinProcess) -> None:
    """The preview did not know the instance: a password is an error there, and nobody is made."""
    inputs = replace(process.inputs(), instance_arn=SAML_ARN, identity_type=None)
    saml = TwinProcess(SAML_ARN)

    with pytest.raises(
        InvalidUser, match=r"instance has SAML identities: .*password: is not allowed"
    ):
        saml.users.create(inputs)

    assert saml.connect.changes() == []


def test_wrongly_declared_identities_are_judged_anew(process: TwinProcess) -> None:
    """Declared as SAML without a look-up: Connect's own users need a password."""
    declared = process.inputs()
    attributes = {k: v for k, v in declared.attributes.items() if k != "password"}
    declared = replace(declared, identity_type="SAML", attributes=attributes)

    with pytest.raises(InvalidUser, match="the instance has CONNECT_MANAGED identities: password"):
        process.users.create(declared)


def test_documented_rule_that_no_preview_could_judge_only_warns(process: TwinProcess) -> None:
    """An instance that the same program makes has no identities before the up."""
    inputs = process.inputs(username="m" * 43)
    names = {"firstName": "Mary", "lastName": "Major"}

    process.users.create(
        replace(inputs, identity_type=None).with_attributes({"identityInfo": names})
    )

    assert [text.split(" (")[0] for text in process.warned] == [
        f"{'m' * 43}: identity_info.email: is missing: without it the password cannot be reset by "
        "e-mail. Give it.",
        f"{'m' * 43}: username: has more than the 20 characters that are documented without SAML. "
        "Shorten it.",
    ]


def test_user_that_is_possible_there_is_made_and_knows_its_identities(process: TwinProcess) -> None:
    """What was not known before stands in state afterwards."""
    inputs = process.inputs()

    outputs = process.users.create(replace(inputs, identity_type=None))

    assert outputs.identity_type == inputs.identity_type == "CONNECT_MANAGED"
    assert process.live()["Username"] == "mary.major"


def test_user_without_a_mark_is_read_by_itself(process: TwinProcess) -> None:
    """A bulk read finds users by the stack's mark; with ownership off there is none."""
    old = process.users.create(replace(process.inputs(), mark=None))
    process.connect.mark()

    assert replace(process.users, snapshots=lambda stack: pytest.fail(stack)).read(old) == old

    assert process.connect.calls() == ["DescribeUser"]
