"""`connect-users export`: existing users as a program or a roster that adopts them."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from zipfile import is_zipfile

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from pulumi_connect_users.aws.session import ConnectSession
from pulumi_connect_users.cli.connection import connection, connection_options, say
from pulumi_connect_users.cli.files import read_text, shown, write_text
from pulumi_connect_users.cli.instances import INSTANCE_HELP, instance_of
from pulumi_connect_users.cli.roster_forms import say_written, template_columns, template_option
from pulumi_connect_users.cli.working import own_progress
from pulumi_connect_users.core.arns import last_part, parse_arn
from pulumi_connect_users.core.errors import LookUpUnavailable
from pulumi_connect_users.core.lookups import Catalog, Kind
from pulumi_connect_users.core.privacy import shorten
from pulumi_connect_users.export.assemble import assemble, by_id, by_username
from pulumi_connect_users.export.declare import KINDS
from pulumi_connect_users.export.filters import HELP, Filter, check_names, parse_filters
from pulumi_connect_users.export.import_file import import_file
from pulumi_connect_users.export.program import Export, python_program
from pulumi_connect_users.export.progress_file import ProgressFile
from pulumi_connect_users.export.reading import ReadInstance, read_instance
from pulumi_connect_users.export.roster import FORMS, roster_file
from pulumi_connect_users.export.state_file import StateFile, parse_state
from pulumi_connect_users.export.state_user import StateUser
from pulumi_connect_users.roster.writing import Written

_TEXTS = {"python": python_program, "import": import_file}
_NAMED = 3
_SILENCE = 10.0
"""The seconds between two progress lines in a log."""


@click.command()
@click.option("--instance", help=f"{INSTANCE_HELP} Excludes --from-state.")
@click.option(
    "--filter",
    "filters",
    multiple=True,
    metavar="KIND=VALUE",
    help=f"Without --from-state, only users: {HELP}.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["python", *FORMS, "import"]),
    default="python",
    show_default=True,
    help="A program; a roster file for UserRoster as YAML, CSV or JSON; the CSV for the bulk "
    "upload of the Connect console; a file for `pulumi import --file`.",
)
@template_option
@click.option(
    "--names",
    type=click.Choice(["id", "username"]),
    default="id",
    show_default=True,
    help="The names of resources. Usernames are personal data, and appear in every preview.",
)
@click.option(
    "--from-state",
    "state_path",
    type=click.Path(path_type=Path, exists=True, dir_okay=False, allow_dash=True),
    help="A state of Terraform, OpenTofu (each also as `show -json`) or Pulumi: exports its users, "
    "with its resource names.",
)
@click.option(
    "--removals",
    is_flag=True,
    help="With --from-state: print the commands that make the other tool forget the users.",
)
@click.option("--include-managed", is_flag=True, help="Include users that other stacks manage.")
@click.option(
    "--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="The file to write."
)
@click.option("--fresh", is_flag=True, help="Do not continue an interrupted export.")
@connection_options
def export(
    instance: str | None,
    filters: Sequence[str],
    form: str,
    template: Path | None,
    names: str,
    state_path: Path | None,
    removals: bool,
    include_managed: bool,
    output: Path | None,
    fresh: bool,
    stack: str | None,
    **options: str | None,
) -> None:
    """Write a program, a roster or an import file for existing users.

    The first `pulumi up` marks them and changes nothing else.

    \b
    Examples:
      connect-users export --instance prod --output agents.py
      connect-users export --filter hierarchy-group=AMER --format roster -o amer.yaml
      connect-users export --from-state terraform.tfstate -o agents.py
    """
    columns = template_columns(template, for_console=form == "console")
    state = _state(state_path) if state_path else None
    if removals:
        if state is None:
            raise click.UsageError("--removals needs --from-state.")
        _write("\n".join(state.removals()) + "\n", output)
        return
    try:
        chosen = parse_filters(filters)
    except ValueError as error:
        raise click.UsageError(f"reading --filter: {error}") from None
    if instance and state:
        raise click.UsageError("Give either --instance or --from-state.")
    if state and chosen:
        raise click.UsageError("--filter excludes --from-state, which exports all users.")
    for notice in state.notices if state else ():
        say(notice)
    known = state.by_id() if state else None
    session = connection(stack, **options).session()
    wanted: list[tuple[str, list[str] | None]] = (
        _by_instance(state.users) if state else [(instance_of(session, instance), None)]
    )
    read: list[ReadInstance] = []
    kept: list[ProgressFile] = []
    for arn, only in wanted:
        facts = session.instance(arn)
        file = _progress_file(facts.arn, fresh=fresh)
        kept.append(file)
        catalogs = _catalogs(session, facts.arn, chosen)
        with _Reading() as report:
            read.append(
                read_instance(
                    session.connect(arn),
                    facts,
                    catalogs,
                    only=only,
                    filters=chosen,
                    kept=file,
                    progress=report,
                )
            )
    exported = assemble(
        read,
        session,
        name_of=by_username if names == "username" else by_id(read),
        state=known,
        managed_too=include_managed,
        strict=session.settings.strict,
    )
    if form in FORMS:
        written = roster_file(exported, FORMS[form], columns)
    else:
        written = Written(_TEXTS[form](exported))
    _write(written.text, output)
    for file in kept:
        file.remove()
    say_written(written, len(exported.users))
    _summary(exported, state)


def _catalogs(
    session: ConnectSession, instance_arn: str, filters: Sequence[Filter]
) -> dict[Kind, Catalog]:
    try:
        catalogs = {kind: session.catalog(instance_arn, kind) for kind in KINDS}
        check_names(filters, catalogs)
    except LookUpUnavailable as error:
        raise click.ClickException(
            f"reading the instance's names: {str(error).rstrip('.')}. `connect-users iam --role "
            "preview` prints the permissions needed; fix them or the connection, then run again."
        ) from None
    except ValueError as error:
        raise click.UsageError(f"reading --filter: {error}") from None
    return catalogs


def _state(path: Path) -> StateFile:
    if str(path) != "-" and is_zipfile(path):
        cause = "it is a plan, or another archive. Give the output of `terraform show -json FILE`"
        raise click.UsageError(f"reading a state, {path}: {cause}.")
    try:
        return parse_state(read_text(path, "reading a state"))
    except ValueError as error:
        raise click.UsageError(f"reading a state, {shown(path)}: {error}") from None


def _by_instance(users: Sequence[StateUser]) -> list[tuple[str, list[str] | None]]:
    instances: dict[str, list[str]] = {}
    for user in users:
        arn = parse_arn(user.user_arn)
        assert arn is not None  # parse_state has seen to it
        instances.setdefault(arn.instance_arn, []).append(arn.id)
    return list(instances.items())


def _progress_file(instance_arn: str, *, fresh: bool) -> ProgressFile:
    path = Path(".connect-users") / f"export-{last_part(instance_arn)}.jsonl"
    file = ProgressFile(path, instance_arn)
    if fresh:
        file.remove()
    elif file:
        say("continuing an interrupted export; --fresh starts again")
    return file


def _write(text: str, output: Path | None) -> None:
    if output is not None:
        # If this fails, writing reports it.
        with suppress(OSError):
            output.parent.mkdir(parents=True, exist_ok=True)
    # Names, addresses and numbers of people.
    write_text(text, output, "writing the export", private=True)


def _summary(exported: Export, state: StateFile | None) -> None:
    undeclared = Counter(
        reason.partition(":")[0] for user in exported.users for reason in user.left_out
    )
    if undeclared:
        causes = ", ".join(f"{name} ({count:,})" for name, count in sorted(undeclared.items()))
        say(f"left undeclared, as a declaration would fail or change something: {causes}.")
    reasons: dict[str, list[str]] = {}
    for user_id, reason in sorted(exported.skipped.items()):
        reasons.setdefault(reason, []).append(user_id)
    for reason, ids in reasons.items():
        say(f"not written: {shorten(ids, _NAMED)}: {reason}")
    if state is not None:
        say(
            f"next: make {state.tool} forget them (the commands: --removals), then run "
            "`pulumi up` with the program. Nothing is deleted or replaced."
        )


class _Reading:
    """Reports progress: a bar on a terminal, lines in a log."""

    def __init__(self) -> None:
        console = Console(stderr=True)
        self._bar: Progress | None = None
        self._reported_at = time.monotonic()
        if console.is_terminal:
            columns = (TextColumn("reading users"), BarColumn(), MofNCompleteColumn())
            self._bar = Progress(*columns, TimeRemainingColumn(), console=console, transient=True)
            self._task = self._bar.add_task("users", total=None)

    def __enter__(self) -> Callable[[int, int], None]:
        own_progress()
        if self._bar:
            self._bar.start()
        return self._report

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.stop()

    def _report(self, done: int, total: int) -> None:
        if self._bar:
            self._bar.update(self._task, completed=done, total=total)
            return
        if done == total or time.monotonic() - self._reported_at > _SILENCE:
            self._reported_at = time.monotonic()
            say(f"read {done:,} of {total:,} users")
