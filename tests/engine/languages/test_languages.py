"""One program in each Pulumi language, through the whole life of a user."""

import pytest

from tests.support.harness import Stacks
from tests.support.languages import LANGUAGES, language_stack, needs
from tests.support.local_connect import Local
from tests.support.programs import MANAGED_ID, PASSWORD

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
