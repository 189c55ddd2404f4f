"""What an instance of a seed has besides users."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from .. import ids
from ..records import resources, tags, users
from ..records.instances import Instance
from ..rules.organisation import LEVELS
from . import documents
from .defaults import HOURS, QUEUE

Entry = Mapping[str, Any]
"""A part of a seed that follows the schema."""


class ResourceSeeder:
    """Adds resources to one instance; `failures` tells what could not be added, and why."""

    def __init__(self, tx: sqlite3.Connection, instance: Instance, now: float) -> None:
        self.failures: list[str] = []
        self._tx = tx
        self._instance = instance
        self._now = now

    def add_all(self, entry: Entry) -> None:
        """Everything of an instance's entry but users and what leads to users."""
        for place, name in zip(LEVELS, entry.get("hierarchyLevels", ()), strict=False):
            self._add_level(place, name)
        depth = resources.count(self._tx, self._instance.id, ids.HIERARCHY_LEVEL)
        for group in entry.get("hierarchyGroups", ()):
            self._add_group({"path": group} if isinstance(group, str) else group, depth)
        for one in entry.get("securityProfiles", ()):
            doc = documents.security_profile(one.get("permissions", []))
            self._add_entry(ids.SECURITY_PROFILE, one, doc)
        hours = ids.seeded_id(self._instance.id, ids.HOURS_OF_OPERATION, HOURS)
        for one in entry.get("queues", ()):
            self._add_entry(ids.QUEUE, one, documents.queue(hours))
        for one in entry.get("routingProfiles", ()):
            self._add_routing_profile(one)
        for order, one in enumerate(entry.get("agentStatuses", ()), 3):
            doc = {"Type": one.get("type", "CUSTOM"), "State": "ENABLED", "DisplayOrder": order}
            self._add_entry(ids.AGENT_STATUS, one, doc)
        for name, values in entry.get("predefinedAttributes", {}).items():
            self._add(ids.PREDEFINED_ATTRIBUTE, str(name), documents.predefined_attribute(values))

    def add_quick_connects(self, entry: Entry) -> None:
        """The quick connects of an instance's entry, whose users are there by now."""
        for one in entry.get("quickConnects", ()):
            config = self._quick_connect_config(one)
            if config is not None:
                self._add_entry(ids.QUICK_CONNECT, one, {"QuickConnectConfig": config})

    def _add_level(self, place: str, name: str) -> None:
        # A level is known by its place: one that is there keeps its name.
        if not resources.children(self._tx, self._instance.id, ids.HIERARCHY_LEVEL, place):
            self._add(ids.HIERARCHY_LEVEL, name, {}, parent_id=place, path=f"{place}/{name}")

    def _add_group(self, group: Entry, depth: int) -> None:
        names = group["path"].split("/")
        if not all(names):
            self._fail(f"hierarchyGroups, {group['path']}: a level has no name")
            return
        if len(names) > depth:
            self._fail(f"hierarchyGroups: {group['path']} is deeper than the hierarchy levels")
            return
        parent = ""
        for end, name in enumerate(names, 1):
            parent = self._add(
                ids.HIERARCHY_GROUP,
                name,
                {},
                parent_id=parent,
                path="/".join(names[:end]),
                resource_id=group.get("id") if end == len(names) else None,
            )

    def _add_routing_profile(self, one: Entry) -> None:
        queue_ids = {}
        for name in one.get("queues", [QUEUE]):
            queue = resources.find_named(self._tx, self._instance.id, ids.QUEUE, name)
            if queue is None:
                self._fail(f"routingProfiles, {one['name']}: there is no queue {name}")
            else:
                queue_ids[name] = queue.id
        outbound = one.get("defaultOutboundQueue", next(iter(queue_ids), ""))
        default = resources.find_named(self._tx, self._instance.id, ids.QUEUE, outbound)
        if default is None:
            self._fail(
                f"routingProfiles, {one['name']}: there is no default outbound queue {outbound}"
            )
            return
        doc = documents.routing_profile(
            one["name"],
            default_queue_id=default.id,
            queue_ids=queue_ids.values(),
            concurrency=one.get("concurrency", {"VOICE": 1}),
        )
        self._add_entry(ids.ROUTING_PROFILE, one, doc)

    def _quick_connect_config(self, one: Entry) -> dict[str, Any] | None:
        flow = ids.seeded_id(self._instance.id, "contact-flow", "Default transfer")
        if "user" in one:
            user_id = users.id_named(self._tx, self._instance.id, one["user"])
            if user_id is None:
                self._fail(f"quickConnects, {one['name']}: no such user")
                return None
            target = {"UserId": user_id, "ContactFlowId": flow}
            return {"QuickConnectType": "USER", "UserConfig": target}
        if "queue" in one:
            queue = resources.find_named(self._tx, self._instance.id, ids.QUEUE, one["queue"])
            if queue is None:
                self._fail(f"quickConnects, {one['name']}: no such queue")
                return None
            target = {"QueueId": queue.id, "ContactFlowId": flow}
            return {"QuickConnectType": "QUEUE", "QueueConfig": target}
        number = {"PhoneNumber": one["phoneNumber"]}
        return {"QuickConnectType": "PHONE_NUMBER", "PhoneConfig": number}

    def _add_entry(self, kind: str, one: Entry, doc: Mapping[str, Any]) -> None:
        """Add what an entry names, with the description, id and tags that it may have."""
        described = {"Description": one["description"]} if one.get("description") else {}
        resource_id = self._add(kind, one["name"], {**doc, **described}, resource_id=one.get("id"))
        tags.put(self._tx, self._instance.id, resource_id, one.get("tags") or {})

    def _add(
        self,
        kind: str,
        name: str,
        doc: Mapping[str, Any],
        *,
        parent_id: str = "",
        path: str | None = None,
        resource_id: str | None = None,
    ) -> str:
        """Add a resource unless its name is there; returns the id of the one that is."""
        found = resources.find_named(self._tx, self._instance.id, kind, name, parent_id)
        if found is not None:
            return found.id
        resource_id = resource_id or ids.seeded_id(self._instance.id, kind, path or name)
        if resources.find(self._tx, self._instance.id, kind, resource_id) is not None:
            self._fail(f"{ids.NOUNS[kind]} {name}: the id {resource_id} is another one's")
            return resource_id
        resources.insert(
            self._tx,
            instance_id=self._instance.id,
            kind=kind,
            resource_id=resource_id,
            name=name,
            doc=dict(doc),
            modified=self._now,
            region=self._instance.region,
            parent_id=parent_id,
        )
        return resource_id

    def _fail(self, problem: str) -> None:
        self.failures.append(problem)
