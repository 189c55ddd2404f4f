"""A part of a user that exists: what is not declared stays as others set it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from pulumi_connect_users.core.errors import AccessDenied, InvalidUser
from pulumi_connect_users.core.lookups import Kind
from pulumi_connect_users.core.properties import members
from pulumi_connect_users.core.unknowns import UNKNOWN
from pulumi_connect_users.users.check import Checked, check
from pulumi_connect_users.users.inputs import KnownInputs
from pulumi_connect_users.users.plan import plan
from pulumi_connect_users.users.state import UserState
from tests.support.programs import MANAGED_ARN
from tests.support.twin_process import TwinProcess
from tests.support.valid_users import OURS, THEIRS

GROUP = "AMER/West/Team 1"
PART: dict[str, Any] = {
    "instanceArn": MANAGED_ARN,
    "username": "mary.major",
    "hierarchyGroup": GROUP,
    "adopt": True,
    "ownership": OURS,
}


def _checked(
    process: TwinProcess, bag: Mapping[str, Any], old: KnownInputs | None = None
) -> Checked:
    return check(old, bag, process.lookups, strict=False)


def _inputs(
    process: TwinProcess, bag: Mapping[str, Any], old: KnownInputs | None = None
) -> KnownInputs:
    checked = _checked(process, bag, old)
    assert [str(f) for f in checked.failures] == []
    return checked.inputs.known()


def _refused(
    process: TwinProcess, bag: Mapping[str, Any], old: KnownInputs | None = None
) -> list[str]:
    return [str(f) for f in _checked(process, bag, old).failures]


def _adopted(process: TwinProcess, **more: Any) -> UserState:
    """The outputs of a part of a user made by hand, and what a program says of it."""
    process.connect.add()
    return process.users.create(_inputs(process, PART | more))


def _without(bag: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    return {k: v for k, v in bag.items() if k not in keys}


def test_username_and_hierarchy_group_are_a_declaration_of_a_user_that_exists(
    process: TwinProcess,
) -> None:
    """Supervisors' routing profiles and SCIM's security profiles stay theirs."""
    process.connect.add()
    before = dict(process.live())

    checked = _checked(process, PART)
    process.connect.mark()
    outputs = process.users.create(checked.inputs.known())

    assert checked.failures == []
    assert checked.inputs.get("adoption.changes") == ["hierarchy_group_id", "ownership"]
    assert sorted(process.connect.changes()) == ["TagResource", "UpdateUserHierarchy"]
    after = process.live()
    changed = {k for k in after if after[k] != before.get(k)} - {"LastModifiedTime"}
    assert changed == {"HierarchyGroupId", "Tags"}
    assert outputs.get("routingProfileId") is None
    assert outputs.get("securityProfileIds") is None
    again = _checked(process, PART, checked.inputs.known())
    assert again.failures == []
    assert not plan(outputs, again.inputs).changes


def test_part_has_the_facts_of_what_others_decide(process: TwinProcess) -> None:
    """Policies judge profiles that no program declares."""
    process.connect.add()

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


def test_part_of_nobody_is_refused_with_all_that_a_new_user_needs(process: TwinProcess) -> None:
    """One refusal, at the preview."""
    (refused,) = _refused(process, PART)

    assert refused == (
        "username: no user with this name exists in this instance, so adopt=True has no user "
        "to adopt. Correct the name, or add what a new user needs: routing_profile, "
        "security_profiles, identity_info.first_name, identity_info.last_name, password."
    )


def test_part_of_a_user_who_goes_between_preview_and_up_creates_nobody(
    process: TwinProcess,
) -> None:
    """The same words at `up`, before any call that changes something."""
    user_id = process.connect.add()
    inputs = _inputs(process, PART)
    process.connect.change("DeleteUser", UserId=user_id)
    process.connect.mark()

    with pytest.raises(InvalidUser, match=r"no user with this name.*needs: routing_profile, sec"):
        process.users.create(inputs)

    assert process.connect.changes() == []


def test_part_that_cannot_be_looked_up_warns_at_the_preview_and_is_refused_at_up(
    process: TwinProcess,
) -> None:
    """Nobody is made, and nobody is believed to be there."""
    process.connect.add()
    process.connect.fail("SearchUsers", AccessDenied("SearchUsers"))

    checked = _checked(process, PART)

    assert checked.failures == []
    assert "could not check for a user to adopt" in checked.warnings[0]
    process.connect.mark()
    with pytest.raises(AccessDenied, match="SearchUsers"):
        process.users.create(checked.inputs.known())
    assert process.connect.changes() == []


def test_part_that_only_up_could_look_up_gets_its_facts_there(process: TwinProcess) -> None:
    """And the next preview fills those of the inputs."""
    process.connect.add()
    process.connect.fail("SearchUsers", AccessDenied("SearchUsers"))
    inputs = _inputs(process, PART)
    assert inputs.get("part") == {}

    process.connect.faults.clear()
    outputs = process.users.create(inputs)

    assert outputs.get("securityProfileNames") == ["Agent"]
    assert sorted(members(outputs.get("part"))) == ["routingProfileId", "securityProfileIds"]
    again = _inputs(process, PART, inputs)
    assert again.get("part") == outputs.get("part")
    assert not plan(outputs, again).changes


def test_username_or_instance_that_a_preview_does_not_know_may_be_somebodys(
    process: TwinProcess,
) -> None:
    """What is missing to create a user is no matter before that is known."""
    for key in ("username", "instanceArn"):
        bag = PART | {key: UNKNOWN, "identityManagementType": "CONNECT_MANAGED"}
        missing = [f for f in _refused(process, bag) if "missing" in f]
        assert missing == []


def test_part_stays_one_after_adopt_has_gone_from_the_program(process: TwinProcess) -> None:
    """As of every adopted user, `adopt` may go after the first `up`."""
    old = _adopted(process)

    inputs = _inputs(process, _without(PART, "adopt"), old)
    outputs = process.users.update(old, inputs)
    process.connect.mark()
    process.users.delete(outputs)

    assert process.connect.changes() == ["UntagResource"]


def test_removed_part_is_untagged_and_not_deleted(process: TwinProcess) -> None:
    """What was declared stays, and the mark goes: another stack may adopt the user."""
    old = _adopted(process, tags={"Team": "West"})
    process.connect.mark()

    process.users.delete(old)

    assert process.connect.changes() == ["UntagResource"]
    assert process.live()["Tags"] == {"Team": "West"}
    assert process.live()["HierarchyGroupId"] == old.get("hierarchyGroupId")
    process.users.delete(old)
    assert process.connect.changes() == ["UntagResource"]


def test_removed_part_of_a_user_of_another_stack_keeps_their_mark(process: TwinProcess) -> None:
    """Taken over since: forgotten without a call."""
    old = _adopted(process)
    process.users.create(_inputs(process, PART | {"ownership": THEIRS}))
    process.connect.mark()

    process.users.delete(old)

    assert process.connect.changes() == []


def test_part_of_which_everything_is_declared_is_a_whole_user(process: TwinProcess) -> None:
    """It could be made again from the program: it is deleted as any other."""
    old = _adopted(process)
    whole = PART | {
        "routingProfile": "Basic Routing Profile",
        "securityProfiles": ["Agent"],
        "identityInfo": {"firstName": "Mary", "lastName": "Roe"},
    }

    inputs = _inputs(process, whole, old)
    assert inputs.get("part") is None
    outputs = process.users.update(old, inputs)
    process.connect.mark()
    process.users.delete(outputs)

    assert process.connect.changes() == ["DeleteUser"]


def test_user_that_this_stack_has_made_stays_whole_whatever_is_left_to_others(
    process: TwinProcess,
) -> None:
    """`ignore_drift` alone makes no part: without adopt=True the user is this stack's."""
    old = process.users.create(process.inputs())
    bag = PART | {
        "securityProfiles": ["Agent"],
        "ignoreDrift": ["routing_profile", "identity_info"],
    }

    inputs = _inputs(process, _without(bag, "adopt"), old)

    assert inputs.get("part") is None
    assert inputs.get("routingProfileId") is None
    assert _inputs(process, bag, old).get("part") is not None


