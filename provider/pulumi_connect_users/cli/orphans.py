"""`connect-users orphans`: users that carry a stack's mark and are in no state."""

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pulumi_connect_users.cli import DONE
from pulumi_connect_users.cli.command_run import CommandRun, receipt_option
from pulumi_connect_users.cli.connection import connection, connection_options, say
from pulumi_connect_users.cli.deleting import delete_users
from pulumi_connect_users.cli.files import read_text
from pulumi_connect_users.cli.files import shown as shown_file
from pulumi_connect_users.cli.instances import instance_of
from pulumi_connect_users.cli.working import own_progress
from pulumi_connect_users.core.messages import counted
from pulumi_connect_users.core.privacy import display_name
from pulumi_connect_users.orphans import Orphan, find_orphans, parse_exports
from pulumi_connect_users.users.state import UserState

_READING = "reading a stack export"
_STEP = 500


@click.command()
@click.option(
    "--stack-export",
    "exports",
    multiple=True,
    required=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False, allow_dash=True),
    help="Output of `pulumi stack export`; repeat for each stack that may have the users.",
)
@click.option(
    "--instance",
    "instances",
    multiple=True,
    help="ARN, id or alias of an instance. Defaults to the exports'.",
)
@click.option(
    "--organization", help="Pulumi organisation of an exported stack that has no users left."
)
@click.option("--delete", "deletes", is_flag=True, help="Delete them after confirmation.")
@click.option("--yes", is_flag=True, help="With --delete: do not ask for confirmation.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list.")
@receipt_option
@connection_options
def orphans(
    exports: Sequence[Path],
    instances: Sequence[str],
    organization: str | None,
    deletes: bool,
    yes: bool,
    as_json: bool,
    receipt: Path | None,
    stack: str | None,
    **options: str | None,
) -> int:
    """List users that carry the mark of an exported stack and are in none of the exports.

    Do not run it during a `pulumi up` of these stacks: users being created are in no export yet.

    \b
    Examples:
      pulumi stack export | connect-users orphans --stack-export -
      connect-users orphans --stack-export west.json --stack-export east.json --delete
    """
    texts = {shown_file(path): read_text(path, _READING) for path in dict.fromkeys(exports)}
    settings = connection(stack, **options)
    try:
        exported = parse_exports(texts, organization, settings.values.get("ownerId"))
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    if not instances and not exported.instances:
        raise click.UsageError("The exports name no instance. Give --instance ARN.")
    run = CommandRun(receipt, {*exported.stacks}) if deletes else None
    session = settings.session(run=run)
    # An instance may be named twice, by its id and by its ARN.
    named = instances or exported.instances
    searched = sorted({session.connect(instance_of(session, one)).instance_arn for one in named})
    found = [
        orphan
        for arn in searched
        for orphan in find_orphans(session.connect(arn), exported, _progress(arn))
    ]
    _print(found, as_json=as_json)
    stacks = ", ".join(sorted(exported.stacks))
    say(f"{counted(len(found), 'orphan')} in {counted(len(searched), 'instance')} of {stacks}.")
    if not deletes or not found:
        return DONE
    if not yes:
        if not sys.stdin.isatty():
            raise click.UsageError("--delete needs a confirmation. Without a terminal, add --yes.")
        own_progress()
        click.confirm(f"Delete {counted(len(found), 'user')} permanently?", abort=True, err=True)
    return delete_users([_state(orphan) for orphan in found], session)


def _progress(instance_arn: str) -> Callable[[int], None]:
    def report(count: int) -> None:
        if count % _STEP == 0:
            say(f"{count:,} marked users found in {instance_arn.rsplit('/', 1)[-1]}")

    return report


def _record(orphan: Orphan) -> dict[str, Any]:
    return {
        "userArn": orphan.user_arn,
        "username": display_name(orphan.username),
        "stack": orphan.mark.stack,
        "resource": orphan.mark.resource,
        "lastModifiedTime": orphan.modified or None,
    }


def _print(found: Sequence[Orphan], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps([_record(orphan) for orphan in found], indent=2))
        return
    if not found:
        return
    table = Table(box=None, header_style="bold")
    for column in ("username", "last change", "stack", "user"):
        table.add_column(column, overflow="fold")
    for orphan in found:
        cells = (
            display_name(orphan.username),
            orphan.modified[:19],
            orphan.mark.stack,
            orphan.user_arn,
        )
        # Text, not markup: a name is not a style.
        table.add_row(*(Text(cell) for cell in cells))
    # A file or a pipe has no width: one line for each user.
    Console(width=None if sys.stdout.isatty() else 400).print(table)


def _state(orphan: Orphan) -> UserState:
    return UserState(
        attributes={},
        instance_arn=orphan.arn.instance_arn,
        username=orphan.username,
        mark=orphan.mark,
        user_arn=orphan.user_arn,
    )
