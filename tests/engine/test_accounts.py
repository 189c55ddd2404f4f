"""Users of two AWS accounts in one stack."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.accounts import front_door, instance_of, write_profiles
from tests.support.harness import Stack, Stacks
from tests.support.local_connect import Local
from tests.support.programs import MANAGED_ID, program

PROFILES = {"111122223333": "sales", "444455556666": "support"}
USERS = program(
    *(
        f'connect.User("{profile}", **{{**MARY, "instance": "{instance_of(account)}"}})'
        for account, profile in PROFILES.items()
    )
)


@pytest.fixture
def accounts(tmp_path: Path) -> dict[str, Local]:
    """What each account holds, by number."""
    return {account: Local(tmp_path / f"{account}.db") for account in PROFILES}


@pytest.fixture
def stack(stacks: Stacks, accounts: dict[str, Local], tmp_path: Path) -> Iterator[Stack]:
    """A stack that reaches both accounts, each with a profile of its own."""
    credentials = tmp_path / "credentials"
    write_profiles(credentials, PROFILES)
    with front_door({account: local.path for account, local in accounts.items()}) as url:
        yield stacks(
            program=USERS,
            config={
                "connect:endpoint": url,
                "connect:localStore": None,
                "connect:requestsPerSecond": "1000",
                "connect:profile": "sales",
            },
            environment={"AWS_SHARED_CREDENTIALS_FILE": str(credentials)},
        )


def test_account_of_the_arn_decides_the_profile(stack: Stack, accounts: dict[str, Local]) -> None:
    """Each user lives in its account through up, drift, refresh and destroy."""
    support = 'connect:profiles["444455556666"]'
    stack.run("config", "set", "--path", support, "support")

    stack.up()
    stack.preview("--expect-no-changes")
    for local in accounts.values():
        (mary,) = local.users(MANAGED_ID)
        identity: Any = {**mary["IdentityInfo"], "LastName": "Stiles"}
        local.client.update_user_identity_info(
            InstanceId=MANAGED_ID, UserId=mary["Id"], IdentityInfo=identity
        )
    stack.refresh()
    stack.up()

    names = [
        user["IdentityInfo"]["LastName"] for a in accounts.values() for user in a.users(MANAGED_ID)
    ]
    assert names == ["Major", "Major"]
    owners = [str(r["id"]).split(":")[4] for r in stack.resources("connect:User")]
    assert sorted(owners) == sorted(PROFILES)
    stack.destroy()
    assert not any(local.users(MANAGED_ID) for local in accounts.values())


def test_instance_of_an_account_without_a_profile_is_refused_at_preview(
    stack: Stack, accounts: dict[str, Local]
) -> None:
    """The other account's profile sees an instance of its own; the error names that profile."""
    said = stack.preview(expect="failure").one_line

    assert "with the profile sales) it is arn:aws:connect:us-west-2:111122223333:" in said
    assert "profile (connect:profiles)" in said
    assert not any(local.changes() for local in accounts.values())


@pytest.mark.parametrize(
    ("path", "value"),
    [('connect:profiles["4444"]', "support"), ('connect:profiles["444455556666"]', "7")],
)
def test_profiles_that_cannot_be_are_refused(
    stack: Stack, accounts: dict[str, Local], path: str, value: str
) -> None:
    """An account has 12 digits, a profile a name; the error shows how to set one."""
    stack.run("config", "set", "--path", path, value)

    refused = stack.preview(expect="failure")

    assert "connect:profiles must hold a profile for each account" in refused.text
    assert not any(local.calls() for local in accounts.values())
