"""Requests without secrets and personal data, for the log.

Hidden are the members that the service model marks sensitive, phone numbers and e-mail addresses in
any member (the model marks neither Mobile nor an address in a username), and the values that first
and last names are searched by.
"""

import re

from botocore.model import ListShape, MapShape, Shape, StructureShape

from .document import Json, Members

HIDDEN = "***"
_PERSONAL = {"Password", "Mobile", "PhoneNumber", "DeskPhoneNumber", "Email", "SecondaryEmail"}
_NAME_FIELDS = {"firstname", "lastname"}
# The address is optional, so that a run of word characters is read once and not from each of them.
_EMAIL = re.compile(r"([\w.+%-])[\w.+%-]*(@[\w.-]+)?")
_PHONE = re.compile(r"\+[1-9]\d{4,14}")


def redact(shape: StructureShape | None, params: Members) -> dict[str, Json]:
    """A copy of an operation's parameters that may be logged."""
    if shape is None:
        return {}
    return _structure(shape, params)


def redact_text(text: str) -> str:
    """Text with e-mail addresses shortened to their first letter and phone numbers masked."""
    if "@" in text:
        text = _EMAIL.sub(lambda run: f"{run[1]}...{run[2]}" if run[2] else run[0], text)
    return _PHONE.sub(HIDDEN, text)


def _structure(shape: StructureShape, value: Members) -> dict[str, Json]:
    searches_names = str(value.get("FieldName") or "").lower() in _NAME_FIELDS
    return {
        name: _value(shape.members[name], item)
        if name in shape.members
        and name not in _PERSONAL
        and not (searches_names and name == "Value")
        else HIDDEN
        for name, item in value.items()
    }


def _value(shape: Shape, value: Json) -> Json:
    if shape.metadata.get("sensitive"):
        return HIDDEN
    if isinstance(value, dict):
        return _object(shape, value)
    if isinstance(value, list) and isinstance(shape, ListShape):
        return [_value(shape.member, item) for item in value]
    if isinstance(value, list) or shape.type_name in ("structure", "list", "map"):
        # Of another type than the model's: what it holds is unknown.
        return HIDDEN
    return redact_text(value) if isinstance(value, str) else value


def _object(shape: Shape, value: dict[str, Json]) -> Json:
    if isinstance(shape, StructureShape):
        return _structure(shape, value)
    if isinstance(shape, MapShape):
        return {redact_text(str(key)): _value(shape.value, item) for key, item in value.items()}
    return HIDDEN
