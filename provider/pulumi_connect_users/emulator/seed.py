"""Filling a store from a seed.

Instances, what they have, and their users (see seed.schema.json for the form).

A seed adds what is not there yet and leaves what is: loading it twice is loading it once. Names
stand for identifiers everywhere, and every identifier is derived from the instance's and the name
(`ids.seeded_id`), so that it is the same in every store.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

from . import ids
from .errors import EmulatorError
from .newborn import furnish
from .records import instances, resources, tags
from .records.instances import Instance
from .seed_users import add_users

_MOST_FAILURES = 20


def schema() -> dict[str, Any]:
    """The JSON schema of a seed."""
    text = files(__package__).joinpath("seed.schema.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def check(seed: Any) -> None:
    """EmulatorError naming every place where a seed does not follow the schema."""
    try:
        from jsonschema import Draft202012Validator
    except ImportError:
        raise EmulatorError(
            "checking a seed: jsonschema is not installed. "
            "Run: pip install 'pulumi-connect-users[emulator]'."
        ) from None
    failures = [
        f"{'/'.join(map(str, error.absolute_path)) or 'the seed'}: {error.message}"
        for error in Draft202012Validator(schema()).iter_errors(seed)
    ]
    _refuse(failures)


def apply(tx: sqlite3.Connection, seed: Mapping[str, Any], now: float) -> dict[str, int]:
    """Add a checked seed's content; returns how many users each instance alias (or id) got."""
    failures: list[str] = []
    added = {}
    for entry in seed.get("instances", ()):
        instance = _instance(tx, entry, now)
        for problem in _furnish(tx, instance, entry, now):
            failures.append(f"{entry['id']}: {problem}")
        count, problems = add_users(tx, instance, entry, now)
        failures += [f"{entry['id']}: {problem}" for problem in problems]
        _quick_connects(tx, instance, entry, now, failures)
        added[entry.get("alias") or entry["id"]] = count
    _refuse(failures)
    return added


def _refuse(failures: list[str]) -> None:
    if failures:
        more = (
            f"; and {len(failures) - _MOST_FAILURES} more" if len(failures) > _MOST_FAILURES else ""
        )
        raise EmulatorError(f"loading a seed: {'; '.join(failures[:_MOST_FAILURES])}{more}.")


def _instance(tx: sqlite3.Connection, entry: Mapping[str, Any], now: float) -> Instance:
    found = instances.find(tx, entry["id"])
    if found is not None:
        return found
    instance = instances.insert(
        tx,
        instance_id=entry["id"],
        region=entry.get("region", "us-west-2"),
        alias=entry.get("alias"),
        mode=entry.get("identityManagementType", "CONNECT_MANAGED"),
        created=now,
        doc={"InboundCallsEnabled": True, "OutboundCallsEnabled": True},
    )
    tags.put(tx, instance.id, instance.id, entry.get("tags") or {})
    if entry.get("defaults", True):
        furnish(tx, instance, now)
    return instance


def _furnish(
    tx: sqlite3.Connection, instance: Instance, entry: Mapping[str, Any], now: float
) -> Iterator[str]:
    """Everything but users and quick connects; yields what is wrong."""
    for number, level in enumerate(entry.get("hierarchyLevels", ())):
        place = ("LevelOne", "LevelTwo", "LevelThree", "LevelFour", "LevelFive")[number]
        add(
            tx,
            instance,
            ids.HIERARCHY_LEVEL,
            level,
            {},
            now,
            parent_id=place,
            path=f"{place}/{level}",
        )
    depth = resources.count(tx, instance.id, ids.HIERARCHY_LEVEL)
    for group in entry.get("hierarchyGroups", ()):
        path = group if isinstance(group, str) else group["path"]
        names = path.split("/")
        if len(names) > depth:
            yield f"hierarchyGroups: {path} is deeper than the hierarchy levels"
            continue
        parent = ""
        for end in range(1, len(names) + 1):
            given = None if isinstance(group, str) or end < len(names) else group.get("id")
            parent = add(
                tx,
                instance,
                ids.HIERARCHY_GROUP,
                names[end - 1],
                {},
                now,
                parent_id=parent,
                path="/".join(names[:end]),
                resource_id=given,
            )
    for one in entry.get("securityProfiles", ()):
        doc = {"Permissions": one.get("permissions", []), "Type": "CUSTOMER_MANAGED"}
        _named(tx, instance, ids.SECURITY_PROFILE, one, doc, now)
    hours = ids.seeded_id(instance.id, ids.HOURS_OF_OPERATION, "Basic Hours")
    for one in entry.get("queues", ()):
        doc = {"HoursOfOperationId": hours, "Status": "ENABLED", "QueueType": "STANDARD"}
        _named(tx, instance, ids.QUEUE, one, doc, now)
    for one in entry.get("routingProfiles", ()):
        yield from _routing_profile(tx, instance, one, now)
    for order, one in enumerate(entry.get("agentStatuses", ()), 3):
        doc = {"Type": one.get("type", "CUSTOM"), "State": "ENABLED", "DisplayOrder": order}
        _named(tx, instance, ids.AGENT_STATUS, one, doc, now)
    for name, values in entry.get("predefinedAttributes", {}).items():
        configuration = {"EnableValueValidationOnAssociation": True, "IsReadOnly": False}
        doc = {
            "Values": {"StringList": values},
            "Purposes": [],
            "AttributeConfiguration": configuration,
        }
        add(tx, instance, ids.PREDEFINED_ATTRIBUTE, name, doc, now)


