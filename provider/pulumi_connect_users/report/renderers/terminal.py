"""The report in a terminal: rich decides what the terminal can show."""

import io
from collections.abc import Iterator, Sequence
from typing import Final

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from ...core.messages import counted
from ..report import Action, Change, PropertyChange, Report, Value
from . import vocabulary

_WIDTH: Final = 100
_INDENT: Final = " " * 6
_COLUMN: Final = 40
"""Cells that the old values may be aligned over."""
_STYLES: Final[dict[Action, str]] = {
    "unknown": "red",
    "delete": "red",
    "replace": "magenta",
    "gone": "red",
    "drift": "yellow",
    "suspend": "yellow",
    "update": "yellow",
    "move": "cyan",
    "release": "cyan",
    "adopt": "cyan",
    "reinstate": "cyan",
    "create": "green",
    "import": "cyan",
}


def render_terminal(report: Report) -> str:
    """The report as plain text, for files and pipes."""
    text = io.StringIO()
    show(report, Console(file=text, width=_WIDTH, color_system=None, force_terminal=False))
    return "".join(line.rstrip() + "\n" for line in text.getvalue().splitlines())


def show(report: Report, console: Console) -> None:
    """Prints the report; the verdict comes last, where the eye is when a command has ended."""
    console.print(Group(*_parts(report)), highlight=False, soft_wrap=False)


def _parts(report: Report) -> Iterator[RenderableType]:
    # Text, never markup: a name must not be read as a style.
    yield from _problems(report)
    for action, changes in vocabulary.by_action(report):
        yield from _section(action, changes)
    statuses = [change for change in report.changes if change.kind == "status"]
    if statuses:
        yield Text("\nAgent statuses", style="bold")
        for change in statuses:
            yield from _change(change)
    if report.other_changes:
        yield Text("\nOther resources", style="bold")
        for other in report.other_changes:
            yield Text(f"  {other.action} {other.type} {other.name}")
    yield from _coverage(report)
    yield from _capabilities(report)
    yield from _policies(report)
    for note in report.notes:
        yield Text(f"\n{note}", style="dim")
    if calls := vocabulary.calls(report):
        yield Text(f"\n{calls}", style="dim")
    yield Text(f"\n{vocabulary.footer(report)}", style="dim")
    yield from _risks(report)
    for alarm in report.coverage.alarms:
        users = vocabulary.few(alarm.leaving)
        yield Text("! ", style="bold red").append(f"{alarm.text}; leaving: {users}", "default")
    for line in vocabulary.to_admin(report):
        text = f"{vocabulary.few(line.users)} {vocabulary.admin_text(line)}"
        yield Text("! ", style="bold red").append(text, "default")
    yield _verdict(report)


def _problems(report: Report) -> Iterator[RenderableType]:
    for problem in report.problems:
        name = f" {problem.name}" if problem.name else ""
        style = "red" if problem.severity == "error" else "yellow"
        yield Text(f"{problem.severity}{name}: ", style=style).append(
            problem.message, style="default"
        )


def _risks(report: Report) -> Iterator[RenderableType]:
    for risk, change in vocabulary.ranked_risks(report):
        style = "bold red" if risk.level == "high" else "yellow"
        name = f"{change.name} " if change is not None else ""
        yield Text("! ", style=style).append(name + risk.text, style="default")


def _coverage(report: Report) -> Iterator[RenderableType]:
    rows = vocabulary.coverage(report)
    if not rows:
        return
    yield Text("\nCoverage", style="bold").append(" agents before → after", "not bold dim")
    for name, row in rows:
        yield Text(f"  {name}  {row.before} → {row.after}")
        for word, users in (("leaving", row.leaving), ("joining", row.joining)):
            if users:
                yield _indented(f"{word}: {vocabulary.few(users)}")
    if unchanged := vocabulary.unchanged_coverage(report):
        yield Text(f"  unchanged: {unchanged}", style="dim")


def _capabilities(report: Report) -> Iterator[RenderableType]:
    lines = report.capabilities.changes
    if not lines:
        return
    yield Text("\nCapabilities", style="bold")
    for line in lines:
        yield Text(f"  {vocabulary.few(line.users)}")
        for word, text in (
            ("can now", vocabulary.newly(line)),
            ("can no longer", vocabulary.no_longer(line)),
        ):
            if text:
                yield _indented(f"{word}: {text}")


def _indented(text: str) -> Padding:
    """A line that stays below its heading where it is long."""
    return Padding(Text(text, style="dim"), (0, 0, 0, len(_INDENT)), expand=False)


