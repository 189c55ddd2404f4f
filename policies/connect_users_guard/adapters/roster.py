"""A batch of a roster: many users in one resource, each one a JSON text under its username."""

from __future__ import annotations

import json
from collections.abc import Mapping, MutableMapping
from typing import Any

from pulumi_policy import Secret

from ..edit import WRAP, Edit
from ..remediation import apply, below
from ..subject import Resource, Subject, UserView
from ..tree import plain
from ..value import UNKNOWN
from .adapter import Adapter

_USERS = "users"
_DEFAULTS = "defaults"


def _read(resource: Resource) -> tuple[UserView, ...]:
    users = resource.bag.get(_USERS)
    if not isinstance(users, Mapping):
        return ()
    shared = {k: v for k, v in resource.bag.items() if k not in (_USERS, _DEFAULTS)}
    shared |= _object(resource.bag.get(_DEFAULTS)) or {}
    views = []
    for username, written in users.items():
        own = _object(written)
        named = {"username": username, **shared}
        # A user who is not known as a whole has every attribute unknown, but for the name.
        bag = _Unknown(named) if own is None else {**named, **own}
        views.append(UserView(resource=resource, bag=bag, member=username, hidden=own is None))
    return tuple(views)


def _object(written: Any) -> dict[str, Any] | None:
    """The object that a JSON text or a map holds; None if it is not known."""
    if written is None:
        return {}
    if isinstance(written, str):
        try:
            written = plain(json.loads(written))
        except ValueError:
            return None
    return dict(written) if isinstance(written, Mapping) else None


class _Unknown(dict[str, Any]):
    """A bag in which everything that it does not hold is unknown."""

    def __contains__(self, key: object) -> bool:
        return True

    def __missing__(self, key: str) -> Any:
        return UNKNOWN


def _write(raw: MutableMapping[str, Any], edits: list[Edit], subject: Subject) -> bool:
    """Edits one user inside its JSON text; a secret text stays secret."""
    held = raw.get(_USERS)
    users = below(held)
    written = users.get(subject.member) if isinstance(users, dict) else None
    inner = below(written)
    if not isinstance(users, dict) or not isinstance(inner, str):
        return False
    try:
        user = json.loads(inner)
    except ValueError:
        return False
    wrap = any(edit.value is WRAP for edit in edits) and "password" in user
    secret = isinstance(written, Secret) or isinstance(held, Secret)
    changed = apply(user, [edit for edit in edits if edit.value is not WRAP])
    if not changed and (secret or not wrap):
        return False
    text = json.dumps(user, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    users[subject.member] = Secret(text) if isinstance(written, Secret) or wrap else text
    return True


ROSTER = Adapter(type="pulumi-python:dynamic/connect:UserBatch", read=_read, write=_write)
