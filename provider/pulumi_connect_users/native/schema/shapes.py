"""Types and properties as a schema writes them, from Python's annotations and the model's facts."""

import types
import typing
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import datetime
from typing import Final, TypeAlias

from pydantic import BaseModel
from pydantic.alias_generators import to_camel

from ...core.properties import Value
from ...model.attributes import Attribute
from ...model.facts import Facts
from ..words import in_wire_words
from .enums import ENUMS

PACKAGE: Final = "connect-users"
Spec: TypeAlias = dict[str, Value]
"""A part of the schema, as JSON has it."""

TEXT: Final[Spec] = {"type": "string"}
ANY: Final[Spec] = {"$ref": "pulumi.json#/Any"}
_SCALARS: Final[Mapping[object, str]] = {
    str: "string",
    bool: "boolean",
    int: "integer",
    float: "number",
    datetime: "string",
}


def token(name: str) -> str:
    """The name of a resource, function or type in the package."""
    return f"{PACKAGE}:index:{name}"


def ref(name: str) -> Spec:
    """A type of the package."""
    return {"$ref": f"#/types/{token(name)}"}


def list_of(spec: Spec) -> Spec:
    """A list."""
    return {"type": "array", "items": spec}


def map_of(spec: Spec) -> Spec:
    """A map from texts."""
    return {"type": "object", "additionalProperties": spec}


def described(spec: Spec, doc: str) -> Spec:
    """A property, or a type, with its description."""
    return {**spec, "description": in_wire_words(doc)}


def type_of(annotation: object) -> Spec:
    """The type that stands for one of Python's."""
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Literal:
        return ref(ENUMS[annotation].name)
    if origin is typing.Annotated:
        return type_of(inner[0])
    if origin in (typing.Union, types.UnionType):
        return type_of(next(one for one in inner if one is not types.NoneType))
    if origin in (list, tuple):
        return list_of(type_of(inner[0]))
    if origin in (dict, Mapping):
        return map_of(type_of(inner[1]))
    if annotation in _SCALARS:
        return {"type": _SCALARS[annotation]}
    assert isinstance(annotation, type)
    return ref(annotation.__name__)


def property_of(attribute: Attribute) -> Spec:
    """An attribute of the model with its facts."""
    return _property(attribute.annotation, attribute.facts)


def _property(annotation: object, facts: Facts) -> Spec:
    doc = facts.doc
    if facts.default is not None and "default" not in doc:
        doc += f" Defaults to `{str(facts.default).lower()}`."
    spec = described(type_of(annotation), doc)
    return {**spec, "secret": True} if facts.secret else spec


def object_type(doc: str, properties: Mapping[str, Spec], required: Iterable[str] = ()) -> Spec:
    """A structure."""
    spec: Spec = {**described({"type": "object"}, doc), "properties": properties}
    return {**spec, "required": sorted(required)} if required else spec


def structure_of_model(model: type[BaseModel]) -> Spec:
    """A structure of the model; members without facts have a description."""
    properties, required = {}, []
    for name, field in model.model_fields.items():
        wire = field.alias or name
        facts = next((m for m in field.metadata if isinstance(m, Facts)), None)
        properties[wire] = _property(field.annotation, facts or Facts(doc=field.description or ""))
        required += [wire] if facts and facts.required else []
    return object_type(_first_line(model), properties, required)


def structure_of_dataclass(kind: type, docs: Mapping[str, str]) -> Spec:
    """A structure of live data, with the description of each member by its wire name."""
    hints, properties, required = typing.get_type_hints(kind), {}, []
    for field in fields(kind):
        wire = to_camel(field.name)
        properties[wire] = described(type_of(hints[field.name]), docs[wire])
        optional = types.NoneType in typing.get_args(hints[field.name])
        required += [] if optional else [wire]
    return object_type(_first_line(kind), properties, required)


def _first_line(kind: type) -> str:
    return (kind.__doc__ or "").strip().splitlines()[0]
