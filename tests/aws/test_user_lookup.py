"""Who has a username: a few asked by name, many out of one list."""

import pytest

from pulumi_connect_users.aws import user_lookup
from pulumi_connect_users.core.errors import LookUpUnavailable
from tests.support.programs import MANAGED_ARN
from tests.support.provider_process import INSTANCE_ID, Process


@pytest.mark.parametrize(("compares", "searches"), [(False, 11), (True, 12)])
def test_many_usernames_cost_one_list_after_the_first_few(
    process: Process, compares: bool, searches: int
) -> None:
    """A thousand new users must not take ten minutes; to compare costs the instance's size too."""
    user_id = process.local.add_user()
    process.local.mark()

    for number in range(30):
        assert process.session.find_user(MANAGED_ARN, f"agent.{number}") is None
        assert not compares or process.session.users(MANAGED_ARN).names == {user_id: "mary.major"}
    mary = process.session.find_user(MANAGED_ARN, "mary.major")

    assert mary is not None
    assert mary.id == user_id
    calls = process.local.calls()
    assert calls.count("SearchUsers") == searches
    assert calls.count("DescribeUser") == 1


def test_names_of_a_large_instance_are_not_listed_to_be_compared(
    process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sixty calls at two a second, for a hint; from the eleventh name on there is a list anyway."""
    monkeypatch.setattr(user_lookup, "_SMALL", 0)
    user_id = process.local.add_user()

    assert process.session.users(MANAGED_ARN).names == {}
    for number in range(11):
        process.session.find_user(MANAGED_ARN, f"agent.{number}")
    assert process.session.users(MANAGED_ARN).names == {user_id: "mary.major"}


def test_user_who_is_gone_since_the_list_was_made_has_no_name(process: Process) -> None:
    """The list is a search's, which lags behind; DescribeUser decides."""
    user_id = process.local.add_user()
    for number in range(11):
        process.session.find_user(MANAGED_ARN, f"agent.{number}")

    process.local.client.delete_user(InstanceId=INSTANCE_ID, UserId=user_id)

    assert process.session.find_user(MANAGED_ARN, "mary.major") is None


def test_usernames_that_cannot_be_looked_up_are_asked_for_once(process: Process) -> None:
    """Who may not search is not asked for each user again, and is told once."""
    process.faults({"operation": "SearchUsers", "kind": "access-denied"})
    for username in ("mary.major", "nikki.wolf"):
        with pytest.raises(LookUpUnavailable):
            process.session.find_user(MANAGED_ARN, username)

    assert process.local.calls().count("SearchUsers") == 1
    (warning,) = process.warned
    assert warning.startswith("could not check whether usernames are taken: SearchUsers")
