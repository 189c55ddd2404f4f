"""`connect-users roster convert`: a roster in another form."""

from pathlib import Path
from typing import get_args

import click

from pulumi_connect_users.cli import DONE, USAGE
from pulumi_connect_users.cli.connection import say
from pulumi_connect_users.cli.files import write_text
from pulumi_connect_users.cli.roster_forms import say_written, template_columns, template_option
from pulumi_connect_users.core.errors import InvalidRoster
from pulumi_connect_users.core.messages import counted
from pulumi_connect_users.roster.files.reading import read_together
from pulumi_connect_users.roster.writing import FORMS, Form, Members, written_roster


@click.command()
@click.argument("source", metavar="IN", type=click.Path(path_type=Path, exists=True))
@click.argument("target", metavar="OUT", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--to",
    "form",
    type=click.Choice(get_args(Form)),
    help="The form of OUT; by default the end of its name decides. `console` is the CSV for the "
    "bulk upload of the Connect console.",
)
@template_option
@click.option("--force", is_flag=True, help="Overwrite OUT.")
def convert(
    *, source: Path, target: Path, form: Form | None, template: Path | None, force: bool
) -> int:
    """Write a roster file in another form; `-` as OUT is standard output.

    IN may be a folder, whose files become one.
    YAML and JSON get defaults and teams that hold what users share. What a form cannot hold is
    left out and reported. The file is readable by its owner only.

    \b
    Examples:
      connect-users roster convert west.csv west.yaml
      connect-users roster convert west.yaml upload.csv --to console
      connect-users roster convert teams/ all.csv
    """
    chosen = form or FORMS.get(target.suffix.lower())
    if chosen is None:
        raise click.UsageError(f"the form of {target} is not clear. Give --to.")
    columns = template_columns(template, for_console=chosen == "console")
    if target.exists() and not force:
        raise click.UsageError(
            f"writing a roster, {target}: it exists. Give --force to overwrite it."
        )
    if str(target) != "-" and source.resolve() in target.resolve().parents:
        raise click.UsageError(
            f"writing a roster, {target}: it is in the folder that is read, where each user would "
            "then be twice. Give a file elsewhere."
        )
    try:
        read = read_together([source], alone=True)
    except InvalidRoster as error:
        raise click.UsageError(str(error)) from None
    notices = [notice for roster in read.rosters for notice in roster.notices]
    for remark in (*read.remarks, *notices, *read.problems):
        say(str(remark))
    if read.problems:
        say(f"{counted(len(read.problems), 'mistake')}; nothing was written. Fix them.")
        return USAGE
    try:
        members = Members.of_all(read.rosters)
    except ValueError as error:
        raise click.UsageError(f"converting {source}: {error}") from None
    written = written_roster(members, chosen, template=columns)
    write_text(written.text, target, "writing a roster", private=True)
    say_written(written, len(members.users))
    return DONE
