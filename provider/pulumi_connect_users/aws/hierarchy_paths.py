"""The hierarchy groups of an instance with those above them: a call for each 100 groups."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from ..live_data.model import LEVELS
from .pagination import HIERARCHY_GROUPS, Call, rows

if TYPE_CHECKING:
    from types_boto3_connect.type_defs import HierarchyGroupTypeDef

_PAGE: Final = 100
"""Most results of SearchUserHierarchyGroups (API reference)."""


def hierarchy_paths(call: Call) -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, str]]:
    """Id of each group -> the ids from the top to it, and -> its path of names."""
    groups = rows(call, HIERARCHY_GROUPS, MaxResults=_PAGE)
    paths = {group["Id"]: _path(group) for group in groups}
    ids = {i: tuple(one for one, _ in path) for i, path in paths.items()}
    return ids, {i: "/".join(name for _, name in path) for i, path in paths.items()}


def _path(group: HierarchyGroupTypeDef) -> list[tuple[str, str]]:
    """Ids and names from the top."""
    levels = group.get("HierarchyPath") or {}
    above = [levels[level] for level in LEVELS if levels.get(level)]
    path = [(one["Id"], one["Name"]) for one in above if one.get("Id")]
    return path or [(group["Id"], group.get("Name", ""))]
