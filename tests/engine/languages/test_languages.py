"""One program in each Pulumi language, through the whole life of a user."""

import shutil
from collections import Counter
from pathlib import Path

import pytest

from tests.support.harness import Stacks
from tests.support.languages import LANGUAGES, language_stack, needs
from tests.support.local_connect import Local
from tests.support.programs import MANAGED_ID, PASSWORD, SAML_ARN, SAML_ID

USER = "connect-users:index:User"


@pytest.mark.parametrize("language", LANGUAGES)
def test_program_creates_changes_reads_imports_and_deletes_users(
    stacks: Stacks, language: str
) -> None:
    """What a change calls and what the diff shows does not depend on the language."""
    stack = language_stack(stacks, language)
    connect = stack.local
    assert "warning" not in stack.up().text.lower()
    [mary] = connect.users(MANAGED_ID)
    assert connect.changes() == ["CreateUser"]
    assert (mary["Username"], mary["IdentityInfo"]["LastName"]) == ("mary.major", "Major")
    assert stack.outputs() == {"mary": mary["Arn"]}
    stack.up("--expect-no-changes")

    connect.mark()
    stack.edit("60", "30", file=needs(language).program)
    changed = stack.preview()
    [step] = [step for step in changed.steps if step["type"] == USER]
    assert list(step["detailedDiff"]) == ["phoneConfig.afterContactWorkTimeLimit"]
    assert connect.changes() == []
    stack.up()
    assert connect.changes() == ["UpdateUserPhoneConfig"]

    connect.client.update_user_identity_info(
        InstanceId=MANAGED_ID,
        UserId=mary["Id"],
        IdentityInfo={"FirstName": "Marie", "LastName": "Major", "Email": "marym@example.com"},
    )
    assert stack.refresh().changes == {"same": 1, "update": 1}
    connect.mark()
    stack.up()
    assert connect.changes() == ["UpdateUserIdentityInfo"]

    suggested = stack.folder / "suggested"
    described = ("nikki", _user_made_by_hand(connect), "--yes", "--skip-preview")
    stack.run("import", USER, *described, "--protect=false", "--out", str(suggested))
    assert "nikki.wolf" in suggested.read_text()

    connect.mark()
    stack.destroy()
    assert connect.users(MANAGED_ID) == []
    assert connect.changes() == ["DeleteUser", "DeleteUser"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_program_is_refused_as_a_whole_looks_up_and_replaces(stacks: Stacks, language: str) -> None:
    """All refused users are reported in one preview; another username is another user."""
    config = {"instanceArn": SAML_ARN, "profile": "Nope", "prefix": "ana"}
    stack = language_stack(stacks, language, config=config)
    program = needs(language).program
    shutil.copyfile(Path(__file__).parent / "three" / program, stack.folder / program)
    connect = stack.local

    refused = stack.preview(expect="failure").one_line
    assert refused.count('"Nope" does not exist in this instance') >= 3
    assert "refused: see the errors of this resource, and of 2 more" in refused
    assert connect.changes() == []

    stack.set_config({"profile": "Basic Routing Profile"})
    stack.up()
    assert "BasicQueue" in stack.outputs()["queues"]
    assert connect.changes() == ["CreateUser"] * 3

    connect.mark()
    stack.set_config({"prefix": "ben"})
    stack.up()
    found = [user["username"] for user in stack.outputs()["found"]]
    assert found == ["ana.0", "ana.1", "ana.2"]
    assert {u["Username"] for u in connect.users(SAML_ID)} == {"ben.0", "ben.1", "ben.2"}
    assert Counter(connect.changes()) == {"CreateUser": 3, "DeleteUser": 3}


def _user_made_by_hand(connect: Local) -> str:
    client = connect.client
    routing = client.list_routing_profiles(InstanceId=MANAGED_ID)["RoutingProfileSummaryList"]
    security = client.list_security_profiles(InstanceId=MANAGED_ID)["SecurityProfileSummaryList"]
    made = client.create_user(
        InstanceId=MANAGED_ID,
        Username="nikki.wolf",
        Password=PASSWORD,
        IdentityInfo={"FirstName": "Nikki", "LastName": "Wolf"},
        RoutingProfileId=routing[0]["Id"],
        SecurityProfileIds=[security[0]["Id"]],
    )
    return str(made["UserArn"])
