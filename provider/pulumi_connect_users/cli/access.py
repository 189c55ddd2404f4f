"""`connect-users access`: who can do what in an instance, and which decisions are missing."""

import json
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal, get_args

import click

from pulumi_connect_users.access.capabilities import TEXTS
from pulumi_connect_users.access.csv_table import render_csv
from pulumi_connect_users.access.differences import differences
from pulumi_connect_users.access.document import document, read_document
from pulumi_connect_users.access.outcome import Outcome
from pulumi_connect_users.access.review import Access
from pulumi_connect_users.access.sign_off import (
    InvalidSignOff,
    Review,
    read_sign_off,
    skeleton,
    unreviewed,
)
from pulumi_connect_users.cli import DONE, GATE_CLOSED
from pulumi_connect_users.cli.connection import connection, connection_options, say
from pulumi_connect_users.cli.files import read_text, shown, write_text
from pulumi_connect_users.cli.instances import INSTANCE_HELP, instance_of, usage_errors
from pulumi_connect_users.core.documents import UnreadableDocument
from pulumi_connect_users.core.messages import counted
from pulumi_connect_users.core.privacy import display_name, label, shorten

Format = Literal["terminal", "csv", "html", "json", "sign-off"]
_FORMATS: Final[tuple[Format, ...]] = get_args(Format)
_BY_NAME: Final[Mapping[str, Format]] = {
    ".csv": "csv",
    ".html": "html",
    ".htm": "html",
    ".json": "json",
    ".yaml": "sign-off",
    ".yml": "sign-off",
}
_FILE: Final = click.Path(path_type=Path, exists=True, dir_okay=False)
_FEW: Final = 10


@click.command(
    epilog="Exit codes: 0 done, 1 failed, 2 usage or unreadable input, 3 someone is unreviewed.",
)
@click.option("--instance", help=INSTANCE_HELP)
@click.option(
    "--can",
    "capabilities",
    multiple=True,
    type=click.Choice(list(TEXTS)),
    metavar="CAPABILITY",
    help="Only people who have, or may have, it: listen-to-recordings, become-admin ...",
)
@click.option(
    "--format",
    "target",
    type=click.Choice(_FORMATS),
    help="Defaults to the file extension of --output (.csv, .html, .json, .yaml), else terminal.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File to write; defaults to standard output.",
)
@click.option(
    "--since", type=_FILE, help="An earlier --format json: adds who gained and lost what."
)
@click.option(
    "--sign-off",
    "decisions",
    type=_FILE,
    help="The decisions about people: adds who is unreviewed. --format sign-off writes one.",
)
@click.option(
    "--fail-on",
    "gate",
    type=click.Choice(["unreviewed"]),
    help="Exit with 3 if someone is unreviewed, by --sign-off.",
)
@click.option(
    "--hide",
    "hidden",
    type=click.Choice(["usernames"]),
    multiple=True,
    help="Replace each username by a label, for reviews that leave the organisation.",
)
@connection_options
def access(
    *,
    instance: str | None,
    capabilities: tuple[str, ...],
    target: Format | None,
    output: Path | None,
    since: Path | None,
    decisions: Path | None,
    gate: str | None,
    hidden: tuple[str, ...],
    stack: str | None,
    **options: str | None,
) -> int:
    """Show who can do what, from the permissions of the security profiles.

    All users of the instance count, whoever manages them. Permissions that cannot be read make
    capabilities unknown. Reads only.

    \b
    Examples:
      connect-users access --stack prod
      connect-users access --stack prod --can listen-to-recordings --format csv
      connect-users access --stack prod -o access.html --since last-quarter.json
      connect-users access --stack prod --sign-off sign-off.yaml --fail-on unreviewed
    """
    if gate and decisions is None:
        raise click.UsageError("--fail-on unreviewed needs --sign-off FILE.")
    chosen = target or (_BY_NAME.get(output.suffix.lower()) if output else None) or "terminal"
    if capabilities and chosen == "sign-off":
        raise click.UsageError("a sign-off file has everyone. Omit --can.")
    earlier = _earlier(since)
    reviews = _reviews(decisions)
    found = _review(instance, stack, options, hides=bool(hidden))
    if earlier and earlier.instance != found.instance:
        raise click.UsageError(
            f"reading an earlier review: it is of {earlier.instance}, and this one is of "
            f"{found.instance}. Give a review of the same instance."
        )
    open_ = unreviewed(found, reviews) if decisions else {}
    outcome = Outcome(
        access=found.only(capabilities) if capabilities else found,
        capabilities=capabilities or tuple(TEXTS),
        since=earlier.taken if earlier else None,
        differences=differences(earlier, found) if earlier else (),
        is_judged=decisions is not None,
        unreviewed=open_,
    )
    _write(outcome, chosen, output, reviews)
    if gate and open_:
        names = shorten(list(open_), _FEW)
        click.echo(
            f"connect-users: {counted(len(open_), 'person is', 'people are')} unreviewed: {names}.",
            err=True,
        )
        return GATE_CLOSED
    return DONE


