"""The review as one JSON document, which a later review is compared with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from ..core.documents import UnreadableDocument, read_json
from ..core.properties import Properties, members, structures, text, texts
from .capabilities import TEXTS
from .review import Access, Person

VERSION: Final = 1


def document(access: Access) -> dict[str, Any]:
    """Everything in the review; keys are only ever added."""
    return {
        "version": VERSION,
        "instanceArn": access.instance,
        "takenAt": access.taken.isoformat(timespec="seconds"),
        "capabilities": TEXTS,
        "unreadableSecurityProfiles": list(access.unreadable),
        "people": [
            {
                "username": person.username,
                "userId": person.user_id,
                "securityProfiles": list(person.profiles),
                "capabilities": dict(person.capabilities),
                "unknown": list(person.unknown),
                "wayToAdmin": list(person.way),
                "fingerprint": person.fingerprint,
            }
            for person in access.people
        ],
    }


def read_document(content: str) -> Access:
    """An earlier review; raises UnreadableDocument."""
    found = members(read_json(content))
    taken = text(found.get("takenAt"))
    if found.get("version") != VERSION or taken is None:
        raise UnreadableDocument("it is not what `connect-users access --format json` prints")
    if "only" in found:
        raise UnreadableDocument("it was made with --can, and does not have everyone")
    try:
        moment = datetime.fromisoformat(taken)
    except ValueError:
        raise UnreadableDocument("takenAt is not a time") from None
    return Access(
        text(found.get("instanceArn")) or "",
        moment,
        [_person(one) for one in structures(found.get("people"))],
        tuple(texts(found.get("unreadableSecurityProfiles"))),
    )


def _person(found: Properties) -> Person:
    return Person(
        user_id=text(found.get("userId")) or "",
        username=text(found.get("username")) or "",
        profiles=tuple(texts(found.get("securityProfiles"))),
        capabilities=_texts(members(found.get("capabilities"))),
        unknown=tuple(texts(found.get("unknown"))),
        way=tuple(texts(found.get("wayToAdmin"))),
    )


def _texts(found: Properties) -> Mapping[str, str]:
    return {name: value for name, value in found.items() if isinstance(value, str)}
