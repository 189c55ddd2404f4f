"""`connect-users iam`: the least permissions that a role needs."""

import json
from collections.abc import Sequence
from functools import reduce
from operator import or_
from pathlib import Path

import click

from pulumi_connect_users.cli.connection import say
from pulumi_connect_users.cli.files import read_text, shown
from pulumi_connect_users.core.arns import parse_arn
from pulumi_connect_users.iam.operations import ROLES, Role
from pulumi_connect_users.iam.policy import MOST_CHARACTERS, characters, policy_document
from pulumi_connect_users.iam.usage import FEATURES, Usage, read_usage

_KNOWN = "\n\n\b\nFeatures:\n" + "\n".join(f"  {name:17} {text}" for name, text in FEATURES.items())


@click.command(epilog=_KNOWN.strip("\n"))
@click.option(
    "--role",
    "roles",
    type=click.Choice(ROLES),
    multiple=True,
    required=True,
    help="The command: `pulumi preview`, `up` and `destroy` (apply), or `refresh`. Repeatable: "
    "`up --refresh` needs apply and refresh.",
)
@click.option("--instance", "instances", multiple=True, help="ARN of an instance. Repeatable.")
@click.option(
    "--from",
    "sources",
    type=click.Path(path_type=Path, exists=True, dir_okay=False, allow_dash=True),
    multiple=True,
    help=(
        "Output of `pulumi stack export`, or of `pulumi preview --json` (which has only users that "
        "change): allows only what these use. Repeatable. Without it, allows everything."
    ),
)
@click.option(
    "--feature",
    "features",
    type=click.Choice(list(FEATURES)),
    multiple=True,
    help="With --from: a feature in addition to those in the file. Repeatable.",
)
def iam(
    roles: Sequence[Role],
    instances: Sequence[str],
    sources: Sequence[Path],
    features: Sequence[str],
) -> None:
    """Print the least-privilege IAM policy document.

    \b
    Examples:
      connect-users iam --role apply --instance ARN
      pulumi stack export | connect-users iam --role apply --role refresh --from -
    """
    wrong = [arn for arn in instances if (known := parse_arn(arn)) is None or known.kind]
    if wrong:
        raise click.UsageError(
            f"reading --instance: {', '.join(wrong)} is not the ARN of an instance. "
            "Give arn:aws:connect:REGION:ACCOUNT:instance/ID."
        )
    usage = Usage()
    if sources:
        usage = reduce(or_, map(_usage, sources)) | Usage(frozenset(), frozenset(features))
    document = policy_document(roles, usage, instances)
    click.echo(json.dumps(document, indent=2))
    if (size := characters(document)) > MOST_CHARACTERS:
        say(
            f"IAM counts {size:,} characters, and a managed policy may have {MOST_CHARACTERS:,}. "
            "Print a policy for some instances at a time (--instance), or for one role."
        )


def _usage(source: Path) -> Usage:
    text = read_text(source, "reading what a project uses")
    try:
        return read_usage(text)
    except ValueError as error:
        raise click.UsageError(f"reading what a project uses, {shown(source)}: {error}") from None
