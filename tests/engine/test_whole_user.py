"""What is true of a user as a whole: who owns it, what is left alone, what a preview tells."""

from typing import Any

import pytest

from pulumi_connect_users.emulator import seeded_id
from tests.support.harness import Stacks
from tests.support.local_connect import Local
from tests.support.programs import MANAGED_ID, MARY, PASSWORD, program, updates


def _only_user(local: Local) -> dict[str, Any]:
    (user,) = local.users(MANAGED_ID)
    return user


def _ids(user: dict[str, Any]) -> Any:
    return {"InstanceId": MANAGED_ID, "UserId": str(user["Id"])}


def test_calls_that_take_a_whole_structure_leave_unmanaged_members_alone(stacks: Stacks) -> None:
    """What somebody set behind Pulumi's back is sent back with the change beside it."""
    stack = stacks(program=MARY)
    stack.up()
    local = stack.local
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


def test_ignored_drift_is_neither_shown_nor_put_back(stacks: Stacks) -> None:
    """Supervisors move agents during a shift; a refresh and the next up leave them there."""
    stack = stacks(program=MARY)
    stack.edit("**MARY)", '**MARY, ignore_drift=["routing_profile", "identity_info.last_name"])')
    stack.up()
    local = stack.local
    user = _only_user(local)
    moved: Any = {**user["IdentityInfo"], "LastName": "Roe"}
    local.client.update_user_identity_info(**_ids(user), IdentityInfo=moved)
    night = local.add_routing_profile("Night")
    local.client.update_user_routing_profile(**_ids(user), RoutingProfileId=night)
    stack.refresh()
    stack.preview("--expect-no-changes")
    stack.up()

    after = _only_user(local)
    assert (after["IdentityInfo"]["LastName"], after["RoutingProfileId"]) == ("Roe", night)


def test_renamed_profile_makes_no_change_and_a_warning(stacks: Stacks) -> None:
    """The name that was deployed still means the profile that it meant."""
    stack = stacks(program=MARY)
    stack.up()
    local = stack.local
    user = _only_user(local)
    local.client.update_routing_profile_name(
        InstanceId=MANAGED_ID, RoutingProfileId=user["RoutingProfileId"], Name="Everyday"
    )

    result = stack.preview("--expect-no-changes")

    assert 'the routing profile "Basic Routing Profile" is now called "Everyday"' in result.one_line


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


def test_ids_and_instance_that_are_unknown_at_preview_work(stacks: Stacks) -> None:
    """A preview says that a user will be made; up then knows the values, in one CreateUser."""
    stack = stacks()
    local = stack.local
    routing = seeded_id(MANAGED_ID, "routing-profile", "Basic Routing Profile")
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


_ROE = {"FirstName": "Mary", "LastName": "Roe", "Mobile": "+15555550100"}


def test_adoption_is_told_at_the_preview_and_keeps_the_user(stacks: Stacks) -> None:
    """Without adopt=True the user is somebody's; with it the preview says what will change."""
    stack = stacks(program=MARY)
    local = stack.local
    user_id = local.add_user(IdentityInfo=_ROE)
    refused = stack.up(expect="failure")
    assert "a user that no stack manages. Adopt the user with adopt=True" in refused.one_line

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


def test_adopted_username_beyond_the_documentation_is_never_judged(stacks: Stacks) -> None:
    """A long username that exists is no reason to refuse or warn, today or at the next up."""
    name = "mary.major.of.the.west.coast"
    text = MARY.replace('"mary", **MARY', f'"mary", **{{**MARY, "username": "{name}"}}, adopt=True')
    stack = stacks(program=text)
    stack.local.add_user(name, IdentityInfo=_ROE)
    said = [stack.up().one_line, stack.preview("--expect-no-changes").one_line]

    assert not any("username: has" in text for text in said)


@pytest.mark.parametrize(
    ("option", "calls", "words"),
    [
        ("refuse", None, "Connect cannot change passwords"),
        ("ignore", [], ""),
        ("replace", ["DeleteUser", "CreateUser"], "replaces the user: it is deleted first"),
    ],
)
def test_changed_password_is_refused_replaced_or_ignored(
    stacks: Stacks, option: str, calls: list[str] | None, words: str
) -> None:
    """Never an update that nothing makes; a replacement says in the preview that it deletes."""
    stack = stacks(program=MARY)
    stack.edit("**MARY)", f'**MARY, on_password_change="{option}")')
    stack.up()
    local = stack.local
    local.mark()
    stack.edit(PASSWORD, "An0therHorse")

    preview = stack.preview(expect=None)
    done = stack.up(expect=None)

    assert words in preview.one_line
    assert (done.code == 0) == (calls is not None)
    assert local.changes() == (calls or [])
    assert "An0therHorse" not in preview.text + done.text
    if calls is not None:
        stack.preview("--expect-no-changes")


