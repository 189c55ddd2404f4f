"""Groups of commands that are imported when they are used, and that know near matches."""

from collections.abc import Mapping
from difflib import get_close_matches
from importlib import import_module
from typing import ClassVar

import click


class LazyGroup(click.Group):
    """A group with commands in modules of their own."""

    lazy: ClassVar[Mapping[str, str]] = {}
    """Module and attribute (`package.module:attribute`) by the command's name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, sorted."""
        return sorted([*super().list_commands(ctx), *self.lazy])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported where that is needed."""
        if cmd_name not in self.lazy:
            return super().get_command(ctx, cmd_name)
        module, _, attribute = self.lazy[cmd_name].partition(":")
        command = getattr(import_module(module), attribute)
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Suggests commands for an unknown one: click knows only those that are imported."""
        names = self.list_commands(ctx)
        if args and not args[0].startswith("-") and args[0] not in names:
            near = get_close_matches(args[0], names)
            hint = f" Did you mean {' or '.join(near)}?" if near else ""
            ctx.fail(f"unknown command {args[0]}.{hint}")
        return super().resolve_command(ctx, args)
