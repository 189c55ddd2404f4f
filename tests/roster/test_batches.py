"""The state format of rosters: constants that must never change."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pulumi_connect_users.roster.batch import text_of, user_of, with_users
from pulumi_connect_users.roster.partition import BATCHES, batch_of, canonical
from pulumi_connect_users.users.state import UserState

TAGS = st.dictionaries(st.text(max_size=5), st.text(max_size=5), min_size=1, max_size=3)


def test_batch_of_a_user_is_the_same_for_ever() -> None:
    """Another number would move users between resources of existing stacks."""
    names = ("mary.major", "li.juan@example.com", "agent.00001", "Nikki_Wolf", "арнав")
    assert {name: batch_of(name) for name in names} == {
        "mary.major": 1,
        "li.juan@example.com": 4,
        "agent.00001": 43,
        "Nikki_Wolf": 20,
        "арнав": 30,
    }


def test_users_are_spread_evenly() -> None:
    """No batch of a large roster holds more than twice its share."""
    counts = [0] * BATCHES
    for number in range(10_000):
        counts[batch_of(f"agent.{number:05}")] += 1
    assert max(counts) < 2 * 10_000 / BATCHES


@given(TAGS)
def test_equal_users_have_one_text(tags: dict[str, str]) -> None:
    """The order of keys means nothing."""
    backwards = dict(reversed(tags.items()))
    assert canonical({"tags": tags}) == canonical({"tags": backwards})


@given(TAGS, st.booleans())
def test_user_comes_back_out_of_its_batch(tags: dict[str, str], secret: bool) -> None:
    """What a batch's outputs say of a user is what was put into them, its password apart."""
    batch = {
        "instanceArn": "arn:aws:connect:us-west-2:000000000000:instance/1",
        "identityManagementType": "SAML",
        "ownership": "o/p/s#abc",
        "users": {"mary.major": text_of({"tags": tags})},
        "userIds": {"mary.major": "7"},
    }
    if secret:
        batch["passwords"] = {"mary.major": "Corr3ctHorse"}
    user = user_of(batch, "mary.major")
    assert user["tags"] == tags
    assert user["ownership"] != "o/p/s#abc", "each user has a mark of its own"
    assert user_of(with_users(batch, {"mary.major": UserState.decode(user)}), "mary.major") == user
    assert "Corr3ctHorse" not in str(text_of(user))
