"""The cells of CSV rosters: lists, tags, proficiencies, and the console's words for values."""

import re
from collections.abc import Callable
from typing import Final

from ...core.properties import Value
from .columns import Column, ColumnPath
from .entry import members
from .users import TEAM

HIERARCHY: Final = ("hierarchy_group",)
_PHONE_TYPE: Final = ("phone_config", "phone_type")
PHONE_TYPES: Final = {"soft": "SOFT_PHONE", "desk": "DESK_PHONE"}
ENHANCEMENTS: Final = {
    "none": "NONE",
    "isolate voice": "VOICE_ISOLATION",
    "suppress noise": "NOISE_SUPPRESSION",
}
_PROFICIENCY = re.compile(r"(?P<name>[^:]+):(?P<value>.+)=(?P<level>\d+)\Z")
_GRANT = re.compile(
    r"(?P<security_profile>.+?)(?:\s+from\s+(?P<starts>\S+))?\s+until\s+(?P<until>\S+)"
    r"(?:\s+\((?P<reason>.*)\))?\Z"
)
_TAG = re.compile(r"(?P<key>[^=]+)=(?P<value>.*)\Z|(?P<key2>[^:]+):(?P<value2>.*)\Z")

Report = Callable[[str], None]


def member(path: ColumnPath, cell: str) -> Value:
    """The value of a structure's member."""
    return PHONE_TYPES.get(cell.casefold(), cell) if path == _PHONE_TYPE else cell


def value(column: Column, path: ColumnPath, cell: str, report: Report) -> Value:
    """The value of an attribute; a mistake in the cell's form is reported."""
    name = path[0]
    if path == HIERARCHY and "|" in column.name:
        return "/".join(_parts(cell))
    if name == "tags":
        return _tags(_parts(cell), report)
    if name == "voice_enhancement_configs":
        return _enhancement(cell, report)
    attribute = members().get(name) if name != TEAM else None
    if attribute is None or not attribute.is_list:
        return cell
    parts = _parts(cell)
    if name == "grants":
        return [*_grants(parts, report)]
    return [*_proficiencies(parts, report)] if name == "proficiencies" else [*parts]


def _parts(cell: str) -> list[str]:
    """The entries of a list: separated by `|`, or else by `;`."""
    separator = "|" if "|" in cell else ";"
    return [part.strip() for part in cell.split(separator) if part.strip()]


def _tags(parts: list[str], report: Report) -> Value:
    matches = [_TAG.match(part) for part in parts]
    if None in matches:
        report("must be key=value, several separated by |.")
    pairs = [match.groups() for match in matches if match]
    return {(k or k2).strip(): (v if k else v2).strip() for k, v, k2, v2 in pairs}


def _enhancement(cell: str, report: Report) -> Value:
    mode = ENHANCEMENTS.get(cell.casefold(), cell)
    if mode not in ENHANCEMENTS.values():
        report(f"must be {', '.join(ENHANCEMENTS)}.")
    return [{"channel": "VOICE", "voice_enhancement_mode": mode}]


def _proficiencies(parts: list[str], report: Report) -> list[Value]:
    matches = [_PROFICIENCY.match(part) for part in parts]
    if None in matches:
        report("must be name:value=level, several separated by |.")
    return [
        {
            "attribute_name": match["name"].strip(),
            "attribute_value": match["value"].strip(),
            "level": match["level"],
        }
        for match in matches
        if match
    ]


def _grants(parts: list[str], report: Report) -> list[Value]:
    matches = [_GRANT.match(part) for part in parts]
    if None in matches:
        report("must be PROFILE until DATE (REASON), several separated by |.")
    return [{k: v for k, v in m.groupdict().items() if v is not None} for m in matches if m]
