"""A roster's batches: many users in one resource, each one a canonical JSON text. Pure.

A batch holds `users: {username: text}`; what all of its users share stands beside it
(`instanceArn`, `identityManagementType`, `ownership`), and so do first passwords (`passwords:
{username: secret}`), which are never in a text. Outputs add `userIds`, `lastModifiedTimes` and,
where a creation left something undone, `unfinished`. (What is beside these for check alone is in
`whole`.)
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from ..core.arns import user_arn
from ..core.ownership import mark_of_inputs, resource_hash
from ..core.privacy import display_name, hides_addresses
from ..core.unfinished import UNFINISHED
from ..core.unknowns import UNKNOWN, unknown_paths
from ..core.user_resources import SHARED as SHARED
from ..model.references import OF_USER
from ..users.partial_user import PART
from ..users.state import LAST_MODIFIED, STATE_FORMAT, UserState
from .partition import canonical

_OUTSIDE: Final = (
    *SHARED,
    "username",
    "password",
    "ownership",
    "userArn",
    "label",
    LAST_MODIFIED,
    UNFINISHED,
)
"""What of a user does not stand in its text."""


def text_of(user: Mapping[str, Any]) -> Any:
    """The canonical text of one user; UNKNOWN if a preview cannot know all of it."""
    own = {k: v for k, v in user.items() if k not in _OUTSIDE}
    if any(True for _ in unknown_paths(own)):
        return UNKNOWN
    return canonical(own)


def own_part(batch: Mapping[str, Any], username: str) -> Any:
    """What the text of a user holds; UNKNOWN if it is not known, None if there is no such user."""
    text = (batch.get("users") or {}).get(username)
    return json.loads(text) if isinstance(text, str) else text


def user_of(batch: Mapping[str, Any], username: str) -> dict[str, Any]:
    """The inputs (of outputs: the outputs) of one user whose text is known, as `User` has them."""
    user: dict[str, Any] = {**own_part(batch, username), "username": username}
    user |= {key: batch[key] for key in SHARED if key in batch}
    password = (batch.get("passwords") or {}).get(username)
    if password is not None:
        user["password"] = password
    mark = mark_of_inputs(batch)
    if mark is not None:
        user["ownership"] = mark.of_member(username).text
    user_id = (batch.get("userIds") or {}).get(username)
    if user_id is not None:
        user["userArn"] = user_arn(str(batch["instanceArn"]), user_id)
    time = (batch.get("lastModifiedTimes") or {}).get(username)
    return user | ({LAST_MODIFIED: time} if time is not None else {})


def declared_text(text: str) -> str:
    """The text without what check adds to a part of a user; nothing where that is not complete."""
    if f'"{PART}":' not in text:
        return text
    user = json.loads(text)
    part = user.pop(PART, None)
    if part is None:
        return text
    left = [reference for reference in OF_USER if reference.id not in user]
    for reference in left:
        user.pop(reference.fact, None)
    return canonical(user) if all(r.id in part for r in left) else ""


def is_same(username: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether a user who is in both says the same in both."""
    passwords = [(bag.get("passwords") or {}).get(username) for bag in (old, new)]
    return bool(old["users"][username] == new["users"][username]) and passwords[0] == passwords[1]


def with_users(batch: Mapping[str, Any], users: Mapping[str, UserState]) -> dict[str, Any]:
    """The outputs of a batch whose users have these outputs."""
    found = dict(batch)
    found["users"] = {name: text_of(users[name].properties) for name in sorted(users)}
    if "labels" in batch:
        found |= labels(found["users"])
    found["userIds"] = {name: users[name].user_id for name in sorted(users)}
    times = {n: users[n].last_modified for n in sorted(users) if users[n].last_modified}
    passwords = {n: p for n in sorted(users) if (p := users[n].get("password"))}
    for key, value in (("lastModifiedTimes", times), ("passwords", passwords)):
        if value:
            found[key] = value
        else:
            found.pop(key, None)
    if reasons := [r for n in sorted(users) for r in users[n].unfinished]:
        found[UNFINISHED] = reasons
    return found


def labels(texts: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The fact `labels`, where users are hidden: what names each, and whether it has changed.

    20 bits of a text show that it has changed; more would let guesses at what is in it be tried.
    """
    digests = {
        display_name(name): text if text is UNKNOWN else resource_hash((text,))[:4]
        for name, text in texts.items()
    }
    return {"labels": dict(sorted(digests.items()))} if hides_addresses() and digests else {}


def inputs_of_batch(outputs: Mapping[str, Any]) -> dict[str, Any]:
    """The inputs that would lead to these outputs."""
    computed = ("userIds", "lastModifiedTimes", STATE_FORMAT, UNFINISHED)
    return {k: v for k, v in outputs.items() if k not in computed}
