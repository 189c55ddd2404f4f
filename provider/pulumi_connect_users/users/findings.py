"""What the rules say of a user, without what is refused already or Connect has accepted."""

from __future__ import annotations

from collections.abc import Iterator

from ..core.check_failure import Failure, Finding
from ..core.unknowns import get
from .declared_user import DeclaredUser
from .flex import flatten_user
from .inputs import UserInputs
from .partial_user import has_already
from .rules import RULES


def judge(user: DeclaredUser) -> Iterator[Finding]:
    """Each new finding; whether it refuses depends on the settings."""
    for rule in RULES:
        for finding in rule.judge(user):
            if already_refused(finding.found, user):
                continue
            proven = finding.kind != "enforced" and _is_accepted(finding.found, user)
            if not (proven or has_already(finding.found, user)):
                yield finding


def wire_path(failure: Failure) -> str:
    """Where a failure is, as the model names it: without places in lists."""
    return ".".join(part for part in failure.path if isinstance(part, str))


def already_refused(failure: Failure, user: DeclaredUser) -> bool:
    """Whether the model has refused this value, or the structure it is in."""
    wire = wire_path(failure)
    return any(wire == path or wire.startswith(path + ".") for path in user.refused)


def _is_accepted(failure: Failure, user: DeclaredUser) -> bool:
    """Whether the user has this value already: Connect has accepted it."""
    if not user.exists:
        return False
    existing: UserInputs | None = user.old_inputs
    if user.existing is not None:
        existing = flatten_user(user.existing, UserInputs.decode(user.values), [])
    # Names are judged one by one, other structures as wholes.
    where = failure.path[: 2 if failure.path[:1] == ("identityInfo",) else 1]
    new, old = get(user.declared, where), existing and get(existing.properties, where)
    if isinstance(new, list) and isinstance(old, list):
        # A set: its entries have no places of their own.
        entry = get(user.declared, failure.path[:2])
        return entry in old or all(e in old for e in new)
    return new == old
