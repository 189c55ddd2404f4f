"""Tags: what Connect allows, and the two that are ours."""

import unicodedata
from collections.abc import Iterator

from ...core.check_failure import Failure
from ...core.ownership import MARK_PREFIX, MOST_TAGS
from ...core.properties import members
from ..declared_user import DeclaredUser
from .registry import TAGGING, refuse, rule

OWN_TAGS = MOST_TAGS - 2
"""Two are the ownership mark's."""


def _allowed(text: str) -> bool:
    """As the API's TagKey: letters, separators, numbers of any script, and _ . : / = + - @."""
    return all(c in "_.:/=+-@" or unicodedata.category(c)[0] in "LZN" for c in text)


@rule(
    "A user has at most 48 tags in addition to the ownership mark (50 with it), 47 if a suspension "
    "adds its date.",
    TAGGING,
)
def tag_count(user: DeclaredUser) -> Iterator[Failure]:
    tags = members(user.get("tags"))
    suspends = user.get("onDelete") == "suspend"
    most, date = (OWN_TAGS - 1, " and the date of a suspension") if suspends else (OWN_TAGS, "")
    if len(tags) > most:
        yield refuse(
            "tags",
            f"has {len(tags)} tags, at most {most} are possible with the ownership mark{date}",
            "Remove some.",
        )


@rule(
    "A tag's key has 1 to 128 characters of a limited alphabet and never starts with aws:.", TAGGING
)
def tag_keys(user: DeclaredUser) -> Iterator[Failure]:
    for key in members(user.get("tags")):
        # A key may hold anything, a person's name included: it is shown by its place only.
        where = ("tags",)
        if key.casefold().startswith("aws:"):
            yield refuse(where, "has a key that starts with aws:, which AWS reserves", "Rename it.")
        elif key.startswith(MARK_PREFIX):
            yield refuse(
                where,
                f"has a key that starts with {MARK_PREFIX}, which marks ownership",
                "Remove it; the mark is set for you.",
            )
        elif not key:
            yield refuse(where, "has a key that is empty", "Give it a name, or remove it.")
        elif len(key) > 128:
            yield refuse(
                where, f"has a key of {len(key)} characters, 1 to 128 are allowed", "Change it."
            )
        elif not _allowed(key):
            yield refuse(
                where,
                "has a key with a character that is not allowed",
                "Use letters, digits, spaces and _ . : / = + - @.",
            )


@rule("A tag's value has at most 256 characters.", TAGGING)
def tag_values(user: DeclaredUser) -> Iterator[Failure]:
    for key, value in members(user.get("tags")).items():
        if isinstance(value, str) and len(value) > 256:
            yield refuse(
                ("tags", key),
                f"has {len(value)} characters, at most 256 are allowed",
                "Shorten it.",
            )
