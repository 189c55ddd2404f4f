"""Questions about live data: documented limits and exclusions are told before any call."""

from typing import Any

import pytest

from pulumi_connect_users.core.errors import InvalidFilter
from pulumi_connect_users.live_data.query import CONTACT_STATES, LiveQuery, checked, judge

_HUNDRED = [f"queue {n}" for n in range(100)]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"queues": [*_HUNDRED, "one more"]}, "queues: has 101 entries, at most 100 allowed."),
        ({"routing_profiles": [*_HUNDRED, "x"]}, "routing_profiles: has 101 entries"),
        ({"agents": [*_HUNDRED, "x"]}, "agents: has 101 entries"),
        ({"queues": []}, "queues: is empty, which would return all agents."),
        ({"contact_states": []}, "contact_states: is empty"),
        ({"queues": "BasicQueue"}, 'queues: must be a list. Write queues=["..."].'),
        ({"queues": {"BasicQueue"}}, "queues: must be a list."),
        ({"agents": ["mary.major", ""]}, "agents[1]: is empty. Give a value, or leave it out."),
        ({"agents": [7]}, "agents[0]: must be a string"),
        ({"hierarchy_group": ["AMER", "EMEA"]}, "hierarchy_group: must be one path, id or ARN."),
        ({"hierarchy_group": " "}, "hierarchy_group: must be one path"),
        ({"contact_states": ["connected"]}, "contact_states[0]: is not a contact state. Did you"),
        ({"contact_states": ["TALKING"]}, "contact_states[0]: is not a contact state. Known:"),
        (
            {"queues": ["a"], "agents": ["b"]},
            "queues and agents: exclude each other.",
        ),
        (
            {"queues": ["a"], "routing_profiles": ["b"], "hierarchy_group": "c"},
            "queues and routing_profiles and hierarchy_group: exclude each other",
        ),
    ],
)
def test_query_that_connect_would_refuse_is_told_with_path_and_remedy(
    given: dict[str, Any], expected: str
) -> None:
    [reason] = judge(LiveQuery(**given))

    assert reason.startswith(expected)
    assert reason.count(". ") >= 1


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"queues": _HUNDRED},
        {"agents": ["mary.major"] * 150},
        {"contact_states": list(CONTACT_STATES)},
        {"routing_profiles": ["a"], "contact_states": ["CONNECTED"]},
        {"hierarchy_group": "AMER/West", "contact_states": ["MISSED"]},
    ],
)
def test_query_within_the_limits_is_accepted(given: dict[str, Any]) -> None:
    """A hundred of a kind, nine states, and repetitions that make no more of them."""
    assert judge(LiveQuery(**given)) == []


def test_all_mistakes_come_at_once() -> None:
    """Nobody has to run a program four times to learn of four mistakes."""
    query = LiveQuery(queues=[], agents=["x", ""], contact_states=["TALKING"])

    with pytest.raises(InvalidFilter) as raised:
        checked(query, "reading live data")

    text = str(raised.value)
    paths = ("queues: is empty", "agents[1]:", "contact_states[0]:", "queues and agents:")
    assert [path for path in paths if path not in text] == []
