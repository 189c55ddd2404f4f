"""Usernames that are taken, as a preview finds them."""

from pulumi_connect_users.core.errors import AccessDenied
from pulumi_connect_users.users.check import check
from pulumi_connect_users.users.inputs import KnownInputs
from pulumi_connect_users.users.run.usernames import UsernameClaims
from tests.support.programs import MANAGED_ARN
from tests.support.twin_process import TwinProcess
from tests.support.valid_users import OURS, THEIRS, bag_of

OTHER = "organization/p/s#another"


def _refusals(process: TwinProcess, old: KnownInputs | None = None, **changes: object) -> str:
    bag = bag_of("CONNECT_MANAGED", MANAGED_ARN, {"ownership": OURS, **changes})
    return " ".join(map(str, check(old, bag, process.lookups).failures))


def test_username_of_a_user_without_a_mark_is_refused_unless_it_is_adopted(
    process: TwinProcess,
) -> None:
    """Connect would refuse it at the creation only."""
    process.connect.add()

    assert "username: is taken by a user that no stack manages" in _refusals(process)
    assert _refusals(process, adopt=True) == ""


def test_username_of_another_stacks_user_is_refused_with_its_name(process: TwinProcess) -> None:
    """The mark tells whose it is."""
    process.users.create(process.inputs(ownership=THEIRS))

    assert "is taken by a user of the stack organization/other/s" in _refusals(process)


def test_username_of_a_user_that_a_lost_creation_has_made_is_ours(process: TwinProcess) -> None:
    """The mark is this very resource's: the creation takes the user up."""
    process.users.create(process.inputs())

    assert _refusals(process) == ""


def test_username_of_another_resource_of_this_stack_is_refused(process: TwinProcess) -> None:
    """Mostly one that was renamed without an alias: its user goes last, the new one comes first."""
    process.users.create(process.inputs(ownership=OTHER))

    refused = _refusals(process)

    assert "is taken by another resource of this stack" in refused
    assert "after renaming a resource, give it an alias" in refused
    assert _refusals(process, adopt=True) == ""


def test_username_that_its_resource_gives_up_in_this_run_is_left_to_the_creation(
    process: TwinProcess,
) -> None:
    """With delete_before_replace it is free by then."""
    process.users.create(process.inputs(ownership=OTHER))
    claims = UsernameClaims()
    leaves = bag_of("CONNECT_MANAGED", MANAGED_ARN, {"ownership": OTHER, "username": "nikki.wolf"})
    assert check(None, leaves, process.lookups, claims=claims).failures == []

    wanted = bag_of("CONNECT_MANAGED", MANAGED_ARN, {"ownership": OURS})
    assert check(None, wanted, process.lookups, claims=claims).failures == []


def test_resource_whose_username_is_refused_claims_none(process: TwinProcess) -> None:
    """Pulumi checks in any order: a second resource must not put the blame on the first."""
    first = process.inputs(ownership=OTHER)
    process.users.create(first)
    claims = UsernameClaims()
    second = bag_of("CONNECT_MANAGED", MANAGED_ARN, {"ownership": OURS})

    assert check(None, second, process.lookups, claims=claims).failures != []
    assert check(first, first.properties, process.lookups, claims=claims).failures == []


def test_user_that_is_in_state_is_not_looked_up(process: TwinProcess) -> None:
    """Only who is to come costs a call."""
    inputs = process.inputs()
    process.users.create(inputs)
    process.connect.mark()

    assert _refusals(process, inputs, tags={"Site": "2"}) == ""
    assert process.connect.calls() == []


def test_username_that_cannot_be_looked_up_is_left_to_the_creation(process: TwinProcess) -> None:
    """CreateUser knows; `aws` warns of it, once."""
    process.connect.add()
    process.connect.fail("SearchUsers", AccessDenied("denied"))

    assert _refusals(process) == ""