def _routing_profile(
    tx: sqlite3.Connection, instance: Instance, one: Mapping[str, Any], now: float
) -> Iterator[str]:
    concurrency = one.get("concurrency", {"VOICE": 1})
    queues = {}
    for name in one.get("queues", ["BasicQueue"]):
        queue = resources.find_named(tx, instance.id, ids.QUEUE, name)
        if queue is None:
            yield f"routingProfiles, {one['name']}: there is no queue {name}"
        else:
            queues[name] = queue.id
    outbound = one.get("defaultOutboundQueue", next(iter(queues), ""))
    default = resources.find_named(tx, instance.id, ids.QUEUE, outbound)
    if default is None:
        yield f"routingProfiles, {one['name']}: there is no default outbound queue {outbound}"
        return
    doc = {
        "Description": one.get("description", one["name"]),
        "DefaultOutboundQueueId": default.id,
        "MediaConcurrencies": [
            {
                "Channel": channel,
                "Concurrency": most,
                "CrossChannelBehavior": {"BehaviorType": "ROUTE_CURRENT_CHANNEL_ONLY"},
            }
            for channel, most in concurrency.items()
        ],
        "QueueConfigs": [
            {"QueueId": queue, "Channel": channel, "Priority": 1, "Delay": 0}
            for queue in queues.values()
            for channel in concurrency
        ],
        "ManualAssignmentQueueConfigs": [],
        "AgentAvailabilityTimer": "TIME_SINCE_LAST_ACTIVITY",
        "IsDefault": False,
    }
    _named(tx, instance, ids.ROUTING_PROFILE, one, doc, now)


def _quick_connects(
    tx: sqlite3.Connection,
    instance: Instance,
    entry: Mapping[str, Any],
    now: float,
    failures: list[str],
) -> None:
    flow = ids.seeded_id(instance.id, "contact-flow", "Default transfer")
    for one in entry.get("quickConnects", ()):
        config: dict[str, Any]
        if "user" in one:
            row = tx.execute(
                "SELECT id FROM users WHERE instance_id = ? AND username = ?",
                (instance.id, one["user"]),
            ).fetchone()
            if row is None:
                failures.append(f"{entry['id']}: quickConnects, {one['name']}: no such user")
                continue
            config = {
                "QuickConnectType": "USER",
                "UserConfig": {"UserId": row["id"], "ContactFlowId": flow},
            }
        elif "queue" in one:
            queue = resources.find_named(tx, instance.id, ids.QUEUE, one["queue"])
            if queue is None:
                failures.append(f"{entry['id']}: quickConnects, {one['name']}: no such queue")
                continue
            config = {
                "QuickConnectType": "QUEUE",
                "QueueConfig": {"QueueId": queue.id, "ContactFlowId": flow},
            }
        else:
            config = {
                "QuickConnectType": "PHONE_NUMBER",
                "PhoneConfig": {"PhoneNumber": one["phoneNumber"]},
            }
        _named(tx, instance, ids.QUICK_CONNECT, one, {"QuickConnectConfig": config}, now)


def _named(
    tx: sqlite3.Connection,
    instance: Instance,
    kind: str,
    one: Mapping[str, Any],
    doc: Mapping[str, Any],
    now: float,
) -> None:
    described = {"Description": one["description"]} if one.get("description") else {}
    resource_id = add(
        tx, instance, kind, one["name"], {**doc, **described}, now, resource_id=one.get("id")
    )
    tags.put(tx, instance.id, resource_id, one.get("tags") or {})


def add(
    tx: sqlite3.Connection,
    instance: Instance,
    kind: str,
    name: str,
    doc: Mapping[str, Any],
    now: float,
    *,
    parent_id: str = "",
    path: str | None = None,
    resource_id: str | None = None,
) -> str:
    """Add a resource unless its name is there; returns the id of the one that is."""
    found = resources.find_named(tx, instance.id, kind, name, parent_id)
    if found is not None:
        return found.id
    resource_id = resource_id or ids.seeded_id(instance.id, kind, path or name)
    resources.insert(
        tx,
        instance_id=instance.id,
        kind=kind,
        resource_id=resource_id,
        name=name,
        doc=dict(doc),
        modified=now,
        region=instance.region,
        parent_id=parent_id,
    )
    return resource_id
