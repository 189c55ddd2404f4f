"""The report as a comment of a pull request: GitHub's Markdown, which GitLab reads too.

The first line is a marker by which a workflow finds its comment again, the second the verdict.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ..budget import Section, fit
from ..report import Action, Change, Report
from ..verdict import counted
from . import words
from .escape import code, escape, prose

GITHUB_LIMIT: Final = 65_536
"""Characters that GitHub takes as one comment."""

_OPEN: Final = 10
"""Up to how many entries a section that is no danger stands open."""
_COMPARED: Final[tuple[Action, ...]] = ("replace", "drift", "update")
_NOT_A_WORD: Final = re.compile(r"[^\w.-]|--")


@cache
def _pieces() -> Any:
    """The template's macros: what they get is escaped as prose unless a filter says otherwise."""
    environment = Environment(
        loader=PackageLoader("pulumi_connect_users.report.writers"),
        autoescape=True,
        finalize=escape,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["code"] = code
    environment.filters["counted"] = counted
    environment.filters["word"] = lambda text: Markup(_NOT_A_WORD.sub("", text))  # noqa: S704
    environment.globals["words"] = words
    return environment.get_template("markdown.jinja")


def write_markdown(report: Report, *, limit: int = GITHUB_LIMIT) -> str:
    """The comment, shorter than `limit`: what does not fit is named, then counted, never cut."""
    actions = words.by_action(report)
    ranked: list[tuple[float, Section]] = [(0, _head(report)), (0.5, _notes(report))]
    ranked[1:1] = [
        *_problems(report),
        *_risks(report),
        *(_action(action, found) for action, found in actions if _grave(action)),
        *_policies(report),
        *(
            _action(action, found)
            for action, found in words.by_action(report)
            if not _grave(action)
        ),
        *_statuses(report),
        *_others(report),
    ]
    sections = [section for _, section in ranked]
    order = sorted(range(len(sections)), key=lambda place: (ranked[place][0], place))
    return fit(sections, order, limit)


def _grave(action: Action) -> bool:
    return words.WORDS[action].grave


def _head(report: Report) -> Section:
    pieces = _pieces().make_module({"footer": ""})
    return Section(opening=str(pieces.marker(report)) + str(pieces.head(report)))


def _notes(report: Report) -> Section:
    module = _pieces().make_module({"footer": words.footer(report)})
    return Section(opening=str(module.notes(report)))


def _risks(report: Report) -> list[tuple[float, Section]]:
    risks = words.told_risks(report)
    if not risks:
        return []
    pieces = _pieces().make_module({"footer": ""})
    section = Section(
        opening="\n> [!WARNING]\n",
        entries=[str(pieces.risk(risk, change)) for risk, change in risks],
        more=lambda left, _: f"> - and {counted(left, 'more risk')}, marked ⚠ below",
    )
    return [(2, section)]


def _problems(report: Report) -> list[tuple[float, Section]]:
    if not report.problems:
        return []
    pieces = _pieces().make_module({"footer": ""})
    section = Section(
        opening=f"\n#### {words.trouble(report)}\n\n",
        entries=[str(pieces.problem(problem)) for problem in report.problems],
        more=lambda left, _: f"- and {counted(left, 'more message')}",
    )
    return [(1, section)]


def _action(action: Action, changes: Sequence[Change]) -> tuple[float, Section]:
    """The section of one action; the grave ones are the more important."""
    pieces = _pieces().make_module({"footer": ""})
    word = words.WORDS[action]
    intro = f"\n{prose(word.intro)}\n" if word.intro else ""
    losses = words.lost(changes)
    intro += "\nWhat is lost:\n" if losses else ""
    for loss, count in losses:
        of = "" if count == len(changes) else f" ({counted(count, 'user')})"
        intro += f"\n- {prose(loss)}{of}"
    intro += "\n" if losses else ""
    title = f"{word.symbol} {word.title} ({len(changes):,})"
    if action in _COMPARED:
        head = f"\n| User | Attribute | {word.before} | {word.after} |\n|---|---|---|---|\n"
        entries = [str(pieces.compared(change)) for change in changes]
    else:
        side = "old" if action in ("delete", "gone") else "new"
        more = " More |" if side == "new" else ""
        head = f"\n| User | Security profiles | Routing profile | Hierarchy group |{more}\n"
        head += "|---|---|---|---|---|\n" if more else "|---|---|---|---|\n"
        entries = [str(pieces.listed(change, side)) for change in changes]
    return _IMPORTANCE[action], _section(
        title, intro, head, entries, [str(code(c.name)) for c in changes], grave=word.grave
    )


_IMPORTANCE: Final[dict[Action, float]] = {
    "delete": 3,
    "replace": 4,
    "gone": 5,
    "drift": 6,
    "update": 8,
    "adopt": 9,
    "create": 10,
    "import": 11,
}


def _section(
    title: str, intro: str, head: str, entries: list[str], names: list[str], *, grave: bool = False
) -> Section:
    """A heading and a table; folded where it is long and no danger."""

    def more(left: int, named: int) -> str:
        which = "among them" if named < left else "namely"
        return f"And {left:,} more" + (f", {which}" if named else ": see the HTML report.")

    if grave:
        opening, closing = f"\n#### {title}\n{intro}", ""
    else:
        state = " open" if len(entries) <= _OPEN else ""
        opening = f"\n<details{state}><summary><b>{title}</b></summary>\n{intro}"
        closing = "\n</details>\n"
    return Section(
        opening=opening, closing=closing, table_head=head, entries=entries, names=names, more=more
    )


def _policies(report: Report) -> list[tuple[float, Section]]:
    policies = report.policies
    if policies.status in ("unknown", "none"):
        return []  # the heading says so, or a note
    pieces = _pieces().make_module({"footer": ""})
    entries = [
        str(pieces.complaint(result, complaint, first=index == 0))
        for result in policies.results
        for index, complaint in enumerate(result.complaints)
    ]
    entries += [str(pieces.remediation(result)) for result in policies.remediations]
    passed = policies.ran - len(policies.results)
    title = "Policies"
    said = "all passed" if not policies.results else f"{passed:,} passed"
    intro = f"\n{counted(policies.ran, 'policy', 'policies')} ran, {said}.\n"
    if not entries:
        return [(7, Section(opening=f"\n{intro}"))]
    head = "\n| Policy | User | What it says |\n|---|---|---|\n"
    section = Section(
        opening=f"\n#### {title}\n{intro}",
        table_head=head,
        entries=entries,
        more=lambda left, _: f"And {counted(left, 'more result')}: see the HTML report.",
    )
    return [(7 if policies.status != "failed" else 2.5, section)]


def _statuses(report: Report) -> list[tuple[float, Section]]:
    changes = [change for change in report.changes if change.kind == "status"]
    if not changes:
        return []
    pieces = _pieces().make_module({"footer": ""})
    head = "\n| Status | Attribute | Before | After |\n|---|---|---|---|\n"
    title = f"Agent statuses ({len(changes):,})"
    entries = [str(pieces.compared(change)) for change in changes]
    return [(12, _section(title, "", head, entries, [str(code(c.name)) for c in changes]))]


def _others(report: Report) -> list[tuple[float, Section]]:
    if not report.other_changes:
        return []
    pieces = _pieces().make_module({"footer": ""})
    title = f"Other resources ({len(report.other_changes):,})"
    head = "\n| Change | Type | Name |\n|---|---|---|\n"
    entries = [str(pieces.other(change)) for change in report.other_changes]
    names = [str(code(change.name)) for change in report.other_changes]
    return [(13, _section(title, "", head, entries, names))]
