"""The users of a seed, ten thousand of them in a second or two."""

import sqlite3
from collections.abc import Iterator

from .. import contact_handling, ids
from ..document import Document
from ..records import proficiencies, resources, tags, users
from ..records.instances import Instance
from ..records.users import User
from .defaults import ROUTING_PROFILE

_IDENTITY = ("firstName", "lastName", "email", "secondaryEmail", "mobile")


def add_users(
    tx: sqlite3.Connection, instance: Instance, entry: Document, now: float
) -> tuple[int, list[str]]:
    """Add the users of one instance's entry: (how many were added, the failures)."""
    names = _Names(tx, instance)
    usernames = {
        row["username"]
        for row in tx.execute("SELECT username FROM users WHERE instance_id = ?", (instance.id,))
    }
    failures: list[str] = []
    added = 0
    for place, one in _entries(entry):
        if one.text("username") in usernames:
            continue
        usernames.add(one.text("username"))
        wrong: list[str] = []
        user = _user(instance, one, names, now, wrong)
        status = names.find(ids.AGENT_STATUS, one.text("status"), wrong)
        if users.id_taken(tx, user.id):
            wrong.append(f"the id {user.id} belongs to another user")
        if wrong:
            failures += [f"{place}: {cause}" for cause in wrong]
            continue
        users.insert(tx, user=user)
        tags.put(tx, instance.id, user.id, one.part("tags"))
        for skill in one.parts("proficiencies"):
            proficiencies.put(
                tx, user.id, skill.text("attribute"), skill.text("value"), skill.number("level")
            )
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

    def find(self, kind: str, name: str, failures: list[str]) -> str | None:
        resource_id = self._ids.get((kind, name))
        if name and resource_id is None:
            failures.append(f"there is no {ids.NOUNS[kind]} named {name}")
        return resource_id


def _entries(entry: Document) -> Iterator[tuple[str, Document]]:
    """The place in the seed and the settings of each user."""
    for one in entry.parts("users"):
        yield f"users, {one.text('username')}", one
    for many in entry.parts("generatedUsers"):
        shared = {key: value for key, value in many.items() if key not in ("count", "prefix")}
        prefix = many.text("prefix")
        for number in range(1, many.whole("count") + 1):
            name = f"{number:05d}"
            generated = {"username": f"{prefix}{name}", "firstName": "Agent", "lastName": name}
            yield f"generatedUsers, {prefix}", Document({**generated, **shared})


def _user(
    instance: Instance, one: Document, names: _Names, now: float, failures: list[str]
) -> User:
    routing = names.find(
        ids.ROUTING_PROFILE, one.text("routingProfile") or ROUTING_PROFILE, failures
    )
    profiles = [
        names.find(ids.SECURITY_PROFILE, name, failures)
        for name in one.texts("securityProfiles") or ["Agent"]
    ]
    channels = contact_handling.initial()
    phone = one.part("phoneConfig")
    if phone:
        phone = Document((_api_name(key), value) for key, value in phone.items())
        channels = contact_handling.with_phone_config(channels, phone)
    return User(
        seq=0,
        instance_id=instance.id,
        id=one.text("id") or ids.seeded_id(instance.id, ids.USER, one.text("username")),
        username=one.text("username"),
        routing_profile_id=routing or "",
        hierarchy_group_id=names.find(ids.HIERARCHY_GROUP, one.text("hierarchyGroup"), failures),
        modified=now,
        modified_region=instance.region,
        proficiencies_modified=now,
        doc=Document(
            IdentityInfo={_api_name(key): one[key] for key in _IDENTITY if one.get(key)},
            DirectoryUserId=None,
            SecurityProfileIds=[one for one in profiles if one],
            Channels=channels,
        ),
    )


def _api_name(key: str) -> str:
    return key[:1].upper() + key[1:]
