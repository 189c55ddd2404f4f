"""What is true of a user as a whole: who owns it, what is left alone, what a preview tells."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.harness import Stack
from tests.support.local_connect import Local
from tests.support.programs import MANAGED_ARN, MARY, PASSWORD, program, updates

StackFactory = Callable[..., Stack]
INSTANCE_ID = MANAGED_ARN.rsplit("/", 1)[1]


def _only_user(local: Local) -> dict[str, Any]:
    (user,) = local.users(INSTANCE_ID)
    return user


def _ids(user: dict[str, Any]) -> Any:
    return {"InstanceId": INSTANCE_ID, "UserId": str(user["Id"])}


def _said(result: Any) -> str:
    return " ".join(result.text.split())


def test_calls_that_take_a_whole_structure_leave_unmanaged_members_alone(
    stack_factory: StackFactory,
) -> None:
    """What somebody set behind Pulumi's back is sent back with the change beside it."""
    stack = stack_factory(program=MARY)
    stack.up()
    local = Local(stack.store)
    user = _only_user(local)
    identity: Any = {
        **user["IdentityInfo"],
        "Mobile": "+15555550100",
        "SecondaryEmail": "m@example.org",
    }
    local.client.update_user_identity_info(**_ids(user), IdentityInfo=identity)
    chat: Any = {"Channel": "CHAT", "AfterContactWorkConfig": {"AfterContactWorkTimeLimit": 77}}
    voice: Any = {"Channel": "VOICE", "AfterContactWorkConfig": {"AfterContactWorkTimeLimit": 33}}
    local.client.update_user_config(**_ids(user), AfterContactWorkConfigs=[chat, voice])
    local.client.associate_user_proficiencies(
        **_ids(user),
        UserProficiencies=[{"AttributeName": "language", "AttributeValue": "French", "Level": 2}],
    )
    local.client.tag_resource(resourceArn=user["Arn"], tags={"theirs": "1"})
    stack.edit('last_name="Major"', 'last_name="Stiles"')
    stack.edit("auto_accept=True", "auto_accept=False")
    stack.edit("**MARY)", '**MARY, tags={"ours": "1"}, proficiencies=[SPANISH])')
    stack.edit("mary = ", 'SPANISH = connect.Proficiency("language", "Spanish", level=4)\nmary = ')

    stack.up()

    after = _only_user(local)
    assert after["IdentityInfo"] == {**identity, "LastName": "Stiles"}
    limits = {
        e["Channel"]: e["AfterContactWorkConfig"]["AfterContactWorkTimeLimit"]
        for e in after["AfterContactWorkConfigs"]
    }
    assert (limits["CHAT"], limits["VOICE"]) == (77, 33)
    assert after["PhoneConfig"]["AutoAccept"] is False
    assert {"theirs", "ours"} <= set(after["Tags"])
    listed = local.client.list_user_proficiencies(**_ids(user))["UserProficiencyList"]
    assert sorted(p["AttributeValue"] for p in listed) == ["French", "Spanish"]
    stack.preview("--expect-no-changes")


def test_ignored_drift_is_neither_shown_nor_put_back(stack_factory: StackFactory) -> None:
    """Supervisors move agents during a shift; a refresh and the next up leave them there."""
    stack = stack_factory(program=MARY)
    stack.edit("**MARY)", '**MARY, ignore_drift=["routing_profile", "identity_info.last_name"])')
    stack.up()
    local = Local(stack.store)
    user = _only_user(local)
    moved: Any = {**user["IdentityInfo"], "LastName": "Roe"}
    local.client.update_user_identity_info(**_ids(user), IdentityInfo=moved)
    queues: Any = local.client.list_queues(InstanceId=INSTANCE_ID, QueueTypes=["STANDARD"])
    night = local.client.create_routing_profile(
        InstanceId=INSTANCE_ID,
        Name="Night",
        Description="Where a supervisor has moved her.",
        DefaultOutboundQueueId=queues["QueueSummaryList"][0]["Id"],
        MediaConcurrencies=[{"Channel": "VOICE", "Concurrency": 1}],
    )["RoutingProfileId"]
    local.client.update_user_routing_profile(**_ids(user), RoutingProfileId=night)
    stack.refresh()
    stack.preview("--expect-no-changes")
    stack.up()

    after = _only_user(local)
    assert (after["IdentityInfo"]["LastName"], after["RoutingProfileId"]) == ("Roe", night)


