"""The JSON Schema of YAML and JSON rosters for editors; written by `make generate`."""

import json
from pathlib import Path
from typing import Final

from ...core.properties import Properties, Value
from ...model.attributes import by_program, program_path
from ...model.user import User
from .entry import members
from .limits import ADOPT, LISTS, MAY
from .users import TEAM
from .yaml_file import SCHEMA

SCHEMA_FILE: Final = Path(__file__).with_name("roster.schema.json")
_STRUCTURES: Final = (("IdentityInfo", "identity_info"), ("PhoneConfig", "phone_config"))


def schema() -> Properties:
    """The schema as a plain structure."""
    model = User.model_json_schema(by_alias=False)
    definitions = {k: v for k, v in model["$defs"].items() if k not in ("Adoption", "Part")}
    for name, structure in _STRUCTURES:
        for member, its_schema in definitions[name]["properties"].items():
            its_schema["description"] = by_program()[f"{structure}.{member}"].facts.doc
    common = {
        name: {**model["properties"][name], "description": attribute.facts.doc}
        for name, attribute in members().items()
    }
    attributes: dict[str, Value] = {
        "type": ["object", "null"],
        "additionalProperties": False,
        "properties": common,
    }
    team = {"type": "string", "description": "One of the teams of this file or of the program."}
    user: dict[str, Value] = {**attributes, "properties": {TEAM: team, **common}}
    whole: dict[str, Value] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A roster of pulumi-connect-users",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            SCHEMA: {"type": "string", "description": "This schema, for editors of JSON files."},
            "defaults": {"$ref": "#/$defs/Attributes"},
            "teams": {"type": "object", "additionalProperties": {"$ref": "#/$defs/Attributes"}},
            "users": {"type": "object", "additionalProperties": {"$ref": "#/$defs/RosterUser"}},
            MAY: _limits(),
        },
        "$defs": {**definitions, "Attributes": attributes, "RosterUser": user},
    }
    return {key: _portable(value) for key, value in whole.items()}


def _limits() -> Properties:
    properties: dict[str, Value] = {
        name: {
            "type": "array",
            "items": {"type": "string", "minLength": 1},
            "description": f"Values that `{program_path((wire,))}` can have; [] allows none.",
        }
        for name, wire in LISTS.items()
    }
    properties[ADOPT] = {"type": "boolean", "description": "Whether `adopt` can be true."}
    return {
        "type": "object",
        "description": "What the users of this file can have; what it leaves out is not limited.",
        "additionalProperties": False,
        "properties": properties,
    }


def _portable(value: Value) -> Value:
    """Python's end of text as every language's `$`; titles that only repeat names left out."""
    if isinstance(value, dict):
        return {
            k: _portable(v)
            for k, v in value.items()
            if not (k == "title" and isinstance(v, str) and "roster" not in v)
        }
    if isinstance(value, list):
        return [_portable(entry) for entry in value]
    return value.replace("\\Z", "$") if isinstance(value, str) else value


def text() -> str:
    """The schema as its file holds it."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    SCHEMA_FILE.write_text(text(), encoding="utf-8")
