"""Quick connects. One of type USER outlives its user, as AWS warns (API reference, DeleteUser)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .. import ids
from ..call import Call
from ..errors import not_found
from ..records import resources, tags, users
from ..records.resources import Resource
from . import operation
from .crud import change, chosen, create
from .paging import listing, named
from .references import resource_in


@operation("CreateQuickConnect")
def create_quick_connect(call: Call) -> Mapping[str, Any]:
    """Create a quick connect to a user or queue that exists, to a number, or to a flow."""
    doc = {**chosen(call.params, "Description"), "QuickConnectConfig": _config(call)}
    quick_id = create(call, ids.QUICK_CONNECT, call.params["Name"], doc, quota="quickConnects")
    return {
        "QuickConnectId": quick_id,
        "QuickConnectARN": call.arn(ids.QUICK_CONNECT, quick_id),
    }


@operation("DescribeQuickConnect")
def describe_quick_connect(call: Call) -> Mapping[str, Any]:
    """A quick connect and what it leads to."""
    return {"QuickConnect": described(call, _quick(call))}


@operation("ListQuickConnects")
def list_quick_connects(call: Call) -> Mapping[str, Any]:
    """The quick connects of the wanted types, by page."""
    types = set(call.params.get("QuickConnectTypes") or ())
    return listing(
        call,
        ids.QUICK_CONNECT,
        "QuickConnectSummaryList",
        lambda one: named(call, one) | {"QuickConnectType": _type(one)},
        wanted=lambda one: not types or _type(one) in types,
    )


@operation("UpdateQuickConnectConfig")
def update_quick_connect_config(call: Call) -> Mapping[str, Any]:
    """Lead a quick connect elsewhere."""
    return change(call, _quick(call), doc={"QuickConnectConfig": _config(call)})


@operation("UpdateQuickConnectName")
def update_quick_connect_name(call: Call) -> Mapping[str, Any]:
    """Change name and description, those that are given."""
    doc = chosen(call.params, "Description")
    return change(call, _quick(call), name=call.params.get("Name"), doc=doc)


@operation("DeleteQuickConnect")
def delete_quick_connect(call: Call) -> Mapping[str, Any]:
    """Delete a quick connect."""
    resources.delete(call.tx, _quick(call))
    return {}


def described(call: Call, quick: Resource) -> dict[str, Any]:
    """A quick connect as DescribeQuickConnect and SearchQuickConnects show it."""
    return {
        "QuickConnectARN": call.arn(ids.QUICK_CONNECT, quick.id),
        "QuickConnectId": quick.id,
        "Name": quick.name,
        **chosen(quick.doc, "Description", "QuickConnectConfig"),
        "Tags": tags.get(call.tx, quick.id),
        **quick.changed,
    }


def _quick(call: Call) -> Resource:
    return resource_in(call, ids.QUICK_CONNECT, call.params["QuickConnectId"])


def _type(quick: Resource) -> str:
    return str(quick.doc["QuickConnectConfig"]["QuickConnectType"])


def _config(call: Call) -> dict[str, Any]:
    config: dict[str, Any] = dict(call.params["QuickConnectConfig"])
    if config["QuickConnectType"] == "USER":
        target = dict(config["UserConfig"])
        target["UserId"] = call.id_of(ids.USER, target["UserId"])
        if users.find(call.tx, call.instance.id, target["UserId"]) is None:
            raise not_found("The user of the quick connect was not found.")
        config["UserConfig"] = target
    if config["QuickConnectType"] == "QUEUE":
        target = dict(config["QueueConfig"])
        target["QueueId"] = resource_in(call, ids.QUEUE, target["QueueId"]).id
        config["QueueConfig"] = target
    return config
