"""`connect-users put-status`: what a supervisor does in the real-time metrics page."""

from pathlib import Path

import click

from pulumi_connect_users.aws.session import ConnectSession
from pulumi_connect_users.cli.command_run import CommandRun, receipt_option
from pulumi_connect_users.cli.connection import connection, connection_options, say
from pulumi_connect_users.cli.instances import INSTANCE_HELP, instance_of, usage_errors
from pulumi_connect_users.core.arns import instance_and_id, is_id, parse_arn
from pulumi_connect_users.core.errors import InvalidFilter
from pulumi_connect_users.core.identifiers import Resolver, Unresolved
from pulumi_connect_users.core.lookups import Kind
from pulumi_connect_users.core.privacy import display_name
from pulumi_connect_users.users.status import set_status


@click.command("put-status")
@click.argument("user")
@click.argument("status")
@click.option("--instance", help=INSTANCE_HELP)
@receipt_option
@connection_options
def put_status(
    *,
    user: str,
    status: str,
    instance: str | None,
    receipt: Path | None,
    stack: str | None,
    **options: str | None,
) -> None:
    """Set the STATUS (name or id) of USER (username, id, ARN or INSTANCE:ID).

    During a contact it becomes the agent's next status.

    \b
    Examples:
      connect-users put-status mary.major Offline --instance local-managed --endpoint local
      connect-users put-status mary.major "Lunch break" --stack prod
    """
    with usage_errors():
        session = connection(stack, **options).session(run=CommandRun(receipt))
        _put(session, _where(session, instance, user), user, status)


def _where(session: ConnectSession, instance: str | None, user: str) -> str:
    """The named instance, or that of the user's ARN or `INSTANCE:ID`."""
    if instance is None and (arn := parse_arn(user)):
        return arn.instance_arn
    if instance is None and (pair := instance_and_id(user)):
        return pair[0]
    return instance_of(session, instance)


def _put(session: ConnectSession, instance: str, user: str, status: str) -> None:
    connect = session.connect(instance)
    resolver = Resolver(connect.instance_arn, session)
    ids: dict[str, str] = {}
    failures: list[str] = []
    for name, given, kind in (("USER", user, Kind.USER), ("STATUS", status, Kind.AGENT_STATUS)):
        try:
            ids[name] = resolver.by_either(kind, given)
        except Unresolved as error:
            failures.append(f"{name}: {error}")
    if failures:
        raise InvalidFilter(" ".join(failures))
    set_status(ids["USER"], ids["STATUS"], connect)
    data = connect.live_data.activity(ids["USER"])
    name = ids["USER"] if is_id(user) else display_name(user)
    if data is not None and data.next_status:
        say(f"{name} is on a contact; after it the status is {data.next_status}.")
    else:
        say(f"{name} is {status}.")
