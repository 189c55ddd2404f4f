"""The resources of an instance in a seed, other than its users."""

import sqlite3

from .. import ids
from ..document import Document, Members
from ..records import resources, tags, users
from ..records.instances import Instance
from ..rules.organisation import LEVELS
from . import documents
from .defaults import HOURS, QUEUE


class ResourceSeeder:
    """Adds resources to one instance; `failures` are those that could not be added, with causes."""

    def __init__(self, tx: sqlite3.Connection, instance: Instance, now: float) -> None:
        self.failures: list[str] = []
        self._tx = tx
        self._instance = instance
        self._now = now

    def add_all(self, entry: Document) -> None:
        """Everything in an instance's entry but users and quick connects."""
        self._add_hierarchy(entry)
        for one in entry.parts("securityProfiles"):
            doc = documents.security_profile(one.texts("permissions"))
            self._add_entry(ids.SECURITY_PROFILE, one, doc)
        hours = ids.seeded_id(self._instance.id, ids.HOURS_OF_OPERATION, HOURS)
        for one in entry.parts("queues"):
            self._add_entry(ids.QUEUE, one, documents.queue(hours))
        for one in entry.parts("routingProfiles"):
            self._add_routing_profile(one)
        for order, one in enumerate(entry.parts("agentStatuses"), 3):
            type_ = one.text("type") or "CUSTOM"
            doc = Document(Type=type_, State="ENABLED", DisplayOrder=order)
            self._add_entry(ids.AGENT_STATUS, one, doc)
        attributes = entry.part("predefinedAttributes")
        for name in attributes:
            doc = documents.predefined_attribute(attributes.texts(name))
            self._add(ids.PREDEFINED_ATTRIBUTE, str(name), doc)

    def _add_hierarchy(self, entry: Document) -> None:
        for place, name in zip(LEVELS, entry.texts("hierarchyLevels"), strict=False):
            self._add_level(place, name)
        depth = resources.count(self._tx, self._instance.id, ids.HIERARCHY_LEVEL)
        # A group's path, or an object: in their order, since a path may name groups above it.
        groups = entry.get("hierarchyGroups")
        for group in groups if isinstance(groups, list) else ():
            self._add_group(Document(group if isinstance(group, dict) else {"path": group}), depth)

    def add_quick_connects(self, entry: Document) -> None:
        """The quick connects of an instance's entry, after its users."""
        for one in entry.parts("quickConnects"):
            config = self._quick_connect_config(one)
            if config is not None:
                self._add_entry(ids.QUICK_CONNECT, one, Document(QuickConnectConfig=config))

    def _add_level(self, place: str, name: str) -> None:
        # A level is identified by its place: a present one keeps its name.
        if not resources.children(self._tx, self._instance.id, ids.HIERARCHY_LEVEL, place):
            self._add(ids.HIERARCHY_LEVEL, name, {}, parent_id=place, path=f"{place}/{name}")

    def _add_group(self, group: Document, depth: int) -> None:
        path = group.text("path")
        names = path.split("/")
        if not all(names):
            self._fail(f"hierarchyGroups, {path}: a level has no name")
            return
        if len(names) > depth:
            self._fail(f"hierarchyGroups: {path} is deeper than the hierarchy levels")
            return
        parent = ""
        for end, name in enumerate(names, 1):
            parent = self._add(
                ids.HIERARCHY_GROUP,
                name,
                {},
                parent_id=parent,
                path="/".join(names[:end]),
                resource_id=group.text("id") if end == len(names) else "",
            )

    def _add_routing_profile(self, one: Document) -> None:
        place = f"routingProfiles, {one.text('name')}"
        queue_ids = {}
        for name in one.texts("queues") if "queues" in one else [QUEUE]:
            queue = resources.find_named(self._tx, self._instance.id, ids.QUEUE, name)
            if queue is None:
                self._fail(f"{place}: there is no queue {name}")
            else:
                queue_ids[name] = queue.id
        outbound = one.text("defaultOutboundQueue") or next(iter(queue_ids), "")
        default = resources.find_named(self._tx, self._instance.id, ids.QUEUE, outbound)
        if default is None:
            self._fail(f"{place}: there is no default outbound queue {outbound}")
            return
        doc = documents.routing_profile(
            one.text("name"),
            default_queue_id=default.id,
            queue_ids=queue_ids.values(),
            concurrency=one.part("concurrency") if "concurrency" in one else Document(VOICE=1),
        )
        self._add_entry(ids.ROUTING_PROFILE, one, doc)

    def _quick_connect_config(self, one: Document) -> Document | None:
        flow = ids.seeded_id(self._instance.id, "contact-flow", "Default transfer")
        if "user" in one:
            user_id = users.id_named(self._tx, self._instance.id, one.text("user"))
            if user_id is None:
                self._fail(f"quickConnects, {one.text('name')}: no such user")
                return None
            target = {"UserId": user_id, "ContactFlowId": flow}
            return Document(QuickConnectType="USER", UserConfig=target)
        if "queue" in one:
            queue = resources.find_named(self._tx, self._instance.id, ids.QUEUE, one.text("queue"))
            if queue is None:
                self._fail(f"quickConnects, {one.text('name')}: no such queue")
                return None
            target = {"QueueId": queue.id, "ContactFlowId": flow}
            return Document(QuickConnectType="QUEUE", QueueConfig=target)
        number = {"PhoneNumber": one["phoneNumber"]}
        return Document(QuickConnectType="PHONE_NUMBER", PhoneConfig=number)

    def _add_entry(self, kind: str, one: Document, doc: Members) -> None:
        """Add an entry's resource with the description, id and tags that it may have."""
        description = one.text("description")
        described = {**doc, "Description": description} if description else doc
        resource_id = self._add(kind, one.text("name"), described, resource_id=one.text("id"))
        tags.put(self._tx, self._instance.id, resource_id, one.part("tags"))

    def _add(
        self,
        kind: str,
        name: str,
        doc: Members,
        *,
        parent_id: str = "",
        path: str | None = None,
        resource_id: str = "",
    ) -> str:
        """Add a resource unless its name is there; returns the id of the one that is."""
        present = resources.find_named(self._tx, self._instance.id, kind, name, parent_id)
        if present is not None:
            return present.id
        resource_id = resource_id or ids.seeded_id(self._instance.id, kind, path or name)
        if resources.find(self._tx, self._instance.id, kind, resource_id) is not None:
            self._fail(f"{ids.NOUNS[kind]} {name}: the id {resource_id} belongs to another one")
            return resource_id
        resources.insert(
            self._tx,
            self._instance,
            kind,
            resource_id,
            name,
            doc,
            modified=self._now,
            parent_id=parent_id,
        )
        return resource_id

    def _fail(self, problem: str) -> None:
        self.failures.append(problem)
