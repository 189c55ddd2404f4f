"""The rules' documentation is what the rules say."""

import ast
import re

import pytest

from connect_users_guard.examples.docs import pages
from connect_users_guard.registry import all_rules
from pulumi_connect_users import UserArguments
from tools.checkout import ROOT

FOLDER = ROOT / "docs" / "policies"
PAGES = pages()


def test_pages_on_disk_are_those_that_the_rules_make() -> None:
    """After a change of a rule: `make generate`."""
    found = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}

    assert sorted(found) == sorted(PAGES)
    assert [name for name in PAGES if found[name] != PAGES[name]] == []


def test_index_links_every_rule() -> None:
    """Nobody reads a page that they cannot find."""
    linked = set(re.findall(r"\[(connect-user-[a-z-]+)\]\(([a-z-]+)\.md\)", PAGES["index.md"]))

    assert linked == {(rule.name, rule.what) for rule in all_rules().values()}


@pytest.mark.parametrize("name", sorted(set(PAGES) - {"index.md"}))
def test_programs_of_a_page_are_python_with_known_arguments(name: str) -> None:
    blocks = re.findall(r"```python\n(.*?)```", PAGES[name], re.DOTALL)
    known = set(UserArguments.__annotations__) | {"opts"}

    assert blocks
    assert len(blocks) % 2 == 0
    for block in blocks:
        for call in ast.walk(ast.parse(block)):
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "connect.User":
                assert {str(keyword.arg) for keyword in call.keywords} <= known


def test_good_and_bad_programs_differ() -> None:
    """Some rules' examples differ in their settings alone."""
    alike = []
    for name, text in PAGES.items():
        blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
        if any(good == bad for good, bad in zip(blocks[::2], blocks[1::2], strict=True)):
            alike.append(name.removesuffix(".md"))

    assert sorted(alike) == ["admin-allowed", "admin-count", "auto-accept"]
