"""Fails a run whose create left something undone: the resource stays in state."""

import asyncio
import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final
from weakref import WeakSet

import pulumi

from ..core.messages import UNFINISHED

_PAUSE_SECONDS: Final = 0.1
_SDK: Final = str(Path(pulumi.__file__).parent)
_waiting: Final[WeakSet[asyncio.Task[Any]]] = WeakSet()
"""The program itself, which waits for everything, and the failures that wait for the others."""


def fail_if_unfinished(name: str, resource: pulumi.Resource) -> None:
    """Makes a run that left the resource unfinished end with an error that says why.

    The engine has no partial failure for dynamic resources: a create that fails would leave the
    user out of state, one that succeeds ends in exit code 0. So the program itself fails.
    """
    _wait()
    output: pulumi.Output[Sequence[str] | None] = resource.__dict__[UNFINISHED]

    async def fail(reasons: Sequence[str] | None) -> None:
        if not reasons or pulumi.runtime.is_dry_run():
            return
        for reason in reasons:
            pulumi.log.error(reason, resource)
        await _others()
        raise pulumi.RunError(f"{name} is unfinished: run `pulumi up` again")

    _: pulumi.Output[None] = output.apply(fail)


def _wait() -> None:
    """Counts the current task among those that wait; without an event loop there is none."""
    with contextlib.suppress(RuntimeError):
        if task := asyncio.current_task():
            _waiting.add(task)


async def _others() -> None:
    """Waits until all else is done: the first error in an `apply` ends a program (SDK 3.272)."""
    _wait()
    while any(_is_the_sdks(task) for task in asyncio.all_tasks() - set(_waiting)):
        await asyncio.sleep(_PAUSE_SECONDS)


def _is_the_sdks(task: asyncio.Task[Any]) -> bool:
    """Whether a task is a registration or an output: others, as a server's, may never end."""
    code = getattr(task.get_coro(), "cr_code", None)
    return code is not None and code.co_filename.startswith(_SDK)
