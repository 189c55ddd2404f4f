"""The drawing and the table of docs/architecture.md show the imports, and its names exist."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

from tools.architecture.drawing import drawing
from tools.architecture.imports import circles, read_arrows, without_shortcuts
from tools.architecture.layers import layered
from tools.architecture.page import DRAWING, PACKAGE, PAGE, drawn, with_table
from tools.checkout import ROOT

_PATH = re.compile(r"`([a-z_]+/[a-z_./]*)`")


def test_drawing_and_table_are_those_of_the_imports() -> None:
    """`make generate` has been run since an import last went to another room."""
    page = PAGE.read_text(encoding="utf-8")

    assert drawn() == DRAWING.read_text(encoding="utf-8")
    assert with_table(page) == page


def test_no_room_imports_itself_by_way_of_others() -> None:
    assert circles(read_arrows(PACKAGE)) == []


def test_modules_that_the_page_names_exist() -> None:
    named = set(_PATH.findall(PAGE.read_text(encoding="utf-8")))

    assert len(named) > 30
    assert [n for n in sorted(named) if not any((at / n).exists() for at in (PACKAGE, ROOT))] == []


def _package(folder: Path, **sources: str) -> Path:
    for name, text in sources.items():
        room = folder / name
        room.mkdir()
        (room / "__init__.py").write_text(f'"""{name}."""\n{text}\n')
    (folder / "__init__.py").write_text('"""Public names."""\n')
    (folder / "loose.py").write_text('"""A module."""\nfrom .low import it\n')
    return folder


def test_imports_are_read_in_every_form(tmp_path: Path) -> None:
    """Absolute ones, relative ones, and those of a module at the top; public names are left out."""
    package = _package(
        tmp_path,
        top="from .. import Name\nfrom ..loose import it\ndef f():\n    from ..low.part import it",
        low="import os\nimport pulumi_connect_users.base.part",
        base="",
    )

    assert read_arrows(package) == {
        "base": frozenset(),
        "loose.py": {"low"},
        "low": {"base"},
        "top": {"loose.py", "low"},
    }


def test_arrow_that_others_imply_is_left_out() -> None:
    arrows = {
        "cli": frozenset({"users", "core"}),
        "users": frozenset({"core"}),
        "core": frozenset[str](),
    }

    assert without_shortcuts(arrows)["cli"] == {"users"}
    assert circles({**arrows, "core": frozenset({"cli"})}) == ["cli", "users", "core"]


def test_importing_part_stands_above_the_imported_one() -> None:
    """A long arrow has a place of its own in each row that it passes."""
    arrows = {
        "a": frozenset({"b", "far"}),
        "b": frozenset({"c"}),
        "c": frozenset({"d"}),
        "d": frozenset[str](),
        "far": frozenset[str](),
    }

    layers = layered(arrows)

    assert [sorted(row) for row in layers.rows] == [
        ["a"],
        ["a>far", "b"],
        ["a>far", "c"],
        ["d", "far"],
    ]
    assert ("a", "a>far", "a>far", "far") in layers.paths


def test_drawing_has_a_box_for_each_part_and_loads_nothing() -> None:
    arrows = {"cli": frozenset({"users"}), "users": frozenset[str]()}

    root = ET.fromstring(drawing(arrows))  # noqa: S314 - our own text
    names = [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")]

    assert sorted(filter(None, names)) == ["cli", "users"]
    assert not re.search(r"https?:|@import|href", drawing(arrows).replace(root.tag[1:27], ""))
