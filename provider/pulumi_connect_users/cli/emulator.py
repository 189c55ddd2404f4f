"""`connect-users emulator`: the embedded Connect from the shell."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pulumi_connect_users.emulator import RequestRecord, Store, open_store

_FOLDER, _FILE = ".connect-users", "local.db"


def default_store() -> Path:
    """`.connect-users/local.db` beside the Pulumi.yaml found from here upwards, else here."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "Pulumi.yaml").is_file():
            return folder / _FOLDER / _FILE
    return here / _FOLDER / _FILE


def opened(path: Path | None, *, must_exist: bool = True) -> Store:
    """The store of a `--store` option, which for reading commands must be there."""
    chosen = path or default_store()
    if must_exist and not chosen.exists():
        raise click.ClickException(
            f"opening the embedded Connect, {chosen}: there is no such file. "
            "It is made by the first `pulumi up` with connect:endpoint local, "
            "or by: connect-users emulator serve."
        )
    return open_store(chosen)


store_option = click.option(
    "--store",
    "store_path",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="CONNECT_USERS_STORE",
    help="The store's file. Default: .connect-users/local.db beside Pulumi.yaml.",
)


@click.group()
def emulator() -> None:
    """Run and inspect the embedded Connect."""


@emulator.command("log")
@store_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--since", type=int, default=0, help="Only requests after the one with this number.")
@click.option("--operation", help="Only requests of this operation.")
@click.option("--mutating", is_flag=True, help="Only requests that change something.")
def show_log(
    store_path: Path | None, as_json: bool, since: int, operation: str | None, mutating: bool
) -> None:
    """Print the requests a store has served, without secrets and personal data."""
    records = opened(store_path).requests(since=since, operation=operation)
    chosen = [record for record in records if record.mutating or not mutating]
    if as_json:
        for record in chosen:
            click.echo(json.dumps(record.as_dict(), ensure_ascii=False))
        return
    Console(soft_wrap=not sys.stdout.isatty()).print(_table(chosen))


def _table(records: list[RequestRecord]) -> Table:
    table = Table(box=None, header_style="bold")
    for column in ("#", "time", "operation", "user", "answer", "faults"):
        table.add_column(column, overflow="fold")
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