def _section(action: Action, changes: Sequence[Change]) -> Iterator[RenderableType]:
    word = vocabulary.WORDS[action]
    title = f"\n{word.symbol} {word.title} ({len(changes):,})"
    yield Text(title, style=f"bold {_STYLES[action]}")
    if word.intro:
        yield Text(f"  {word.intro}", style="dim")
    for loss, _ in vocabulary.lost(changes):
        yield Text(f"  lost: {loss}", style="dim")
    for change in changes:
        yield from _change(change)


def _change(change: Change) -> Iterator[RenderableType]:
    style = _STYLES[change.action]
    line = Text(f"  {vocabulary.WORDS[change.action].symbol} ", style=style).append(
        change.name, "bold"
    )
    if vocabulary.differs_from_name(change.username, change.name):
        line.append(f" ({change.username})", "default")
    if place := vocabulary.place(change):
        line.append(f" {place}", "dim")
    yield line
    if change.action in vocabulary.COMPARED or change.kind == "status":
        yield from _compared(change)
    else:
        side = "old" if change.action in vocabulary.DEPARTURES else "new"
        shown = [
            _plain(value) for value in vocabulary.main_values(change, side) if value is not None
        ]
        if shown:
            yield Text(_INDENT + " · ".join(shown), style="dim")


def _compared(change: Change) -> Iterator[RenderableType]:
    """Attribute, old and new in columns: by hand, since a table for each of many users is slow."""
    if not change.properties:
        yield Text(f"{_INDENT}no visible change: a secret, or a setting of Pulumi", "dim")
        return
    rows = []
    for leaf in change.properties:
        name = Text(_INDENT + leaf.attribute)
        if leaf.attribute in change.reasons:
            name.append(" forces replacement", "bold")
        rows.append((name, _value(leaf, "old"), _value(leaf, "new")))
    first = max(name.cell_len for name, _, _ in rows)
    second = min(_COLUMN, max(old.cell_len for _, old, _ in rows))
    for name, old, new in rows:
        name.pad_right(first - name.cell_len)
        old.pad_right(max(0, second - old.cell_len))
        yield Text.assemble(name, "  ", old, " → ", new)


def _value(leaf: PropertyChange, side: str) -> Text:
    value = leaf.new if side == "new" else leaf.old
    if value.state == "shown" and any(item.changed for item in value.items):
        return _marked(value, "bold green" if side == "new" else "red")
    plain = _plain(value)
    if side == "new" and leaf.old == leaf.new:
        plain += ", changed"
    return Text(plain, style="dim" if value.state != "shown" else "default")


def _marked(value: Value, mark: str) -> Text:
    text = Text()
    for index, item in enumerate(value.items):
        style = mark if item.changed else "default"
        text.append(", " if index else "", "default").append(item.text, style)
    return text


def _plain(value: Value) -> str:
    if value.items:
        return ", ".join(item.text for item in value.items)
    return {
        "absent": vocabulary.ABSENT,
        "secret": vocabulary.SECRET,
        "hidden": vocabulary.HIDDEN,
        "unknown": vocabulary.UNKNOWN,
        "shown": "none",
    }[value.state]


def _policies(report: Report) -> Iterator[RenderableType]:
    if report.policies.results or report.policies.remediations:
        yield Text(f"\nPolicies ({report.policies.ran} ran)", style="bold")
    for result in report.policies.results:
        style = "red" if result.level == "mandatory" else "yellow"
        severity = f", {result.severity}" if result.severity != "none" else ""
        yield Text(f"  {result.level}{severity} ", style=style).append(result.policy, "bold")
        for complaint in result.complaints:
            line = f"{complaint.name or 'the stack'}: {complaint.message}"
            yield Padding(Text(line), (0, 0, 0, 6))
    for remediation in report.policies.remediations:
        changed = ", ".join(remediation.attributes) or "a hidden value"
        text = f"  remediated {remediation.policy} changed {changed} of {remediation.name}"
        yield Text(text, style="dim")


def _verdict(report: Report) -> RenderableType:
    line = Text("\n")
    where = "/".join(part for part in (report.project, report.stack) if part)
    line.append(f"{where}: " if where else "", "bold")
    for index, clause in enumerate(report.verdict):
        line.append(" · " if index else "", "default")
        line.append(clause.text, "bold red" if clause.alarming else "default")
    if report.counts.unchanged:
        line.append(f" · {counted(report.counts.unchanged, 'user')} unchanged", "dim")
    return line
