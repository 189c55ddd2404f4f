"""Proficiencies against the predefined attributes of the instance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..core.check_failure import Failure
from ..core.errors import LookUpUnavailable
from ..core.lookups import Lookups
from ..core.privacy import similar
from ..core.unknowns import UNKNOWN
from .rules import Draft
from .rules.registry import refuse


def unknown_proficiencies(
    draft: Draft, instance_arn: Any, lookups: Lookups, warnings: list[str]
) -> Iterator[Failure]:
    """Names and values that the instance does not have.

    Source: API reference, UserProficiency: both must be those of a predefined attribute. Where
    they cannot be looked up, Connect judges, and a warning says so.
    """
    if not isinstance(instance_arn, str):
        return
    known_before = {_key(e) for e in draft.was("proficiencies") or ()}
    for where, entry in draft.entries("proficiencies"):
        if _key(entry) in known_before:
            continue
        name, value = _key(entry)
        if not isinstance(name, str) or "proficiencies.attributeName" in draft.refused:
            continue
        try:
            values = lookups.attribute_values(instance_arn, name)
        except LookUpUnavailable as error:
            warnings.append(f"proficiencies were not compared with the instance's: {error}")
            return
        if values is None:
            yield refuse(
                (*where, "attributeName"),
                f'"{name}" is no predefined attribute of the instance',
                "Make it in the Connect console first, or correct the name (case counts).",
            )
        elif isinstance(value, str) and value and value not in values:
            yield refuse(
                (*where, "attributeValue"),
                f'"{value}" is no value of {name}',
                _known(value, values),
            )


def _key(entry: Mapping[str, Any]) -> tuple[Any, Any]:
    name, value = entry.get("attributeName"), entry.get("attributeValue")
    return (None if name is UNKNOWN else name, None if value is UNKNOWN else value)


def _known(value: str, values: Iterable[str]) -> str:
    near = similar(value, values)
    return f"Did you mean {near[0]}?" if near else f"Known: {', '.join(sorted(values)[:10])}."
