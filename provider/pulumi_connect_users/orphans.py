"""Users that carry a stack's mark and stand in no state: what an interrupted run may leave behind.

The next `pulumi up` adopts such a user; only where the resource is gone from the program, or the
stack from its backend, nobody does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .aws.instance import InstanceClient
from .core.arns import Arn, parse_arn
from .core.documents import read_json
from .core.errors import NotFound
from .core.ownership import (
    FILE_BACKEND_ORGANIZATION,
    OwnershipMark,
    mark_of_inputs,
    stack_label,
)

_AGENT = re.compile(
    r"arn:[a-z0-9-]+:connect:[a-z0-9-]+:\d{12}:instance/[^/\s\"\\]+(?:/agent/[^/\s\"\\]+)?"
)
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_URN = re.compile(r"urn:pulumi:(?P<stack>[^:]+)::(?P<project>[^:]+)::")
USER, BATCH = "/connect:User", "/connect:UserBatch"
"""How the types of resources that hold users end."""


@dataclass(frozen=True)
class Exported:
    """What exports of stacks tell."""

    stacks: frozenset[str]
    """The stacks' halves of the marks."""
    instances: frozenset[str]
    """ARNs of instances."""
    text: str
    """All of it: a user whose id stands anywhere in it is in state."""
    ids: frozenset[str]
    """What stands in it and looks like an id: to look through all of it takes a while each time."""

    def knows(self, user_id: str) -> bool:
        """Whether a state mentions the user, as a resource or inside a roster."""
        return user_id in self.ids or user_id in self.text


@dataclass(frozen=True)
class Orphan:
    """A user with a stack's mark that is in none of the states."""

    arn: Arn
    username: str
    mark: OwnershipMark
    modified: str
    """ISO 8601, empty where Connect does not tell."""

    @property
    def user_arn(self) -> str:
        """The user's ARN."""
        return f"{self.arn.instance_arn}/agent/{self.arn.id}"


def parse_exports(
    texts: Mapping[str, str], organization: str | None = None, owner_id: str | None = None
) -> Exported:
    """Reads what `pulumi stack export` wrote, by file name.

    A stack without a single user does not tell its mark: it is made from the URNs, `organization`
    and `owner_id` (`connect:ownerId`). Raises ValueError naming the file that is no export, or
    hides its users, and where no file says of which stack it is.
    """
    stacks: set[str] = set()
    for name, text in texts.items():
        resources = _resources(name, text)
        marks = {label for resource in resources for label in _labels(name, resource)}
        derived = _derived(resources, organization or FILE_BACKEND_ORGANIZATION, owner_id or "")
        stacks |= marks or set(derived)
    if not stacks:
        raise ValueError(
            f"reading {', '.join(texts)}: it has no resources, which alone say of which stack it "
            "is. Run `pulumi up` of that stack, of an empty program if need be, and export it then."
        )
    whole = "\n".join(texts.values())
    arns = (parse_arn(found) for found in _AGENT.findall(whole))
    instances = frozenset(arn.instance_arn for arn in arns if arn)
    return Exported(frozenset(stacks), instances, whole, frozenset(_ID.findall(whole)))


def _resources(name: str, text: str) -> list[Mapping[str, Any]]:
    try:
        resources = read_json(text)["deployment"].get("resources") or []
        if all(isinstance(resource, Mapping) for resource in resources):
            return list(resources)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        pass
    raise ValueError(
        f"reading {name}: it is no stack export. Write one with `pulumi stack export --file`."
    )


def _labels(name: str, resource: Mapping[str, Any]) -> Iterator[str]:
    """The mark of a user; a roster's batch has its own under the same key."""
    if not str(resource.get("type", "")).endswith((USER, BATCH)):
        return
    for side in ("inputs", "outputs"):
        held = resource.get(side) or {}
        ids = held.get("userIds")
        if isinstance(ids, Mapping) and "ciphertext" in ids:
            raise ValueError(
                f"reading {name}: its users' ids are secret, so that each would seem an orphan. "
                "Export it with `pulumi stack export --show-secrets`."
            )
        mark = mark_of_inputs(held)
        if mark is not None:
            yield mark.stack


def _derived(
    resources: Iterable[Mapping[str, Any]], organization: str, owner_id: str
) -> Iterator[str]:
    for resource in resources:
        match = _URN.match(str(resource.get("urn", "")))
        if match is not None:
            yield stack_label(organization, match["project"], match["stack"], owner_id)


def find_orphans(
    connect: InstanceClient,
    exported: Exported,
    progress: Callable[[int], None] = lambda count: None,
) -> Iterator[Orphan]:
    """The orphans of one instance, each confirmed by DescribeUser; `progress` counts users seen.

    The cost follows the stacks, not the instance: SearchUsers by their tag, 500 a page, and one
    DescribeUser for each user that no state knows.
    """
    seen = 0
    for stack in sorted(exported.stacks):
        for row in connect.marked(stack):
            seen += 1
            progress(seen)
            if exported.knows(str(row["Id"])):
                continue
            try:
                user = connect.describe(str(row["Id"]))
            except NotFound:
                continue  # the search's index lags behind
            arn = parse_arn(user.arn)
            if user.mark is not None and user.mark.stack == stack and arn is not None:
                modified = user.last_modified
                shown = modified.isoformat() if modified is not None else ""
                yield Orphan(arn, user.username, user.mark, shown)