def test_renamed_profile_makes_no_change_and_a_warning(stack_factory: StackFactory) -> None:
    """The name that was deployed still means the profile that it meant."""
    stack = stack_factory(program=MARY)
    stack.up()
    local = Local(stack.store)
    user = _only_user(local)
    local.client.update_routing_profile_name(
        InstanceId=INSTANCE_ID, RoutingProfileId=user["RoutingProfileId"], Name="Everyday"
    )

    result = stack.preview("--expect-no-changes")

    assert 'the routing profile "Basic Routing Profile" is now called "Everyday"' in _said(result)


_MADE_BY_THE_PROGRAM = """
class Profile(pulumi.dynamic.ResourceProvider):
    def create(self, props):
        return pulumi.dynamic.CreateResult("made", {**props, "value": props["given"]})

class Made(pulumi.dynamic.Resource):
    value: pulumi.Output[str]
    def __init__(self, name, given):
        super().__init__(Profile(), name, {"given": given, "value": None})

profile = Made("profile", ROUTING)
centre = Made("centre", MANAGED.arn)
"""


def test_ids_and_instance_of_other_resources_are_unknown_at_preview_and_work(
    stack_factory: StackFactory,
) -> None:
    """A preview says that a user will be made; up then knows the values, in one CreateUser."""
    stack = stack_factory()
    local = Local(stack.store)
    profiles = local.client.list_routing_profiles(InstanceId=INSTANCE_ID)
    routing = profiles["RoutingProfileSummaryList"][0]["Id"]
    user = (
        'connect.User("mary", **{k: v for k, v in MARY.items() if k not in'
        ' ("routing_profile", "instance")}, routing_profile_id=profile.value,'
        " instance=connect.Instance(centre.value))"
    )
    stack.write_program(program(f'ROUTING = "{routing}"', _MADE_BY_THE_PROGRAM, user))
    assert stack.preview().changes["create"] == 4
    local.mark()

    stack.up()

    assert local.changes() == ["CreateUser"]
    assert _only_user(local)["RoutingProfileId"] == routing
    stack.preview("--expect-no-changes")


def _made_by_hand(local: Local, username: str = "mary.major") -> str:
    client = local.client
    routing = client.list_routing_profiles(InstanceId=INSTANCE_ID)
    security = client.list_security_profiles(InstanceId=INSTANCE_ID)
    made = client.create_user(
        InstanceId=INSTANCE_ID,
        Username=username,
        Password=PASSWORD,
        IdentityInfo={"FirstName": "Mary", "LastName": "Roe", "Mobile": "+15555550100"},
        RoutingProfileId=routing["RoutingProfileSummaryList"][0]["Id"],
        SecurityProfileIds=[security["SecurityProfileSummaryList"][0]["Id"]],
    )
    return str(made["UserId"])


def test_adoption_is_told_at_the_preview_and_keeps_the_user(stack_factory: StackFactory) -> None:
    """Without adopt=True the user is somebody's; with it the preview says what will change."""
    stack = stack_factory(program=MARY)
    local = Local(stack.store)
    user_id = _made_by_hand(local)
    refused = stack.up(expect=None)
    assert refused.code != 0
    assert "a user that no stack manages. Adopt the user with adopt=True" in _said(refused)

    stack.edit("**MARY)", '**{k: v for k, v in MARY.items() if k != "password"}, adopt=True)')
    (step,) = [s for s in stack.preview().steps if s["urn"].endswith("::mary")]
    adoption = step["new"]["inputs"]["adoption"]
    assert adoption["userArn"].endswith(user_id)
    assert {"identity_info.last_name", "identity_info.email"} <= set(adoption["changes"])
    local.mark()
    stack.up()

    assert "CreateUser" not in local.changes()
    user = _only_user(local)
    assert user["Id"] == user_id
    assert user["IdentityInfo"]["LastName"] == "Major"
    assert user["IdentityInfo"]["Mobile"] == "+15555550100"
    stack.preview("--expect-no-changes")


