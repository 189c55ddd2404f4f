"""The users of a roster's batch, as far as the input shows them. Pure."""

from collections.abc import Mapping
from typing import Final, TypeAlias

from ..core.documents import read_json
from ..core.user_resources import SHARED, batch_members
from ..users.directory_id import without_assigned
from .input.property_values import SECRET, Properties, PropertyValue, decode, mapping

HIDDEN: Final = "(all of it)"
"""Stands for a roster's entry that is secret or not yet known as a whole; holds its digest, or a
marker."""

_Users: TypeAlias = dict[str, Properties]


def naming_key(batch: Properties) -> str:
    """What names a batch's users: `users`, or `labels` where those are secret; else empty."""
    if isinstance(batch.get("users", {}), Mapping):
        return "users"
    return "labels" if isinstance(batch.get("labels"), Mapping) else ""


def roster_users(batch: Properties) -> _Users:
    """The users of a batch by username, or by label; none where they cannot be seen."""
    if naming_key(batch) == "labels":
        return _labelled(batch)
    return {
        username: without_assigned({"username": username, **_own_part(text), **beside})
        for username, text, beside in batch_members(batch)
    }


def as_visible(
    old: Properties | None, new: Properties | None
) -> tuple[Properties | None, Properties | None]:
    """Both sides of a user, each without what the other side hides: nothing seems to be gone."""
    if old is None or new is None or (HIDDEN in old) == (HIDDEN in new):
        return old, new
    if HIDDEN in old:
        return old, _like(new, old)
    return _like(old, new), new


def _like(shown: Properties, hidden: Properties) -> Properties:
    common = {key: value for key, value in shown.items() if key in hidden}
    return {**common, HIDDEN: "shown"}


def _labelled(batch: Properties) -> _Users:
    """The users of a secret batch: all that is known is whether they change."""
    shared = {key: batch[key] for key in SHARED if key in batch}
    digests = mapping(batch.get("labels"))
    return {name: {"username": name, **shared, HIDDEN: digests[name]} for name in digests}


def _own_part(text: PropertyValue) -> Properties:
    """What a user's text holds; of one that is secret or unknown, a stand-in for all of it."""
    if isinstance(text, str):
        try:
            text = decode(read_json(text))
        except (ValueError, RecursionError):
            text = SECRET
    return text if isinstance(text, Mapping) else {HIDDEN: text}
