"""The protocol rest-json, from the server's side: requests, answers, and JSON in between."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

from botocore.model import ListShape, MapShape, Shape, StructureShape

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


def json_object(body: bytes) -> Mapping[str, Any]:
    """The object a request's body holds; InvalidRequestException where it holds none."""
    if not body:
        return {}
    try:
        value = read_json(body)
        if _SURROGATE.search(body):
            # Half a surrogate pair is no text: it can be neither stored nor answered.
            dumps(value)
    except ValueError:
        raise invalid_request("The request body is not valid JSON.") from None
    if not isinstance(value, dict):
        raise invalid_request("The request body is not a JSON object.")
    return value


def read_json(text: str | bytes) -> Any:
    """What a JSON text from outside holds; ValueError for all that is none."""
    try:
        return json.loads(text, parse_constant=_refused, parse_float=_finite)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _refused(constant: str) -> Any:
    # Python reads NaN and Infinity, which JSON does not have.
    raise ValueError(f"not a number of JSON: {constant}")


def _finite(text: str) -> float:
    value = float(text)
    if not isfinite(value):
        raise ValueError("a number beyond all bounds")
    return value


def from_query(shape: Shape, values: list[str]) -> Any:
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


def dumps(value: Any) -> bytes:
    """JSON as short as it gets, in UTF-8."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


Converter = Callable[[Any], Any]
"""Turns members of an answer into what JSON holds."""


def converter(shape: Shape) -> Converter | None:
    """Makes what turns a value of the shape into JSON's: wire names, no absent members.

    None where there is nothing to turn. Made once an operation: answers have many users.
    """
    if isinstance(shape, StructureShape):
        members = {
            name: (str(member.serialization.get("name", name)), converter(member))
            for name, member in shape.members.items()
        }

        def structure(value: Mapping[str, Any]) -> dict[str, Any]:
            made = {}
            for name, item in value.items():
                if item is not None and name in members:
                    wire, convert = members[name]
                    made[wire] = item if convert is None else convert(item)
            return made

        return structure
    if isinstance(shape, ListShape):
        each = converter(shape.member)
        return None if each is None else lambda value: [each(item) for item in value]
    if isinstance(shape, MapShape):
        inner = converter(shape.value)
        if inner is None:
            return None
        return lambda value: {key: inner(item) for key, item in value.items()}
    return None
