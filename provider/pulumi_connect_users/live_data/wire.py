"""Live data as a function of the engine returns it."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import cast

from pydantic.alias_generators import to_camel

from ..core.properties import Value


def to_wire(value: object) -> Value:
    """Types of `model` as wire members: times as texts, None left out."""
    if is_dataclass(value):
        parts = {field.name: getattr(value, field.name) for field in fields(value)}
        return {to_camel(k): to_wire(v) for k, v in parts.items() if v is not None}
    if isinstance(value, Mapping):
        return {key: to_wire(member) for key, member in value.items()}
    if isinstance(value, tuple):
        return [to_wire(entry) for entry in value]
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    # What is left is a text or a number.
    return cast("Value", value)
