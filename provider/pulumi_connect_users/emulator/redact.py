"""Requests without secrets and personal data, for the log.

Hidden are the members that the service model marks sensitive, every phone number and e-mail address
whatever member it is in (the model marks neither Mobile nor an address in a username), and what
somebody searched names by.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from botocore.model import ListShape, MapShape, Shape, StructureShape

HIDDEN = "***"
_PERSONAL = {"Password", "Mobile", "PhoneNumber", "DeskPhoneNumber", "Email", "SecondaryEmail"}
_NAME_FIELDS = {"firstname", "lastname"}
# The address is optional, so that a run of word characters is read once and not from each of them.
_EMAIL = re.compile(r"([\w.+%-])[\w.+%-]*(@[\w.-]+)?")
_PHONE = re.compile(r"\+[1-9]\d{4,14}")


def redact(shape: Shape | None, params: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of an operation's parameters that may be written down."""
    if shape is None:
        return {}
    result: dict[str, Any] = _value(shape, dict(params))
    return result


def redact_text(text: str) -> str:
    """Text with e-mail addresses shortened to their first letter and phone numbers taken out."""
    if "@" in text:
        text = _EMAIL.sub(lambda run: f"{run[1]}...{run[2]}" if run[2] else run[0], text)
    return _PHONE.sub(HIDDEN, text)


def _value(shape: Shape, value: Any) -> Any:
    if shape.metadata.get("sensitive"):
        return HIDDEN
    if isinstance(shape, StructureShape) and isinstance(value, dict):
        names_asked = str(value.get("FieldName") or "").lower() in _NAME_FIELDS
        return {
            name: HIDDEN
            if name in _PERSONAL or (names_asked and name == "Value")
            else _value(shape.members[name], item)
            if name in shape.members
            else HIDDEN
            for name, item in value.items()
        }
    if isinstance(shape, ListShape) and isinstance(value, list):
        return [_value(shape.member, item) for item in value]
    if isinstance(shape, MapShape) and isinstance(value, dict):
        return {redact_text(str(key)): _value(shape.value, item) for key, item in value.items()}
    if shape.type_name in ("structure", "list", "map") or isinstance(value, dict | list):
        # Of another type than the model's: nobody has judged what it holds.
        return HIDDEN
    return redact_text(value) if isinstance(value, str) else value
