"""`emulator control --clear` ends what faults have done, not only what they would do."""

import pytest
from botocore.exceptions import ClientError

from pulumi_connect_users.emulator import Store
from tests.support.sample_instance import SampleInstance


def test_clear_shows_users_that_a_fault_had_hidden(sample: SampleInstance, store: Store) -> None:
    """A user hidden permanently by late visibility is there, and a held name is free."""
    store.control(
        faults=[
            {"kind": "late-visibility", "calls": 1_000_000},
            {"kind": "late-disappearance", "seconds": 1_000_000},
        ]
    )
    hidden = sample.client.create_user(**sample.new_user())["UserId"]
    sample.client.delete_user(InstanceId=sample.instance, UserId=sample.user)
    with pytest.raises(ClientError):
        sample.described(hidden)

    store.control(clear=True)

    assert sample.described(hidden)["Username"] == "john.doe"
    assert sample.client.create_user(**sample.new_user(Username="mary.major"))["UserId"]


def test_clear_shows_users_that_are_hidden_for_a_time(sample: SampleInstance, store: Store) -> None:
    store.control(faults=[{"kind": "late-visibility", "seconds": 1_000_000}])
    hidden = sample.client.create_user(**sample.new_user())["UserId"]

    store.control(clear=True)

    listed = sample.client.list_users(InstanceId=sample.instance)["UserSummaryList"]
    assert hidden in [one["Id"] for one in listed]
