"""The HTML report, opened in a real browser."""

import re
from pathlib import Path

import pytest

from pulumi_connect_users.report.renderers import render
from tests.report.builders import digest, report, step, user
from tests.support.browser import DARK, LIGHT, corner, dom, screenshot

RECORDING = Path(__file__).parent / "recordings" / "changed.jsonl"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """The report of the recording with every kind of change, as a file."""
    file = tmp_path / "report.html"
    file.write_text(render(report(RECORDING.read_text()), "html"))
    return file


def test_page_names_no_other_resource(page: Path) -> None:
    """One file: nothing to load, so nothing to leak and nothing to break."""
    text = page.read_text()

    assert not re.search(r"""(?<![-\w])(?:src|href|action)=["'](?!#)""", text)
    assert not re.search(r"url\(|@import|https?://", text)
    assert "default-src 'none'" in text


def test_page_filters_and_searches_with_scripts(page: Path) -> None:
    """The tools appear, a search leaves what fits, and the browser has nothing to complain of."""
    shown, console = dom(page, query="?q=mateo%20spanish")

    assert console == []
    assert 'id="tools" role="search"' in shown
    assert "1 of 16 shown" in shown
    assert shown.count('class="change update away"') == 6
    assert re.search(r'class="change update"[^>]*>(?:(?!</details>).)*mateo', shown, re.DOTALL)


def test_page_is_whole_without_scripts(page: Path) -> None:
    """Every change is there, and no tool that would not work."""
    page.write_text(re.sub(r"<script>.*?</script>", "", page.read_text(), flags=re.DOTALL))

    shown, console = dom(page)

    assert console == []
    assert re.search(r'id="tools" hidden', shown)
    assert shown.count('class="change ') == 16
    assert "away" not in re.sub(r"<style>.*?</style>", "", shown, flags=re.DOTALL)


def test_page_follows_the_readers_light_and_dark(page: Path, tmp_path: Path) -> None:
    """Bright by day, dark by night, without a script."""
    colours = {}
    for name, flag in (("light", LIGHT), ("dark", DARK)):
        screenshot(page, tmp_path / f"{name}.png", flag, width=400, height=300)
        colours[name] = sum(corner(tmp_path / f"{name}.png"))

    assert colours["light"] > 600
    assert colours["dark"] < 150


def test_value_that_is_a_script_stays_text_in_the_browser(tmp_path: Path) -> None:
    """Escaped, and refused by the page's own policy if it were not."""
    attack = "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">"
    found = report(digest(step("create", None, user(tags={attack: attack}), name=attack)))
    file = tmp_path / "report.html"
    file.write_text(render(found, "html"))

    shown, console = dom(file)

    assert console == []
    assert "<title>centre/dev: 1 user to create</title>" in shown
    assert "<img" not in shown


@pytest.mark.slow
def test_five_thousand_users_open_in_the_browser(tmp_path: Path) -> None:
    """A whole centre moves: the page is still a page."""
    steps = [
        step("update", user(), user(tags={"Cost_Center": "43"}), name=f"agent-{i:04}")
        for i in range(5_000)
    ]
    file = tmp_path / "report.html"
    file.write_text(render(report(digest(*steps)), "html"))

    shown, console = dom(file, query="?q=agent-4321")

    assert console == []
    assert "1 of 5000 shown" in shown
