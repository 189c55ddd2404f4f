"""Usernames that two resources of a program claim."""

from pulumi_connect_users.core.ownership import OwnershipMark
from pulumi_connect_users.core.unknowns import UNKNOWN
from pulumi_connect_users.users.run.usernames import UsernameClaims

MARY, OTHER = OwnershipMark("o/p/s", "mary"), OwnershipMark("o/p/s", "other")


def test_username_is_taken_for_every_resource_but_the_first() -> None:
    """A resource that is checked again, as before a replacement, still has its own."""
    claims = UsernameClaims()

    assert claims.taken("arn:i-1", MARY, ["mary.major"]) == []
    assert claims.taken("arn:i-1", OTHER, ["mary.major", "nikki.wolf"]) == ["mary.major"]
    assert claims.taken("arn:i-1", MARY, ["mary.major"]) == []
    assert claims.taken("arn:i-1", MARY, ["nikki.wolf"]) == ["nikki.wolf"]


def test_username_in_another_instance_is_another_username() -> None:
    """Usernames are unique in an instance."""
    claims = UsernameClaims()
    claims.taken("arn:i-1", MARY, ["mary.major"])

    assert claims.taken("arn:i-2", OTHER, ["mary.major"]) == []


def test_username_of_which_not_all_is_known_is_claimed_by_nobody() -> None:
    """A preview may not know the instance or the username; without a mark nobody is told apart."""
    claims = UsernameClaims()

    assert claims.taken(UNKNOWN, MARY, ["mary.major"]) == []
    assert claims.taken("arn:i-1", None, ["mary.major"]) == []
    assert claims.taken("arn:i-1", MARY, [UNKNOWN, None]) == []
    assert claims.taken("arn:i-1", OTHER, ["mary.major"]) == []
