"""`connect-users roster import`: joiners, movers and leavers from the company's directory."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Final

import click

from pulumi_connect_users.cli import DONE, GATE_CLOSED, USAGE
from pulumi_connect_users.cli.connection import say
from pulumi_connect_users.cli.files import read_text, replace_text
from pulumi_connect_users.core.messages import counted
from pulumi_connect_users.core.people import Person
from pulumi_connect_users.core.privacy import display_names
from pulumi_connect_users.core.run_hooks import RunHooks
from pulumi_connect_users.core.safe_text import printable
from pulumi_connect_users.directory.changes import Changes, compare, most_leavers
from pulumi_connect_users.directory.mapping import DirectoryMapping, read_mapping
from pulumi_connect_users.directory.people_files import PeopleFile, read_people
from pulumi_connect_users.directory.refusal import ImportRefused
from pulumi_connect_users.directory.report import document_of, lines_of
from pulumi_connect_users.directory.roster_text import changed_text, read_roster_text
from pulumi_connect_users.directory.splices import NotEditable
from pulumi_connect_users.directory.wanted import in_scope, wanted_users
from pulumi_connect_users.roster.files.document import Document

_MARK: Final = "\ufeff"


@dataclass(frozen=True)
class _Options:
    """What both commands take."""

    mapping_file: Path
    roster: Path
    max_leavers: str
    dry_run: bool
    check: bool
    as_json: bool


@click.group("import")
def import_() -> None:
    """Take joiners, movers and leavers from the company's directory.

    \b
    A mapping file says what the groups of the directory mean:
      username: email # or userName (default), externalId: what is sent as RoleSessionName
      groups:
        Agents West: { team: west }
        Supervisors: { security_profiles: [Agent, CallCenterManager] }
    """


def _limit(_: click.Context, __: click.Parameter, given: str) -> str:
    try:
        most_leavers(given, 0)
    except ValueError as error:
        raise click.BadParameter(f"{error}.") from None
    return given


def _options(command: Callable[..., int]) -> Callable[..., int]:
    """Gives a command what both take, as its `options`."""

    @wraps(command)
    def call(
        *,
        mapping_file: Path,
        roster: Path,
        max_leavers: str,
        dry_run: bool,
        check: bool,
        as_json: bool,
        **own: object,
    ) -> int:
        options = _Options(mapping_file, roster, max_leavers, dry_run, check, as_json)
        return command(options=options, **own)

    for option in (
        click.argument("roster", type=click.Path(path_type=Path, dir_okay=False)),
        click.option("--json", "as_json", is_flag=True, help="Print one JSON document."),
        click.option("--check", is_flag=True, help="Write nothing; exit with 3 on any change."),
        click.option("--dry-run", is_flag=True, help="Show the change, and write nothing."),
        click.option(
            "--max-leavers",
            metavar="NUMBER|PERCENT%",
            default="10%",
            show_default=True,
            callback=_limit,
            help="Write nothing, and exit with 3, where more of the managed users leave.",
        ),
        click.option(
            "--mapping",
            "mapping_file",
            required=True,
            type=click.Path(path_type=Path, exists=True, dir_okay=False),
            help="What the directory's groups mean.",
        ),
    ):
        call = option(call)
    return call


@import_.command("csv")
@click.argument("files", metavar="[GROUP=]FILE...", nargs=-1, required=True)
@_options
def import_csv(*, files: Sequence[str], options: _Options) -> int:
    """Import the user lists that Okta or Microsoft Entra export, as CSV.

    A list has a column of groups (the mapping can name one, `department` for example), or is that
    of one group: GROUP=FILE. What several files say about one user name is put together.

    \b
    Examples:
      connect-users roster import csv okta.csv --mapping mapping.yaml roster.yaml
      connect-users roster import csv users.csv "Agents West=west.csv" "Supervisors=lead.csv" \\
        --mapping mapping.yaml --max-leavers 5 --dry-run roster.yaml
    """

    def read(mapping: DirectoryMapping) -> list[Person]:
        people = read_people([_people_file(given) for given in files], mapping)
        for notice in people.notices:
            say(f"reading {notice}")
        return list(people.by_name.values())

    return _run(read, options)


@import_.command("identity-center")
@click.option("--identity-store-id", required=True, metavar="d-...", help="The identity store.")
@click.option(
    "--group",
    "groups",
    multiple=True,
    help="Manage only the teams of this group of the mapping; can be repeated.",
)
@click.option("--region", help="Identity Center's Region.")
@click.option("--profile", help="The AWS profile.")
@_options
def import_identity_center(
    *,
    identity_store_id: str,
    groups: Sequence[str],
    region: str | None,
    profile: str | None,
    options: _Options,
) -> int:
    """Import the members of IAM Identity Center's groups.

    All groups of the mapping are read, so that who changes groups is not taken for a leaver.

    \b
    Example:
      connect-users roster import identity-center --identity-store-id d-1234567890 \\
        --group "Agents West" --mapping mapping.yaml roster.yaml
    """
    from pulumi_connect_users.aws.identity_store import IdentityStore

    def read(mapping: DirectoryMapping) -> list[Person]:
        hooks = RunHooks(warn=say, inform=say)
        store = IdentityStore(identity_store_id, region=region, profile=profile, hooks=hooks)
        say(f"reading {counted(len(mapping.groups), 'group')} of IAM Identity Center")
        people, missing = store.members(mapping.groups)
        if missing:
            raise ImportRefused(
                [
                    f"group {name}: Identity Center has none of this name. Correct the mapping."
                    for name in missing
                ]
            )
        return people

    return _run(read, options, groups)


def _people_file(given: str) -> PeopleFile:
    group, equals, rest = given.partition("=")
    if not equals or Path(given).is_file():
        group, rest = "", given
    text = read_text(Path(rest), "reading the directory's users")
    return PeopleFile(rest, text, group or None)


def _run(
    read: Callable[[DirectoryMapping], list[Person]],
    options: _Options,
    groups: Sequence[str] = (),
) -> int:
    roster, mapping_file = options.roster, options.mapping_file
    try:
        mapping = read_mapping(mapping_file, read_text(mapping_file, "reading the mapping"))
        scope = in_scope(mapping, groups)
        text, mark = _read(roster)
        document = read_roster_text(roster, text)
        directory = wanted_users(read(mapping), mapping)
        changes = compare(document, directory, mapping, scope)
        problems = [f"{one.file}:{one.line}: {one.text}" for one in document.problems]
        if mistakes := [*problems, *directory.mistakes, *changes.mistakes]:
            raise ImportRefused(mistakes)
        new = changed_text(roster, text, changes)
    except NotEditable as error:
        raise click.UsageError(f"changing roster {roster}: {error} Nothing was written.") from None
    except ImportRefused as error:
        for mistake in error.mistakes:
            click.echo(printable(mistake, longest=len(mistake)), err=True)
        count = counted(len(error.mistakes), "mistake")
        say(f"importing into {roster}: {count}. Fix them, then run again; nothing was written.")
        return USAGE
    _warn(document, mapping, scope, changes)
    return _finish(options, mark + new, changes)


def _warn(
    document: Document, mapping: DirectoryMapping, scope: frozenset[str], changes: Changes
) -> None:
    unknown = sorted(scope - document.teams.keys()) if document.teams else []
    if unknown:
        say(f"not a team of the roster: {', '.join(unknown)}. Check that the program has it.")
    for reason in dict.fromkeys(changes.left_alone.values()):
        names = [name for name, why in changes.left_alone.items() if why == reason]
        say(f"left alone: {display_names(names)}: {reason}.")


def _finish(options: _Options, text: str, changes: Changes) -> int:
    """Shows the change, and writes it where it may be written."""
    most = most_leavers(options.max_leavers, changes.managed)
    leave = len(changes.leavers)
    writes = bool(changes) and leave <= most and not (options.dry_run or options.check)
    if writes:
        replace_text(text, options.roster, "writing the roster")
    if options.as_json:
        document = document_of(str(options.roster), changes, written=writes)
        click.echo(json.dumps(document, indent=2, ensure_ascii=False))
    else:
        for line in lines_of(changes):
            click.echo(printable(line, longest=len(line)))
    counts = ", ".join(
        counted(len(users), noun)
        for users, noun in (
            (changes.joiners, "joiner"),
            (changes.movers, "mover"),
            (changes.leavers, "leaver"),
        )
    )
    managed = counted(changes.managed, "managed user")
    if leave > most:
        say(
            f"{counts}: more leave than --max-leavers {options.max_leavers} allows ({most:,} of "
            f"{managed}). Nothing was written. Check the directory and the mapping; if they are "
            "right, raise the limit."
        )
        return GATE_CLOSED
    say(f"{counts} of {managed}: {options.roster} was {'' if writes else 'not '}changed.")
    return GATE_CLOSED if options.check and changes else DONE


def _read(roster: Path) -> tuple[str, str]:
    """The roster's text and its byte-order mark; a file that does not exist is empty."""
    try:
        text = roster.read_bytes().decode()
    except FileNotFoundError:
        return "", ""
    except OSError as error:
        cause = f"{error.strerror}. Check the path"
    except UnicodeDecodeError:
        cause = "it is not UTF-8. Save it as UTF-8"
    else:
        mark = _MARK if text.startswith(_MARK) else ""
        return text.removeprefix(_MARK), mark
    raise click.UsageError(f"reading roster {roster}: {cause}.")
