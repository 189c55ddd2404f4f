"""Property bags as the engine sends them."""

from typing import Any

import pytest
from google.protobuf.struct_pb2 import Struct
from hypothesis import given
from hypothesis import strategies as st

from pulumi_connect_users.core.signatures import OUTPUT, SECRET, SIGNATURE, UNKNOWNS
from pulumi_connect_users.core.unknowns import UNKNOWN
from pulumi_connect_users.native.values import decode, encode

_LEAVES = st.booleans() | st.integers(-(2**53), 2**53) | st.text() | st.just(UNKNOWN)
_VALUES = st.recursive(
    _LEAVES.filter(lambda leaf: leaf not in UNKNOWNS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def _struct(bag: dict[str, Any]) -> Struct:
    struct = Struct()
    struct.update(bag)
    return struct


def _secret(value: object) -> dict[str, object]:
    return {SIGNATURE: SECRET, "value": value}


@given(st.dictionaries(st.text().filter(lambda key: key != SIGNATURE), _VALUES, max_size=4))
def test_a_bag_comes_back_as_it_went(bag: dict[str, Any]) -> None:
    """Whatever texts, numbers, unknown values and structures it holds."""
    assert decode(encode(bag)).values == bag


@pytest.mark.parametrize("unknown", sorted(UNKNOWNS))
def test_an_unknown_value_of_any_type_is_unknown(unknown: str) -> None:
    """The engine has a text for each type."""
    assert decode(_struct({"tags": {"Team": unknown}})).values == {"tags": {"Team": UNKNOWN}}


def test_absent_members_and_whole_numbers_have_one_form() -> None:
    """None is absent, and 60.0 is 60."""
    bag = decode(_struct({"a": None, "b": 60.0, "c": [None, 1.5], "d": {"e": None}})).values

    assert bag == {"b": 60, "c": [1.5], "d": {}}
    assert isinstance(bag["b"], int)


def test_secrets_are_plain_inside_and_their_places_are_known() -> None:
    """In a list its whole list is the place: check sorts lists."""
    decoded = decode(
        _struct(
            {
                "password": _secret("Pa55word!"),
                "identityInfo": {"email": _secret("m@example.com"), "firstName": "Mary"},
                "tags": {SIGNATURE: OUTPUT, "secret": True, "value": {"a": "b"}},
                "groups": [_secret("one"), "two"],
                "later": {SIGNATURE: OUTPUT},
            }
        )
    )

    assert decoded.values["password"] == "Pa55word!"
    assert decoded.values["groups"] == ["one", "two"]
    assert decoded.values["later"] is UNKNOWN
    assert decoded.secrets == {("password",), ("identityInfo", "email"), ("tags",), ("groups",)}


def test_secret_places_are_marked_again_and_those_without_a_value_are_left_out() -> None:
    """A bag that check made of another one may hold less."""
    secrets = {("password",), ("identityInfo", "email"), ("gone",), ("tags", "x.y")}
    identity = {"email": "e", "firstName": "f"}
    bag: dict[str, Any] = {"password": "p", "identityInfo": identity, "tags": {"x.y": "z"}}

    decoded = decode(encode(bag, secrets))

    assert decoded.values == bag
    assert decoded.secrets == secrets - {("gone",)}