def test_adopted_user_of_an_earlier_version_stays_as_it_was(process: TwinProcess) -> None:
    """Its state has no mark of a part: no preview shows a change, and it is deleted as before."""
    process.connect.add()
    bag = PART | {"routingProfile": "Basic Routing Profile", "securityProfiles": ["Agent"]}
    made = process.users.create(_inputs(process, bag))
    outputs = replace(made, attributes=_without(made.attributes, "part"))

    assert not plan(outputs, _inputs(process, bag, outputs)).changes
    process.connect.mark()
    process.users.delete(outputs)
    assert process.connect.changes() == ["DeleteUser"]


@pytest.mark.parametrize("whole", [False, True])
def test_replacement_of_a_part_is_refused(process: TwinProcess, *, whole: bool) -> None:
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


def test_what_a_part_declares_no_more_is_cleared_where_a_call_exists(process: TwinProcess) -> None:
    """As of any user: the hierarchy group is taken away."""
    old = _adopted(process)

    inputs = _inputs(process, _without(PART, "hierarchyGroup"), old)
    process.users.update(old, inputs)

    assert process.live().get("HierarchyGroupId") is None
    assert inputs.get("part.hierarchyGroupId") == ""
    assert inputs.get("hierarchyPath") is None


@pytest.mark.parametrize("reference", ["routing_profile", "security_profiles"])
def test_profile_that_a_program_declares_no_more_is_refused_and_may_be_left_to_others(
    process: TwinProcess, reference: str
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
    process.connect.mark()
    outputs = process.users.update(old, inputs)
    assert process.connect.changes() == []
    assert not plan(outputs, _inputs(process, bag, inputs)).steps


def test_refresh_of_a_part_renews_its_facts_and_shows_no_change(process: TwinProcess) -> None:
    """SCIM assigns Admin: no drift of this program's, and policies learn of it."""
    old = _adopted(process)
    process.live()["SecurityProfileIds"] = [process.connect.id_of(Kind.SECURITY_PROFILE, "Admin")]

    found = process.users.read(old)

    assert found is not None
    assert found.get("securityProfileNames") == ["Admin"]
    assert found.get("routingProfileName") == old.get("routingProfileName")
    assert found.get("part.securityProfileIds") == process.live()["SecurityProfileIds"]
    inputs = _inputs(process, PART, found)
    assert inputs.get("securityProfileNames") == ["Admin"]
    assert not plan(found, inputs).changes


def test_refresh_of_an_unchanged_part_gives_back_every_output(process: TwinProcess) -> None:
    """Facts and mark of the part included."""
    old = _adopted(process)

    assert process.users.read(old) == replace(old, attributes=_without(old.attributes, "adoption"))


def test_value_that_the_user_has_already_is_accepted(process: TwinProcess) -> None:
    """Connect took the name once, whatever a rule says of new ones."""
    process.connect.change(
        "UpdateUserIdentityInfo",
        UserId=process.connect.add(),
        IdentityInfo={"FirstName": "Mary", "LastName": "Roe", "Email": "mary@localhost"},
    )
    bag = PART | {"identityInfo": {"email": "mary@localhost"}}

    inputs = _inputs(process, bag)

    assert _inputs(process, bag, inputs).get("identityInfo") == bag["identityInfo"]
    another = PART | {"identityInfo": {"email": "roe@localhost"}}
    assert "has a domain without a dot" in _refused(process, another)[0]
    assert "has a domain without a dot" in _refused(process, another, inputs)[0]


def test_desk_phone_of_a_part_has_the_type_and_number_that_connect_has(
    process: TwinProcess,
) -> None:
    """Each may be declared without the other, now and at the next preview."""
    phone: Any = {"PhoneType": "DESK_PHONE", "DeskPhoneNumber": "+15555551212"}
    process.connect.add(PhoneConfig=phone)

    for declared in ({"phoneType": "DESK_PHONE"}, {"deskPhoneNumber": "+15555551212"}):
        bag = PART | {"phoneConfig": declared}
        inputs = _inputs(process, bag)
        assert _refused(process, bag, inputs) == []
    old = KnownInputs.decode(PART)
    assert _refused(process, PART | {"phoneConfig": {"phoneType": "DESK_PHONE"}}, old) != []
