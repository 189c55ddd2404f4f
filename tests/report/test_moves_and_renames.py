"""What happens to one person is one row: a move, a rename, an operation nobody knows."""

import json
from typing import Any

import pytest

from pulumi_connect_users.report.gate import closed, conditions
from pulumi_connect_users.report.renderers import render
from tests.report.builders import USER_BATCH, digest, report, shown, step, user


def _batch(*users: dict[str, Any]) -> dict[str, Any]:
    return {
        "instanceArn": users[0]["instanceArn"] if users else user()["instanceArn"],
        "users": {u["username"]: json.dumps(u, sort_keys=True) for u in users},
    }


ADOPTED = {"userArn": "x", "changes": ["ownership"]}


def test_promotion_from_a_roster_is_one_row_with_what_changes() -> None:
    """The release and the adoption are two halves of one move."""
    old = _batch(user(), user(username="bob"))
    promoted = user(adopt=True, adoption=ADOPTED, hierarchyGroupId="h-2", hierarchyPath="AMER/East")

    found = report(
        digest(
            step("update", old, _batch(user(username="bob")), name="west-07", kind=USER_BATCH),
            step("create", None, promoted),
        )
    )

    (change,) = found.changes
    assert (change.action, change.moved_from) == ("move", "roster west")
    assert "hierarchy_group" in shown(found)["mary"]
    assert found.verdict_text.startswith("1 user to move")
    assert "from roster west" in render(found, "markdown")
    assert "from roster west" in render(found, "html")
    assert "from roster west" in render(found, "terminal")


def test_move_between_rosters_names_both() -> None:
    adopted = user(adopt=True, adoption=ADOPTED)

    found = report(
        digest(
            step("update", _batch(user()), _batch(), name="west-07", kind=USER_BATCH),
            step("update", _batch(), _batch(adopted), name="east-07", kind=USER_BATCH),
        )
    )

    (change,) = found.changes
    assert (change.action, change.roster, change.moved_from) == ("move", "east", "roster west")


def test_rename_is_one_replacement_that_names_both_usernames_and_counts_as_deletion() -> None:
    """The same names under another username: Connect deletes one user and creates another."""
    names = {"firstName": "Mary", "lastName": "Major"}
    old = user(username="mary@old.example.com", identityInfo=names)
    new = user(username="mary@new.example.com", identityInfo=names)

    found = report(
        digest(
            step("update", _batch(old), _batch(), name="west-07", kind=USER_BATCH),
            step("update", _batch(), _batch(new), name="west-31", kind=USER_BATCH),
        )
    )

    (change,) = found.changes
    assert (change.action, change.renamed_from) == ("replace", "mary@old.example.com")
    assert shown(found)["mary@new.example.com"]["username"] == (
        "mary@old.example.com",
        "mary@new.example.com",
    )
    assert closed(found, conditions("delete"))


def test_namesakes_are_never_taken_for_one_person() -> None:
    """Two go and one comes, all of one name: who is who is not known."""
    names = {"firstName": "Li", "lastName": "Wang"}
    going = [user(username=f"li{i}", identityInfo=names) for i in (1, 2)]
    coming = user(username="li3", identityInfo=names)

    found = report(digest(step("update", _batch(*going), _batch(coming), kind=USER_BATCH)))

    assert sorted(change.action for change in found.changes) == ["create", "delete", "delete"]


@pytest.mark.parametrize("gate", ["delete", "create>100", "policy", "error", "drift"])
def test_unknown_operation_is_shown_as_unknown_and_closes_every_gate(gate: str) -> None:
    found = report(digest(step("transmogrify", user(), user(tags={}))))

    (change,) = found.changes
    assert change.action == "unknown"
    assert "unknown operation" in found.verdict_text
    assert closed(found, conditions(gate))


def test_discarded_resource_is_released() -> None:
    found = report(digest(step("discard", user())))

    assert [change.action for change in found.changes] == ["release"]


def test_names_are_in_the_order_in_which_people_count() -> None:
    """n2 before n10."""
    steps = [step("update", user(), user(tags={}), name=f"n{i}") for i in (10, 2, 1005, 105)]

    found = report(digest(*steps))

    assert [change.name for change in found.changes] == ["n2", "n10", "n105", "n1005"]


def test_command_in_a_message_is_code_in_both_forms() -> None:
    """Markdown and HTML say the same: backticks are code, ids stand beside their names."""
    deletion = step("delete", user())
    deletion["oldState"]["protect"] = True
    found = report(digest(deletion))

    assert "<code>pulumi up</code>" in render(found, "markdown")
    assert "<code>pulumi up</code>" in render(found, "html")
    assert "`pulumi up`" not in render(found, "html")