def _review(
    instance: str | None, stack: str | None, options: Mapping[str, str | None], *, hides: bool
) -> Access:
    from pulumi_connect_users.access.reading import read
    from pulumi_connect_users.access.review import Reviewer
    from pulumi_connect_users.aws.access_api import AccessReader

    with usage_errors():
        session = connection(stack, **options).session()
        facts = session.instance(instance_of(session, instance))
        reading = read(AccessReader(session.connect(facts.arn).call, say))
    return Reviewer(
        instance=facts.arn,
        taken=datetime.now(UTC),
        with_passwords=facts.identity_management_type == "CONNECT_MANAGED",
        shown=label if hides else display_name,
    ).review(reading)


def _earlier(file: Path | None) -> Access | None:
    if file is None:
        return None
    doing = "reading an earlier review"
    try:
        return read_document(read_text(file, doing))
    except UnreadableDocument as error:
        raise click.UsageError(f"{doing}, {shown(file)}: {error}. Check the file.") from None


def _reviews(file: Path | None) -> dict[str, Review]:
    if file is None:
        return {}
    doing = "reading a sign-off file"
    try:
        return read_sign_off(read_text(file, doing))
    except UnreadableDocument as error:
        raise click.UsageError(f"{doing}, {shown(file)}: {error}. Correct the file.") from None
    except InvalidSignOff as error:
        lines = "\n".join(f"  {file.name}:{line}: {cause}" for line, cause in error.mistakes)
        raise click.UsageError(f"{doing}: correct the file.\n{lines}") from None


def _write(
    outcome: Outcome, target: Format, output: Path | None, reviews: Mapping[str, Review]
) -> None:
    if target == "terminal":
        _print(outcome, output)
        return
    text = {
        "csv": lambda: render_csv(outcome),
        "html": lambda: _page(outcome),
        "json": lambda: _json(outcome),
        "sign-off": lambda: skeleton(outcome.access, reviews),
    }[target]()
    write_text(text, output, "writing the review")


def _print(outcome: Outcome, output: Path | None) -> None:
    import io

    from rich.console import Console

    from pulumi_connect_users.access.terminal import show

    if output is None and sys.stdout.isatty():
        show(outcome, Console())
        return
    file = io.StringIO()
    show(outcome, Console(file=file))
    write_text(file.getvalue(), output, "writing the review")


def _page(outcome: Outcome) -> str:
    from pulumi_connect_users.access.page import page

    return page(outcome)


def _json(outcome: Outcome) -> str:
    found = document(outcome.access)
    if len(outcome.capabilities) < len(TEXTS):
        found["only"] = list(outcome.capabilities)
    if outcome.since is not None:
        found["differences"] = [
            {
                "username": one.username,
                "gained": one.gained,
                "lost": one.lost,
                "new": one.is_new,
                "deleted": one.is_deleted,
            }
            for one in outcome.differences
        ]
    if outcome.is_judged:
        found["unreviewed"] = dict(outcome.unreviewed)
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"


__all__ = ["access"]
