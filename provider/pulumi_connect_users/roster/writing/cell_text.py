"""What a cell of a CSV roster says, in the words that reading understands."""

from collections.abc import Mapping
from typing import Final

from ...core.properties import Properties, Value, members, structures, texts
from ..files import cells
from ..files.columns import Column, ColumnPath

_PHONE_TYPES: Final = {value: word for word, value in cells.PHONE_TYPES.items()}
_ENHANCEMENTS: Final = {value: word for word, value in cells.ENHANCEMENTS.items()}


def cell_text(column: Column, path: ColumnPath, user: Properties) -> str | None:
    """The cell of a user (program names); None if no cell of the column can say it."""
    value = _value(user, path)
    if value is None:
        return ""
    text = _text(column, path, value)
    return text if text and _reads_back(column, path, text, value) else None


def _value(user: Properties, path: ColumnPath) -> Value:
    return members(user.get(path[0])).get(path[1]) if len(path) > 1 else user.get(path[0])


def _text(column: Column, path: ColumnPath, value: Value) -> str:
    if path == cells.HIERARCHY and "|" in column.name:
        return _listed(str(value).split("/"))
    if path == ("phone_config", "phone_type") and not column.exact:
        return _PHONE_TYPES.get(str(value), "")
    if path == ("voice_enhancement_configs",):
        return _enhancement(value)
    if path == ("proficiencies",):
        return _listed([_proficiency(entry) for entry in structures(value)])
    if path == ("grants",):
        return _listed([_grant(entry) for entry in structures(value)])
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return _listed(texts(value))
    if isinstance(value, Mapping):
        return _listed([f"{key}={entry}" for key, entry in value.items()])
    return str(value)


def _listed(parts: list[str]) -> str:
    # Without a pipe, semicolons separate.
    alone = len(parts) == 1 and ";" in parts[0]
    return "|".join(parts) + ("|" if alone else "")


def _proficiency(entry: Properties) -> str:
    return f"{entry.get('attribute_name')}:{entry.get('attribute_value')}={entry.get('level')}"


def _grant(entry: Properties) -> str:
    starts = f" from {entry['starts']}" if "starts" in entry else ""
    reason = f" ({entry['reason']})" if "reason" in entry else ""
    return f"{entry.get('security_profile')}{starts} until {entry.get('until')}{reason}"


def _enhancement(value: Value) -> str:
    entries = structures(value)
    if len(entries) != 1 or entries[0].get("channel") != "VOICE":
        return ""
    return _ENHANCEMENTS.get(str(entries[0].get("voice_enhancement_mode")), "")


def _reads_back(column: Column, path: ColumnPath, text: str, value: Value) -> bool:
    mistakes: list[str] = []
    read = (
        cells.member(path, text)
        if len(path) > 1
        else cells.value(column, path, text, mistakes.append)
    )
    expected = _as_read(value) if isinstance(value, str | list | Mapping) else text
    return text == text.strip() and read == expected and not mistakes


def _as_read(value: Value) -> Value:
    """Numbers within lists are read as texts, which validation makes numbers again."""
    if isinstance(value, Mapping):
        return {k: str(v) if isinstance(v, int) else v for k, v in value.items()}
    return [_as_read(one) for one in value] if isinstance(value, list) else value
