"""A part of a user that exists: what is not declared stays as others set it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from pulumi_connect_users.core.errors import AccessDenied, InvalidUser
from pulumi_connect_users.core.properties import members
from pulumi_connect_users.core.unknowns import UNKNOWN
from pulumi_connect_users.users.check import Checked, check
from pulumi_connect_users.users.create import create
from pulumi_connect_users.users.delete import delete
from pulumi_connect_users.users.inputs import KnownInputs
from pulumi_connect_users.users.plan import plan
from pulumi_connect_users.users.read import read
from pulumi_connect_users.users.service import update
from pulumi_connect_users.users.state import UserState
from tests.support.programs import MANAGED_ARN
from tests.support.provider_process import INSTANCE_ID, OURS, THEIRS, Process, made_by_hand

GROUP = "AMER/West/Team 1"
PART: dict[str, Any] = {
    "instanceArn": MANAGED_ARN,
    "username": "mary.major",
    "hierarchyGroup": GROUP,
    "adopt": True,
    "ownership": OURS,
}


def _checked(process: Process, bag: Mapping[str, Any], old: KnownInputs | None = None) -> Checked:
    return check(old, bag, process.session, strict=False)


def _inputs(
    process: Process, bag: Mapping[str, Any], old: KnownInputs | None = None
) -> KnownInputs:
    checked = _checked(process, bag, old)
    assert [str(f) for f in checked.failures] == []
    return checked.inputs.known()


def _refused(process: Process, bag: Mapping[str, Any], old: KnownInputs | None = None) -> list[str]:
    return [str(f) for f in _checked(process, bag, old).failures]


def _adopted(process: Process, **more: Any) -> UserState:
    """The outputs of a part of a user made by hand, and what a program says of it."""
    made_by_hand(process.local)
    return create(_inputs(process, PART | more), process.connect)


def _without(bag: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    return {k: v for k, v in bag.items() if k not in keys}


def _give(process: Process, profile: str) -> None:
    """Somebody else assigns a security profile."""
    client = process.local.client
    listed = client.list_security_profiles(InstanceId=INSTANCE_ID)["SecurityProfileSummaryList"]
    ids = [s["Id"] for s in listed if s["Name"] == profile]
    user_id = str(process.live()["Id"])
    client.update_user_security_profiles(
        InstanceId=INSTANCE_ID, UserId=user_id, SecurityProfileIds=ids
    )


def test_username_and_hierarchy_group_are_a_declaration_of_a_user_that_exists(
    process: Process,
) -> None:
    """Supervisors' routing profiles and SCIM's security profiles stay theirs."""
    made_by_hand(process.local)
    before = process.live()

    checked = _checked(process, PART)
    process.local.mark()
    outputs = create(checked.inputs.known(), process.connect)

    assert checked.failures == []
    assert checked.inputs.get("adoption.changes") == ["hierarchy_group_id", "ownership"]
    assert sorted(process.local.changes()) == ["TagResource", "UpdateUserHierarchy"]
    after = process.live()
    changed = {k for k in after if after[k] != before.get(k)} - {"LastModifiedTime"}
    assert changed == {"HierarchyGroupId", "Tags"}
    assert outputs.get("routingProfileId") is None
    assert outputs.get("securityProfileIds") is None
    again = _checked(process, PART, checked.inputs.known())
    assert again.failures == []
    assert not plan(outputs, again.inputs).changes


def test_part_has_the_facts_of_what_others_decide(process: Process) -> None:
    """Policies judge profiles that no program declares."""
    made_by_hand(process.local)

    inputs = _inputs(process, _without(PART, "hierarchyGroup"))

    assert inputs.get("securityProfileNames") == ["Agent"]
    assert (
        inputs.get("routingProfileName")
        == process.connect.names_of({"routingProfileId": process.live()["RoutingProfileId"]})[
            "routingProfileName"
        ]
    )
    assert inputs.get("hierarchyPath") is None
    assert inputs.get("part") == {
        "routingProfileId": process.live()["RoutingProfileId"],
        "securityProfileIds": process.live()["SecurityProfileIds"],
        "hierarchyGroupId": "",
    }


def test_part_of_nobody_is_refused_with_all_that_a_new_user_needs(process: Process) -> None:
    """One refusal, at the preview."""
    (refused,) = _refused(process, PART)

    assert refused == (
        "username: no user with this name exists in this instance, so adopt=True has no user "
        "to adopt. Correct the name, or add what a new user needs: routing_profile, "
        "security_profiles, identity_info.first_name, identity_info.last_name, password."
    )


def test_part_of_a_user_who_goes_between_preview_and_up_creates_nobody(process: Process) -> None:
    """The same words at `up`, before any call that changes something."""
    user_id = made_by_hand(process.local)
    inputs = _inputs(process, PART)
    process.local.client.delete_user(InstanceId=INSTANCE_ID, UserId=user_id)
    process.local.mark()

    with pytest.raises(InvalidUser, match=r"no user with this name.*needs: routing_profile, sec"):
        create(inputs, process.connect)

    assert process.local.changes() == []


def test_part_that_cannot_be_looked_up_warns_at_the_preview_and_is_refused_at_up(
    process: Process,
) -> None:
    """Nobody is made, and nobody is believed to be there."""
    made_by_hand(process.local)
    process.faults({"operation": "SearchUsers", "kind": "access-denied"})

    checked = _checked(process, PART)

    assert checked.failures == []
    assert "could not check for a user to adopt" in checked.warnings[0]
    process.local.mark()
    with pytest.raises(AccessDenied, match="SearchUsers"):
        create(checked.inputs.known(), process.connect)
    assert process.local.changes() == []


def test_part_that_only_up_could_look_up_gets_its_facts_there(process: Process) -> None:
    """And the next preview fills those of the inputs."""
    made_by_hand(process.local)
    process.faults({"operation": "SearchUsers", "kind": "access-denied"})
    inputs = _inputs(process, PART)
    assert inputs.get("part") == {}

    later = Process(process.local)
    later.faults()
    outputs = create(inputs, later.connect)

    assert outputs.get("securityProfileNames") == ["Agent"]
    assert sorted(members(outputs.get("part"))) == ["routingProfileId", "securityProfileIds"]
    again = _inputs(later, PART, inputs)
    assert again.get("part") == outputs.get("part")
    assert not plan(outputs, again).changes


def test_username_or_instance_that_a_preview_does_not_know_may_be_somebodys(
    process: Process,
) -> None:
    """What is missing to create a user is no matter before that is known."""
    for key in ("username", "instanceArn"):
        bag = PART | {key: UNKNOWN, "identityManagementType": "CONNECT_MANAGED"}
        missing = [f for f in _refused(process, bag) if "missing" in f]
        assert missing == []


def test_part_stays_one_after_adopt_has_gone_from_the_program(process: Process) -> None:
    """As of every adopted user, `adopt` may go after the first `up`."""
    old = _adopted(process)

    inputs = _inputs(process, _without(PART, "adopt"), old)
    outputs = update(old, inputs, process.connect)
    process.local.mark()
    delete(outputs, process.connect)

    assert process.local.changes() == ["UntagResource"]


def test_removed_part_is_untagged_and_not_deleted(process: Process) -> None:
    """What was declared stays, and the mark goes: another stack may adopt the user."""
    old = _adopted(process, tags={"Team": "West"})
    process.local.mark()

    delete(old, process.connect)

    assert process.local.changes() == ["UntagResource"]
    assert process.live()["Tags"] == {"Team": "West"}
    assert process.live()["HierarchyGroupId"] == old.get("hierarchyGroupId")
    delete(old, process.connect)
    assert process.local.changes() == ["UntagResource"]


def test_removed_part_of_a_user_of_another_stack_keeps_their_mark(process: Process) -> None:
    """Taken over since: forgotten without a call."""
    old = _adopted(process)
    create(_inputs(process, PART | {"ownership": THEIRS}), process.connect)
    process.local.mark()

    delete(old, process.connect)

    assert process.local.changes() == []


def test_part_of_which_everything_is_declared_is_a_whole_user(process: Process) -> None:
    """It could be made again from the program: it is deleted as any other."""
    old = _adopted(process)
    whole = PART | {
        "routingProfile": "Basic Routing Profile",
        "securityProfiles": ["Agent"],
        "identityInfo": {"firstName": "Mary", "lastName": "Roe"},
    }

    inputs = _inputs(process, whole, old)
    assert inputs.get("part") is None
    outputs = update(old, inputs, process.connect)
    process.local.mark()
    delete(outputs, process.connect)

    assert process.local.changes() == ["DeleteUser"]


def test_user_that_this_stack_has_made_stays_whole_whatever_is_left_to_others(
    process: Process,
) -> None:
    """`ignore_drift` alone makes no part: without adopt=True the user is this stack's."""
    old = create(process.inputs(), process.connect)
    bag = PART | {
        "securityProfiles": ["Agent"],
        "ignoreDrift": ["routing_profile", "identity_info"],
    }

    inputs = _inputs(process, _without(bag, "adopt"), old)

    assert inputs.get("part") is None
    assert inputs.get("routingProfileId") is None
    assert _inputs(process, bag, old).get("part") is not None


