"""Who has a username: a few asked by name, many out of one list."""

from tests.support.programs import MANAGED_ARN
from tests.support.provider_process import INSTANCE_ID, Process, made_by_hand


def test_many_usernames_cost_one_list_after_the_first_few(process: Process) -> None:
    """At two calls a second, a thousand new users must not take ten minutes to look at."""
    user_id = made_by_hand(process.local)
    process.local.mark()

    found = [process.session.find_user(MANAGED_ARN, f"agent.{n}") for n in range(30)]
    mary = process.session.find_user(MANAGED_ARN, "mary.major")

    assert found == [None] * 30
    assert mary is not None
    assert mary.id == user_id
    calls = process.local.calls()
    assert calls.count("SearchUsers") == 11
    assert calls.count("DescribeUser") == 1


def test_user_who_is_gone_since_the_list_was_made_has_no_name(process: Process) -> None:
    """The list is a search's, which lags behind; DescribeUser decides."""
    user_id = made_by_hand(process.local)
    for number in range(11):
        process.session.find_user(MANAGED_ARN, f"agent.{number}")

    process.local.client.delete_user(InstanceId=INSTANCE_ID, UserId=user_id)

    assert process.session.find_user(MANAGED_ARN, "mary.major") is None


def test_username_counts_its_case(process: Process) -> None:
    """As the exact search does."""
    made_by_hand(process.local)

    assert process.session.find_user(MANAGED_ARN, "Mary.Major") is None
