"""This project's own resources: a user, and a roster's batch of many users.

In a batch each user is a JSON text under the username. What all users share stands beside the
texts, and so do passwords, by username. A text that holds one unknown value is unknown as a whole;
so are all users where the whole map is a secret.
"""

import base64
import hashlib
import json
from collections.abc import Mapping

from pulumi_policy import Secret

from ..absent import MISSING, UNKNOWN
from ..edit import Edit
from ..property_values import Properties, Property, plain
from ..remediation import Raw, apply, unwrapped
from ..subject import Resource, Subject, UserView
from ..user_resources import OWN_USERS, ROSTERS, SHARED, batch_members
from .adapter import Adapter, with_part

_USERS, _PASSWORDS = "users", "passwords"


def _user(resource: Resource) -> tuple[UserView, ...]:
    return (UserView(resource=resource, bag=with_part(resource.bag)),)


def _batch(resource: Resource) -> tuple[UserView, ...]:
    batch = resource.bag
    if isinstance(batch.get(_USERS), Mapping | None):
        return tuple(
            _member(resource, username, text, beside)
            for username, text, beside in batch_members(batch)
        )
    # An export hides all of them at once with `personalData: secret`: not even names are known.
    shared = {key: batch[key] for key in SHARED if key in batch}
    return (UserView(resource=resource, bag=_Unknown(shared), hidden=True),)


def _member(
    resource: Resource, username: str, text: Property, beside: dict[str, Property]
) -> UserView:
    beside |= {"username": username, **_label(resource, username)}
    if not isinstance(resource.bag.get(_PASSWORDS), Mapping | None):
        beside["password"] = UNKNOWN
    own = _object(text)
    # Of a user who is not known as a whole, every other attribute is unknown.
    bag = _Unknown({"password": MISSING, **beside}) if own is None else with_part({**own, **beside})
    return UserView(resource=resource, bag=bag, member=username, hidden=own is None)


def _label(resource: Resource, username: str) -> dict[str, str]:
    """What stands for a hidden username: a key of `labels`, which is made in the same way."""
    digest = base64.b32encode(hashlib.sha256(username.encode()).digest()[:5]).decode().lower()
    label = f"{username.partition('@')[0][:2]}~{digest}"
    labels = resource.bag.get("labels")
    return {"label": label} if isinstance(labels, Mapping) and label in labels else {}


def _object(text: Property) -> Properties | None:
    """The object that a JSON text holds; None if it is not known."""
    if not isinstance(text, str):
        return None
    try:
        user = plain(json.loads(text))
    except (ValueError, RecursionError):
        return None
    return user if isinstance(user, Mapping) else None


class _Unknown(dict[str, Property]):
    """A bag in which everything that it does not hold is unknown."""

    def __contains__(self, key: object) -> bool:
        return True

    def __missing__(self, key: str) -> Property:
        return UNKNOWN


def _write(raw: Raw, edits: list[Edit], subject: Subject) -> bool:
    """Edits one user inside its JSON text, its password beside it; what is secret stays secret."""
    member = str(subject.member)
    passwords = [
        Edit((_PASSWORDS, member), edit.value) for edit in edits if edit.path == ("password",)
    ]
    changed = apply(raw, passwords) if _PASSWORDS in raw else False
    users = unwrapped(raw.get(_USERS))
    others = [edit for edit in edits if edit.path != ("password",)]
    if not isinstance(users, dict) or not others:
        return changed
    written = users.get(member)
    text = unwrapped(written)
    user = json.loads(text) if isinstance(text, str) and _object(text) is not None else {}
    if not apply(user, others):
        return changed
    new = json.dumps(user, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    users[member] = Secret(new) if isinstance(written, Secret) else new
    return True


ADAPTERS = (
    *(Adapter(type=type_, read=_user) for type_ in OWN_USERS),
    *(Adapter(type=type_, read=_batch, write=_write) for type_ in ROSTERS),
)
