"""`connect-users report`: a preview as a readable report, and as a gate."""

import json
import os
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import Any, Final, TypeVar, cast

import click

from pulumi_connect_users.cli import DONE, GATE_CLOSED, USAGE
from pulumi_connect_users.cli.connection import connection, connection_options, say
from pulumi_connect_users.cli.files import decoded, shown, write_text
from pulumi_connect_users.cli.instances import instance_of
from pulumi_connect_users.core.arns import last_part
from pulumi_connect_users.core.messages import counted
from pulumi_connect_users.coverage.limits import Limits, share
from pulumi_connect_users.model.in_time import current_time
from pulumi_connect_users.report import (
    Disclosure,
    Options,
    Report,
    UnreadableInput,
    assemble,
    read_preview,
)
from pulumi_connect_users.report.gate import Condition, closed, conditions
from pulumi_connect_users.report.input.preview import Preview
from pulumi_connect_users.report.instance import Instance
from pulumi_connect_users.report.options import PRIVILEGED
from pulumi_connect_users.report.renderers import FORMATS, Format, json_schema, render

T = TypeVar("T")
_PATIENCE: Final = 2.0
"""Seconds without a word."""


class _Parsed(click.ParamType[T]):
    """An option whose text is read by a function that raises ValueError."""

    def __init__(self, name: str, read: Callable[[str], T]) -> None:
        self.name = name
        self._read = read

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> T:
        try:
            return self._read(str(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)


def _fields(text: str) -> tuple[str, ...]:
    Disclosure.of(text.split(","))
    return tuple(text.split(","))


def _print_schema(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(json.dumps(json_schema(), indent=2))
        ctx.exit(DONE)


@click.command(
    epilog="Exit codes: 0 done, 1 failed, 2 usage or unreadable input, 3 a gate closed.",
)
@click.argument("file", type=click.Path(allow_dash=True, dir_okay=False), default="-")
@click.option(
    "--format",
    "target",
    type=click.Choice(FORMATS),
    help="Defaults to the file extension of --output (.md, .html, .json), else terminal.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File to write; defaults to standard output.",
)
@click.option(
    "--fail-on",
    "gate",
    type=_Parsed("conditions", conditions),
    default="",
    help=(
        "Exit with 3 if any condition holds: delete>5%,replace,can:become-admin,admins<2,"
        "policy,coverage,risk ..."
    ),
)
@click.option(
    "--no-policies",
    is_flag=True,
    help="Accept a preview without policies: `policy` and `advice` do not close the gate for that.",
)
@click.option(
    "--instance",
    help=(
        "ARN, id or alias of an instance: adds its coverage, and capabilities of all its users, "
        "by read-only look-ups."
    ),
)
@click.option(
    "--min-coverage",
    "minimum",
    type=click.IntRange(min=0),
    default=Limits().minimum,
    show_default=True,
    help="With --instance: agents that a queue, or a proficiency, may not fall below.",
)
@click.option(
    "--max-coverage-loss",
    "most_lost",
    type=_Parsed("share", share),
    default=Limits().percent,
    show_default=True,
    help="With --instance: share of its agents that a queue, or a proficiency, may lose.",
)
@click.option(
    "--show-values",
    "fields",
    type=_Parsed("fields", _fields),
    multiple=True,
    help="Show these personal fields: identity_info.email, identity_info, all ... Passwords never.",
)
@click.option(
    "--hide",
    "hidden",
    type=click.Choice(["usernames"]),
    multiple=True,
    help="Replace each username by a label, for reports that leave the organisation.",
)
@click.option(
    "--privileged",
    multiple=True,
    metavar="PATTERN",
    default=PRIVILEGED,
    show_default=True,
    help="Names or ids of privileged security profiles; replaces the default.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=1_000),
    help="Maximum characters of Markdown. Defaults to 65536, GitHub's limit for a comment.",
)
@click.option(
    "--schema",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_schema,
    help="Print the JSON schema of --format json and exit.",
)
@connection_options
def report(
    file: str,
    target: str | None,
    output: Path | None,
    gate: tuple[Condition, ...],
    no_policies: bool,
    instance: str | None,
    minimum: int,
    most_lost: Fraction,
    fields: tuple[tuple[str, ...], ...],
    hidden: tuple[str, ...],
    privileged: tuple[str, ...],
    limit: int | None,
    stack: str | None,
    **settings: str | None,
) -> int:
    """Show what a preview will do to Connect users.

    FILE is the output of `pulumi preview --json`, or the engine's events, which also carry policy
    results: the same output with PULUMI_ENABLE_STREAMING_JSON_PREVIEW=1, or the file of
    --event-log. `pulumi refresh --preview-only` and `pulumi destroy --preview-only` work too, and
    so does truncated output. `-` is standard input.

    \b
    Examples:
      PULUMI_ENABLE_STREAMING_JSON_PREVIEW=1 pulumi preview --json | connect-users report
      connect-users report events.jsonl -o comment.md --fail-on 'delete>5,replace,policy'
      connect-users report events.jsonl -o report.html --show-values identity_info.email
      connect-users report events.jsonl --instance ARN --fail-on coverage --min-coverage 3
      connect-users report events.jsonl --instance ARN --fail-on 'can:become-admin,admins<2'
    """
    options = Options(
        disclosure=Disclosure.of(
            chain.from_iterable(fields),
            usernames="usernames" not in hidden,
        ),
        privileged=privileged,
        coverage=Limits(minimum=minimum, most_lost=most_lost),
        on_delete=os.environ.get("CONNECT_USERS_ON_DELETE"),
        now=_now(),
    )
    preview = _read(file)
    readable = None if instance is None else _instance(instance, stack, settings)
    result = assemble(preview, options, readable)
    _write(result, cast("Format", target or _by_name(output)), output, limit)
    reasons = closed(result, gate, no_policies=no_policies)
    for reason in reasons:
        click.echo(f"connect-users: the gate is closed by {reason}.", err=True)
    return GATE_CLOSED if reasons else DONE


def _instance(given: str, stack: str | None, settings: Mapping[str, str | None]) -> Instance:
    """The instance, which is not asked anything before a change concerns it."""
    from pulumi_connect_users.aws.access_api import AccessReader
    from pulumi_connect_users.aws.bulk_reads import BulkReads
    from pulumi_connect_users.aws.centre_api import CentreReader

    session = connection(stack, **settings).session()
    arn = instance_of(session, given)

    def call(operation: str, **parameters: object) -> Any:
        return session.connect(arn).call(operation, **parameters)

    def plan(profiles: int, users: int, skills: int) -> None:
        rate = session.settings.requests_per_second
        seconds = 0 if rate is None else (profiles + users + skills) / rate
        if seconds > _PATIENCE:
            say(
                f"looking up the queues of {counted(profiles, 'routing profile')}, the "
                f"proficiencies of {counted(users, 'user')} and the holders of "
                f"{counted(skills, 'proficiency', 'proficiencies')} takes about {seconds:.0f} s"
            )

    bulk = BulkReads(call)
    return Instance(
        arn=arn,
        id=last_part(arn),
        centre=CentreReader(call, bulk),
        access=AccessReader(call, say, bulk),
        has_passwords=lambda: session.instance(arn).identity_management_type == "CONNECT_MANAGED",
        plan=plan,
    )


def _now() -> datetime:
    try:
        return current_time()
    except ValueError as error:
        raise click.UsageError(str(error)) from None


def _read(file: str) -> Preview:
    if file == "-" and sys.stdin.isatty():
        raise click.UsageError(
            "reading a preview, standard input: it is a terminal. Pipe one in, or name a file."
        )
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise _unreadable(file, f"{error.strerror}. Check the path") from None
    try:
        return read_preview(decoded(data, errors="replace"))
    except UnreadableInput as error:
        raise _unreadable(file, str(error).rstrip(".")) from None


class _Unreadable(click.ClickException):
    exit_code = USAGE


def _unreadable(file: str, cause: str) -> _Unreadable:
    return _Unreadable(f"reading a preview, {shown(Path(file))}: {cause}.")


_BY_NAME: dict[str, Format] = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".json": "json",
}


def _by_name(output: Path | None) -> Format:
    return _BY_NAME.get(output.suffix.lower(), "terminal") if output else "terminal"


def _write(report: Report, target: Format, output: Path | None, limit: int | None) -> None:
    if target == "terminal" and output is None and sys.stdout.isatty():
        from rich.console import Console

        from pulumi_connect_users.report.renderers.terminal import show

        show(report, Console())
        return
    text = render(report, target, limit=limit)
    write_text(text, output, "writing the report")


__all__ = ["report"]
