"""Makes the pictures of docs/live-data.md: `python -m tests.live_data.screenshots` (chromium)."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI

from pulumi_connect_users.aws.current_user_data import current_user_data
from pulumi_connect_users.aws.session import ConnectSession
from pulumi_connect_users.aws.settings import Settings
from pulumi_connect_users.board.board import Board, make_board
from pulumi_connect_users.board.naming import look_up_names
from pulumi_connect_users.board.page import page
from pulumi_connect_users.board.terminal import terminal_board
from pulumi_connect_users.live_data.query import LiveQuery
from tests.support.browser import DARK, screenshot
from tests.support.contact_centre import ARN, INSTANCE, busy_day, user_id
from tools.checkout import ROOT

IMAGES = ROOT / "docs" / "images"
_TERMINAL = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; background: #0d1117; }}
pre {{ margin: 0; padding: 18px 22px; color: {foreground};
  font: 14px/1.35 "DejaVu Sans Mono", monospace; }}
{stylesheet}</style><pre><code style="font-family: inherit">{code}</code></pre>"""


def live_board(store: Path) -> Board:
    """The board of a store, at this moment."""
    session = ConnectSession(Settings(endpoint="local", store=store, requests_per_second=None))
    session.connect(ARN).call(
        "PutUserStatus",
        UserId=user_id("nikki.wolf"),
        AgentStatusId=session_status(session, "Lunch"),
    )
    data = current_user_data(session, ARN, LiveQuery())
    names = look_up_names(session, ARN)
    return make_board(data, names, instance=ARN, taken=datetime.now(UTC))


def session_status(session: ConnectSession, name: str) -> str:
    """The id of an agent status."""
    from pulumi_connect_users.core.lookups import Kind

    return session.catalog(ARN, Kind.AGENT_STATUS).ids_of(name)[0]


def main() -> None:
    """Writes the pictures."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "local.db"
        busy_day(store, minutes=95, seed=3)
        board = live_board(store)
        html = Path(folder) / "board.html"
        html.write_text(page(board))
        screenshot(html, IMAGES / "board.png", width=1380, height=1010)
        screenshot(html, IMAGES / "board-dark.png", DARK, width=1380, height=1010)
        console = Console(record=True, width=152, file=(Path(folder) / "out").open("w"))
        console.print(terminal_board(board, width=152, height=40))
        text = Path(folder) / "terminal.html"
        text.write_text(console.export_html(theme=MONOKAI, code_format=_TERMINAL))
        screenshot(text, IMAGES / "terminal-board.png", width=1290, height=820)
    print(f"wrote pictures of {INSTANCE} to {IMAGES}")  # noqa: T201


if __name__ == "__main__":
    main()