def test_adopted_user_of_an_earlier_version_stays_as_it_was(process: Process) -> None:
    """Its state has no mark of a part: no preview shows a change, and it is deleted as before."""
    made_by_hand(process.local)
    bag = PART | {"routingProfile": "Basic Routing Profile", "securityProfiles": ["Agent"]}
    made = create(_inputs(process, bag), process.connect)
    outputs = replace(made, attributes=_without(made.attributes, "part"))

    assert not plan(outputs, _inputs(process, bag, outputs)).changes
    process.local.mark()
    delete(outputs, process.connect)
    assert process.local.changes() == ["DeleteUser"]


@pytest.mark.parametrize("whole", [False, True])
def test_replacement_of_a_part_is_refused(process: Process, *, whole: bool) -> None:
    """The user is not the program's to delete."""
    old = _adopted(process)
    info = {"firstName": "Mary", "lastName": "Roe"}
    rest = {
        "routingProfile": "Basic Routing Profile",
        "securityProfiles": ["Agent"],
        "identityInfo": info,
        "password": "Corr3ctHorse",
    }

    bag = PART | {"username": "mary.roe"} | (rest if whole else {})

    assert _refused(process, bag, old) == [
        "username: has changed, which would replace the user, but only a part of the user is "
        "declared. "
        "Restore the old value, or remove this resource (the user stays) and add another."
    ]


