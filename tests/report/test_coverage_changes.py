"""What a preview makes of an agent: as `users.plan`, which decides what `up` does."""

from typing import Any

import pytest

from pulumi_connect_users.coverage.centre import Agent, Skill
from pulumi_connect_users.report.coverage_changes import CentreChange, affecting
from pulumi_connect_users.report.input import read_preview
from pulumi_connect_users.report.moves_and_renames import join_moves_and_renames
from pulumi_connect_users.report.user_changes import all_user_changes
from tests.report.builders import AWS_USER, NATIVE_USER, UNKNOWN, digest, step
from tests.support.help_desk import ID, Steps, declared, deleted, speaks

_FRENCH, _SPANISH = Skill("language", "French", 2), Skill("language", "Spanish", 4)
EVE = Agent("id", "night", "west", frozenset({_FRENCH, _SPANISH}))
"""As Connect has her; nothing of it need be declared."""


def _after(steps: Steps) -> dict[str, Agent]:
    changes = all_user_changes(read_preview(digest(*steps)).steps)
    change = CentreChange(affecting(join_moves_and_renames(changes)), ID)
    return dict(change.after({"eve": EVE}))


def _updated(old: dict[str, Any], new: dict[str, Any]) -> Steps:
    return [step("update", declared("eve", **old), declared("eve", **new), name="eve")]


def _eve(**changed: Any) -> Agent:
    values = {name: getattr(EVE, name) for name in ("id", "routing_profile", "hierarchy_group")}
    return Agent(**{**values, "skills": EVE.skills, **changed})


_ARN = f"arn:aws:connect:us-west-2:000000000000:instance/{ID}"
CASES: dict[str, tuple[Steps, Agent | None]] = {
    "routing profile": (_updated({}, {"routingProfileId": "r-2"}), _eve(routing_profile="r-2")),
    "routing profile as an ARN": (
        _updated({}, {"routingProfileId": f"{_ARN}/routing-profile/r-2"}),
        _eve(routing_profile="r-2"),
    ),
    "what is not declared": (
        _updated(
            {"routingProfileId": None}, {"routingProfileId": None, "hierarchyGroupId": "east"}
        ),
        _eve(hierarchy_group="east"),
    ),
    "group no longer declared": (
        _updated({"hierarchyGroupId": "west"}, {}),
        _eve(hierarchy_group=""),
    ),
    "the same, left to others": (
        _updated({"hierarchyGroupId": "west"}, {"ignoreDrift": ["hierarchy_group"]}),
        EVE,
    ),
    "level": (
        _updated({"proficiencies": speaks(4)}, {"proficiencies": speaks(1)}),
        _eve(skills=frozenset({_FRENCH, Skill("language", "Spanish", 1)})),
    ),
    "proficiency added": (
        _updated({}, {"proficiencies": speaks(5, "German")}),
        _eve(skills=EVE.skills | {Skill("language", "German", 5)}),
    ),
    "proficiencies no longer declared": (
        _updated({"proficiencies": speaks(4)}, {}),
        _eve(skills=frozenset({_FRENCH})),
    ),
    "the same, left to others, too": (
        _updated({"proficiencies": speaks(4)}, {"ignoreDrift": ["proficiencies"]}),
        EVE,
    ),
    "unknown": (
        _updated({}, {"routingProfileId": UNKNOWN, "proficiencies": UNKNOWN}),
        _eve(routing_profile="", skills=frozenset()),
    ),
    "deleted": (deleted("eve"), None),
    "deleted in another instance": ([step("delete", declared("eve", instanceArn="arn:x/y"))], EVE),
    "replaced": (
        [step("replace", declared("eve"), declared("eve", routingProfileId="r-2"), name="eve")],
        Agent("", "r-2"),
    ),
    "declared by pulumi-aws": (
        [
            step(
                "update",
                {"instanceId": ID, "name": "eve", "routingProfileId": "night"},
                {"instanceId": ID, "name": "eve", "routingProfileId": "r-2"},
                kind=AWS_USER,
            )
        ],
        _eve(routing_profile="r-2"),
    ),
    "declared by aws-native": (
        [
            step(
                "update",
                {"instanceArn": _ARN, "username": "eve", "userProficiencies": speaks(4)},
                {"instanceArn": _ARN, "username": "eve", "userProficiencies": []},
                kind=NATIVE_USER,
            )
        ],
        _eve(skills=frozenset({_FRENCH})),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_agent_after_the_change(case: str) -> None:
    steps, eve = CASES[case]

    assert _after(steps).get("eve") == eve


def test_new_user_has_what_is_declared() -> None:
    bag = declared("new", routingProfileId="r-2", hierarchyGroupId="east", proficiencies=speaks(3))

    assert _after([step("create", None, bag, name="new")]) == {
        "eve": EVE,
        "new": Agent("", "r-2", "east", frozenset({Skill("language", "Spanish", 3)})),
    }
