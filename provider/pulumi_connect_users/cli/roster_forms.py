"""What the commands that write rosters have in common."""

import csv
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from pulumi_connect_users.cli.connection import say
from pulumi_connect_users.cli.files import read_text
from pulumi_connect_users.core.messages import counted
from pulumi_connect_users.core.privacy import display_names
from pulumi_connect_users.roster.writing import Written
from pulumi_connect_users.roster.writing.console import check_template

_NAMED: Final = 3
Command = TypeVar("Command", bound=Callable[..., Any])


def template_option(command: Command) -> Command:
    """The option for the console's template."""
    return click.option(
        "--template",
        type=click.Path(path_type=Path, exists=True, dir_okay=False),
        help="For the console's CSV: the template that your console offers, for its columns.",
    )(command)


def template_columns(template: Path | None, *, for_console: bool) -> Sequence[str] | None:
    """The names in a template's first line; UsageError if a name is unknown."""
    if template is None:
        return None
    if not for_console:
        raise click.UsageError("--template is for the console's CSV only.")
    rows = csv.reader(read_text(template, "reading a template").splitlines())
    header = next(([name.strip() for name in row] for row in rows if any(row)), [])
    try:
        check_template(header)
    except ValueError as error:
        raise click.UsageError(f"reading a template, {template}: {error}") from None
    return header


def say_written(written: Written, users: int) -> None:
    """Reports how many users were written, and what the form could not hold."""
    say(f"{counted(users - len(written.users_left_out), 'user')} written.")
    parts = [
        f"{attribute} ({counted(len(names), 'user')}: {display_names(names, _NAMED)})"
        for attribute, names in written.left_out.items()
    ]
    if parts:
        say(f"left out, as this form cannot hold it: {'; '.join(parts)}.")
    if written.users_left_out:
        say("users are missing as a whole where their username is left out.")
    for remark in written.remarks:
        say(remark)
