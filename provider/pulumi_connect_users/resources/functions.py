"""Calls of the engine's functions from a program, with the stack's configuration."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

import pulumi

from ..dynamic import FRONT_END
from ..engine.messages import FrontEnd
from ..engine.run import Run
from .instance import Instance
from .settings import Namespace, of_functions

if TYPE_CHECKING:
    from ..aws.settings import Settings
    from ..core.properties import Properties, Value

T = TypeVar("T")


def call(function: str, **arguments: Value) -> Properties:
    """The result of one of the engine's functions; arguments that are None are not given."""
    from ..engine.functions import FUNCTIONS

    return FUNCTIONS[function](program_run(), arguments)


def program_run() -> Run:
    """The run of this program: one for each configuration.

    A process may run the programs of several stacks.
    """
    from ..aws.settings import read_settings
    from ..engine.program_settings import known_keys

    namespace = of_functions()
    config = pulumi.Config(namespace.name)
    given = {key: config.get(key) for key in known_keys()}
    return _run(namespace.read(read_settings), namespace, tuple(given.items()))


@lru_cache
def _run(
    _settings: Settings, namespace: Namespace, config: tuple[tuple[str, str | None], ...]
) -> Run:
    run = Run(FrontEnd(FRONT_END.show, namespace.words))
    # What is set but not known is said by the provider, whose resources it concerns.
    run.configure(dict(config).get, ())
    return run


def instance_arn(instance: Instance | str, function: str) -> str:
    """The instance's ARN or id; TypeError for an output."""
    arn = instance.arn if isinstance(instance, Instance) else instance
    if not isinstance(arn, str):
        raise TypeError(f"the instance is an output: use {function}_output, or a plain id or ARN")
    return arn


def output_of(
    function: Callable[..., T], instance: Instance | pulumi.Input[str], given: Mapping[str, Any]
) -> pulumi.Output[T]:
    """The function's result once all that is given is known, so after its resources are created."""
    arn = instance.arn if isinstance(instance, Instance) else instance

    async def ask(known: dict[str, Any]) -> T:
        # In a thread: the program's other outputs go on meanwhile.
        return await asyncio.to_thread(function, **known)

    result: pulumi.Output[T] = pulumi.Output.from_input({"instance": arn, **given}).apply(ask)
    return result
