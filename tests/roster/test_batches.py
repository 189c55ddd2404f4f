"""The state format of rosters: constants that must never change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_connect_users.core import privacy
from pulumi_connect_users.core.properties import Value
from pulumi_connect_users.core.unknowns import UNKNOWN
from pulumi_connect_users.roster.batch import BatchInputs, BatchState, labels, text_of
from pulumi_connect_users.roster.partition import BATCHES, batch_of, canonical

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
    backwards = dict(reversed(tags.items()))
    assert canonical({"tags": tags}) == canonical({"tags": backwards})


@given(TAGS, st.booleans())
def test_user_comes_back_out_of_its_batch(tags: dict[str, str], secret: bool) -> None:
    """What a batch's outputs say of a user is what was put into them, its password apart."""
    properties: dict[str, Value] = {
        "instanceArn": "arn:aws:connect:us-west-2:000000000000:instance/1",
        "identityManagementType": "SAML",
        "ownership": "o/p/s#abc",
        "users": {"mary.major": canonical({"tags": tags})},
        "userIds": {"mary.major": "7"},
    }
    if secret:
        properties["passwords"] = {"mary.major": "Corr3ctHorse"}
    batch = BatchState.decode(properties)
    user = batch.user("mary.major")
    assert user.get("tags") == tags
    assert user.mark not in (None, batch.inputs.mark), "each user has a mark of its own"
    assert BatchState.of(batch.inputs, {"mary.major": user}).user("mary.major") == user
    assert "Corr3ctHorse" not in str(text_of(user))


@pytest.mark.parametrize("form", [{}, {"stateFormat": 1}])
def test_batch_on_the_wire_is_what_was_decoded(form: dict[str, Value]) -> None:
    """An `up` without changes writes what it read, key by key."""
    properties: dict[str, Value] = {
        "instanceArn": "arn:aws:connect:us-west-2:000000000000:instance/1",
        "identityManagementType": "CONNECT_MANAGED",
        "ownership": "o/p/s#abcdefgh",
        "users": {"mary.major": "{}"},
        "passwords": {"mary.major": "Corr3ctHorse"},
        "released": ["li.juan"],
        "onRemove": "retain",
        "labels": {"mary.major": "abcd"},
    }
    computed: dict[str, Value] = {
        "userIds": {"mary.major": "7"},
        "lastModifiedTimes": {"mary.major": "2026-11-22T02:13:16Z"},
        "unfinished": ["mary.major: cause."],
        **form,
    }
    assert BatchInputs.decode(properties).properties == properties
    assert BatchState.decode(properties | computed).outputs == properties | computed
    no_labels: dict[str, Value] = {}
    for beside in (no_labels, {"labels": no_labels}):
        # An empty batch says that it hides no user.
        assert BatchInputs.decode({"users": {}, **beside}).properties == {"users": {}, **beside}
    assert BatchInputs.decode({"users": UNKNOWN, "passwords": UNKNOWN}).properties == {
        "users": UNKNOWN,
        "passwords": UNKNOWN,
    }


def test_label_of_a_hidden_user_does_not_change_with_facts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """After an adoption check no longer adds it: no report says that the user may change."""
    monkeypatch.setattr(privacy._Privacy, "hides", True)
    declared = {"tags": {"Team": "West"}, "routingProfileId": "r-1"}
    adopted = {**declared, "adoption": {"changes": ["tags"]}, "routingProfileName": "Basic"}

    own, same, other = (
        labels({"li.juan@example.com": canonical(text)})
        for text in (declared, adopted, {**declared, "tags": {"Team": "East"}})
    )

    assert own
    assert own == same != other
