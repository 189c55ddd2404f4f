"""Pulumi's resource options that name properties: from a program's names to those of state.

The SDK does not translate for dynamic resources. And a name that stands for an id would match
nothing, since state holds the id.
"""

from __future__ import annotations

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
    """A copy with property paths as state has them: `identity_info.email` is `identityInfo.email`.

    `hierarchy_group`, a name, stands for the group in each of its forms: name, id and path.
    """
    if opts is None:
        return None
    translated = copy.copy(opts)
    for option in _OPTIONS:
        paths = getattr(opts, option)
        if paths:
            setattr(translated, option, wire_paths(paths))
    return translated


def refuse_import(resource: str, opts: pulumi.ResourceOptions | None, instead: str) -> None:
    """Raises pulumi.RunError, which shows no traceback, for options that read what exists.

    Pulumi cannot import dynamic resources; what it reads by `id` it takes for managed.
    """
    for option in ("import_", "id"):
        if opts is not None and getattr(opts, option) is not None:
            raise pulumi.RunError(
                f"{resource}: the option {option} is not supported for dynamic resources. {instead}"
            )


def wire_paths(paths: Iterable[str]) -> list[str]:
    """The paths as state has them, each once; a free map's keys stay as they are."""
    translated: dict[str, None] = {}
    for path in paths:
        first = snake_to_camel(re.split(r"[.\[]", path, maxsplit=1)[0])
        whole = path if first in FREE_MAPS else re.sub(r"^[^\[]+|(?<=\])[^\[]+", _camel, path)
        translated |= dict.fromkeys(_STANDS_FOR.get(first, (whole,)))
    return list(translated)


def _camel(match: re.Match[str]) -> str:
    return snake_to_camel(match[0])