def test_users_of_two_regions_live_in_one_stack(stacks: Stacks) -> None:
    stack = stacks()
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
    assert stack.local.users(MANAGED_ID) == []
    assert Local(stack.store, "eu-central-1").users(abroad.rsplit("/", 1)[1]) == []


def test_personal_data_is_secret_where_that_is_asked_for(stacks: Stacks) -> None:
    """Names, addresses and numbers are in no preview and in state only encrypted."""
    stack = stacks(program=MARY, config={"connect:personalData": "secret"})
    shown = stack.preview("--diff").text + stack.up().text
    stack.edit('last_name="Major"', 'last_name="Stiles"')
    shown += stack.preview("--diff").text + stack.up().text
    stack.refresh()
    state = str(stack.export())

    for word in ("Stiles", "marym@example.com"):
        assert word not in shown + state
    stack.preview("--expect-no-changes")


def test_personal_data_that_was_plain_is_secret_after_the_next_up(stacks: Stacks) -> None:
    """The setting is for users that exist as well, though nothing of them changes."""
    stack = stacks(program=MARY)
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


def test_foreign_user_is_refused_with_the_name_of_its_stack(stacks: Stacks) -> None:
    """Who made the user is told; ownerId tells apart two backends with equal names."""
    first = stacks(program=MARY)
    first.up()
    other = stacks(program=MARY, project="other", store=first.store)
    twin = stacks(program=MARY, config={"connect:ownerId": "b"}, store=first.store)

    for stack in (other, twin):
        refused = stack.up(expect=None)
        assert refused.code != 0
        taken = "username: is taken by a user of the stack organization/engine-test/dev"
        assert taken in refused.one_line
    assert len(Local(first.store).users(MANAGED_ID)) == 1


def test_taken_over_user_is_only_forgotten_by_its_former_stack(stacks: Stacks) -> None:
    """Delete compares the mark first: the user is the other stack's now."""
    first = stacks(program=MARY)
    first.up()
    text = MARY.replace("**MARY)", "**MARY, adopt=True)")
    second = stacks(program=text, project="second", store=first.store)
    second.up()

    forgotten = first.destroy()

    assert "removed from state, not deleted" in forgotten.one_line
    assert len(Local(first.store).users(MANAGED_ID)) == 1
    assert first.resources("connect:User") == []
    second.destroy()
    assert Local(first.store).users(MANAGED_ID) == []


def test_two_resources_cannot_have_one_username(stacks: Stacks) -> None:
    """Either is refused, the first to come stays; an alias tells a renamed one from a second."""
    stack = stacks(program=MARY)
    stack.up()
    local = stack.local
    local.mark()
    stack.edit("pulumi.export", 'connect.User("twin", **MARY)\npulumi.export')
    refused = stack.up(expect="failure")
    assert "Keep one resource per username" in refused.one_line
    assert set(local.changes()) <= {"CreateUser"}
    assert len(local.users(MANAGED_ID)) == 1

    alias = 'pulumi.ResourceOptions(aliases=[pulumi.Alias(name="mary")])'
    stack.write_program(program(f'connect.User("m", **MARY, opts={alias})'))
    assert updates(stack.preview()) == {"m": ["ownership"]}
    local.mark()
    stack.up()
    assert local.changes() == ["TagResource"]
    stack.preview("--expect-no-changes")


def test_without_ownership_no_mark_is_set_and_the_lost_are_adopted_by_hand(stacks: Stacks) -> None:
    """connect:ownership off: our tags go; whom state has lost is nobody's until `adopt=True`."""
    stack = stacks(program=MARY)
    stack.up()
    stack.set_config({"connect:ownership": "off"})
    stack.up()
    local = stack.local
    lost = _only_user(local)
    assert not lost.get("Tags")
    stack.preview("--expect-no-changes")

    (resource,) = stack.resources("connect:User")
    stack.run("state", "delete", resource["urn"], "--yes")
    assert "a user that no stack manages" in stack.up(expect=None).one_line
    stack.edit("**MARY)", '**{k: v for k, v in MARY.items() if k != "password"}, adopt=True)')
    local.mark()
    stack.up()

    assert local.changes() == []
    assert [r["id"] for r in stack.resources("connect:User")] == [lost["Arn"]]
    stack.destroy()
    assert local.users(MANAGED_ID) == []
