"""Hierarchy groups and the structure of levels they stand in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .. import ids
from ..call import Call
from ..errors import in_use, invalid_request
from ..records import resources, tags, users
from ..records.resources import Resource
from ..rules.organisation import LEVELS
from . import operation
from .crud import change, create
from .paging import listing, named
from .references import resource_in


@operation("CreateUserHierarchyGroup")
def create_user_hierarchy_group(call: Call) -> Mapping[str, Any]:
    """Create a group at the level below its parent, or at level one.

    The structure must have that level.
    """
    parent = call.params.get("ParentGroupId")
    above = path(call, resource_in(call, ids.HIERARCHY_GROUP, parent)) if parent else []
    if len(above) == len(LEVELS):
        raise invalid_request("A hierarchy has at most five levels.")
    if level(call, len(above)) is None:
        raise invalid_request("The hierarchy structure has no level for the group.")
    group_id = create(
        call,
        ids.HIERARCHY_GROUP,
        call.params["Name"],
        {},
        parent_id=above[-1].id if above else "",
        quota="hierarchyGroups",
    )
    return {
        "HierarchyGroupId": group_id,
        "HierarchyGroupArn": call.arn(ids.HIERARCHY_GROUP, group_id),
    }


@operation("DescribeUserHierarchyGroup")
def describe_user_hierarchy_group(call: Call) -> Mapping[str, Any]:
    """A group with its path from the top."""
    group = resource_in(call, ids.HIERARCHY_GROUP, call.params["HierarchyGroupId"])
    return {"HierarchyGroup": described(call, group)}


@operation("ListUserHierarchyGroups")
def list_user_hierarchy_groups(call: Call) -> Mapping[str, Any]:
    """The groups of every level, by page, without their paths."""
    return listing(
        call, ids.HIERARCHY_GROUP, "UserHierarchyGroupSummaryList", lambda one: named(call, one)
    )


@operation("UpdateUserHierarchyGroupName")
def update_user_hierarchy_group_name(call: Call) -> Mapping[str, Any]:
    """Rename a group."""
    group = resource_in(call, ids.HIERARCHY_GROUP, call.params["HierarchyGroupId"])
    return change(call, group, name=call.params["Name"])


@operation("DeleteUserHierarchyGroup")
def delete_user_hierarchy_group(call: Call) -> Mapping[str, Any]:
    """Delete a group that has neither users nor groups below it."""
    group = resource_in(call, ids.HIERARCHY_GROUP, call.params["HierarchyGroupId"])
    below = resources.children(call.tx, call.instance.id, ids.HIERARCHY_GROUP, group.id)
    if below:
        raise in_use("The hierarchy group has child groups.", "HIERARCHY_GROUP", below[0])
    user = users.holders(call.tx, call.instance.id, "hierarchy_group_id", group.id)
    if user:
        raise in_use("The hierarchy group has users.", "USER", user)
    resources.delete(call.tx, group)
    return {}


@operation("DescribeUserHierarchyStructure")
def describe_user_hierarchy_structure(call: Call) -> Mapping[str, Any]:
    """The levels there are."""
    levels = {name: level(call, depth) for depth, name in enumerate(LEVELS)}
    return {
        "HierarchyStructure": {
            name: named(call, one) | _place(call, depth)
            for depth, (name, one) in enumerate(levels.items())
            if one
        }
    }


@operation("UpdateUserHierarchyStructure")
def update_user_hierarchy_structure(call: Call) -> Mapping[str, Any]:
    """Add, rename and remove levels: the structure becomes the given one.

    A level with groups cannot go.
    """
    wanted = call.params["HierarchyStructure"]
    deepest = max(
        (
            (len(path(call, group)), group.id)
            for group in resources.page(call.tx, call.instance.id, ids.HIERARCHY_GROUP)
        ),
        default=(0, ""),
    )
    for depth, name in enumerate(LEVELS):
        present, given = level(call, depth), wanted.get(name)
        if present and not given:
            if deepest[0] > depth:
                raise in_use("The hierarchy level has groups.", "HIERARCHY_GROUP", deepest[1])
            resources.delete(call.tx, present)
        elif given and present:
            if given["Name"] != present.name:
                change(call, present, name=given["Name"])
        elif given:
            create(call, ids.HIERARCHY_LEVEL, given["Name"], {}, parent_id=name)
    return {}


def level(call: Call, depth: int) -> Resource | None:
    """The level of the structure at a depth (0 = level one), if it is there."""
    # A level's parent is its own place, so that two levels may have the same name.
    found = resources.children(call.tx, call.instance.id, ids.HIERARCHY_LEVEL, LEVELS[depth])
    return (
        resources.find(call.tx, call.instance.id, ids.HIERARCHY_LEVEL, found[0]) if found else None
    )


def _place(call: Call, depth: int) -> dict[str, str]:
    """Id and ARN of a level: its number, whatever the store calls it."""
    number = ids.level_id(depth)
    return {"Id": number, "Arn": call.arn(ids.HIERARCHY_LEVEL, number)}


def path(call: Call, group: Resource) -> list[Resource]:
    """The groups from the top down to a group, itself included."""
    found = [group]
    while found[0].parent_id:
        parent = resources.find(call.tx, call.instance.id, ids.HIERARCHY_GROUP, found[0].parent_id)
        if parent is None:
            break
        found.insert(0, parent)
    return found


def described(call: Call, group: Resource) -> dict[str, Any]:
    """A group as DescribeUserHierarchyGroup and SearchUserHierarchyGroups show it."""
    groups = path(call, group)
    return {
        **named(call, group),
        "LevelId": ids.level_id(len(groups) - 1),
        "HierarchyPath": {
            name: named(call, one) for name, one in zip(LEVELS, groups, strict=False)
        },
        "Tags": tags.get(call.tx, group.id),
    }
