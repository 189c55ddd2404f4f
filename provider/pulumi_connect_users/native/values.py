"""Property bags on the plugin's wire: protobuf's `Struct`, with marks for secrets and unknowns."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from google.protobuf.struct_pb2 import NULL_VALUE, ListValue, Struct
from google.protobuf.struct_pb2 import Value as WireValue

from ..core.properties import Properties, Value
from ..core.signatures import OUTPUT, SECRET, SIGNATURE, UNKNOWN_TEXT, UNKNOWNS
from ..core.unknowns import UNKNOWN

Path = tuple[str, ...]
"""Members from the bag down. Lists are leaves: check sorts them, so entries have no place."""


@dataclass(frozen=True)
class Bag:
    """Plain values, and where the secret ones are."""

    values: dict[str, Value]
    secrets: frozenset[Path] = field(default_factory=frozenset)


def decode(struct: Struct) -> Bag:
    """A bag in the core's terms: unknown values are UNKNOWN, None is absent, 60.0 is 60."""
    secrets: set[Path] = set()
    return Bag(_members(struct.fields, (), secrets), frozenset(secrets))


def _members(
    fields: Mapping[str, WireValue], path: Path, secrets: set[Path], *, in_list: bool = False
) -> dict[str, Value]:
    bag: dict[str, Value] = {}
    for key, value in fields.items():
        own = _plain(value, path if in_list else (*path, key), secrets, in_list=in_list)
        if own is not None:
            bag[key] = own
    return bag


def _plain(value: WireValue, path: Path, secrets: set[Path], *, in_list: bool = False) -> Value:
    kind = value.WhichOneof("kind")
    if kind == "struct_value":
        return _structure(value.struct_value.fields, path, secrets, in_list=in_list)
    if kind == "list_value":
        found = (_plain(e, path, secrets, in_list=True) for e in value.list_value.values)
        return [entry for entry in found if entry is not None]
    if kind == "string_value":
        return UNKNOWN if value.string_value in UNKNOWNS else value.string_value
    if kind == "number_value":
        number = value.number_value
        return int(number) if number.is_integer() else number
    return value.bool_value if kind == "bool_value" else None


def _structure(
    fields: Mapping[str, WireValue], path: Path, secrets: set[Path], *, in_list: bool
) -> Value:
    """A structure, or the value that one marks as a secret or an output."""
    signature = fields[SIGNATURE].string_value if SIGNATURE in fields else None
    if signature not in (SECRET, OUTPUT):
        return _members(fields, path, secrets, in_list=in_list)
    if signature == SECRET or ("secret" in fields and fields["secret"].bool_value):
        secrets.add(path)
    known = fields.get("value")
    return UNKNOWN if known is None else _plain(known, path, secrets, in_list=in_list)


def encode(props: Properties, secrets: Iterable[Path] = ()) -> Struct:
    """A bag on the wire, with the values at some paths as secrets."""
    hidden = frozenset(secrets)
    struct = Struct()
    _write_members(struct, props, hidden, ())
    return struct


def _write_members(struct: Struct, props: Properties, hidden: frozenset[Path], path: Path) -> None:
    below = {place for place in hidden if len(place) > len(path) and place[: len(path)] == path}
    for key, value in props.items():
        if value is None:
            continue
        target, own = struct.fields[key], (*path, key)
        if own in below:
            target.struct_value.fields[SIGNATURE].string_value = SECRET
            target = target.struct_value.fields["value"]
        _write(target, value, frozenset(below), own)


def _write(target: WireValue, value: Value, hidden: frozenset[Path], path: Path) -> None:
    if value is UNKNOWN:
        target.string_value = UNKNOWN_TEXT
    elif isinstance(value, bool):
        target.bool_value = value
    elif isinstance(value, int | float):
        target.number_value = value
    elif isinstance(value, str):
        target.string_value = value
    elif isinstance(value, Mapping):
        target.struct_value.SetInParent()
        _write_members(target.struct_value, value, hidden, path)
    elif value is None:
        target.null_value = NULL_VALUE
    else:
        entries: ListValue = target.list_value
        entries.SetInParent()
        for entry in value:
            _write(entries.values.add(), entry, frozenset(), path)
