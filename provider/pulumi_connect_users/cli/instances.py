"""Which instance a command means, and what is wrong with how it was called."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from pulumi_connect_users.aws.session import ConnectSession
from pulumi_connect_users.core.arns import is_uuid
from pulumi_connect_users.core.errors import InvalidFilter, SettingsError
from pulumi_connect_users.core.safe_text import printable

INSTANCE_HELP = "ARN, id or alias of the instance. Optional if there is only one."


@contextmanager
def usage_errors() -> Iterator[None]:
    """Turns invalid filters and settings into usage errors: exit code 2."""
    try:
        yield
    except (InvalidFilter, SettingsError) as error:
        # The message may quote names from the instance.
        raise click.UsageError(printable(str(error), longest=len(str(error)))) from None


def instance_of(session: ConnectSession, given: str | None) -> str:
    """The ARN or id of the instance; raises UsageError if the choice is not clear."""
    if given is not None and (given.startswith("arn:") or is_uuid(given)):
        return given
    if given is not None and not given.strip():
        raise click.UsageError("--instance is empty. Give an ARN, id or alias.")
    known = session.instances()
    rows = [row for row in known if given is None or row.get("InstanceAlias") == given]
    if len(rows) == 1:
        return str(rows[0]["Arn"])
    names = ", ".join(str(row.get("InstanceAlias") or row["Id"]) for row in known)
    if given is not None:
        raise click.UsageError(f"instance {given} does not exist. Known: {names or 'none'}.")
    if not known:
        raise click.UsageError("no instance in this Region. Check Region and profile.")
    raise click.UsageError(f"there are several instances. Give --instance, one of: {names}.")
