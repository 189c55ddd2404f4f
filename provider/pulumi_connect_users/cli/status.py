"""`connect-users status`: which agents are at work and what they do, once or all the time."""

import json
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console, Group
from rich.live import Live
from rich.text import Text

from pulumi_connect_users.aws.current_user_data import current_user_data
from pulumi_connect_users.aws.session import ConnectSession
from pulumi_connect_users.board.board import Board, make_board
from pulumi_connect_users.board.document import document
from pulumi_connect_users.board.naming import look_up_names
from pulumi_connect_users.board.terminal import terminal_board
from pulumi_connect_users.cli.connection import connection, connection_options, say
from pulumi_connect_users.cli.files import write_text
from pulumi_connect_users.cli.instances import INSTANCE_HELP, instance_of, usage_errors
from pulumi_connect_users.cli.ranges import FiniteRange
from pulumi_connect_users.cli.working import own_progress
from pulumi_connect_users.core.errors import (
    LookUpUnavailable,
    OutcomeUnknown,
    ServiceFailure,
    Throttled,
)
from pulumi_connect_users.core.lookups import Kind
from pulumi_connect_users.core.privacy import display_name, label
from pulumi_connect_users.live_data.query import CONTACT_STATES, LiveQuery

_WRITING = "writing the board"
_LONGEST_SECONDS = 86_400
_MOST_LISTINGS = 3
"""How often a user without a name causes another listing of all users."""
_TEMPORARY = (OutcomeUnknown, ServiceFailure, Throttled)
_FILTERS = (
    ("queues", "queue"),
    ("routing_profiles", "routing profile"),
    ("agents", "agent"),
    ("contact_states", "contact state"),
)


@click.command()
@click.option("--instance", help=INSTANCE_HELP)
@click.option("--queue", "queues", multiple=True, help="Only agents of this queue; up to 100.")
@click.option(
    "--routing-profile", "routing_profiles", multiple=True, help="Only with this profile."
)
@click.option("--agent", "agents", multiple=True, help="Only this username; up to 100.")
@click.option("--hierarchy-group", help="Only agents of this group and those below: AMER/West.")
@click.option(
    "--contact-state",
    "contact_states",
    multiple=True,
    type=click.Choice(CONTACT_STATES, case_sensitive=False),
    help="Only contacts in this state, and agents who have one.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON; with --watch, one per line.")
@click.option(
    "--html", type=click.Path(path_type=Path, dir_okay=False), help="Write one HTML page."
)
@click.option("--watch", is_flag=True, help="Repeat until interrupted.")
@click.option(
    "--interval",
    type=FiniteRange(1, _LONGEST_SECONDS),
    default=5.0,
    show_default=True,
    help="Seconds between updates, with --watch.",
)
@click.option(
    "--personal-data", is_flag=True, help="Show usernames that `personalData: secret` hides."
)
@click.option(
    "--hide",
    "hidden",
    type=click.Choice(["usernames"]),
    multiple=True,
    help="Replace each username by a label, for boards that leave the organisation.",
)
@connection_options
def status(
    *,
    instance: str | None,
    queues: tuple[str, ...],
    routing_profiles: tuple[str, ...],
    agents: tuple[str, ...],
    hierarchy_group: str | None,
    contact_states: tuple[str, ...],
    as_json: bool,
    html: Path | None,
    watch: bool,
    interval: float,
    personal_data: bool,
    hidden: tuple[str, ...],
    stack: str | None,
    **options: str | None,
) -> None:
    """Show the agents at work: by status, by queue, and with their contacts.

    An agent who is not shown is not at work, or hidden by a filter. Queues, routing profiles,
    agents and the hierarchy group exclude each other.

    \b
    Examples:
      connect-users status --endpoint local --instance local-managed
      connect-users status --stack prod --queue BasicQueue --watch
      connect-users status --stack prod --html board.html --watch --interval 10
    """
    if as_json and html is not None:
        raise click.UsageError("--json and --html exclude each other. Keep one.")
    query = LiveQuery(
        queues=queues or None,
        routing_profiles=routing_profiles or None,
        agents=agents or None,
        hierarchy_group=hierarchy_group,
        contact_states=contact_states or None,
    )
    with usage_errors():
        session = connection(stack, **options).session()
        live = watch and not as_json and html is None and sys.stdout.isatty()
        looks = _Looks(
            session,
            instance_of(session, instance),
            query,
            shown=label if hidden else str if personal_data else display_name,
            report=(lambda text: None) if live else say,
        )
        if watch:
            own_progress()
        boards = looks.watch(interval) if watch else iter((looks.look(),))
        try:
            if html is not None:
                _write_pages(boards, html, reload_seconds=round(interval) if watch else None)
            elif as_json:
                _print_json(boards, lines=watch)
            elif live:
                _show_live(boards, looks)
            else:
                for board in boards:
                    _print(board)
        except KeyboardInterrupt:
            # The regular end of a watch.
            return


