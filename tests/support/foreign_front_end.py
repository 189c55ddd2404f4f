"""A front end whose programs are not written in Python: their words are in camel case."""

import re
from collections.abc import Mapping
from typing import Any

from pulumi_connect_users.engine.functions import FUNCTIONS
from pulumi_connect_users.engine.messages import FrontEnd
from pulumi_connect_users.engine.run import Run


def foreign_run(settings: Mapping[str, str], said: list[str] | None = None) -> Run:
    """One process of it; messages are added to `said`."""
    shown = [] if said is None else said
    run = Run(FrontEnd(lambda _, text, __: shown.append(text), _in_camel_case))
    run.configure(settings.get, ())
    return run


def call(run: Run, function: str, **arguments: Any) -> Any:
    """The result of one of the engine's functions."""
    return FUNCTIONS[function](run, arguments)


def _in_camel_case(text: str) -> str:
    return re.sub(r"(?<=[a-z])_([a-z])", lambda match: match[1].upper(), text)
