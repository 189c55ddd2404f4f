"""Compares values with the schema of the native plugin."""

from collections.abc import Iterator
from typing import Any

from pulumi_connect_users.native.schema import schema

SCHEMA: Any = schema()
_PYTHON: Any = {"string": str, "boolean": bool, "integer": int, "number": (int, float)}


def of(group: str, name: str) -> Any:
    """A resource, function or type by its name in the package."""
    return SCHEMA[group][f"connect-users:index:{name}"]


def misfits(value: Any, spec: Any, at: str = "") -> Iterator[str]:
    """What is wrong with a value of a type; a YAML program's `${name}` may be anything."""
    if "${" in str(value) and isinstance(value, str):
        return
    if "oneOf" in spec:
        each = [list(misfits(value, one, at)) for one in spec["oneOf"]]
        yield from [] if [] in each else each[0]
    elif "$ref" in spec:
        if spec["$ref"].startswith("#/types/"):
            yield from misfits(value, SCHEMA["types"][spec["$ref"].removeprefix("#/types/")], at)
    elif "enum" in spec:
        if value not in [one["value"] for one in spec["enum"]]:
            yield f"{at}: {value}"
    elif "properties" in spec:
        yield from bag_misfits(value, spec["properties"], spec.get("required", ()), at)
    elif spec["type"] == "array":
        for entry in value:
            yield from misfits(entry, spec["items"], f"{at}[]")
    elif spec["type"] == "object":
        for key, member in value.items():
            yield from misfits(member, spec["additionalProperties"], f"{at}[{key}]")
    elif not isinstance(value, _PYTHON[spec["type"]]):
        yield f"{at}: {value}"


def bag_misfits(bag: Any, properties: Any, required: Any, at: str = "") -> Iterator[str]:
    """What is wrong with a property bag."""
    yield from (f"{at}.{name}: missing" for name in set(required) - set(bag))
    for name, value in bag.items():
        if name in properties:
            yield from misfits(value, properties[name], f"{at}.{name}")
        else:
            yield f"{at}.{name}: unknown"
