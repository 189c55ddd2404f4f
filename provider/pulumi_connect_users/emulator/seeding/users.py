"""The users of a seed, ten thousand of them in a second or two."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any

from .. import contact_handling, ids
from ..records import proficiencies, resources, tags, users
from ..records.instances import Instance
from ..records.users import User

_IDENTITY = {
    "firstName": "FirstName",
    "lastName": "LastName",
    "email": "Email",
    "secondaryEmail": "SecondaryEmail",
    "mobile": "Mobile",
}
_PHONE = {
    "phoneType": "PhoneType",
    "autoAccept": "AutoAccept",
    "afterContactWorkTimeLimit": "AfterContactWorkTimeLimit",
    "deskPhoneNumber": "DeskPhoneNumber",
    "persistentConnection": "PersistentConnection",
}


def add_users(
    tx: sqlite3.Connection, instance: Instance, entry: Mapping[str, Any], now: float
) -> tuple[int, list[str]]:
    """Add the users of one instance's entry: (how many were added, what is wrong)."""
    names = _Names(tx, instance)
    present = {
        row["username"]
        for row in tx.execute("SELECT username FROM users WHERE instance_id = ?", (instance.id,))
    }
    failures: list[str] = []
    added = 0
    for place, one in _entries(entry):
        if one["username"] in present:
            continue
        present.add(one["username"])
        wrong: list[str] = []
        user = _user(instance, one, names, now, wrong)
        status = names.find(ids.AGENT_STATUS, one.get("status"), wrong)
        if users.id_taken(tx, user.id):
            wrong.append(f"the id {user.id} is another user's")
        if wrong:
            failures += [f"{place}: {cause}" for cause in wrong]
            continue
        users.insert(tx, user=user)
        if one.get("tags"):
            tags.put(tx, instance.id, user.id, one["tags"])
        for skill in one.get("proficiencies", ()):
            proficiencies.put(tx, user.id, skill["attribute"], skill["value"], skill["level"])
        if status is not None:
            tx.execute(
                "INSERT INTO live (user_id, status_id, since) VALUES (?, ?, ?)",
                (user.id, status, now),
            )
        added += 1
    return added, failures


class _Names:
    """Ids by name, read once an instance."""

    def __init__(self, tx: sqlite3.Connection, instance: Instance) -> None:
        self._ids: dict[tuple[str, str], str] = {}
        for kind in (ids.ROUTING_PROFILE, ids.SECURITY_PROFILE, ids.AGENT_STATUS):
            for one in resources.page(tx, instance.id, kind):
                self._ids[kind, one.name] = one.id
        paths: dict[str, str] = {}
        for group in resources.page(tx, instance.id, ids.HIERARCHY_GROUP):
            parent = paths.get(group.parent_id)
            paths[group.id] = group.name if parent is None else f"{parent}/{group.name}"
            self._ids[ids.HIERARCHY_GROUP, paths[group.id]] = group.id

    def find(self, kind: str, name: str | None, failures: list[str]) -> str | None:
        if name is None:
            return None
        found = self._ids.get((kind, name))
        if found is None:
            failures.append(f"there is no {ids.NOUNS[kind]} named {name}")
        return found


def _entries(entry: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """(where it stands in the seed, what it says) of each user."""
    for one in entry.get("users", ()):
        yield f"users, {one['username']}", one
    for many in entry.get("generatedUsers", ()):
        shared = {key: value for key, value in many.items() if key not in ("count", "prefix")}
        for number in range(1, many["count"] + 1):
            one = {
                "username": f"{many['prefix']}{number:05d}",
                "firstName": "Agent",
                "lastName": f"{number:05d}",
                **shared,
            }
            yield f"generatedUsers, {many['prefix']}", one


def _user(
    instance: Instance, one: Mapping[str, Any], names: _Names, now: float, failures: list[str]
) -> User:
    routing = names.find(
        ids.ROUTING_PROFILE, one.get("routingProfile", "Basic Routing Profile"), failures
    )
    profiles = [
        names.find(ids.SECURITY_PROFILE, name, failures)
        for name in one.get("securityProfiles", ["Agent"])
    ]
    settings = contact_handling.initial()
    if one.get("phoneConfig"):
        phone = {_PHONE[key]: value for key, value in one["phoneConfig"].items()}
        settings = contact_handling.with_phone_config(settings, phone)
    return User(
        seq=0,
        instance_id=instance.id,
        id=one.get("id") or ids.seeded_id(instance.id, ids.USER, one["username"]),
        username=one["username"],
        routing_profile_id=routing or "",
        hierarchy_group_id=names.find(ids.HIERARCHY_GROUP, one.get("hierarchyGroup"), failures),
        modified=now,
        modified_region=instance.region,
        proficiencies_modified=now,
        doc={
            "IdentityInfo": {api: one[name] for name, api in _IDENTITY.items() if one.get(name)},
            "DirectoryUserId": None,
            "SecurityProfileIds": [one for one in profiles if one],
            "Channels": settings,
        },
    )
