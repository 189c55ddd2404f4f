"""The figures of a checkout: each is counted as its name says."""

from pathlib import Path

from tools.structure.code import read_code
from tools.structure.rooms import read_rooms

MODULE = """
from typing import Any, Mapping

Bag = Mapping[str, Any]


def straight(bag: Bag) -> object:
    return bag


def branching(values: dict[str, object], limit: int) -> list[object]:
    return [v for v in values if v and limit] if limit else []
"""


def test_code_of_a_module_counts_its_ways_and_what_is_untyped(tmp_path: Path) -> None:
    """An alias of a mapping to Any is untyped where it is used, `object` only inside a mapping."""
    file = tmp_path / "module.py"
    file.write_text(MODULE)

    code = read_code([file])

    assert code.modules == (12,)
    assert code.functions == (2, 2)
    assert sorted(code.complexities) == [1, 4]
    assert code.untyped == 3


def test_rooms_are_folders_and_their_imports_arrows(tmp_path: Path) -> None:
    """Relative and absolute imports lead to the same room; a circle is a pair of rooms."""
    (tmp_path / "users").mkdir()
    (tmp_path / "model").mkdir()
    (tmp_path / "users" / "plan.py").write_text("from ..model.facts import Facts\n")
    (tmp_path / "model" / "facts.py").write_text("import pulumi_connect_users.users.plan\n")
    (tmp_path / "dynamic.py").write_text("from .users import plan\n")

    rooms = read_rooms(tmp_path)

    assert rooms.names == ("(top)", "model", "users")
    assert rooms.arrows == {("(top)", "users"), ("users", "model"), ("model", "users")}
    assert rooms.circles == [("model", "users")]
    assert rooms.loose == ("dynamic",)
