"""`connect-users doctor`: checks the setup, with a remedy for each problem found."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from pulumi_connect_users.aws.settings import project_file
from pulumi_connect_users.cli import DONE, FAILED
from pulumi_connect_users.cli.connection import Connection, connection, connection_options
from pulumi_connect_users.cli.files import decoded
from pulumi_connect_users.cli.instances import instance_of
from pulumi_connect_users.core.errors import SettingsError
from pulumi_connect_users.doctor.configuration import configuration
from pulumi_connect_users.doctor.credentials import credentials
from pulumi_connect_users.doctor.deployment import Deployment, parse_deployment, pending
from pulumi_connect_users.doctor.finding import Finding, failure, note, ok, warning
from pulumi_connect_users.doctor.instance import instance as examined
from pulumi_connect_users.doctor.machine import machine

_MARKS = {"ok": "✓", "note": "·", "warning": "!", "failure": "✗"}
_STYLES = {"ok": "green", "note": "dim", "warning": "yellow", "failure": "bold red"}
_SECONDS = 120


@click.command()
@click.option(
    "--instance", help="ARN, id or alias of the instance. Defaults to those in the state."
)
@click.option(
    "--state",
    "state_path",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Output of `pulumi stack export`. Defaults to exporting the stack.",
)
@click.option(
    "--policy-config",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A policy configuration to check.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@connection_options
def doctor(
    instance: str | None,
    state_path: Path | None,
    policy_config: Path | None,
    as_json: bool,
    stack: str | None,
    **options: str | None,
) -> int:
    """Check this machine, the settings, the instance and the stack.

    It changes nothing. The exit code is 1 if something does not work.

    \b
    Examples:
      connect-users doctor
      connect-users doctor --stack prod --instance prod --json
    """
    found: list[Finding] = []
    console = Console(soft_wrap=True)
    for finding in _findings(connection(stack, **options), instance, state_path, policy_config):
        found.append(finding)
        if not as_json:
            console.print(_line(finding))
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in found], indent=2))
    return FAILED if any(finding.status == "failure" for finding in found) else DONE


def _findings(
    settings: Connection,
    instance: str | None,
    state_path: Path | None,
    policy_config: Path | None,
) -> Iterator[Finding]:
    yield from machine()
    yield from configuration(settings.values, settings.sources, os.environ)
    deployment = None
    try:
        deployment = _deployment(settings.stack, state_path)
    except ValueError as error:
        remedy = "Give --state FILE from `pulumi stack export`."
        yield failure("state", f"cannot be read: {error}", remedy)
    else:
        remedy = "Give --state FILE, or --stack NAME in the project's folder with `pulumi` on PATH."
        yield pending(deployment) if deployment else note("state", "was not checked", remedy)
    instances = [instance] if instance else list(deployment.instances if deployment else ())
    if not instances:
        yield note("instance", "was not checked", "Give --instance ARN.")
    yield from _instances(settings, instances, deployment)
    if policy_config is not None:
        yield from _policy(policy_config)


def _instances(
    settings: Connection, instances: list[str], deployment: Deployment | None
) -> Iterator[Finding]:
    try:
        session = settings.session(quiet=True)
    except SettingsError:
        return  # reported with the settings
    for arn in [instance_of(session, given) for given in instances]:
        found = list(credentials(session.settings, arn))
        yield from found
        if not any(finding.status == "failure" for finding in found):
            yield from examined(session, arn, deployment)


def _deployment(stack: str | None, state_path: Path | None) -> Deployment | None:
    """The state, of a file or asked for; None where nothing says which, ValueError where none."""
    if state_path is not None:
        try:
            text = decoded(state_path.read_bytes(), errors="replace")
        except OSError as error:
            raise ValueError(f"{state_path}: {error.strerror}") from None
        return parse_deployment(text)
    command = shutil.which("pulumi")
    if stack is None or command is None or project_file(Path.cwd()) is None:
        return None
    export = [command, "stack", "export", "--stack", stack, "--non-interactive"]
    try:
        done = subprocess.run(export, capture_output=True, check=False, timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        raise ValueError(f"`pulumi stack export` took longer than {_SECONDS} s") from None
    if done.returncode != 0:
        said = " ".join(decoded(done.stderr, errors="replace").split())
        raise ValueError(
            f"`pulumi stack export` failed: {said.removeprefix('error: ')}".rstrip(".")
        )
    return parse_deployment(decoded(done.stdout, errors="replace"))


def _policy(file: Path) -> Iterator[Finding]:
    try:
        from connect_users_guard.check_config import check_text
    except ImportError:
        yield note(
            "policy configuration",
            "was not checked: the policy pack is not installed in this Python",
            "Run: pip install connect-users-guard.",
        )
        return
    try:
        text = decoded(file.read_bytes(), errors="replace")
    except OSError as error:
        yield failure("policy configuration", f"{file}: {error.strerror}", "Check the path.")
        return
    problems = check_text(text, datetime.now(UTC).date())
    for problem in problems:
        cause, _, remedy = str(problem).partition(". ")
        found = failure if problem.error else warning
        message = f"{file.name}: {cause.rstrip('.')}"
        yield found("policy configuration", message, remedy or "Correct it.")
    if not problems:
        yield ok("policy configuration", f"{file.name}: every rule and setting is valid")


def _line(finding: Finding) -> Text:
    plain = not (sys.stdout.encoding or "").lower().startswith("utf")
    mark = finding.status if plain else _MARKS[finding.status]
    line = Text(f"{mark} ", style=_STYLES[finding.status])
    line.append(f"{finding.check}: ", style="bold")
    line.append(finding.message, style="")
    if finding.remedy:
        line.append(f". {finding.remedy}", style="italic")
    return line
