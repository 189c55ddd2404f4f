"""What holds for every preview, not only for those that somebody thought of."""

import html
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulumi_connect_users.core.safe_text import printable
from pulumi_connect_users.report import UnreadableInput, assemble, read_preview
from pulumi_connect_users.report.budget import length
from pulumi_connect_users.report.renderers import FORMATS, render
from pulumi_connect_users.report.renderers.escape import code, prose
from tests.report.markdown import cells, links, rendered, seen
from tests.report.previews import MIXED, previews

FEW = settings(max_examples=settings().max_examples * 2 // 5, deadline=None)


def _plain(text: str) -> str:
    """A writer's output without its own escapes, in which a value would be found."""
    return html.unescape(re.sub(r"<!-- -->|<wbr>|\\u200b", "", text)).replace("\u200b", "")


@FEW
@given(previews())
def test_no_writer_ever_shows_a_secret_or_a_personal_value(
    preview: tuple[str, tuple[str, ...]],
) -> None:
    """Not in a value, a name, a message, a key, or half way through an escape."""
    text, hidden = preview
    report = assemble(read_preview(text))

    for target in FORMATS:
        written = render(report, target)
        for value in hidden:
            assert value not in written
            assert value not in _plain(written)
            assert value not in re.sub(r"\s+", " ", written)


@FEW
@given(previews())
def test_markdown_tables_survive_any_text(preview: tuple[str, tuple[str, ...]]) -> None:
    """Every row has as many cells as its head, for both parsers, and nothing becomes a link."""
    written = render(assemble(read_preview(preview[0])), "markdown")

    widths = [len(row) for row in cells(written)]
    heads = [line.count("|") - 1 for line in written.splitlines() if line.startswith("|---")]
    assert set(widths) <= set(heads)
    rows = [line for line in written.splitlines() if line.startswith("|")]
    assert len(widths) == len(rows) - len(heads)
    assert links(written) == []
    assert "<script" not in rendered(written)
    assert written.count("<details") == written.count("</details>")


@FEW
@given(previews(), st.integers(1_000, 6_000))
def test_markdown_stays_below_any_limit(preview: tuple[str, tuple[str, ...]], limit: int) -> None:
    written = render(assemble(read_preview(preview[0])), "markdown", limit=limit)

    assert length(written) < limit
    assert written.endswith("\n")


class _Tags(HTMLParser):
    """The names of the tags and attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[tuple[str, str]] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {(tag, name) for name, _ in attrs} | {(tag, "")}


@FEW
@given(previews())
def test_html_holds_only_its_own_markup(preview: tuple[str, tuple[str, ...]]) -> None:
    """No value becomes a tag, an attribute or a script."""
    written = render(assemble(read_preview(preview[0])), "html")
    parser = _Tags()
    parser.feed(written)

    tags = {tag for tag, _ in parser.found}
    assert not tags & {"img", "iframe", "object", "embed", "base", "form", "svg"}
    assert written.count("<script") == written.count("<style") == 1
    assert not {name for _, name in parser.found if name.startswith("on") or name == "src"}


@pytest.mark.slow
@FEW
@given(previews())
def test_same_input_is_the_same_bytes(preview: tuple[str, tuple[str, ...]]) -> None:
    """Nothing depends on the hour, or on how Python orders a set today."""
    first, second = (assemble(read_preview(preview[0])) for _ in range(2))

    for target in FORMATS:
        assert render(first, target).encode() == render(second, target).encode()


@settings(deadline=None)
@given(MIXED)
def test_escaped_text_reads_as_it_was(text: str) -> None:
    """What a reader sees is the text itself, in a sentence and in code, and nothing is live."""
    line = " ".join(printable(text).split())
    written = f"x{prose(line)}y\n\n| a |\n|---|\n| x{code(line)}y |\n"

    sentence, table = rendered(written).split("</p>", 1)
    assert seen(sentence).strip() == f"x{line}y"
    assert seen(cells(written)[1][0]) == f"x{line}y"
    assert "<table" in table
    assert links(written) == []


@settings(deadline=None)
@given(st.text(max_size=200) | st.binary(max_size=200).map(lambda b: b.decode("utf-8", "replace")))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Never a traceback: torn, foreign and random input is a report or a clear refusal."""
    try:
        report = assemble(read_preview(text))
    except UnreadableInput:
        return
    assert report.verdict


@FEW
@given(previews(), st.floats(0.05, 0.95))
def test_torn_preview_is_still_a_report(preview: tuple[str, tuple[str, ...]], end: float) -> None:
    """Cut anywhere, what is left is shown, and never more than the whole would."""
    text = preview[0][: int(len(preview[0]) * end)]
    try:
        report = assemble(read_preview(text))
    except UnreadableInput:
        return
    assert report.outcome != "succeeded" or not report.changes
    assert all(value not in render(report, "json") for value in preview[1])
