"""Markdown as GitHub reads it: below its limit, and whatever a value holds stays a value."""

import re
from typing import Any

import pytest

from pulumi_connect_users.report.budget import Section, fit, length
from pulumi_connect_users.report.renderers import render
from pulumi_connect_users.report.renderers.markdown import GITHUB_LIMIT
from tests.report.builders import admin, digest, events, planned, report, step, user, violation
from tests.report.markdown import cells, links, text_of

NASTY = (
    "a|b `c` <img src=x onerror=alert(1)> @team #12 GH-12 https://x.example www.x.example \\| ~~s~~"
)


def _many(count: int, op: str = "update") -> list[dict[str, Any]]:
    new = user(tags={"Cost_Center": "43"}, routingProfileId="r-2", routingProfileName="Night")
    sides = {"update": (user(), new), "delete": (user(), None), "create": (None, new)}
    return [step(op, *sides[op], name=f"{op}-{i:05}") for i in range(count)]


def test_first_line_is_a_marker_and_second_the_verdict() -> None:
    """A workflow finds its comment by the first, a reader is done after the second."""
    lines = render(report(digest(step("delete", user()))), "markdown").splitlines()

    assert lines[:2] == ["<!-- connect-users-report: centre/dev -->", "### 🔴 1 user to delete"]


def test_comment_about_nothing_is_short() -> None:
    text = render(report(events(planned(step("same", user(), user())))), "markdown")

    assert "### 🟢 no user changes" in text
    assert len(text) < 500


@pytest.mark.slow
@pytest.mark.parametrize("limit", [1_500, 5_000, 20_000, GITHUB_LIMIT])
@pytest.mark.parametrize("op", ["update", "delete"])
def test_comment_stays_below_its_limit_and_counts_what_it_leaves_out(op: str, limit: int) -> None:
    """Entries are shortened to their names, then counted; together they are always all."""
    text = render(report(digest(*_many(700, op))), "markdown", limit=limit)

    assert length(text) < limit
    left = re.search(r"^And ([\d,]+) more", text, re.MULTILINE)
    told = text.count("</code> |\n") + text.count("|  |\n")
    whole = len(re.findall(rf"^\| <code>{op}-\d+</code>", text, re.MULTILINE))
    assert told >= whole
    assert whole + int(left[1].replace(",", "") if left else 0) == 700
    assert "Names, e-mail addresses and phone numbers are hidden" in text
    assert text.count("<details") == text.count("</details>")
    assert len({len(row) for row in cells(text)}) <= 2


def test_grave_changes_keep_their_room_before_others() -> None:
    """700 creations must not push one deletion out."""
    text = render(
        report(digest(*_many(700, "create"), *_many(3, "delete"))), "markdown", limit=4_000
    )

    assert all(f"| <code>delete-0000{i}</code>" in text for i in range(3))
    assert "+ To create (700)" in text


@pytest.mark.parametrize("limit", [5_000, GITHUB_LIMIT])
def test_many_newcomers_are_told_in_groups_of_equal_ones(limit: int) -> None:
    """Thousands of equal rows say nothing: how many get what does, with some of their names."""
    admins = [step("create", None, admin(username=f"a{i}"), name=f"a{i}") for i in range(40)]
    text = render(report(digest(*_many(700, "create"), *admins)), "markdown", limit=limit)

    assert length(text) < limit
    rows = re.findall(r"^\| ([\d,]+) users: (.*?) \|", text, re.MULTILINE)
    assert [int(count) for count, _ in rows] == [700, 40]
    assert "<code>create-00000</code>" in rows[0][1]
    assert rows[1][1].startswith("<code>a0</code>")
    assert "and 32 more" in rows[1][1]


def test_risks_that_are_left_out_are_counted_within_the_warning() -> None:
    """A blank line would end it: the count would stand alone, and an empty warning is none."""
    risen = (step("update", user(), admin(), name=f"u{i}") for i in range(60))
    text = render(report(digest(*risen)), "markdown", limit=2_000)

    (warning,) = re.findall(r"^> .*(?:\n> .*)*", text.split("<details", 1)[0], re.MULTILINE)
    assert warning.startswith("> [!WARNING]\n> - ")
    assert re.search(r"\n> - and \d+ more risks, marked ⚠ below$", warning)


def test_tiny_limit_keeps_the_verdict() -> None:
    """Where nothing else fits, the least important sections go as a whole."""
    text = render(report(digest(*_many(50), *_many(50, "delete"))), "markdown", limit=1_000)

    assert length(text) < 1_000
    assert "50 users to delete · 50 to update" in text


def test_what_a_value_holds_stays_text() -> None:
    """No mention, no reference, no link, no markup, and no cell too many."""
    new = user(tags={NASTY: NASTY, "multi\nline": "x\u202ey\x1b[31m"}, routingProfileName=NASTY)
    text = render(
        report(
            events(
                planned(step("update", user(), new, name=NASTY)),
                violation(message=NASTY, name=NASTY, policyName=NASTY),
            )
        ),
        "markdown",
    )

    assert links(text) == []
    assert {len(row) for row in cells(text)} == {3, 4}
    shown = text_of(text)
    assert "a|b `c` <img src=x onerror=alert(1)>" in shown
    assert "x\\u{202e}y" in shown
    assert "\x1b" not in text
    assert "@team" not in re.sub(r"<code>.*?</code>", "", text)


def test_names_in_code_hold_no_live_mention_or_link() -> None:
    """GitHub ignores code; GitHub's parser alone would still link an address in it."""
    text = render(report(digest(step("create", None, user(), name=NASTY))), "markdown")

    assert "@" not in text.split("\n", 1)[1].replace("&#64;", "")
    assert "://" not in text.split("\n", 1)[1].replace("<!--", "")


def test_length_counts_as_github_does_at_worst() -> None:
    """A character outside the basic plane may count twice."""
    assert length("a🔴") == 3


def test_sections_that_do_not_fit_even_smallest_are_dropped_from_the_end() -> None:
    """The order of importance decides, the order of the text is kept."""
    sections = [Section(opening="a" * 40), Section(opening="b" * 40), Section(opening="c" * 40)]

    assert fit(sections, [2, 0, 1], 100) == "a" * 40 + "c" * 40
