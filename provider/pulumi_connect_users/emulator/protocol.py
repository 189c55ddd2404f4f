"""The protocol rest-json, from the server's side: requests, answers and their JSON."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import isfinite

from botocore.model import ListShape, MapShape, Shape, StructureShape

from .document import Document, Json
from .errors import invalid_request

_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request. `path` is percent-encoded, `query` decoded, header names are lower-case."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Response:
    """One HTTP answer; the body is JSON."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def json_object(body: bytes) -> Document:
    """The object a request's body holds; InvalidRequestException where it holds none."""
    if not body:
        return Document()
    try:
        value = read_json(body)
        if _SURROGATE.search(body):
            # Half a surrogate pair is not text: it can be neither stored nor answered.
            dumps(value)
    except ValueError:
        raise invalid_request("The request body is not valid JSON.") from None
    if not isinstance(value, Document):
        raise invalid_request("The request body is not a JSON object.")
    return value


def read_json(text: str | bytes) -> Json:
    """The value in a JSON text from outside; ValueError where it is not JSON."""
    try:
        value: Json = json.loads(
            text, object_hook=Document, parse_constant=_refused, parse_float=_finite
        )
        return value
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _refused(constant: str) -> Json:
    # Python reads NaN and Infinity, which JSON does not have.
    raise ValueError(f"not a JSON number: {constant}")


def _finite(text: str) -> float:
    value = float(text)
    if not isfinite(value):
        raise ValueError("a number that is too large")
    return value


def from_query(shape: Shape, values: list[str]) -> Json:
    """The value of a member that came as text in the query, once or several times."""
    if isinstance(shape, ListShape):
        return [from_query(shape.member, [value]) for value in values]
    value = values[-1]
    # A value that cannot be cast stays text: the validator then names the member.
    if shape.type_name in ("integer", "long") and re.fullmatch(r"[+-]?\d{1,20}", value):
        return int(value)
    if shape.type_name == "boolean" and value in ("true", "false"):
        return value == "true"
    return value


def dumps(value: Json) -> bytes:
    """JSON as short as it gets, in UTF-8."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


Converter = Callable[[Json], Json]
"""Turns a value of an answer into its wire form: wire names, no absent or unknown members."""


def structure_converter(shape: StructureShape) -> Callable[[Json], dict[str, Json]]:
    """The converter of a structure. Built once per operation: answers have many users."""
    members = {
        name: (str(member.serialization.get("name", name)), _converter(member))
        for name, member in shape.members.items()
    }

    def convert_structure(value: Json) -> dict[str, Json]:
        wired: dict[str, Json] = {}
        for name, item in _dict(value).items():
            if item is not None and name in members:
                wire, convert = members[name]
                wired[wire] = item if convert is None else convert(item)
        return wired

    return convert_structure


def _converter(shape: Shape) -> Converter | None:
    """None where values go over the wire as they are."""
    if isinstance(shape, StructureShape):
        return structure_converter(shape)
    if isinstance(shape, ListShape):
        each = _converter(shape.member)
        return None if each is None else lambda value: [each(item) for item in _list(value)]
    if isinstance(shape, MapShape):
        inner = _converter(shape.value)
        if inner is None:
            return None
        return lambda value: {key: inner(item) for key, item in _dict(value).items()}
    return None


def _dict(value: Json) -> dict[str, Json]:
    if not isinstance(value, dict):
        raise TypeError(f"the model has an object here, the answer {type(value).__name__}")
    return value


def _list(value: Json) -> list[Json]:
    if not isinstance(value, list):
        raise TypeError(f"the model has a list here, the answer {type(value).__name__}")
    return value
