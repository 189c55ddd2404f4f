"""Hierarchy groups and the structure of levels they stand in."""

from .. import ids
from ..call import Call
from ..document import Json, Members
from ..errors import in_use, invalid_request
from ..records import resources, users
from ..records.resources import Resource
from ..rules.organisation import LEVELS
from . import operation
from .crud import ResourceType, insert, reference, register, summary, update
from .references import resource_of
from .resource_search import COMMON_FIELDS


def path(call: Call, group: Resource) -> list[Resource]:
    """The groups from the top down to a group, itself included."""
    groups = [group]
    while groups[0].parent_id:
        parent = resources.find(call.tx, call.instance.id, ids.HIERARCHY_GROUP, groups[0].parent_id)
        if parent is None:
            break
        groups.insert(0, parent)
    return groups


def level(call: Call, depth: int) -> Resource | None:
    """The level of the structure at a depth (0 = level one), if it is there."""
    # A level's parent is its own place, so that two levels may have the same name.
    level_ids = resources.children(call.tx, call.instance.id, ids.HIERARCHY_LEVEL, LEVELS[depth])
    return (
        resources.find(call.tx, call.instance.id, ids.HIERARCHY_LEVEL, level_ids[0])
        if level_ids
        else None
    )


def _parent_id(call: Call) -> str:
    """The group to create one below; the structure must have a level for it."""
    parent = call.params.text("ParentGroupId")
    above = path(call, resource_of(call, ids.HIERARCHY_GROUP, parent)) if parent else []
    if len(above) == len(LEVELS):
        raise invalid_request("A hierarchy has at most five levels.")
    if level(call, len(above)) is None:
        raise invalid_request("The hierarchy structure has no level for the group.")
    return above[-1].id if above else ""


def _details(call: Call, group: Resource) -> Members:
    groups = path(call, group)
    return {
        "LevelId": ids.level_id(len(groups) - 1),
        "HierarchyPath": {
            name: summary(call, one) for name, one in zip(LEVELS, groups, strict=False)
        },
    }


def _check_deletion(call: Call, group: Resource) -> None:
    below = resources.children(call.tx, call.instance.id, ids.HIERARCHY_GROUP, group.id)
    if below:
        raise in_use("The hierarchy group has child groups.", "HIERARCHY_GROUP", below[0])
    user = users.holder(call.tx, call.instance.id, "hierarchy_group_id", group.id)
    if user:
        raise in_use("The hierarchy group has users.", "USER", user)


register(
    ResourceType(
        kind=ids.HIERARCHY_GROUP,
        noun="UserHierarchyGroup",
        quota="hierarchyGroups",
        parent_id=_parent_id,
        document=lambda _: {},
        details=_details,
        updates={"UpdateUserHierarchyGroupName": lambda call, group: {}},
        check_deletion=_check_deletion,
        search_fields={
            "name": COMMON_FIELDS["name"],
            "resourceid": COMMON_FIELDS["resourceid"],
            "parentid": lambda _, group: [group.parent_id],
            "levelid": lambda call, group: [ids.level_id(len(path(call, group)) - 1)],
        },
    )
)


@operation("DescribeUserHierarchyStructure")
def describe_user_hierarchy_structure(call: Call) -> Members:
    """The levels there are. Id and ARN of each are its number, whatever the store calls it."""
    structure: dict[str, Json] = {}
    for depth, name in enumerate(LEVELS):
        present = level(call, depth)
        if present:
            number = reference(call, ids.HIERARCHY_LEVEL, ids.level_id(depth))
            structure[name] = {**summary(call, present), **number}
    return {"HierarchyStructure": structure}


@operation("UpdateUserHierarchyStructure")
def update_user_hierarchy_structure(call: Call) -> Members:
    """Make the structure the given one; a level with groups cannot be removed."""
    structure = call.params.part("HierarchyStructure")
    deepest = max(
        (
            (len(path(call, group)), group.id)
            for group in resources.page(call.tx, call.instance.id, ids.HIERARCHY_GROUP)
        ),
        default=(0, ""),
    )
    for depth, place in enumerate(LEVELS):
        present, name = level(call, depth), structure.part(place).text("Name")
        if present and not name:
            if deepest[0] > depth:
                raise in_use("The hierarchy level has groups.", "HIERARCHY_GROUP", deepest[1])
            resources.delete(call.tx, present)
        elif present and name != present.name:
            update(call, present, {}, name=name)
        elif not present and name:
            insert(call, ids.HIERARCHY_LEVEL, name, {}, parent_id=place)
    return {}
