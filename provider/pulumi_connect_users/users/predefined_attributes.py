"""Compares proficiencies with the predefined attributes of the instance."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ..core.check_failure import Failure, Remarks
from ..core.errors import LookUpUnavailable
from ..core.lookups import Lookups
from ..core.privacy import similar
from ..core.properties import Properties, structures, text
from .declared_user import DeclaredUser
from .rules.registry import refuse


def unknown_proficiencies(user: DeclaredUser, lookups: Lookups) -> Remarks:
    """Refuses names and values that the instance does not have.

    Source: API reference, UserProficiency: both must be those of a predefined attribute. Where
    they cannot be looked up, Connect judges, and a warning says so.
    """
    if not isinstance(user.instance_arn, str):
        return Remarks()
    remarks = Remarks()
    try:
        for failure in _refusals(user, user.instance_arn, lookups):
            remarks += Remarks.refusing(failure)
    except LookUpUnavailable as error:
        warning = f"proficiencies were not compared with the instance's: {error}"
        remarks += Remarks.warning(warning)
    return remarks


def _refusals(user: DeclaredUser, instance_arn: str, lookups: Lookups) -> Iterator[Failure]:
    old = {_key(entry) for entry in structures(user.old("proficiencies"))}
    for where, entry in user.entries("proficiencies"):
        name, value = _key(entry)
        if (name, value) in old or name is None:
            continue
        if "proficiencies.attributeName" in user.refused:
            continue
        values = lookups.attribute_values(instance_arn, name)
        if values is None:
            yield refuse(
                (*where, "attributeName"),
                f'"{name}" is not a predefined attribute of this instance',
                "Add it in the Connect console, or correct the name (case-sensitive).",
            )
        elif value and value not in values:
            yield refuse(
                (*where, "attributeValue"),
                f'"{value}" is not a value of {name}',
                _suggestion(value, values),
            )


def _key(entry: Properties) -> tuple[str | None, str | None]:
    return text(entry.get("attributeName")), text(entry.get("attributeValue"))


def _suggestion(value: str, values: Collection[str]) -> str:
    near = similar(value, values)
    return f"Did you mean {near[0]}?" if near else f"Known: {', '.join(sorted(values)[:10])}."
