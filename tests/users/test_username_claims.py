"""Usernames that two resources of a program claim."""

from __future__ import annotations

from typing import Any

from pulumi_connect_users.core.unknowns import UNKNOWN
from pulumi_connect_users.users.run.username_claims import UsernameClaims

MARY: dict[str, Any] = {"instanceArn": "arn:i-1", "ownership": "o/p/s#mary"}
OTHER: dict[str, Any] = {"instanceArn": "arn:i-1", "ownership": "o/p/s#other"}


def test_username_is_taken_for_every_resource_but_the_first() -> None:
    """A resource that is checked again, as before a replacement, still has its own."""
    claims = UsernameClaims()

    assert claims.taken(MARY, ["mary.major"]) == []
    assert claims.taken(OTHER, ["mary.major", "nikki.wolf"]) == ["mary.major"]
    assert claims.taken(MARY, ["mary.major"]) == []
    assert claims.taken(MARY, ["nikki.wolf"]) == ["nikki.wolf"]


def test_username_in_another_instance_is_another_username() -> None:
    """Usernames are unique in an instance."""
    claims = UsernameClaims()
    claims.taken(MARY, ["mary.major"])

    assert claims.taken(OTHER | {"instanceArn": "arn:i-2"}, ["mary.major"]) == []


def test_username_of_which_not_all_is_known_is_claimed_by_nobody() -> None:
    """A preview may not know the instance or the username; without a mark nobody is told apart."""
    claims = UsernameClaims()

    for inputs in (MARY | {"instanceArn": UNKNOWN}, {"instanceArn": "arn:i-1"}):
        assert claims.taken(inputs, ["mary.major"]) == []
    assert claims.taken(MARY, [UNKNOWN, None]) == []
    assert claims.taken(OTHER, ["mary.major"]) == []
