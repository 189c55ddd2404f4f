"""What Connect accepts as tags."""

import unicodedata
from collections.abc import Iterator

from ..absent import UNKNOWN, Absent
from ..examples.cases import case
from ..property_values import Property
from ..results import Results, Violation, absent, unknown
from ..rule import Rule
from ..settings import Settings
from ..sources import CREATE_USER, TAG_RESOURCE, connect_api
from ..subject import UserView

_MOST = 50
_OURS = 2
"""This project's own users carry two tags that say who manages them."""
_KEY, _VALUE = 128, 256
_SIGNS = "_.:/=+-@"


def _odd(text: str) -> bool:
    """Whether there is anything but letters, digits, spaces and the allowed signs."""
    return any(c not in _SIGNS and unicodedata.category(c)[0] not in "LZN" for c in text)


def _evaluate(user: UserView, _settings: Settings) -> Results:
    tags = user.mapping("tags")
    if isinstance(tags, Absent):
        yield absent(tags, "tags")
        return
    most = _MOST - _OURS if user.resource.type.startswith("pulumi-python:") else _MOST
    if len(tags) > most:
        yield Violation(f"has {len(tags)} tags; at most {most} are allowed. Remove some.", user)
    for number, (key, value) in enumerate(sorted(tags.items()), start=1):
        # A tag is named by its place: an unfit key may be anything, a value in the wrong place too.
        for cause in _wrong(key, value):
            yield Violation(f"tag {number} (by key) {cause}", user)
        if value is UNKNOWN:
            yield unknown("the value of a tag")


def _wrong(key: str, value: Property) -> Iterator[str]:
    letters = f"letters, digits, spaces and {_SIGNS}"
    if key.casefold().startswith("aws:"):
        yield "begins with aws:, which is reserved for AWS. Rename it."
    if not key or len(key) > _KEY or _odd(key):
        yield f"has a key that Connect refuses. Use 1 to {_KEY} {letters}"
    if isinstance(value, str) and (len(value) > _VALUE or _odd(value)):
        yield f"has a value that Connect refuses. Use up to {_VALUE} {letters}"


RULE = Rule(
    name="connect-user-tag-limits",
    family="governance",
    title="Tags must be valid for Connect.",
    severity="medium",
    level="mandatory",
    framework=connect_api("CreateUser: Tags"),
    why="Connect accepts 50 tags, with keys of up to 128 and values of up to 256 letters, digits, "
    "spaces and a few symbols; keys that begin with `aws:` are reserved for AWS.",
    steps="Correct the tags.",
    sources=(CREATE_USER, TAG_RESOURCE),
    checked=True,
    evaluate=_evaluate,
    reads=("tags",),
    good=case(),
    bad=case(tags={"aws:team": "West"}),
)
