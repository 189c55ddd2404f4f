"""Users that carry a stack's mark and are in no state, as an interrupted run may leave them.

The next `pulumi up` adopts such a user, unless the resource was removed from the program or the
stack from its backend.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from .aws.instance import InstanceClient
from .core.arns import Arn, parse_arn, user_arn
from .core.documents import read_json
from .core.errors import NotFound
from .core.ownership import (
    FILE_BACKEND_ORGANIZATION,
    SUSPENDED_TAG,
    OwnershipMark,
    mark_of_inputs,
    stack_label,
)
from .core.properties import Properties
from .core.user_resources import OWN_USERS, ROSTERS

_AGENT = re.compile(
    r"arn:[a-z0-9-]+:connect:[a-z0-9-]+:\d{12}:instance/[^/\s\"\\]+(?:/agent/[^/\s\"\\]+)?"
)
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_URN = re.compile(r"urn:pulumi:(?P<stack>[^:]+)::(?P<project>[^:]+)::")


@dataclass(frozen=True)
class Exported:
    """Stack exports."""

    stacks: frozenset[str]
    """The stacks' halves of the marks."""
    instances: frozenset[str]
    """ARNs of instances."""
    text: str
    """All of it: a user whose id stands anywhere in it is in state."""
    ids: frozenset[str]
    """All texts in it that look like an id: searching the whole text each time is slow."""

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
    """ISO 8601, empty where Connect returns none."""

    @property
    def user_arn(self) -> str:
        """The user's ARN."""
        return user_arn(self.arn.instance_arn, self.arn.id)


def parse_exports(
    texts: Mapping[str, str], organization: str | None = None, owner_id: str | None = None
) -> Exported:
    """Reads what `pulumi stack export` wrote, by file name.

    The mark of a stack without users is derived from the URNs, `organization` and `owner_id`
    (`connect:ownerId`). Raises ValueError naming the file that is not an export or hides its
    users, and where no file has resources.
    """
    named_by = organization or FILE_BACKEND_ORGANIZATION
    stacks: set[str] = set()
    for name, text in texts.items():
        resources = _resources(name, text)
        marks = {label for resource in resources for label in _labels(name, resource)}
        stacks |= marks or {
            stack_label(named_by, match["project"], match["stack"], owner_id or "")
            for resource in resources
            if (match := _URN.match(str(resource.get("urn", ""))))
        }
    if not stacks:
        raise ValueError(
            f"reading {', '.join(texts)}: without resources the stack is not known. "
            "Run `pulumi up` of that stack (an empty program will do), then export it again."
        )
    whole = "\n".join(texts.values())
    arns = (parse_arn(match) for match in _AGENT.findall(whole))
    instances = frozenset(arn.instance_arn for arn in arns if arn)
    return Exported(frozenset(stacks), instances, whole, frozenset(_ID.findall(whole)))


def _resources(name: str, text: str) -> list[Properties]:
    try:
        resources = read_json(text)["deployment"].get("resources") or []
        if all(isinstance(resource, Mapping) for resource in resources):
            return list(resources)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        pass
    raise ValueError(
        f"reading {name}: it is not a stack export. Write one with `pulumi stack export --file`."
    )


def _labels(name: str, resource: Properties) -> Iterator[str]:
    """The mark of a user; a roster's batch has its own under the same key."""
    if resource.get("type") not in (*OWN_USERS, *ROSTERS):
        return
    for side in ("inputs", "outputs"):
        held = resource.get(side)
        if not isinstance(held, Mapping):
            continue
        ids = held.get("userIds")
        if isinstance(ids, Mapping) and "ciphertext" in ids:
            raise ValueError(
                f"reading {name}: users' ids are secret. Use `pulumi stack export --show-secrets`."
            )
        mark = mark_of_inputs(held)
        if mark is not None:
            yield mark.stack


def find_orphans(
    connect: InstanceClient,
    exported: Exported,
    progress: Callable[[int], None] = lambda count: None,
) -> Iterator[Orphan]:
    """The orphans of one instance, each confirmed by DescribeUser; `progress` counts users seen.

    The cost follows the stacks, not the instance: SearchUsers by their tag, 500 a page, and one
    DescribeUser for each user that is in no state.
    """
    seen = 0
    for stack in sorted(exported.stacks):
        for row in connect.marked(stack):
            seen += 1
            progress(seen)
            if exported.knows(row["Id"]):
                continue
            if SUSPENDED_TAG in row.get("Tags", {}):
                continue  # its stack suspended it: `connect-users purge` is for these
            try:
                user = connect.describe(row["Id"])
            except NotFound:
                continue  # the search's index lags behind
            arn = parse_arn(user.arn)
            if user.mark is not None and user.mark.stack == stack and arn is not None:
                modified = user.last_modified
                shown = modified.isoformat() if modified is not None else ""
                yield Orphan(arn, user.username, user.mark, shown)
