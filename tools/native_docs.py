"""Pages from the schema of the native plugin: docs/native/, settings. `tools.docs` writes them."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from pulumi_connect_users.core.properties import Properties, Value, members, structures, texts
from pulumi_connect_users.native.schema import schema
from tools.checkout import ROOT
from tools.markdown import between_marks, table

FOLDER: Final = ROOT / "docs" / "native"
CONFIGURATION: Final = ROOT / "docs" / "installation-configuration.md"
_NOTE: Final = "<!-- Generated from the schema by `make generate`: do not edit. -->\n"
_SHORTCODE: Final = re.compile(r"(?:\n*{{% .* %}}\n*)+")
_TYPES: Final = "#/types/"
_schema: Final = cache(schema)
_HEAD: Final = ("Name", "Type", "Meaning")


def resource_page(name: str) -> str:
    """A resource: its example, inputs, outputs and their types."""
    spec = members(members(_schema()["resources"])[_token(name)])
    inputs, outputs = members(spec["inputProperties"]), members(spec["properties"])
    more = {
        key: value
        for key, value in outputs.items()
        if key not in inputs or _type_name(members(value)) != _type_name(members(inputs[key]))
    }
    hidden = [f"`{key}`" for key in inputs if key not in outputs]
    return "\n".join(
        [
            f"# {name}\n",
            _NOTE,
            f"`connect-users:index:{name}`\n",
            _text(spec),
            "\n## Inputs\n",
            _properties(inputs, spec["requiredInputs"]),
            "## Outputs\n",
            f"Inputs are outputs too, as resolved, except {', '.join(hidden)}.\n",
            *([_properties(more)] if more else []),
            *_types(spec),
        ]
    )


def functions_page() -> str:
    """All functions."""
    functions = members(_schema()["functions"])
    parts = ["# Functions\n", _NOTE]
    for token, function in functions.items():
        spec = members(function)
        arguments, result = members(spec["inputs"]), members(spec["outputs"])
        parts += [
            f"## {_name(token)}\n",
            _text(spec).replace("\n## ", "\n### "),
            "\n### Arguments\n",
            _properties(members(arguments["properties"]), arguments["required"]),
            "### Result\n",
            _properties(members(result["properties"])),
        ]
    return "\n".join([*parts, *_types(functions)])


def configuration_page() -> str:
    """The page of the installation with the settings of the provider."""
    provider = members(_schema()["provider"])
    settings = [_properties(members(provider["inputProperties"])), *_types(provider)]
    return between_marks(CONFIGURATION.read_text(encoding="utf-8"), "\n".join(settings))


def _token(name: str) -> str:
    return f"{_schema()['name']}:index:{name}"


def _name(token: str) -> str:
    return token.rpartition(":")[2]


def _text(spec: Properties) -> str:
    return (
        _SHORTCODE.sub("\n\n", str(spec["description"]))
        .replace("## Example Usage", "## Example")
        .strip()
    )


def _properties(properties: Properties, required: Value = ()) -> str:
    rows = (
        (
            f"`{name}`",
            _type_name(members(spec)),
            _meaning(members(spec), is_required=name in texts(required)),
        )
        for name, spec in sorted(properties.items(), key=lambda one: one[0] not in texts(required))
    )
    return table(_HEAD, rows)


def _meaning(spec: Properties, *, is_required: bool) -> str:
    replaces = spec.get("willReplaceOnChanges") and "replaces" not in str(spec["description"])
    notes = [
        *(["Required."] if is_required else []),
        *(["Secret."] if spec.get("secret") else []),
        *(["A change replaces the resource."] if replaces else []),
    ]
    return " ".join([str(spec["description"]), *notes])


def _type_name(spec: Properties) -> str:
    if "oneOf" in spec:
        return " or ".join(map(_type_name, structures(spec["oneOf"])))
    if spec.get("type") == "array":
        return f"list of {_type_name(members(spec['items']))}"
    if spec.get("type") == "object":
        return f"map of {_type_name(members(spec['additionalProperties']))}"
    if (ref := spec.get("$ref")) is not None:
        name = _name(str(ref))
        return f"[{name}](#{name.lower()})" if str(ref).startswith(_TYPES) else "any"
    return str(spec["type"])


def _types(spec: Properties) -> Iterator[str]:
    names = sorted(_used(spec))
    if names:
        yield "## Types\n"
    types = members(_schema()["types"])
    for name in names:
        kind = members(types[_token(name)])
        yield f"### {name}\n"
        yield f"{kind['description']}\n"
        if "enum" in kind:
            yield _values(structures(kind["enum"]))
        else:
            yield _properties(members(kind["properties"]), kind.get("required", ()))


def _values(values: Sequence[Properties]) -> str:
    """A setting's values are explained by its own text, which stands above them."""
    rows = [(f"`{one['value']}`", str(one.get("description", ""))) for one in values]
    if any(meaning for _, meaning in rows):
        return table(("Value", "Meaning"), rows)
    return f"Values: {', '.join(value for value, _ in rows)}.\n"


def _used(spec: Value, found: frozenset[str] = frozenset()) -> frozenset[str]:
    """The names of the types that a part of the schema refers to, and those that these do."""
    if isinstance(spec, list | tuple):
        for entry in spec:
            found = _used(entry, found)
    for key, value in members(spec).items():
        if key == "$ref" and str(value).startswith(_TYPES):
            name = _name(str(value))
            if name not in found:
                found = _used(members(_schema()["types"])[_token(name)], found | {name})
        else:
            found = _used(value, found)
    return found


PAGES: Final[Mapping[Path, Callable[[], str]]] = {
    FOLDER / "user.md": lambda: resource_page("User"),
    FOLDER / "user-roster.md": lambda: resource_page("UserRoster"),
    FOLDER / "user-status.md": lambda: resource_page("UserStatus"),
    FOLDER / "functions.md": functions_page,
    CONFIGURATION: configuration_page,
}
