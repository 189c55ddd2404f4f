"""The provider's settings: configuration of the stack, and inputs of an explicit provider."""

from typing import Final

from ...core.ownership import FILE_BACKEND_ORGANIZATION
from ...engine.settings_table import SETTINGS, Kind, Setting
from .enums import Enum
from .shapes import TEXT, Spec, described, list_of, map_of, ref

ORGANIZATION: Final = Setting(
    "organization",
    "the organisation of the stack, for the mark of its users: the engine does not pass it on",
    f"`{FILE_BACKEND_ORGANIZATION}`, as on backends that have none",
)
"""A setting of the plugin alone: Python programs know their organisation."""
PROVIDER_SETTINGS: Final = tuple(sorted((*SETTINGS, ORGANIZATION), key=lambda one: one.key))

_KINDS: Final[dict[Kind, Spec]] = {
    "string": TEXT,
    "boolean": {"type": "boolean"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "count": {"oneOf": [{"type": "integer"}, TEXT]},
    "list": list_of(TEXT),
    "map": map_of(TEXT),
}


def provider_inputs() -> dict[str, Spec]:
    """The settings by key."""
    return {setting.key: _input(setting) for setting in PROVIDER_SETTINGS}


def setting_types() -> dict[str, Spec]:
    """The types of settings that are structures, or have a few values only."""
    structures: dict[str, Spec] = {
        _type_name(setting): {
            "type": "object",
            "description": _sentence(setting.doc),
            "properties": {member.key: _input(member) for member in setting.members},
        }
        for setting in PROVIDER_SETTINGS
        if setting.members
    }
    return structures | {enum.name: enum.spec for enum in _enums()}


def _enums() -> list[Enum]:
    return [
        Enum(_type_name(setting), _sentence(setting.doc), dict.fromkeys(setting.values, ""))
        for setting in PROVIDER_SETTINGS
        if setting.values
    ]


def _input(setting: Setting) -> Spec:
    kind = ref(_type_name(setting)) if setting.values or setting.members else _KINDS[setting.kind]
    return described(kind, f"{_sentence(setting.doc)} Defaults to {setting.default}.")


def _type_name(setting: Setting) -> str:
    return setting.key[0].upper() + setting.key[1:]


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:] + "."
