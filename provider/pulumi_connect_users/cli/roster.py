"""`connect-users roster`: roster files."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final, get_args

import click

from pulumi_connect_users.cli import DONE, USAGE
from pulumi_connect_users.cli.connection import say
from pulumi_connect_users.cli.roster_convert import convert
from pulumi_connect_users.cli.roster_import import import_
from pulumi_connect_users.core.messages import counted
from pulumi_connect_users.model.user import IdentityManagementType
from pulumi_connect_users.roster.files.checking import Checked, check_rosters
from pulumi_connect_users.roster.files.users import Remark

_IDENTITY_TYPES: Final = get_args(IdentityManagementType)
_ESCAPES: Final = {"%": "%25", "\r": "%0D", "\n": "%0A"}


@click.group()
def roster() -> None:
    """The files of users that `read_roster` reads."""


roster.add_command(convert)
roster.add_command(import_)


@roster.command()
@click.argument(
    "paths",
    metavar="FILE|FOLDER...",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, exists=True),
)
@click.option(
    "--identity-management-type",
    "identity_type",
    type=click.Choice(_IDENTITY_TYPES),
    help="Also check the rules of such instances.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option("--github", is_flag=True, help="Print annotations for GitHub Actions.")
def check(
    *,
    paths: Sequence[Path],
    identity_type: IdentityManagementType | None,
    as_json: bool,
    github: bool,
) -> int:
    """Check roster files, without Pulumi and without Connect.

    Of a FOLDER, every YAML, JSON and CSV file in it and below it. Names of profiles and groups are
    not looked up, and what a program gives (defaults, teams) is not missed. Exits with 2 on
    mistakes.

    \b
    Example:
      connect-users roster check rosters/
    """
    if as_json and github:
        raise click.UsageError("--json and --github exclude each other. Give one of them.")
    checked = check_rosters(paths, identity_type)
    if as_json:
        click.echo(json.dumps(_document(checked), indent=2))
    else:
        for line in map(_annotation if github else _line, checked.remarks):
            click.echo(line)
    mistakes = counted(checked.mistakes, "mistake")
    found = f"{mistakes}. Fix them" if checked.mistakes else "no mistakes"
    users = counted(checked.users, "user")
    say(f"checking {counted(len(checked.files), 'roster file')} with {users}: {found}.")
    return USAGE if checked.mistakes else DONE


def _line(remark: Remark) -> str:
    column = f":{remark.place.column}" if remark.place.column else ""
    return f"{remark.file}:{remark.line}{column}: {remark.level}: {_text(remark)}"


def _text(remark: Remark) -> str:
    """The text, with the name of its column in CSV."""
    return f"{remark.place.name}: {remark.text}" if remark.place.name else remark.text


def _annotation(remark: Remark) -> str:
    """GitHub's workflow command."""
    text = "".join(_ESCAPES.get(character, character) for character in _text(remark))
    file = "".join({**_ESCAPES, ":": "%3A", ",": "%2C"}.get(c, c) for c in remark.file.as_posix())
    column = f",col={remark.place.column}" if remark.place.column else ""
    return f"::{remark.level} file={file},line={remark.line}{column}::{text}"


def _document(checked: Checked) -> dict[str, object]:
    return {
        "version": 1,
        "files": [str(file) for file in checked.files],
        "users": checked.users,
        "problems": [
            {
                "file": str(remark.file),
                "line": remark.line,
                "column": remark.place.column,
                "place": str(remark.place),
                "level": remark.level,
                "text": remark.text,
            }
            for remark in checked.remarks
        ],
    }
