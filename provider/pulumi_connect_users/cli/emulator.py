"""`connect-users emulator`: the embedded Connect from the shell."""

import json
import signal
import sys
from datetime import datetime
from pathlib import Path
from typing import ClassVar

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pulumi_connect_users.cli.emulator_store import opened, store_option, store_path_of
from pulumi_connect_users.cli.files import load_yaml, write_text
from pulumi_connect_users.cli.groups import LazyGroup
from pulumi_connect_users.cli.working import own_progress
from pulumi_connect_users.core.messages import counted
from pulumi_connect_users.emulator import RequestRecord

_NUMBER = click.IntRange(0, 2**63 - 1)
"""Of a request, as SQLite counts them."""


class _Emulator(LazyGroup):
    lazy: ClassVar = {
        "capture": "pulumi_connect_users.cli.emulator_capture:capture",
        "control": "pulumi_connect_users.cli.emulator_control:control",
        "day": "pulumi_connect_users.cli.emulator_control:day",
    }


@click.group(cls=_Emulator)
def emulator() -> None:
    """Run, seed, control and inspect the embedded Connect."""


@emulator.command()
@store_option
@click.option("--port", type=click.IntRange(0, 65535), default=8585, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--allow-remote", is_flag=True, help="Allow an address that other machines can reach."
)
def serve(*, store_path: Path | None, port: int, host: str, allow_remote: bool) -> None:
    """Serve a store over HTTP, for the AWS CLI and any SDK.

    Runs until interrupted. Requests must be signed, with any credentials. Port 0 chooses a free
    port. Standard output is an `export` line for a shell.

    \b
    Example:
      connect-users emulator serve --port 8585
      AWS_ENDPOINT_URL_CONNECT=http://127.0.0.1:8585 aws connect list-instances
    """
    from pulumi_connect_users.emulator.server import Server, is_loopback

    store = opened(store_path, must_exist=False)
    server = Server(store, host=host, port=port, allow_remote=allow_remote)
    if not is_loopback(host):
        click.echo(
            f"connect-users: warning: anyone who reaches {host} can read and change this store.",
            err=True,
        )
    click.echo(f"Amazon Connect (embedded) on {server.url}, store {store.path}", err=True)
    click.echo(f"export AWS_ENDPOINT_URL_CONNECT={server.url}")
    sys.stdout.flush()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    own_progress()
    server.run()
    click.echo("connect-users: stopped.", err=True)


@emulator.command()
@store_option
def reset(store_path: Path | None) -> None:
    """Delete everything in a store and start again.

    \b
    Example:
      connect-users emulator reset --store .connect-users/local.db
    """
    from pulumi_connect_users.emulator.errors import OutdatedStore
    from pulumi_connect_users.emulator.store import open_store, remove_store

    path = store_path_of(store_path)
    try:
        # Emptied in place, for other processes may have the file open.
        open_store(path).reset()
    except OutdatedStore:
        # Only a store is deleted: a path may be mistyped.
        remove_store(path)
        open_store(path)
    click.echo(f"connect-users: {path} was reset.", err=True)


@emulator.command()
@store_option
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def seed(*, store_path: Path | None, file: Path) -> None:
    """Add a seed FILE (YAML or JSON) to a store.

    Existing resources and users stay unchanged.

    \b
    Example:
      connect-users emulator seed centre.yaml
    """
    content = load_yaml(file, "reading the seed")
    for alias, count in opened(store_path, must_exist=False).seed(content).items():
        click.echo(f"connect-users: {alias}: {counted(count, 'user')} added.", err=True)


@emulator.command("log")
@store_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line.")
@click.option(
    "--since", type=_NUMBER, default=0, help="Only requests after the one with this number."
)
@click.option("--operation", help="Only requests of this operation.")
@click.option("--mutating", is_flag=True, help="Only mutating requests.")
def show_log(
    *, store_path: Path | None, as_json: bool, since: int, operation: str | None, mutating: bool
) -> None:
    """Print the requests of a store, without secrets and personal data.

    \b
    Examples:
      connect-users emulator log --mutating
      connect-users emulator log --json --operation CreateUser
    """
    # A file or pipe has no width: one line per request.
    console = Console(width=None if sys.stdout.isatty() else 400)
    header = True
    for page in opened(store_path).request_pages(since, operation):
        chosen = [record for record in page if record.mutating or not mutating]
        if as_json:
            lines = (json.dumps(one.as_dict(), ensure_ascii=False) for one in chosen)
            write_text("".join(f"{line}\n" for line in lines), None, "writing the log")
        elif chosen:
            console.print(_table(chosen, header=header))
            header = False
    if header and not as_json:
        console.print(_table([], header=True))


_COLUMNS = {"#": 6, "time": 19, "operation": 30, "user": 36, "answer": 6, "faults": 0}
"""Columns with their least width: the pages of a long log stand one under the other."""


def _table(records: list[RequestRecord], *, header: bool) -> Table:
    table = Table(box=None, header_style="bold", show_header=header)
    for column, width in _COLUMNS.items():
        table.add_column(column, overflow="fold", min_width=width)
    for record in records:
        answer = record.error_code or ("no answer" if record.status is None else str(record.status))
        # Text, not markup: what clients sent must not be read as styles.
        table.add_row(
            str(record.id),
            datetime.fromtimestamp(record.time).strftime("%Y-%m-%d %H:%M:%S"),
            Text(record.operation, style="yellow" if record.mutating else ""),
            Text(record.user_id or ""),
            Text(answer, style="red" if record.error_code or record.status is None else "green"),
            Text(", ".join(record.faults)),
        )
    return table
