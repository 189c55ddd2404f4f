"""Translates Pulumi's options that name properties: the SDK does for generated classes only."""

import copy
import re
from collections.abc import Iterable
from typing import Final

import pulumi

from ..model.references import AGENT_STATUS, OF_USER
from .arguments import FREE_MAPS
from .input_conversion import snake_to_camel

_OPTIONS: Final = ("ignore_changes", "additional_secret_outputs", "hide_diffs")
_STANDS_FOR: Final = {
    name: (reference.name, reference.id, reference.fact)
    for reference in (*OF_USER, AGENT_STATUS)
    for name in (reference.name, reference.id, reference.fact)
} | {"instance": ("instanceArn", "identityManagementType")}


def translate_options(opts: pulumi.ResourceOptions | None) -> pulumi.ResourceOptions | None:
    """A copy with property paths as state has them; a name stands for its id and fact too."""
    if opts is None:
        return None
    translated = copy.copy(opts)
    for option in _OPTIONS:
        paths = getattr(opts, option)
        if paths:
            setattr(translated, option, wire_paths(paths))
    return translated


def refuse_import(resource: str, opts: pulumi.ResourceOptions | None, instead: str) -> None:
    """Raises RunError, without traceback, for options that read what exists."""
    for option in ("import_", "id"):
        if opts is not None and getattr(opts, option) is not None:
            raise pulumi.RunError(f"{resource}: the option {option} is not supported. {instead}")


def wire_paths(paths: Iterable[str]) -> list[str]:
    """The paths as state has them, each once; a free map's keys stay as they are."""
    translated: dict[str, None] = {}
    for path in paths:
        first = snake_to_camel(re.split(r"[.\[]", path, maxsplit=1)[0])
        camel = re.sub(r"^[^\[]+|(?<=\])[^\[]+", lambda match: snake_to_camel(match[0]), path)
        whole = path if first in FREE_MAPS else camel
        translated |= dict.fromkeys(_STANDS_FOR.get(first, (whole,)))
    return list(translated)
