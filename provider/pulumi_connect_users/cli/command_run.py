"""One run of a command that changes users: whose they are, and where each change is recorded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4

import click

from pulumi_connect_users.core.run_hooks import RunHooks

if TYPE_CHECKING:
    from pulumi_connect_users.aws.settings import Settings

Command = TypeVar("Command", bound=Callable[..., Any])


def receipt_option(command: Command) -> Command:
    """The option for the file of a receipt."""
    return click.option(
        "--receipt",
        type=click.Path(path_type=Path, dir_okay=False, writable=True),
        help="Append each change to this file as a line of JSON. Defaults to connect:receipt.",
    )(command)


@dataclass
class CommandRun:
    """What a command has in common with a run of Pulumi."""

    receipt: Path | None = None
    """The file that was named; the settings' own otherwise."""
    stacks: set[str] = field(default_factory=set)
    """The stacks of the users, as in marks; shares in limits refer to all users of these."""
    id: str = field(default_factory=lambda: uuid4().hex[:12])

    @property
    def stack(self) -> str:
        """The stack; empty where there are several, or none is known."""
        return "".join(self.stacks) if len(self.stacks) == 1 else ""

    def hooks(self, settings: Settings, warn: Callable[[str], None]) -> RunHooks:
        """Records changes, and names the run in the user agent; raises SettingsError."""
        from pulumi_connect_users.engine.receipt import Receipt, user_agent

        hooks = RunHooks(warn=warn, origin=lambda: user_agent(self.stack, self.id))
        file = self.receipt or settings.receipt
        if file is None:
            return hooks
        receipt = Receipt(file, lambda: self.stack, self.id, warn)
        return replace(hooks, after_change=receipt.record)