def test_adopted_username_beyond_the_documentation_is_judged_neither_now_nor_later(
    stack_factory: StackFactory,
) -> None:
    """A long username that exists is no reason to refuse or warn, today or at the next up."""
    name = "mary.major.of.the.west.coast"
    text = MARY.replace('"mary", **MARY', f'"mary", **{{**MARY, "username": "{name}"}}, adopt=True')
    stack = stack_factory(program=text)
    _made_by_hand(Local(stack.store), name)
    said = [_said(stack.up()), _said(stack.preview("--expect-no-changes"))]

    assert not any("username: has" in text for text in said)


@pytest.mark.parametrize(
    ("option", "calls", "words"),
    [
        ("refuse", None, "Connect has no call that changes a password"),
        ("ignore", [], ""),
        ("replace", ["DeleteUser", "CreateUser"], "the existing user is deleted first"),
    ],
)
def test_changed_password_is_refused_replaced_or_ignored(
    stack_factory: StackFactory, option: str, calls: list[str] | None, words: str
) -> None:
    """Never an update that nothing makes; a replacement says in the preview that it deletes."""
    stack = stack_factory(program=MARY)
    stack.edit("**MARY)", f'**MARY, on_password_change="{option}")')
    stack.up()
    local = Local(stack.store)
    local.mark()
    stack.edit(PASSWORD, "An0therHorse")

    preview = stack.preview(expect=None)
    done = stack.up(expect=None)

    assert words in _said(preview)
    assert (done.code == 0) == (calls is not None)
    assert local.changes() == (calls or [])
    assert "An0therHorse" not in preview.text + done.text
    if calls is not None:
        stack.preview("--expect-no-changes")


def test_users_of_two_regions_live_in_one_stack(stack_factory: StackFactory) -> None:
    """The instance's ARN decides the client."""
    stack = stack_factory()
    abroad = Local(stack.store, "eu-central-1").client.create_instance(
        IdentityManagementType="SAML",
        InstanceAlias="abroad",
        InboundCallsEnabled=True,
        OutboundCallsEnabled=True,
    )["Arn"]
    there = f'connect.User("li", **{{**LI, "instance": connect.Instance("{abroad}")}})'
    stack.write_program(program('connect.User("mary", **MARY)', there))

    stack.up()
    stack.preview("--expect-no-changes")

    regions = {r["id"].split(":")[3] for r in stack.resources("connect:User")}
    assert regions == {"us-west-2", "eu-central-1"}
    stack.destroy()
    assert Local(stack.store).users(INSTANCE_ID) == []
    assert Local(stack.store, "eu-central-1").users(abroad.rsplit("/", 1)[1]) == []


def test_personal_data_is_secret_where_that_is_asked_for(stack_factory: StackFactory) -> None:
    """Names, addresses and numbers are in no preview and in state only encrypted."""
    stack = stack_factory(program=MARY, config={"connect:personalData": "secret"})
    shown = stack.preview("--diff").text + stack.up().text
    stack.edit('last_name="Major"', 'last_name="Stiles"')
    shown += stack.preview("--diff").text + stack.up().text
    stack.refresh()
    state = str(stack.export())

    for word in ("Stiles", "marym@example.com"):
        assert word not in shown + state
    stack.preview("--expect-no-changes")


