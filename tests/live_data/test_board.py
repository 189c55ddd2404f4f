"""The board: what it counts, and its three forms."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from rich.console import Console

from pulumi_connect_users.aws.current_user_data import current_user_data
from pulumi_connect_users.aws.session import ConnectSession
from pulumi_connect_users.board import words
from pulumi_connect_users.board.board import Board, make_board
from pulumi_connect_users.board.document import document
from pulumi_connect_users.board.naming import look_up_names
from pulumi_connect_users.board.page import page
from pulumi_connect_users.board.terminal import terminal_board
from pulumi_connect_users.emulator import Store
from pulumi_connect_users.live_data.query import LiveQuery
from tests.support.browser import dom
from tests.support.contact_centre import ARN

SessionOf = Callable[[Store], ConnectSession]


@pytest.fixture
def board(centre: Store, session_of: SessionOf) -> Board:
    """The board of the centre: Mary talks, Arnav holds, Li chats, Nikki is at lunch."""
    session = session_of(centre)
    data = current_user_data(session, ARN, LiveQuery())
    names = look_up_names(session, ARN)
    return make_board(data, names, instance=ARN, taken=datetime.now(UTC))


def _terminal(board: Board, width: int, height: int | None = None) -> str:
    console = Console(width=width, record=True, force_terminal=False)
    with console.capture() as printed:
        console.print(terminal_board(board, width=width, height=height))
    return printed.get()


def test_board_counts_agents_queues_and_slots(board: Board) -> None:
    assert {k: n for k, n in board.activities.items() if n} == {"on contact": 3, "away": 1}
    assert board.statuses == {"Available": 3, "Lunch": 1}
    queues = {line.name: (line.contacts, line.connected) for line in board.queues}
    assert queues == {"BasicQueue": (2, 2), "Claims": (1, 1), "Billing": (1, 0)}
    # Three agents with one call each, one of whom takes none at lunch; Li has 1 of 3 chats.
    assert board.channels["VOICE"] == (2, 0, 4)
    assert board.channels["CHAT"] == (1, 2, 9)


def test_names_cannot_write_to_the_terminal(board: Board) -> None:
    """Whoever may name a queue must not colour, title or rewrite a supervisor's screen."""
    evil = "\x1b]0;title\x07\x1b[2J\u202e[red]"
    agents = tuple(
        replace(
            agent,
            name=evil,
            status=evil,
            next_status=evil,
            hierarchy=evil,
            contacts=tuple(replace(contact, queue=evil) for contact in agent.contacts),
        )
        for agent in board.agents
    )

    printed = _terminal(replace(board, agents=agents, filters=evil), 400)

    assert not set(printed) & set("\x1b\x07\u202e")
    assert "\\u{1b}]0;title" in printed
    assert "[red]" in printed


def test_agents_who_talk_come_first_then_by_name(board: Board) -> None:
    names = [agent.name for agent in board.agents]

    assert names == ["arnav.desai", "li.juan@example.com", "mary.major", "nikki.wolf"]


def test_terminal_board_fits_its_window(board: Board) -> None:
    wide, narrow = _terminal(board, 200), _terminal(board, 92)

    assert "VOICE · BasicQueue  on hold" in wide
    assert "AMER/West/Team 1" in wide
    assert "AMER/West/Team 1" not in narrow
    assert max(len(line) for line in narrow.splitlines()) <= 92
    many = _terminal(replace(board, agents=board.agents * 20), 120, height=30)
    assert " more agents" in many
    assert len(many.splitlines()) <= 30
    assert "Billing" in many


def test_terminal_board_shows_names_as_text_not_as_markup(board: Board) -> None:
    """A queue or status of any name cannot style the terminal."""
    agents = (replace(board.agents[0], status="[red]x[/red]"),)

    assert "[red]x[/red]" in _terminal(replace(board, agents=agents), 160)


def test_document_is_json_with_every_contact(board: Board) -> None:
    loaded = json.loads(json.dumps(document(board)))

    mary = next(agent for agent in loaded["agents"] if agent["username"] == "mary.major")
    [contact] = mary["contacts"]
    assert (contact["agentContactState"], contact["queue"]) == ("CONNECTED", "BasicQueue")
    assert contact["connectedToAgentTimestamp"].endswith("Z")
    assert mary["slotsByChannel"]["VOICE"] == {"active": 1, "available": 0, "max": 1}
    assert loaded["activities"]["on contact"] == 3


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(0, "0:00"), (42, "0:42"), (725, "12:05"), (11_400, "3:10:00"), (-5, "0:00")],
)
def test_age_is_told_as_a_clock(seconds: int, expected: str) -> None:
    """A clock that runs ahead of ours makes no negative age."""
    now = datetime(2026, 1, 1, tzinfo=UTC)

    assert words.age(now - timedelta(seconds=seconds), now) == expected


def _page(board: Board, folder: Path) -> Path:
    file = folder / "board.html"
    file.write_text(page(board), encoding="utf-8")
    return file


def test_page_loads_nothing_and_escapes_everything(board: Board) -> None:
    evil = "<script>alert(1)</script>"
    agents = (replace(board.agents[0], name=evil, status=evil, hierarchy=evil),)

    text = page(replace(board, agents=agents))

    assert evil not in text
    assert "&lt;script&gt;" in text
    assert text.count("<script>") == 1
    assert "default-src 'none'" in text
    assert [word for word in ("http://", "https://", "src=") if word in text] == []


def _rows(text: str) -> str:
    """The agents' rows of a page."""
    return text.split("<tbody>")[-1].split("</tbody>")[0]


def test_page_works_in_a_real_browser(board: Board, tmp_path: Path) -> None:
    """Its script runs under its policy: times tick, and a filter in the address hides the rest."""
    early = replace(board, taken=datetime.now(UTC) - timedelta(minutes=10))
    file = _page(early, tmp_path)

    shown, _ = dom(file, "--virtual-time-budget=2000")
    filtered, _ = dom(file, "--virtual-time-budget=2000", query="#q=nikki&a=away")

    assert "<h1>4 agents at work</h1>" in shown
    assert shown.count("<tr class=") == 4
    assert "hidden" not in _rows(shown)
    assert '<div class="tools">' in shown
    visible = [row for row in _rows(filtered).split("<tr ")[1:] if "hidden" not in row]
    assert len(visible) == 1
    assert "nikki.wolf" in visible[0]
    assert ">1 of 4 agents<" in filtered
    # The page was made ten minutes before: only a script can know that.
    mary = next(row for row in shown.split("<tr ") if "mary.major" in row)
    [call] = next(agent for agent in early.agents if agent.name == "mary.major").contacts
    assert f">{words.age(call.connected, early.taken)}<" not in mary
