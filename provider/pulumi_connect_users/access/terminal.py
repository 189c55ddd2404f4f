"""The review in a terminal: by capability, then by person."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from ..core.messages import counted
from ..core.privacy import shorten
from ..core.safe_text import printable
from .capabilities import BECOME_ADMIN
from .outcome import Outcome
from .review import Person, described

_FEW, _MANY = 6, 20
_WIDE = 160


def show(outcome: Outcome, console: Console) -> None:
    """Prints the review; a file or a pipe gets lines that are wide enough."""
    width = console.width if console.is_terminal else max(console.width, _WIDE)
    Console(file=console.file, width=width).print(_whole(outcome))


def _whole(outcome: Outcome) -> RenderableType:
    parts: list[RenderableType] = [Text(outcome.verdict, style="bold"), Text()]
    unreadable = outcome.access.unreadable
    if unreadable:
        names = ", ".join(map(printable, unreadable))
        parts += [Text(f"Permissions could not be read: {names}", style="red"), Text()]
    parts += [_capabilities(outcome), Text(), _people(outcome)]
    if outcome.since is not None:
        lines = [one.text for one in outcome.differences]
        parts += _listed(f"Since {outcome.since:%F}", lines or ["nothing changed"])
    if outcome.is_judged:
        lines = [
            f"{cause}: {shorten(usernames, _MANY)}" for cause, usernames in outcome.causes.items()
        ]
        parts += _listed("Unreviewed", lines or ["no one"])
    return Group(*parts)


def _listed(title: str, lines: Sequence[str]) -> list[RenderableType]:
    return [
        Text(),
        Text(title, style="bold"),
        *(Text(f"  {printable(line, longest=len(line))}") for line in lines),
    ]


def _capabilities(outcome: Outcome) -> Table:
    table = _table("capability", "people", "unknown", "who")
    for name, holders, uncertain in outcome.lines:
        table.add_row(
            Text(name, style="bold red" if name == BECOME_ADMIN and holders else ""),
            Text(f"{len(holders):,}"),
            Text(f"{len(uncertain):,}" if uncertain else ""),
            Text(_names(holders)),
        )
    return table


def _people(outcome: Outcome) -> Table:
    table = _table("who", "security profiles", "can", "fingerprint")
    for people in outcome.alike:
        one = people[0]
        table.add_row(
            Text(_names(people)),
            Text(printable(", ".join(one.profiles))),
            Text("\n".join(_abilities(one))),
            Text(one.fingerprint),
        )
    rest = len(outcome.access.people) - sum(map(len, outcome.alike))
    if rest:
        table.add_row(Text(counted(rest, "other")), Text(), Text("none of these"), Text())
    return table


def _abilities(person: Person) -> list[str]:
    lines = [printable(described(n, limit)) for n, limit in person.capabilities.items()]
    if person.way:
        lines.insert(1, printable("  " + ", then ".join(person.way), longest=1_000))
    if person.unknown:
        lines.append(f"unknown: {', '.join(person.unknown)}")
    return lines


def _names(people: Sequence[Person]) -> str:
    text = shorten([person.username for person in people], _FEW)
    return printable(text, longest=len(text))


def _table(*columns: str) -> Table:
    table = Table(box=None, header_style="bold", padding=(0, 2, 0, 0))
    for column in columns:
        table.add_column(column, overflow="fold")
    return table
