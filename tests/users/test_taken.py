"""Usernames that are taken, as a preview finds them."""

from pulumi_connect_users.users.check import check
from pulumi_connect_users.users.create import create
from pulumi_connect_users.users.inputs import KnownInputs
from pulumi_connect_users.users.run.usernames import UsernameClaims
from tests.support.programs import MANAGED_ARN
from tests.support.provider_process import OURS, THEIRS, Process, made_by_hand
from tests.support.valid_users import bag_of

OTHER = "organization/p/s#another"


def _refusals(process: Process, old: KnownInputs | None = None, **changes: object) -> str:
    bag = bag_of("CONNECT_MANAGED", MANAGED_ARN, {"ownership": OURS, **changes})
    return " ".join(map(str, check(old, bag, process.session).failures))


def test_username_of_a_user_without_a_mark_is_refused_unless_it_is_adopted(
    process: Process,
) -> None:
    """Connect would refuse it at the creation only."""
    made_by_hand(process.local)

    assert "username: is taken by a user that no stack manages" in _refusals(process)
    assert _refusals(process, adopt=True) == ""


def test_username_of_another_stacks_user_is_refused_with_its_name(process: Process) -> None:
    """The mark tells whose it is."""
    create(process.inputs(ownership=THEIRS), process.connect)

    assert "is taken by a user of the stack organization/other/s" in _refusals(process)


def test_username_of_a_user_that_a_lost_creation_has_made_is_ours(process: Process) -> None:
    """The mark is this very resource's: the creation takes the user up."""
    create(process.inputs(), process.connect)

    assert _refusals(process) == ""


def test_username_of_another_resource_of_this_stack_is_refused(process: Process) -> None:
    """Mostly one that was renamed without an alias: its user goes last, the new one comes first."""
    create(process.inputs(ownership=OTHER), process.connect)

    refused = _refusals(process)

    assert "is taken by another resource of this stack" in refused
    assert "after renaming a resource, give it an alias" in refused
    assert _refusals(process, adopt=True) == ""


def test_username_that_its_resource_gives_up_in_this_run_is_left_to_the_creation(
    process: Process,
) -> None:
    """With delete_before_replace it is free by then."""
    create(process.inputs(ownership=OTHER), process.connect)
    claims = UsernameClaims()
    leaves = bag_of("CONNECT_MANAGED", MANAGED_ARN, {"ownership": OTHER, "username": "nikki.wolf"})
    assert check(None, leaves, process.session, claims=claims).failures == []

    wanted = bag_of("CONNECT_MANAGED", MANAGED_ARN, {"ownership": OURS})
    assert check(None, wanted, process.session, claims=claims).failures == []


def test_resource_whose_username_is_refused_claims_none(process: Process) -> None:
    """Pulumi checks in any order: a second resource must not put the blame on the first."""
    first = process.inputs(ownership=OTHER)
    create(first, process.connect)
    claims = UsernameClaims()
    second = bag_of("CONNECT_MANAGED", MANAGED_ARN, {"ownership": OURS})

    assert check(None, second, process.session, claims=claims).failures != []
    assert check(first, first.properties, process.session, claims=claims).failures == []


def test_user_that_is_in_state_is_not_looked_up(process: Process) -> None:
    """Only who is to come costs a call."""
    inputs = process.inputs()
    create(inputs, process.connect)
    process.local.mark()

    assert _refusals(process, inputs, tags={"Site": "2"}) == ""
    assert process.local.calls() == []


def test_username_that_cannot_be_looked_up_is_left_to_the_creation(process: Process) -> None:
    """Asked once: who may not search is not asked for each user again."""
    made_by_hand(process.local)
    process.faults({"operation": "SearchUsers", "kind": "access-denied"})

    assert _refusals(process) == ""
    process.local.mark()
    assert _refusals(process, username="nikki.wolf") == ""
    assert process.local.calls() == []
    (warning,) = process.warned
    assert warning.startswith("could not check whether usernames are taken: SearchUsers")