class _Looks:
    """Takes boards of one instance, one after another; `trouble` says why the last one failed."""

    def __init__(
        self,
        session: ConnectSession,
        instance: str,
        query: LiveQuery,
        *,
        shown: Callable[[str], str],
        report: Callable[[str], None],
    ) -> None:
        """`report` takes one line when looks begin to fail."""
        self._session = session
        self._instance = instance
        self._query = query
        self._shown = shown
        self._filters = _filters(query, shown)
        self._report = report
        self._asked: Counter[str] = Counter()
        self.trouble = ""

    def look(self) -> Board:
        data = list(current_user_data(self._session, self._instance, self._query))
        instance = self._session.instance(self._instance)
        arn = instance.arn
        names = look_up_names(self._session, arn, self._shown)
        unnamed = [one.user.id for one in data if one.user.id not in names.users]
        asked = [user_id for user_id in unnamed if self._asked[user_id] < _MOST_LISTINGS]
        if asked and names.users:
            # Users who joined since the watch began have names too.
            self._asked.update(asked)
            with suppress(LookUpUnavailable):
                self._session.catalog(arn, Kind.USER, fresh=True)
            names = look_up_names(self._session, arn, self._shown)
        return make_board(
            data,
            names,
            instance=arn,
            alias=instance.alias,
            taken=datetime.now(UTC),
            filters=self._filters,
        )

    def watch(self, interval: float) -> Iterator[Board]:
        """Endless boards; a temporary failure (throttling, a lost answer) keeps the last."""
        board = self.look()
        while True:
            yield board
            time.sleep(interval)
            try:
                board = self.look()
                self.trouble = ""
            except _TEMPORARY as error:
                begins = not self.trouble
                self.trouble = f"the last update failed: {error}"
                if begins:
                    self._report(self.trouble)


def _filters(query: LiveQuery, shown: Callable[[str], str]) -> str:
    """The filters in words, with usernames as the board shows them."""
    asked = replace(query, agents=query.agents and tuple(map(shown, query.agents)))
    filters = [
        f"{noun} {' or '.join(values)}"
        for name, noun in _FILTERS
        if (values := getattr(asked, name))
    ]
    if query.hierarchy_group:
        filters.append(f"hierarchy group {query.hierarchy_group}")
    return ", ".join(filters)


def _print(board: Board) -> None:
    console = Console()
    # A file or a pipe gets everything, however narrow the console.
    width = console.width if console.is_terminal else max(console.width, 160)
    Console(width=width).print(terminal_board(board, width=width))


def _print_json(boards: Iterator[Board], *, lines: bool) -> None:
    for board in boards:
        text = json.dumps(document(board), ensure_ascii=False, indent=None if lines else 2)
        write_text(f"{text}\n", None, _WRITING)


def _show_live(boards: Iterator[Board], looks: _Looks) -> None:
    console = Console()
    with Live(console=console, screen=True, auto_refresh=False) as live:
        for board in boards:
            size = console.size
            view = terminal_board(board, width=size.width, height=size.height - 1)
            foot = Text(looks.trouble or "Ctrl-C ends", style="red" if looks.trouble else "dim")
            live.update(Group(view, foot), refresh=True)


def _write_pages(boards: Iterator[Board], file: Path, *, reload_seconds: int | None) -> None:
    from pulumi_connect_users.board.page import page

    for number, board in enumerate(boards):
        text = page(board, reload_seconds=reload_seconds)
        if str(file) == "-":
            write_text(text, None, _WRITING)
            continue
        # A browser that loads the page meanwhile gets the old one or the new one, whole.
        draft = file.with_name(f".{file.name}.{os.getpid()}")
        try:
            write_text(text, draft, _WRITING)
            draft.replace(file)
        except OSError as error:
            raise click.ClickException(
                f"{_WRITING}, {file}: {error.strerror}. Check the path."
            ) from None
        finally:
            draft.unlink(missing_ok=True)
        if number == 0:
            again = f", again every {reload_seconds} s" if reload_seconds else ""
            say(f"wrote {file}{again}")
