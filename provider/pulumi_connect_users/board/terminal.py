"""The board in a terminal, by rich: fits the window, and counts what it leaves out.

Connect does not restrict the names of statuses, queues and groups: they are made printable.
"""

from collections.abc import Mapping
from typing import Final

from rich import box
from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from ..core.safe_text import printable
from . import words
from .board import ACTIVITIES, Activity, Agent, Board

STYLES: Final[Mapping[Activity, str]] = {
    "on contact": "bold green",
    "offered": "bold yellow",
    "after contact": "cyan",
    "missed": "bold red",
    "ready": "blue",
    "away": "bright_black",
}
_MOST: Final = {"agent": 32, "status": 26, "contacts": 50, "team": 34}
"""Most columns of a cell; longer text ends with an ellipsis."""
_ANY: Final = 10_000


def terminal_board(board: Board, *, width: int, height: int | None = None) -> RenderableType:
    """The board for a window of `width` columns; with a `height`, only as many agents as fit."""
    queues = _queues(board)
    # Title, tiles, the table's head and blank lines, the line that counts the rest; the queues.
    used = 10 + (len(board.queues) + 5 if board.queues else 0)
    most = len(board.agents) if height is None else _fitting(board, max(3, height - used))
    parts: list[RenderableType] = [_title(board), _tiles(board)]
    if board.agents:
        parts.append(_agents(board, board.agents[:most], width))
    if len(board.agents) > most:
        parts.append(Text(f"… and {len(board.agents) - most} more agents", style="dim"))
    if queues is not None:
        parts += [Text(), queues]
    return Group(*parts)


def _fitting(board: Board, lines: int) -> int:
    """How many of the first agents fit: each takes a line for each contact, but at least one."""
    count = 0
    for agent in board.agents:
        lines -= max(1, len(agent.contacts))
        if lines < 0:
            break
        count += 1
    return count


def _title(board: Board) -> RenderableType:
    title = Text(no_wrap=True, overflow="ellipsis")
    title.append(printable(board.name), style="bold")
    title.append(f"  {board.taken.astimezone():%Y-%m-%d %H:%M:%S}", style="dim")
    if board.filters:
        title.append(f"  {printable(board.filters)}", style="dim italic")
    return title


def _tiles(board: Board) -> RenderableType:
    counts = board.activities
    line = Table.grid(padding=(0, 3))
    cells = [Text(f"{len(board.agents)} at work", style="bold")]
    for activity in ACTIVITIES:
        style = STYLES[activity] if counts[activity] else "bright_black"
        cells.append(Text(f"{words.SYMBOLS[activity]} {counts[activity]} {activity}", style=style))
    line.add_row(*cells)
    rows: list[RenderableType] = [line]
    if board.channels:
        slots = "   ".join(
            f"{channel} {taken}/{most} taken, {free} free"
            for channel, (taken, free, most) in board.channels.items()
        )
        rows.append(Text(slots, style="dim"))
    return Panel(Group(*rows), box=box.ROUNDED, border_style="bright_black", expand=False)


def _agents(board: Board, agents: tuple[Agent, ...], width: int) -> Table:
    """The table with as many of its last two columns as fit."""
    for shown in (7, 6):
        table = _table(board, agents, shown)
        if Console(width=_ANY).measure(table).maximum <= width:
            return table
    return _table(board, agents, 5)


def _table(board: Board, agents: tuple[Agent, ...], shown: int) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="dim")
    for name in ("agent", "doing", "status", "for", "contacts", "slots", "team")[:shown]:
        table.add_column(
            name,
            justify="right" if name == "for" else "left",
            no_wrap=True,
            overflow="ellipsis",
            max_width=_MOST.get(name),
        )
    for agent in agents:
        doing = f"{words.SYMBOLS[agent.activity]} {agent.activity}"
        cells: list[RenderableType] = [
            Text(printable(agent.name), style="bold" if agent.contacts else ""),
            Text(doing, style=STYLES[agent.activity]),
            _status(agent),
            Text(words.age(agent.since, board.taken)),
            _contacts(agent, board),
            _slots(agent),
            Text(printable(agent.hierarchy or agent.routing_profile), style="dim"),
        ]
        table.add_row(*cells[:shown])
    return table


def _slots(agent: Agent) -> Text:
    parts = [
        Text(f"{channel} {taken}/{most}", style="" if taken else "dim")
        for channel, (taken, _, most) in words.slots_of(agent)
    ]
    return Text("  ").join(parts)


def _status(agent: Agent) -> Text:
    text = Text(printable(agent.status))
    if agent.next_status:
        text.append(f" → {printable(agent.next_status)}", style="yellow")
    return text


def _contacts(agent: Agent, board: Board) -> Text:
    lines = []
    for contact in agent.contacts:
        since = words.age(contact.connected or contact.since, board.taken)
        line = Text(printable(words.where(contact)))
        line.append(f"  {words.state(contact)} {since}".rstrip(), style=STYLES[contact.activity])
        lines.append(line)
    return Text("\n").join(lines)


def _queues(board: Board) -> Table | None:
    if not board.queues:
        return None
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="dim")
    table.add_column("queue", no_wrap=True, overflow="ellipsis", max_width=40)
    for column in ("contacts", "connected", "offered", "longest"):
        table.add_column(column, justify="right")
    for line in board.queues:
        table.add_row(
            Text(printable(line.name)),
            str(line.contacts),
            str(line.connected),
            str(line.offered),
            words.age(line.oldest, board.taken),
        )
    return table