def test_personal_data_that_was_plain_is_secret_after_the_next_up(
    stack_factory: StackFactory,
) -> None:
    """The setting is for users that exist as well, though nothing of them changes."""
    stack = stack_factory(program=MARY)
    stack.up()
    assert "marym@example.com" in str(stack.export())

    stack.set_config({"connect:personalData": "secret"})
    changes = stack.up().changes

    assert changes == {"same": 2}
    (mary,) = stack.resources("connect:User")
    assert "marym@example.com" not in str(mary)
    assert mary["outputs"]["phoneConfig"]["autoAccept"] is True
    assert stack.refresh().changes == {"same": 2}
    stack.preview("--expect-no-changes")


def test_foreign_user_is_refused_with_the_name_of_its_stack(stack_factory: StackFactory) -> None:
    """Who made the user is told; ownerId tells apart two backends with equal names."""
    first = stack_factory(program=MARY)
    first.up()
    other = stack_factory(program=MARY, project="other", store=first.store)
    twin = stack_factory(program=MARY, config={"connect:ownerId": "b"}, store=first.store)

    for stack in (other, twin):
        refused = stack.up(expect=None)
        assert refused.code != 0
        taken = "username: is taken by a user of the stack organization/engine-test/dev"
        assert taken in _said(refused)
    assert len(Local(first.store).users(INSTANCE_ID)) == 1


def test_taken_over_user_is_only_forgotten_by_its_former_stack(stack_factory: StackFactory) -> None:
    """Delete compares the mark first: the user is the other stack's now."""
    first = stack_factory(program=MARY)
    first.up()
    text = MARY.replace("**MARY)", "**MARY, adopt=True)")
    second = stack_factory(program=text, project="second", store=first.store)
    second.up()

    forgotten = first.destroy()

    assert "not deleted, only forgotten here" in _said(forgotten)
    assert len(Local(first.store).users(INSTANCE_ID)) == 1
    assert first.resources("connect:User") == []
    second.destroy()
    assert Local(first.store).users(INSTANCE_ID) == []


def test_two_resources_cannot_have_one_username(stack_factory: StackFactory) -> None:
    """Either is refused, the first to come stays; an alias tells a renamed one from a second."""
    stack = stack_factory(program=MARY)
    stack.up()
    local = Local(stack.store)
    local.mark()
    stack.edit("pulumi.export", 'connect.User("twin", **MARY)\npulumi.export')
    refused = stack.up(expect=None)
    assert refused.code != 0
    assert "Keep one resource for each username" in _said(refused)
    assert set(local.changes()) <= {"CreateUser"}
    assert len(local.users(INSTANCE_ID)) == 1

    alias = 'pulumi.ResourceOptions(aliases=[pulumi.Alias(name="mary")])'
    stack.write_program(program(f'connect.User("m", **MARY, opts={alias})'))
    assert updates(stack.preview()) == {"m": ["ownership"]}
    local.mark()
    stack.up()
    assert local.changes() == ["TagResource"]
    stack.preview("--expect-no-changes")


def test_without_ownership_no_mark_is_set_and_a_lost_user_is_adopted_by_hand(
    stack_factory: StackFactory,
) -> None:
    """connect:ownership off: our tags go; whom state has lost is nobody's until `adopt=True`."""
    stack = stack_factory(program=MARY)
    stack.up()
    stack.set_config({"connect:ownership": "off"})
    stack.up()
    local = Local(stack.store)
    lost = _only_user(local)
    assert not lost.get("Tags")
    stack.preview("--expect-no-changes")

    (resource,) = stack.resources("connect:User")
    stack.run("state", "delete", resource["urn"], "--yes")
    assert "a user that no stack manages" in _said(stack.up(expect=None))
    stack.edit("**MARY)", '**{k: v for k, v in MARY.items() if k != "password"}, adopt=True)')
    local.mark()
    stack.up()

    assert local.changes() == []
    assert [r["id"] for r in stack.resources("connect:User")] == [lost["Arn"]]
    stack.destroy()
    assert local.users(INSTANCE_ID) == []