def test_what_a_part_declares_no_more_is_cleared_where_a_call_exists(process: Process) -> None:
    """As of any user: the hierarchy group is taken away."""
    old = _adopted(process)

    inputs = _inputs(process, _without(PART, "hierarchyGroup"), old)
    update(old, inputs, process.connect)

    assert process.live().get("HierarchyGroupId") is None
    assert inputs.get("part.hierarchyGroupId") == ""
    assert inputs.get("hierarchyPath") is None


@pytest.mark.parametrize("reference", ["routing_profile", "security_profiles"])
def test_profile_that_a_program_declares_no_more_is_refused_and_may_be_left_to_others(
    process: Process, reference: str
) -> None:
    """No call takes the last profile away: others may decide on it from now on."""
    profiles = {"routingProfile": "Basic Routing Profile", "securityProfiles": ["Agent"]}
    old = _adopted(process, **profiles)
    key = {"routing_profile": "routingProfile", "security_profiles": "securityProfiles"}[reference]
    bag = _without(PART | profiles, key)

    (refused,) = _refused(process, bag, old)
    inputs = _inputs(process, bag | {"ignoreDrift": [reference]}, old)

    assert "was removed from the program" in refused
    assert "ignore_drift" in refused
    assert inputs.get(f"{key}Id") is None
    assert inputs.get(f"part.{'securityProfileIds' if key[0] == 's' else 'routingProfileId'}")
    process.local.mark()
    outputs = update(old, inputs, process.connect)
    assert process.local.changes() == []
    assert not plan(outputs, _inputs(process, bag, inputs)).steps


@pytest.mark.parametrize("in_bulk", [False, True])
def test_refresh_of_a_part_renews_its_facts_and_shows_no_change(
    process: Process, *, in_bulk: bool
) -> None:
    """SCIM assigns Admin: no drift of this program's, and policies learn of it."""
    old = _adopted(process)
    _give(process, "Admin")
    later = Process(process.local)

    found = later.users_of(in_bulk=in_bulk).read(old)

    assert found is not None
    assert found.get("securityProfileNames") == ["Admin"]
    assert found.get("routingProfileName") == old.get("routingProfileName")
    assert found.get("part.securityProfileIds") == process.live()["SecurityProfileIds"]
    inputs = _inputs(later, PART, found)
    assert inputs.get("securityProfileNames") == ["Admin"]
    assert not plan(found, inputs).changes


def test_refresh_of_an_unchanged_part_gives_back_every_output(process: Process) -> None:
    """Facts and mark of the part included."""
    old = _adopted(process)

    assert read(old, process.connect) == replace(
        old, attributes=_without(old.attributes, "adoption")
    )


def test_value_that_the_user_has_already_is_accepted(process: Process) -> None:
    """Connect took the name once, whatever a rule says of new ones."""
    process.local.client.update_user_identity_info(
        InstanceId=INSTANCE_ID,
        UserId=made_by_hand(process.local),
        IdentityInfo={"FirstName": "Mary", "LastName": "Roe", "Email": "mary@localhost"},
    )
    bag = PART | {"identityInfo": {"email": "mary@localhost"}}

    inputs = _inputs(process, bag)

    assert _inputs(process, bag, inputs).get("identityInfo") == bag["identityInfo"]
    another = PART | {"identityInfo": {"email": "roe@localhost"}}
    assert "has a domain without a dot" in _refused(process, another)[0]
    assert "has a domain without a dot" in _refused(process, another, inputs)[0]


def test_desk_phone_of_a_part_has_the_type_and_number_that_connect_has(process: Process) -> None:
    """Each may be declared without the other, now and at the next preview."""
    phone: Any = {"PhoneType": "DESK_PHONE", "DeskPhoneNumber": "+15555551212"}
    made_by_hand(process.local, PhoneConfig=phone)

    for declared in ({"phoneType": "DESK_PHONE"}, {"deskPhoneNumber": "+15555551212"}):
        bag = PART | {"phoneConfig": declared}
        inputs = _inputs(process, bag)
        assert _refused(process, bag, inputs) == []
    old = KnownInputs.decode(PART)
    assert _refused(process, PART | {"phoneConfig": {"phoneType": "DESK_PHONE"}}, old) != []
