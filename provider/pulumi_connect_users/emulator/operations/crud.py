"""Create, describe, list, search, update and delete, the same for every type of resource.

What only one type has stands in its `ResourceType`. Names of members differ from type to type, so
answers are given under all of them: the service model keeps those that it knows.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from .. import ids
from ..call import AWS_QUOTAS, Call
from ..document import Json, Members
from ..errors import duplicate, limit_exceeded, not_found
from ..records import resources, tags
from ..records.resources import Resource
from . import Handler, operation
from .paging import page_by_place
from .references import resource_of
from .resource_search import COMMON_FIELDS, SearchFields, search

_KEYS = frozenset(
    {"InstanceId", "Name", "SecurityProfileName", "Tags", "AgentStatusId", "HierarchyGroupId"}
    | {"QueueId", "QuickConnectId", "RoutingProfileId", "SecurityProfileId"}
)


def given(call: Call, _: Resource | None = None) -> dict[str, Json]:
    """The request's members that a resource's document holds as they are."""
    return {name: value for name, value in call.params.items() if name not in _KEYS}


@dataclass(frozen=True, kw_only=True, slots=True)
class ResourceType:
    """How the operations of one type of resource differ from those of the others."""

    kind: str
    """The kind in `ids`."""
    noun: str
    """As in CreateQueue, DescribeQueue, ListQueues, SearchQueues."""
    quota: str
    quota_is_fixed: bool = False
    """Whether AWS's quota holds even where none was set."""
    named: bool = False
    """Whether requests identify it by its name."""
    parent_id: Callable[[Call], str] = lambda _: ""
    """The id of the resource to create it under."""
    document: Callable[[Call], Members] = given
    """What a create request stores."""
    details: Callable[[Call, Resource], Members] = lambda call, one: {}
    """What answers show beside identity, document and tags."""
    search_details: Callable[[Call, Resource], Members] = lambda call, one: {}
    """What only searches show, or (None) leave out."""
    search_fields: SearchFields = field(default_factory=lambda: COMMON_FIELDS)
    listed_type: Callable[[Resource], str] = lambda resource: resource.doc.text("Type")
    """What a list can be limited by."""
    updates: Mapping[str, Callable[[Call, Resource], Members]] = field(default_factory=dict)
    """What each update operation stores; None removes a member."""
    check_deletion: Callable[[Call, Resource], None] | None = lambda call, one: None
    """Raises where it is in use; None where AWS has no delete operation."""

    @property
    def member(self) -> str:
        """The noun in members' names, as in HierarchyGroupId of a UserHierarchyGroup."""
        return self.noun.removeprefix("User")

    @property
    def plural(self) -> str:
        """The noun of lists and searches."""
        return f"{self.noun}es" if self.noun.endswith("s") else f"{self.noun}s"


def register(type_: ResourceType) -> None:
    """Register the operations of a type."""
    handlers: dict[str, Callable[[ResourceType, Call], Members]] = {
        f"Create{type_.noun}": _create,
        f"Describe{type_.noun}": _describe,
        f"List{type_.plural}": _list,
        f"Search{type_.plural}": _search,
        **dict.fromkeys(type_.updates, _update),
    }
    if type_.check_deletion is not None:
        handlers[f"Delete{type_.noun}"] = _delete
    for name, handler in handlers.items():
        registered: Handler = partial(handler, type_)
        operation(name)(registered)


def requested(call: Call, type_: ResourceType) -> Resource:
    """The resource that a request is about."""
    if not type_.named:
        return resource_of(call, type_.kind, call.params.text(f"{type_.member}Id"))
    name = call.params.text("Name")
    resource = resources.find_named(call.tx, call.instance.id, type_.kind, name)
    if resource is None:
        raise not_found(f"The specified {ids.NOUNS[type_.kind]} was not found.")
    return resource


