"""What the rules say of a draft, without what is refused already and what the user has already."""

from __future__ import annotations

from collections.abc import Iterator

from ..core.check_failure import Failure, Finding
from ..core.unknowns import get
from .flex import flatten_user
from .partial_user import has_already
from .rules import RULES, Draft


def judge(draft: Draft) -> Iterator[Finding]:
    """Each finding that is news; whether it refuses is for the settings to say."""
    for rule in RULES:
        for finding in rule.judge(draft):
            if already_refused(finding.found, draft):
                continue
            proven = finding.kind != "enforced" and _is_there_already(finding.found, draft)
            if not (proven or has_already(finding.found, draft)):
                yield finding


def wire_path(failure: Failure) -> str:
    """Where a failure is, as the model names it: without places in lists."""
    return ".".join(part for part in failure.path if isinstance(part, str))


def already_refused(failure: Failure, draft: Draft) -> bool:
    """Whether the model refused this very value, or what it is in: one reason is enough."""
    wire = wire_path(failure)
    return any(wire == path or wire.startswith(path + ".") for path in draft.refused)


def _is_there_already(failure: Failure, draft: Draft) -> bool:
    """Whether the user has this very value already: that Connect accepts it is proven."""
    if not draft.exists:
        return False
    had = draft.old or {}
    if draft.existing is not None:
        had = flatten_user(draft.existing, draft.values, [])
    # Names are judged one by one, other structures as wholes.
    where = failure.path[: 2 if failure.path[:1] == ("identityInfo",) else 1]
    new, old = get(draft.bag, where), get(had, where)
    if isinstance(new, list) and isinstance(old, list):
        # A set: its entries have no places of their own.
        entry = get(draft.bag, failure.path[:2])
        return entry in old or all(e in old for e in new)
    return bool(new == old)
