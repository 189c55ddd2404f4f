"""Mistakes end at the preview, and wrong settings forget nothing, through the real engine."""

import pytest

from tests.support.harness import Stacks
from tests.support.local_connect import Local
from tests.support.programs import MANAGED_ARN, MARY, PASSWORD, program

_BAD = {
    "too long a username": (
        '{**MARY, "username": "m" * 101}',
        ["username: has 101 characters, at most 100 are allowed"],
    ),
    "a weak password": (
        '{**MARY, "password": "weak-S3" + "cret pass"}',
        ["password: must be 8 to 64 characters"],
    ),
    "no names": (
        '{**MARY, "identity_info": {}}',
        ["identity_info.first_name: is missing", "identity_info.last_name: is missing"],
    ),
    "a bad desk phone": (
        '{**MARY, "phone_config": connect.PhoneConfig(phone_type="DESK_PHONE",'
        ' desk_phone_number="555-1212-9876")}',
        ["phone_config.desk_phone_number: must be an E.164 number"],
    ),
    "an unknown routing profile": (
        '{**{k: v for k, v in MARY.items() if k != "routing_profile"},'
        ' "routing_profile_id": "00000000-dead-4eef-8000-000000000000"}',
        ["routing_profile_id: 00000000-dead-4eef-8000-000000000000 does not exist in this"],
    ),
    "password and e-mail under SAML": (
        '{**LI, "password": PASSWORD, "identity_info": dict(first_name="Li",'
        ' last_name="Juan", email="lijuan-private@example.com")}',
        ["password: is not allowed", "identity_info.email: is not allowed"],
    ),
    "everything at once": (
        '{**MARY, "username": "m m", "password": "no", "identity_info": {},'
        ' "routing_profile": "Basic Routing Profil", "security_profiles": []}',
        [
            "username: has a character that Connect does not allow",
            "password: must be 8 to 64 characters",
            "identity_info.first_name: is missing",
            "identity_info.last_name: is missing",
            "identity_info.email: is missing",
            'routing_profile: "Basic Routing Profil" does not exist in this instance. '
            "Did you mean Basic Routing Profile?",
            "security_profiles: is empty",
        ],
    ),
}
_SECRETS = (PASSWORD, "weak-S3cret", "lijuan-private", "555-1212-9876", "marym@example.com")


@pytest.mark.parametrize("case", sorted(_BAD))
def test_bad_user_is_refused_before_anything_is_created(stacks: Stacks, case: str) -> None:
    """Every failure of the user, with path and remedy and no value; the exit code is not 0."""
    arguments, reasons = _BAD[case]
    stack = stacks(program=program(f'connect.User("mary", **{arguments})'))

    for command in ("preview", "up"):
        result = stack.run(command, *(("--yes",) if command == "up" else ()), expect=None)
        said = result.one_line
        assert result.code != 0
        assert [reason for reason in reasons if reason not in said] == [], said
        assert [secret for secret in _SECRETS if secret in result.text] == []
    assert stack.local.changes() == []
    assert stack.resources("connect:User") == []


_WRONG = (
    (
        {"connect:region": "eu-central-1"},
        "connect:region is eu-central-1, but the ARN's is us-west-2",
    ),
    ({"connect:endpoint": "http://127.0.0.1:9"}, "the endpoint cannot be reached"),
    ({"connect:localStore": "another.db"}, "there is no such instance"),
    (
        {"connect:endpoint": "https://connect.us-west-2.amazonaws.com"},
        "it belongs to the embedded Connect",
    ),
)


def test_wrong_settings_are_an_error_that_forgets_nothing(stacks: Stacks) -> None:
    """A NotFound from the wrong place never takes a user out of state."""
    stack = stacks(program=MARY)
    connect = stack.local
    # Another account: it has instances, but not this one.
    other = Local(stack.folder / "another.db")
    for instance in other.client.list_instances()["InstanceSummaryList"]:
        other.client.delete_instance(InstanceId=instance["Id"])
    stack.up()
    connect.mark()

    for config, reason in _WRONG:
        stack.set_config(config)
        # Without --run-program the engine uses the configuration that the last `up` stored.
        for command in (("refresh", "--run-program"), ("destroy", "--run-program")):
            result = stack.run(*command, "--yes", "--skip-preview", expect=None)
            assert result.code != 0, result.text
            assert reason in result.one_line, result.text
        preview = stack.preview(expect=None)
        assert reason in preview.one_line, preview.text
        assert len(stack.resources("connect:User")) == 1
        stack.set_config({"connect:endpoint": "local", "connect:localStore": str(stack.store)})
        if "connect:region" in config:
            stack.remove_config("connect:region")

    assert connect.changes() == []
    stack.refresh("--run-program")
    stack.preview("--expect-no-changes")


def test_a_stray_endpoint_in_the_environment_is_named(stacks: Stacks) -> None:
    """An AWS_ENDPOINT_URL that somebody left behind is told apart from a missing instance."""
    stack = stacks(
        program=MARY,
        config={"connect:endpoint": None, "connect:localStore": None},
        environment={"AWS_ENDPOINT_URL": "http://192.0.2.1:4566"},
    )

    result = stack.preview(expect="failure")

    assert "AWS_ENDPOINT_URL is plain http to another machine" in result.one_line


def test_an_account_that_is_not_the_embedded_one_is_refused(stacks: Stacks) -> None:
    """A real instance's ARN with connect:endpoint local is a mistake, told with its way out."""
    real = MANAGED_ARN.replace("000000000000", "123456789012")
    stack = stacks(program=MARY.replace(MANAGED_ARN, real))

    said = stack.preview(expect="failure").one_line

    assert "the embedded Connect, whose account is 000000000000" in said
    assert "Remove connect:endpoint" in said