def insert(
    call: Call,
    kind: str,
    name: str,
    doc: Members,
    *,
    parent_id: str = "",
    quota: int | None = None,
) -> str:
    """Store a new resource with the request's Tags and return its id, or raise AWS's error."""
    instance = call.instance
    if resources.find_named(call.tx, instance.id, kind, name, parent_id):
        raise duplicate("A resource with the specified name already exists.")
    if quota is not None and resources.count(call.tx, instance.id, kind) >= quota:
        raise limit_exceeded(f"The quota of {quota} per instance is reached.")
    resource_id = ids.new_id()
    resources.insert(
        call.tx, instance, kind, resource_id, name, doc, modified=call.stamp, parent_id=parent_id
    )
    tags.put(call.tx, instance.id, resource_id, call.params.part("Tags"))
    return resource_id


def update(call: Call, resource: Resource, doc: Members, name: str | None = None) -> Members:
    """Give a resource a new name or new members (None removes one); the answer is empty."""
    if name is not None and name != resource.name:
        taken = resources.find_named(
            call.tx, resource.instance_id, resource.kind, name, resource.parent_id
        )
        if taken:
            raise duplicate("A resource with the specified name already exists.")
    after = {key: value for key, value in {**resource.doc, **doc}.items() if value is not None}
    resources.update(
        call.tx, resource, modified=call.stamp, region=call.region, name=name, doc=after
    )
    return {}


def reference(call: Call, kind: str, resource_id: str) -> dict[str, str]:
    """Id and ARN of a resource."""
    return {"Id": resource_id, "Arn": call.arn(kind, resource_id)}


def summary(call: Call, resource: Resource) -> dict[str, Json]:
    """Id, ARN, name and the last change."""
    return {
        **reference(call, resource.kind, resource.id),
        "Name": resource.name,
        **resource.changed,
    }


def _create(type_: ResourceType, call: Call) -> Members:
    parent_id = type_.parent_id(call)
    fixed = AWS_QUOTAS[type_.quota] if type_.quota_is_fixed else None
    resource_id = insert(
        call,
        type_.kind,
        call.params.text("Name") or call.params.text(f"{type_.noun}Name"),
        type_.document(call),
        parent_id=parent_id,
        quota=call.quotas.get(type_.quota, fixed),
    )
    return _identity(type_, call, resource_id)


def _describe(type_: ResourceType, call: Call) -> Members:
    return {type_.member: _view(type_, call, requested(call, type_))}


def _list(type_: ResourceType, call: Call) -> Members:
    types = call.params.texts(f"{type_.noun}Types")
    return page_by_place(
        call,
        f"{type_.noun}SummaryList",
        [
            one
            for one in resources.page(call.tx, call.instance.id, type_.kind)
            if not types or type_.listed_type(one) in types
        ],
        lambda one: one.seq,
        lambda one: {
            **summary(call, one),
            "Type": type_.listed_type(one) or None,
            f"{type_.noun}Type": type_.listed_type(one) or None,
        },
    )


def _search(type_: ResourceType, call: Call) -> Members:
    return search(
        call,
        type_.kind,
        type_.plural,
        type_.search_fields,
        lambda one: {**_view(type_, call, one), **type_.search_details(call, one)},
    )


def _update(type_: ResourceType, call: Call) -> Members:
    resource = requested(call, type_)
    doc = type_.updates[call.operation](call, resource)
    return update(call, resource, doc, name=call.params.text("Name") or None)


def _delete(type_: ResourceType, call: Call) -> Members:
    resource = requested(call, type_)
    if type_.check_deletion is not None:
        type_.check_deletion(call, resource)
    resources.delete(call.tx, resource)
    return {}


def _view(type_: ResourceType, call: Call, resource: Resource) -> dict[str, Json]:
    return {
        **summary(call, resource),
        **_identity(type_, call, resource.id),
        f"{type_.noun}Name": resource.name,
        **resource.doc,
        "Tags": tags.get(call.tx, resource.id),
        **type_.details(call, resource),
    }


def _identity(type_: ResourceType, call: Call, resource_id: str) -> dict[str, str]:
    arn = call.arn(type_.kind, resource_id)
    return {f"{type_.member}Id": resource_id, f"{type_.member}Arn": arn, f"{type_.member}ARN": arn}
