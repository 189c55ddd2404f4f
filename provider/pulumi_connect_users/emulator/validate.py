"""Validates a request's parameters against the service model.

Which code AWS answers is documented only in words ("The request is not valid" and "One or more of
the specified parameters are not valid", Common Errors of the API reference). Read literally, and
kept everywhere in the emulator: what makes the request unreadable (a required member missing, a
value of the wrong JSON type) is InvalidRequestException, a readable value outside its constraint is
InvalidParameterException. An operation that does not model the latter answers the former.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from botocore.model import ListShape, MapShape, Shape, StructureShape

from .document import Document, Json, Members
from .errors import ServiceError, invalid_parameter, invalid_request
from .patterns import matches
from .service_model import Operation

_MOST = 50
"""Violated constraints that an error names; it counts the others."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One violated constraint: where, which, and whether the request could not even be read."""

    path: str
    message: str
    unreadable: bool = False
    names_itself: bool = False
    """Whether the message says where."""

    @property
    def text(self) -> str:
        """What is wrong, and where."""
        if self.names_itself:
            return self.message
        return f"Value at '{self.path}' failed to satisfy constraint: {self.message}"


def check(operation: Operation, params: Members) -> None:
    """Raise AWS's error for violated constraints: it names the first ones and no value."""
    if operation.input is None:
        return
    problems = _structure(operation.input, params, "")
    named = list(islice(problems, _MOST))
    if named:
        raise _error(operation, named, more=sum(1 for _ in problems))


def known(operation: Operation, params: Members) -> Document:
    """The checked parameters as AWS reads them: without unknown members and null ones."""
    return Document() if operation.input is None else _known_members(operation.input, params, "")


def _known_members(shape: StructureShape, value: Members, path: str) -> Document:
    keys = {_key(member, name, path): member for name, member in shape.members.items()}
    return Document(
        (key, _known(keys[key], item, key))
        for key, item in value.items()
        if key in keys and item is not None
    )


def _known(shape: Shape, value: Json, path: str) -> Json:
    if isinstance(shape, StructureShape) and isinstance(value, dict):
        return _known_members(shape, value, path)
    if isinstance(shape, ListShape) and isinstance(value, list):
        return [_known(shape.member, item, "member") for item in value]
    return value


def _error(operation: Operation, problems: list[Problem], more: int) -> ServiceError:
    text = "; ".join(problem.text for problem in problems)
    count = len(problems) + more
    if count > 1 or not problems[0].names_itself:
        text = f"{count} validation error{'s' if count > 1 else ''} detected: {text}"
    if more:
        text += f"; and {more} more"
    unreadable = any(problem.unreadable for problem in problems)
    if unreadable or "InvalidParameterException" not in operation.errors:
        return invalid_request(text)
    return invalid_parameter(text)


def _structure(shape: StructureShape, value: Members, path: str) -> Iterator[Problem]:
    members = shape.members
    for name in shape.required_members:
        if value.get(_key(members[name], name, path)) is None:
            yield Problem(_join(path, name), "Member must not be null", unreadable=True)
    for name, member in members.items():
        item = value.get(_key(member, name, path))
        if item is not None:
            yield from _value(member, item, _join(path, name))
    given = sum(value.get(_key(member, name, path)) is not None for name, member in members.items())
    if shape.metadata.get("union") and given != 1:
        yield Problem(path, "Exactly one member of a union must be set", unreadable=True)


def _key(member: Shape, name: str, path: str) -> str:
    # `Operation.parse` renames the top level to member names; below it the keys are those of the
    # wire.
    return str(member.serialization.get("name", name)) if path else name


def _value(shape: Shape, value: Json, path: str) -> Iterator[Problem]:
    kind = shape.type_name
    if not _is_of_type(kind, value):
        yield Problem(path, f"Member must be of type {kind}", unreadable=True)
    elif isinstance(value, dict):
        yield from _object(shape, value, path)
    elif isinstance(value, list):
        yield from _items(shape, value, path)
    elif kind == "string" and isinstance(value, str):
        yield from _string(shape, value, path)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield from _bounds(shape, value, path, "value")


def _object(shape: Shape, value: dict[str, Json], path: str) -> Iterator[Problem]:
    if isinstance(shape, StructureShape):
        yield from _structure(shape, value, path)
    elif isinstance(shape, MapShape):
        yield from _count(shape, len(value), path)
        for index, (key, item) in enumerate(value.items(), 1):
            yield from _value(shape.key, key, f"{path}.{index}.key")
            yield from _item(shape.value, item, f"{path}.{index}.value")


def _items(shape: Shape, value: list[Json], path: str) -> Iterator[Problem]:
    if isinstance(shape, ListShape):
        yield from _count(shape, len(value), path)
        for index, item in enumerate(value, 1):
            yield from _item(shape.member, item, f"{path}.{index}.member")


def _item(shape: Shape, value: Json, path: str) -> Iterator[Problem]:
    if value is None:
        yield Problem(path, "Member must not be null", unreadable=True)
    else:
        yield from _value(shape, value, path)


def _string(shape: Shape, value: str, path: str) -> Iterator[Problem]:
    yield from _bounds(shape, len(value), path, "length")
    longest = shape.metadata.get("max")
    if longest is not None and len(value) > longest:
        # Enough: a pattern may take its time over a text of any length.
        return
    enum = shape.metadata.get("enum")
    if enum and value not in enum:
        yield Problem(path, f"Member must satisfy enum value set: [{', '.join(enum)}]")
    pattern = shape.metadata.get("pattern")
    if pattern and not matches(pattern, value):
        yield Problem(path, f"Member must satisfy regular expression pattern: {pattern}")


def _bounds(shape: Shape, value: float, path: str, what: str) -> Iterator[Problem]:
    low, high = shape.metadata.get("min"), shape.metadata.get("max")
    if low is not None and value < low:
        yield Problem(path, f"Member must have {what} greater than or equal to {low}")
    if high is not None and value > high:
        yield Problem(path, f"Member must have {what} less than or equal to {high}")


def _count(shape: Shape, count: int, path: str) -> Iterator[Problem]:
    most = shape.metadata.get("max")
    if most is None or count <= most:
        yield from _bounds(shape, count, path, "length")
        return
    name = path.rpartition(".")[2]
    text = f"{name[:1].upper()}{name[1:]} must include at most {most} items"
    yield Problem(path, text, names_itself=True)


_BITS = {"integer": 31, "long": 63}
"""Numbers are Java's: one that needs more cannot be read."""
_TYPES: dict[str, type | tuple[type, ...]] = {
    "structure": dict,
    "list": list,
    "map": dict,
    "string": str,
    "boolean": bool,
    "integer": int,
    "long": int,
    "float": (int, float),
    "double": (int, float),
}


def _is_of_type(kind: str, value: Json) -> bool:
    if isinstance(value, bool) and kind != "boolean":
        return False
    if kind in _BITS and isinstance(value, int) and not -1 <= value >> _BITS[kind] <= 0:
        return False
    expected = _TYPES.get(kind)
    return expected is None or isinstance(value, expected)


def _join(path: str, name: str) -> str:
    # AWS writes member names in lower camel case in these messages.
    name = name[:1].lower() + name[1:]
    return f"{path}.{name}" if path else name
