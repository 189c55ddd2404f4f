"""The report as a comment of a pull request: GitHub's Markdown, which GitLab reads too.

The first line is a marker by which a workflow finds its comment again, the second the verdict.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ...core.messages import counted
from ..budget import Section, enough, fit
from ..report import Action, Change, OtherChange, Report
from . import vocabulary
from .escape import code, escape, spans

GITHUB_LIMIT: Final = 65_536
"""Characters that GitHub takes as one comment."""

_OPEN: Final = 10
"""Up to how many entries a harmless section stands open."""
_MANY: Final = 30
"""From how many new users on equal ones are listed in groups."""
_NAMED: Final = 8
"""How many users of a group are named."""
_NOT_A_WORD: Final = re.compile(r"[^\w.-]|--")


@cache
def _pieces() -> Any:
    """The template's macros: what they get is escaped as prose unless a filter says otherwise."""
    environment = Environment(
        loader=PackageLoader("pulumi_connect_users.report.renderers"),
        autoescape=True,
        finalize=escape,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["code"] = code
    environment.filters["spans"] = spans
    environment.filters["counted"] = counted
    environment.filters["word"] = lambda text: Markup(_NOT_A_WORD.sub("", text))  # noqa: S704
    environment.globals["vocabulary"] = vocabulary
    return environment.get_template("markdown.jinja")


def render_markdown(report: Report, *, limit: int = GITHUB_LIMIT) -> str:
    """The comment, shorter than `limit`: what does not fit is named, then counted, never cut."""
    renderer = _Renderer(report, limit)
    actions = [(action, changes) for action, changes in vocabulary.by_action(report)]
    notices = (renderer.problems(), renderer.risks())
    grave = [section for section in actions if vocabulary.WORDS[section[0]].grave]
    sections = [
        renderer.head(),
        renderer.alarms(),
        renderer.admins(),
        *(notices if vocabulary.failed(report) else reversed(notices)),
        *(renderer.action(*section) for section in grave),
        renderer.policies(),
        *(renderer.action(*section) for section in actions if section not in grave),
        renderer.statuses(),
        renderer.others(),
        renderer.coverage(),
        renderer.capabilities(),
        renderer.notes(),
    ]
    # The sections stand in the order of importance, except for the footer.
    return fit(sections, [0, len(sections) - 1, *range(1, len(sections) - 1)], limit)


class _Renderer:
    """Makes the sections of one report."""

    def __init__(self, report: Report, limit: int) -> None:
        self._report = report
        self._limit = limit
        self._pieces = _pieces().make_module({"footer": vocabulary.footer(report)})

    def head(self) -> Section:
        """Marker, verdict, and what stays as it is."""
        return Section(
            opening=str(self._pieces.marker(self._report)) + str(self._pieces.head(self._report))
        )

    def notes(self) -> Section:
        """What the input does not show, and what this report hides."""
        return Section(opening=str(self._pieces.notes(self._report)))

    def alarms(self) -> Section:
        """What of the coverage falls too far."""
        alarms = self._report.coverage.alarms
        return Section(
            opening="\n> [!CAUTION]\n" if alarms else "",
            entries=self._enough(map(self._pieces.alarm, alarms)),
            total=len(alarms),
            more=lambda left, _: f"> - and {counted(left, 'more queue or proficiency')} too thin",
            gap="",
        )

    def admins(self) -> Section:
        """Who can newly become Admin."""
        lines = vocabulary.to_admin(self._report)
        return Section(
            opening="\n> [!CAUTION]\n" if lines else "",
            entries=self._enough(map(self._pieces.to_admin, lines)),
            total=len(lines),
            more=lambda left, _: f"> - and {counted(left, 'more group')} of users",
            gap="",
        )

    def capabilities(self) -> Section:
        """Who can do what only after the change, and who no longer."""
        lines = self._report.capabilities.changes
        if not lines:
            return Section(opening="")
        return Section(
            opening=f"\n<details open><summary><b>Capabilities ({len(lines):,})</b></summary>\n",
            closing="\n</details>\n",
            table_head=_table_head(("Users", "Can now", "Can no longer")),
            entries=self._enough(map(self._pieces.capable, lines)),
            total=len(lines),
            more=lambda left, _: f"And {counted(left, 'more row')}: see the HTML report.",
        )

    def coverage(self) -> Section:
        """Queues, proficiencies and groups whose agents change."""
        rows = vocabulary.coverage(self._report)
        if not rows:
            return Section(opening="")
        unchanged = vocabulary.unchanged_coverage(self._report)
        return Section(
            opening=f"\n<details><summary><b>Coverage ({len(rows):,})</b></summary>\n",
            closing=(f"\nUnchanged: {unchanged}.\n" if unchanged else "") + "\n</details>\n",
            table_head=_table_head(
                ("Queue, proficiency, group", "Before", "After", "Leaving", "Joining")
            ),
            entries=self._enough(self._pieces.covered(name, row) for name, row in rows),
            total=len(rows),
            more=lambda left, _: f"And {counted(left, 'more row')}: see the HTML report.",
        )

    def risks(self) -> Section:
        """What to look at first."""
        risks = vocabulary.ranked_risks(self._report)
        return Section(
            opening="\n> [!WARNING]\n" if risks else "",
            entries=self._enough(self._pieces.risk(risk, of) for risk, of in risks),
            total=len(risks),
            more=lambda left, _: f"> - and {counted(left, 'more risk')}, marked ⚠ below",
            gap="",
        )

    def problems(self) -> Section:
        """Errors and warnings of the run."""
        problems = self._report.problems
        return Section(
            opening=f"\n#### {vocabulary.trouble(self._report)}\n\n" if problems else "",
            entries=self._enough(map(self._pieces.problem, problems)),
            total=len(problems),
            more=lambda left, _: f"- and {counted(left, 'more message')}",
            gap="",
        )

    def action(self, action: Action, changes: Sequence[Change]) -> Section:
        """What happens to users, action by action."""
        word = vocabulary.WORDS[action]
        intro = f"\n{spans(word.intro)}\n" if word.intro else ""
        intro += _losses(changes)
        columns: tuple[str, ...]
        entries: Iterable[object]
        if action in vocabulary.COMPARED:
            columns = ("User", "Attribute", word.before, word.after)
            entries = map(self._pieces.compared, changes)
        elif len(changes) > _MANY and not word.grave and action not in vocabulary.DEPARTURES:
            return self._groups(word, changes, intro)
        else:
            side = "old" if action in vocabulary.DEPARTURES else "new"
            more = ("More",) if side == "new" else ()
            columns = ("User", "Security profiles", "Routing profile", "Hierarchy group", *more)
            entries = (self._pieces.listed(change, side) for change in changes)
        title = f"{word.symbol} {word.title}"
        return self._table(title, columns, entries, changes, intro=intro, folds=not word.grave)

    def _groups(self, word: vocabulary.Word, changes: Sequence[Change], intro: str) -> Section:
        """Many new users: how many get what, the largest group first."""
        alike: defaultdict[str, list[Change]] = defaultdict(list)
        for change in changes:
            alike[str(self._pieces.mains(change))].append(change)
        groups = sorted(alike.items(), key=lambda group: -len(group[1]))
        columns = ("Users", "Security profiles", "Routing profile", "Hierarchy group")
        title = f"{word.symbol} {word.title} ({len(changes):,})"
        return Section(
            opening=f"\n<details open><summary><b>{title}</b></summary>\n{intro}",
            closing="\n</details>\n",
            table_head=_table_head(columns),
            entries=self._enough(
                self._pieces.group(of[:_NAMED], len(of), mains) for mains, of in groups
            ),
            total=len(groups),
            more=lambda left, _: f"And {counted(left, 'more group')}: see the HTML report.",
        )

    def statuses(self) -> Section:
        """Agent statuses."""
        changes = [change for change in self._report.changes if change.kind == "status"]
        columns = ("Status", "Attribute", "Before", "After")
        entries = map(self._pieces.compared, changes)
        return self._table("Agent statuses", columns, entries, changes)

    def others(self) -> Section:
        """Resources other than users."""
        changes = self._report.other_changes
        entries = map(self._pieces.other, changes)
        return self._table("Other resources", ("Change", "Type", "Name"), entries, changes)

    def policies(self) -> Section:
        """Policy results; that all passed stands in the verdict."""
        policies = self._report.policies
        complaints = [
            (result, complaint, place == 0)
            for result in policies.results
            for place, complaint in enumerate(result.complaints)
        ]
        total = len(complaints) + len(policies.remediations)
        if not total:
            return Section(opening="")
        passed = policies.ran - len(policies.results)
        outcome = f"{passed:,} passed" if policies.results else "all passed"
        entries = chain(
            (self._pieces.complaint(*complaint) for complaint in complaints),
            map(self._pieces.remediation, policies.remediations),
        )
        ran = counted(policies.ran, "policy", "policies")
        return Section(
            opening=f"\n#### Policies\n\n{ran} ran, {outcome}.\n",
            table_head=_table_head(("Policy", "User", "Message")),
            entries=self._enough(entries),
            total=total,
            more=lambda left, _: f"And {counted(left, 'more result')}: see the HTML report.",
        )

    def _enough(self, entries: Iterable[object]) -> list[str]:
        return enough(map(str, entries), self._limit)

    def _table(
        self,
        title: str,
        columns: Sequence[str],
        entries: Iterable[object],
        changes: Sequence[Change] | Sequence[OtherChange],
        *,
        intro: str = "",
        folds: bool = True,
    ) -> Section:
        """A heading and a table; folded where it is long and harmless."""
        if not changes:
            return Section(opening="")
        title = f"{title} ({len(changes):,})"
        opening, closing = f"\n#### {title}\n{intro}", ""
        if folds:
            state = " open" if len(changes) <= _OPEN else ""
            opening = f"\n<details{state}><summary><b>{title}</b></summary>\n{intro}"
            closing = "\n</details>\n"
        return Section(
            opening=opening,
            closing=closing,
            table_head=_table_head(columns),
            entries=self._enough(entries),
            names=[str(code(change.name)) for change in changes],
            total=len(changes),
            more=_more,
        )


def _losses(changes: Sequence[Change]) -> str:
    losses = [
        f"- {spans(loss)}" + ("" if count == len(changes) else f" ({counted(count, 'user')})")
        for loss, count in vocabulary.lost(changes)
    ]
    return "\nWhat is lost:\n\n" + "\n".join(losses) + "\n" if losses else ""


def _table_head(columns: Sequence[str]) -> str:
    return f"\n| {' | '.join(columns)} |\n{'|---' * len(columns)}|\n"


def _more(left: int, named: int) -> str:
    if not named:
        return f"And {left:,} more: see the HTML report."
    return f"And {left:,} more, {'namely' if named == left else 'among them'}"
