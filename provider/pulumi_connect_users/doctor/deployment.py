"""A stack's state: interrupted operations, and users that it lost."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from typing import Any

from ..core.arns import last_part
from ..core.documents import read_json
from ..core.messages import counted
from ..core.ownership import mark_of_inputs
from ..core.user_resources import OWN_USERS, ROSTERS
from ..iam.usage import Usage, read_usage
from .finding import Finding, ok, warning


@dataclass(frozen=True)
class Deployment:
    """What doctor needs of `pulumi stack export`."""

    pending: tuple[str, ...]
    """Types and names of the resources of pending operations."""
    stacks: frozenset[str]
    """Values of the stack's tag that its users carry."""
    instances: tuple[str, ...]
    user_ids: frozenset[str]
    usage: Usage | None
    """What the stack does with users, for the permissions; None where it has none."""


def parse_deployment(text: str) -> Deployment:
    """The deployment; ValueError if the text is not one."""
    try:
        content = read_json(text)["deployment"]
        resources = content.get("resources") or []
        pending = content.get("pending_operations") or []
        urns = [str((one.get("resource") or {}).get("urn", "?")) for one in pending]
        named = tuple(
            f"{one.get('type', 'an operation')} of {urn.rsplit('::', 1)[-1]}"
            for one, urn in zip(pending, urns, strict=True)
        )
        return Deployment(named, *_users(resources), usage=_usage(text))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ValueError("it is not what `pulumi stack export` prints") from None


def _usage(text: str) -> Usage | None:
    try:
        return read_usage(text)
    except ValueError:
        return None


def _users(
    resources: Iterable[Mapping[str, Any]],
) -> tuple[frozenset[str], tuple[str, ...], frozenset[str]]:
    stacks, ids = set[str](), set[str]()
    instances: dict[str, None] = {}
    for resource in resources:
        kind = str(resource.get("type", ""))
        outputs = resource.get("outputs") or resource.get("inputs") or {}
        if kind not in (*OWN_USERS, *ROSTERS):
            continue
        if mark := mark_of_inputs(outputs):
            stacks.add(mark.stack)
        if arn := outputs.get("instanceArn"):
            instances[str(arn)] = None
        if kind in OWN_USERS:
            ids.add(last_part(str(resource.get("id", ""))))
        known = outputs.get("userIds")
        if isinstance(known, Mapping):
            ids |= {last_part(str(user_id)) for user_id in known.values()}
    return frozenset(stacks), tuple(instances), frozenset(ids)


def pending(deployment: Deployment) -> Finding:
    """Whether a run was interrupted."""
    if not deployment.pending:
        return ok("pending operations", "none")
    return warning(
        "pending operations",
        f"{len(deployment.pending)}: {', '.join(deployment.pending)}",
        "Run `pulumi cancel` if no run is active, then `pulumi up`: it recognises what was made. "
        "If they are still reported, `pulumi refresh --clear-pending-creates` forgets the rest.",
    )


def orphans(deployment: Deployment, marked: Set[str]) -> Finding:
    """Users with this stack's mark that its state does not hold; `marked` are users' ids."""
    lost = sorted(marked - deployment.user_ids)
    if not lost:
        return ok("orphans", f"none among {counted(len(marked), 'marked user')}")
    shown = ", ".join(lost[:5]) + (f" and {len(lost) - 5} more" if len(lost) > 5 else "")
    return warning(
        "orphans",
        f"{counted(len(lost), 'user')} with this stack's mark not in its state: {shown}",
        "Run `pulumi up` with the program that declares them, which adopts them, or list them with "
        "`connect-users orphans`.",
    )
