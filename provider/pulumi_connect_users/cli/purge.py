"""`connect-users purge`: delete users that were suspended long ago."""

import json
import re
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pulumi_connect_users.cli import DONE, FAILED
from pulumi_connect_users.cli.command_run import CommandRun, receipt_option
from pulumi_connect_users.cli.connection import (
    Connection,
    connection,
    connection_options,
    project_name,
    say,
)
from pulumi_connect_users.cli.deleting import delete_users
from pulumi_connect_users.cli.instances import INSTANCE_HELP, instance_of
from pulumi_connect_users.cli.suspended_users import SuspendedUser, find_suspended
from pulumi_connect_users.cli.working import own_progress
from pulumi_connect_users.core.messages import counted
from pulumi_connect_users.core.ownership import SUSPENDED_TAG, OwnershipMark
from pulumi_connect_users.core.privacy import display_name

_STEP: Final = 5_000
_DAYS: Final = re.compile(r"(\d{1,4})d", re.ASCII)


def _days(ctx: click.Context, option: click.Parameter, given: str) -> int:
    match = _DAYS.fullmatch(given.strip())
    if match is None:
        raise click.BadParameter("give a number of days, such as 30d.")
    return int(match[1])


@click.command()
@click.option(
    "--older-than",
    "days",
    required=True,
    callback=_days,
    help="How long ago they were suspended, at least: `30d`.",
)
@click.option("--instance", help=INSTANCE_HELP)
@click.option("--all-stacks", is_flag=True, help="Those of every stack, not of this one alone.")
@click.option("--yes", is_flag=True, help="Delete without asking.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list; asks nothing.")
@receipt_option
@connection_options
def purge(
    days: int,
    instance: str | None,
    all_stacks: bool,
    yes: bool,
    as_json: bool,
    receipt: Path | None,
    stack: str | None,
    **options: str | None,
) -> int:
    """List users that were suspended long ago (on_delete="suspend"), and delete them.

    Deletes after a confirmation, permanently and with the activity history. Without a terminal it
    lists only, unless --yes is given. An agent on a contact stays, and so does a user that has
    rights again.

    \b
    Examples:
      connect-users purge --older-than 30d --instance main
      connect-users purge --older-than 90d --stack prod --yes
    """
    settings = connection(stack, **options)
    run = CommandRun(receipt)
    session = settings.session(run=run)
    connect = session.connect(instance_of(session, instance))
    until = datetime.now(UTC).date() - timedelta(days=days)
    label = None if all_stacks else _label(settings)
    found = list(find_suspended(connect, session, until, _is_of(label), _progress))
    run.stacks.update(one.user.mark.stack for one in found if one.user.mark)
    found.sort(key=lambda one: (one.since, one.user.username))
    _print(found, as_json=as_json)
    owner = f"the stack {label.lstrip('/')}" if label else "all stacks"
    say(f"{counted(len(found), 'user')} of {owner} suspended until {until}.")
    for one in found:
        if one.rights:
            say(
                f"{display_name(one.user.username)}: stays: {one.rights}. If the user is at work "
                f"again, remove its tag {SUSPENDED_TAG}."
            )
    deletable = [one.state for one in found if not one.rights]
    if not _confirmed(len(deletable), yes=yes, as_json=as_json):
        return DONE
    code = delete_users(deletable, session, suspended=True)
    return FAILED if len(deletable) < len(found) else code


def _confirmed(count: int, *, yes: bool, as_json: bool) -> bool:
    if yes or not count:
        return bool(count)
    if as_json or not sys.stdin.isatty():
        say("Nothing was deleted. To delete them, add --yes.")
        return False
    own_progress()
    if click.confirm(f"Delete {counted(count, 'user')} permanently?", err=True):
        return True
    say("Nothing was deleted.")
    return False


def _label(settings: Connection) -> str | None:
    """What the mark of the stack's users ends with; None where no stack is known."""
    project, owner = project_name(), settings.values.get("ownerId")
    if settings.stack is None or project is None:
        return None
    return f"/{project}/{settings.stack.rsplit('/', 1)[-1]}" + (f"#{owner}" if owner else "")


def _is_of(label: str | None) -> Callable[[OwnershipMark | None], bool]:
    return lambda mark: label is None or (mark is not None and mark.stack.endswith(label))


def _progress(count: int) -> None:
    if count % _STEP == 0:
        say(f"{count:,} users looked at")


def _record(one: SuspendedUser) -> dict[str, Any]:
    mark = one.user.mark
    return {
        "userArn": one.state.user_arn,
        "username": display_name(one.user.username),
        "suspended": one.since.isoformat(),
        "stack": mark.stack if mark else None,
        "rights": one.rights or None,
    }


def _print(found: Sequence[SuspendedUser], *, as_json: bool) -> None:
    records = [_record(one) for one in found]
    if as_json:
        click.echo(json.dumps(records, indent=2))
    elif records:
        columns = ("username", "suspended", "stack", "userArn")
        table = Table(box=None, header_style="bold")
        for column in columns:
            table.add_column(column, overflow="fold")
        for record in records:
            # Text, not markup: a name is not a style.
            table.add_row(*(Text(record[column] or "") for column in columns))
        Console(width=None if sys.stdout.isatty() else 400).print(table)
