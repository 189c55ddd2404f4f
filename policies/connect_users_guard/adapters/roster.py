"""A batch of a roster: many users in one resource, each one a JSON text under its username.

What all users share stands beside the texts, and so do their passwords, by username. A text that
holds one unknown value is unknown as a whole. So are all users where the whole map is a secret.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, MutableMapping
from typing import Any

from pulumi_policy import Secret

from ..absent import MISSING, UNKNOWN
from ..edit import Edit
from ..property_values import plain
from ..remediation import apply, below
from ..subject import Resource, Subject, UserView
from .adapter import Adapter, Bag, with_part

_USERS, _PASSWORDS = "users", "passwords"
_SHARED = ("instanceArn", "identityManagementType")


def _read(resource: Resource) -> tuple[UserView, ...]:
    users = resource.bag.get(_USERS, {})
    shared = {key: resource.bag[key] for key in _SHARED if key in resource.bag}
    if not isinstance(users, Mapping):
        # An export hides all of them at once with `personalData: secret`: not even names are known.
        return (UserView(resource=resource, bag=_Unknown(shared), hidden=True),)
    views = []
    for username, written in users.items():
        outside = {"username": username, **shared, **_password(resource, username)}
        outside |= _label(resource, username)
        own = _object(written)
        if own is None:
            # Of a user who is not known as a whole, every other attribute is unknown.
            bag: Bag = _Unknown({"password": MISSING, **outside})
        else:
            bag = with_part({**own, **outside})
        views.append(UserView(resource=resource, bag=bag, member=username, hidden=own is None))
    return tuple(views)


def _label(resource: Resource, username: str) -> dict[str, str]:
    """What stands for a username that is hidden: one of the keys of `labels`, made as there."""
    digest = base64.b32encode(hashlib.sha256(username.encode()).digest()[:5]).decode().lower()
    label = f"{username.partition('@')[0][:2]}~{digest}"
    labels = resource.bag.get("labels")
    return {"label": label} if isinstance(labels, Mapping) and label in labels else {}


def _password(resource: Resource, username: str) -> dict[str, Any]:
    passwords = resource.bag.get(_PASSWORDS)
    if not isinstance(passwords, Mapping):
        return {} if passwords is None else {"password": UNKNOWN}
    return {"password": passwords[username]} if username in passwords else {}


def _object(written: Any) -> dict[str, Any] | None:
    """The object that a JSON text holds; None if it is not known."""
    if not isinstance(written, str):
        return None
    try:
        read = plain(json.loads(written))
    except (ValueError, RecursionError):
        return None
    return dict(read) if isinstance(read, Mapping) else None


class _Unknown(dict[str, Any]):
    """A bag in which everything that it does not hold is unknown."""

    def __contains__(self, key: object) -> bool:
        return True

    def __missing__(self, key: str) -> Any:
        return UNKNOWN


def _write(raw: MutableMapping[str, Any], edits: list[Edit], subject: Subject) -> bool:
    """Edits one user inside its JSON text, its password beside it; what is secret stays secret."""
    member = str(subject.member)
    passwords = [
        Edit((_PASSWORDS, member), edit.value) for edit in edits if edit.path == ("password",)
    ]
    changed = apply(raw, passwords) if _PASSWORDS in raw else False
    users = below(raw.get(_USERS))
    written = users.get(member) if isinstance(users, dict) else None
    text = below(written)
    others = [edit for edit in edits if edit.path != ("password",)]
    user = json.loads(text) if others and _object(text) is not None else {}
    if not apply(user, others):
        return changed
    new = json.dumps(user, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    users[member] = Secret(new) if isinstance(written, Secret) else new
    return True


ROSTER = Adapter(type="pulumi-python:dynamic/connect:UserBatch", read=_read, write=_write)
