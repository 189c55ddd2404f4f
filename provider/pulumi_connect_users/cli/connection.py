"""How a command reaches Amazon Connect: the same settings as the provider's, from the same places.

Options win over the stack's configuration (Pulumi.STACK.yaml, namespace `connect`), that over the
project's (Pulumi.yaml), that over the environment, that over the AWS chain.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from pulumi_connect_users.aws.settings import project_file, read_settings
from pulumi_connect_users.cli.selected_stack import selected_stack
from pulumi_connect_users.core.documents import UnreadableDocument
from pulumi_connect_users.core.privacy import hide_addresses
from pulumi_connect_users.core.run_hooks import RunHooks
from pulumi_connect_users.core.safe_text import printable
from pulumi_connect_users.core.yaml_documents import read_yaml

if TYPE_CHECKING:
    from pulumi_connect_users.aws.session import ConnectSession
    from pulumi_connect_users.cli.command_run import CommandRun

_OPTIONS = {
    "endpoint": "A URL, or `local` for the embedded Connect.",
    "store": "The embedded Connect's file.",
    "region": "The Region of an instance given by id.",
    "profile": "The AWS profile.",
}

_SPELLINGS: Final = {"store": ("--store", "--local-store", "local_store")}

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(frozen=True)
class Connection:
    """Settings by key of the namespace `connect`, each with the place that it comes from."""

    values: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    stack: str | None = None
    """The stack whose configuration is among them: the one that was named, or is selected."""

    def session(self, *, quiet: bool = False, run: CommandRun | None = None) -> ConnectSession:
        """A session of these settings, of a run if it changes users; raises SettingsError."""
        settings = read_settings(self.values.get, os.environ)
        if settings.is_local and not quiet:
            say(f"the embedded Connect in {settings.store}, not AWS")
        # Commands about files do without the AWS SDK, which is slow to import.
        from pulumi_connect_users.aws.session import ConnectSession

        if run is None:
            return ConnectSession(settings, RunHooks(warn=say))
        return ConnectSession(settings, run.hooks(settings, say), stacks=lambda: run.stacks)


def say(text: str) -> None:
    """Prints one line to standard error, made printable: names may hold control characters."""
    click.echo(f"connect-users: {printable(text, longest=len(text))}", err=True)


def connection_options(command: Command) -> Command:
    """The options of every command that talks to Connect."""
    for name, text in reversed(_OPTIONS.items()):
        command = click.option(*_SPELLINGS.get(name, (f"--{name}",)), help=text)(command)
    return click.option(
        "--stack", help="Use the settings of this stack. Defaults to the selected one."
    )(command)


_NAMESPACES: Final = ("connect", "connect-users")
"""Of the dynamic provider's settings, and of the native plugin's."""


def connection(stack: str | None, **options: str | None) -> Connection:
    """The settings of the options, completed by the stack's configuration."""
    values: dict[str, str] = {}
    sources: dict[str, str] = {}
    stack, files = _stack_files(stack)
    for file in files:
        for name, found in _settings(file).items():
            _, _, key = name.partition(":")
            values[key], sources[key] = found, f"{name} in {file.name}"
    for option, value in options.items():
        if value is not None:
            key = "localStore" if option == "local_store" else option
            values[key], sources[key] = value, _SPELLINGS.get(option, (f"--{option}",))[0]
    if options.get("profile") is not None:
        values.pop("profiles", None)  # an option holds for every account
    hide_addresses(hides=values.get("personalData") == "secret")
    return Connection(values, sources, stack)


def project_name() -> str | None:
    """The name of the Pulumi project of the current folder; None outside of one."""
    project = project_file(Path.cwd())
    name = _content(project).get("name") if project else None
    return name if isinstance(name, str) else None


def _stack_files(given: str | None) -> tuple[str | None, tuple[Path, ...]]:
    """The stack, and the files that configure it: the one that wins last."""
    project = project_file(Path.cwd())
    content = _content(project) if project else {}
    stack = given
    if stack is None and project is not None:
        stack = selected_stack(project, content, os.environ)
    if stack is None:
        return None, ()
    folder = project.parent if project else Path.cwd()
    name = f"Pulumi.{stack.rsplit('/', 1)[-1]}{project.suffix if project else '.yaml'}"
    # Both spellings move the stacks' files; `config` otherwise holds what they have in common.
    elsewhere = content.get("stackConfigDir") or content.get("config")
    file = folder / (elsewhere if isinstance(elsewhere, str) else "") / name
    common = (project,) if project else ()
    if file.is_file():
        if given is None:
            say(f"using the settings of the selected stack, {stack}")
        return stack, (*common, file)
    if given is None:
        return stack, common
    raise click.UsageError(
        f"reading the configuration of the stack {stack}: {name} is not in this folder or "
        "above. Run this in the project's folder, or omit --stack."
    )


def _settings(file: Path) -> dict[str, str]:
    """The values of both front ends' namespaces, by their whole keys; structured ones as JSON."""
    config = _content(file).get("config")
    settings: dict[str, str] = {}
    for key, given in (config if isinstance(config, Mapping) else {}).items():
        namespace, _, _ = str(key).rpartition(":")
        nested = isinstance(given, Mapping)
        if namespace not in _NAMESPACES or (nested and "secure" in given):
            continue
        # A project may write `{value: ...}` for a value.
        value = given["value"] if nested and "value" in given else given
        if value is not None:
            # `true` is spelt in JSON's way too.
            settings[str(key)] = value if isinstance(value, str) else json.dumps(value, default=str)
    return settings


def _content(file: Path) -> Mapping[str, Any]:
    try:
        content = read_yaml(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, UnreadableDocument) as error:
        cause = error if isinstance(error, UnreadableDocument) else type(error).__name__
        raise click.ClickException(
            f"reading {file.name}: {cause}. Correct it; `pulumi config` shows how Pulumi reads it."
        ) from None
    return content if isinstance(content, Mapping) else {}
