"""Taking over an existing user: whom, and what that changes, told at the preview."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..core.check_failure import Failure
from ..core.errors import LookUpUnavailable
from ..core.lookups import Lookups
from ..core.ownership import mark_of_inputs, mark_of_tags, whose
from ..core.unknowns import known_only
from ..model.attributes import program_path
from .flex import flatten_user
from .plan import plan
from .rules import Draft
from .rules.registry import refuse
from .run.username_claims import UsernameClaims


def to_adopt(
    draft: Draft, instance_arn: Any, lookups: Lookups, warnings: list[str]
) -> tuple[Mapping[str, Any] | None, bool]:
    """The user that `adopt=True` will take over, and whether there may be one that is not seen.

    None for a replacement that keeps the username: the user of that name is the one that goes.
    """
    if not (draft.get("adopt") and _moves(draft)):
        return None, False
    username = to_come(draft)
    if username is None or not isinstance(instance_arn, str):
        # Not known yet, or refused already.
        return None, True
    try:
        return lookups.find_user(instance_arn, username), False
    except LookUpUnavailable as error:
        warnings.append(
            f"whether there is a user to take over was not looked up: {str(error).rstrip('.')}. "
            "What taking it over changes is not shown, and what a new user needs is not judged."
        )
        return None, True


def taken(
    draft: Draft, instance_arn: Any, lookups: Lookups, claims: UsernameClaims | None
) -> list[Failure]:
    """Why a user to come cannot have its username: somebody else's user has it.

    Ours already is one that an interrupted run has made, or that is replaced. Another resource of
    this program may give the name up in this very run; what cannot be looked up is left to the
    creation.
    """
    username = to_come(draft)
    if draft.get("adopt") or not username or not isinstance(instance_arn, str):
        return []
    try:
        existing = lookups.find_user(instance_arn, username)
    except LookUpUnavailable:
        return []
    if existing is None or is_ours(existing, draft):
        return []
    theirs, mark = mark_of_tags(existing.get("Tags") or {}), mark_of_inputs(draft.values)
    if theirs is not None and claims and claims.gives_up(instance_arn, theirs, username):
        return []
    return [refuse("username", *whose(theirs, mark))]


def to_come(draft: Draft) -> str | None:
    """The username of a user whom this run is to make, None where the user is there already."""
    username = draft.get("username")
    return username if _moves(draft) and isinstance(username, str) else None


def _moves(draft: Draft) -> bool:
    """Whether the username, or its instance, is another one than before."""
    return any(draft.get(key) != draft.was(key) for key in ("username", "instanceArn"))


def adoption(
    existing: Mapping[str, Any],
    inputs: Mapping[str, Any],
    lookups: Lookups,
    failures: list[Failure],
    warnings: list[str],
) -> dict[str, Any]:
    """What taking over changes, for previews, reports and policies; what it cannot, refused."""
    known = known_only(inputs)
    proficiencies = None
    if known.get("proficiencies"):
        try:
            proficiencies = lookups.proficiencies(str(inputs["instanceArn"]), str(existing["Id"]))
        except LookUpUnavailable as error:
            warnings.append(
                f"whether taking it over changes proficiencies was not looked up: {error}"
            )
    found = plan(flatten_user(existing, known, proficiencies), known)
    failures += [
        refuse(
            key,
            "is not that of the user that adopt=True would take over, and no call changes it",
            "Give the value that the user has.",
        )
        for key in found.replaces
    ]
    return {
        "userArn": str(existing["Arn"]),
        "changes": sorted(program_path(tuple(path.split("."))) for path in found.changed),
    }


def is_ours(existing: Mapping[str, Any], draft: Draft) -> bool:
    """Whether the user carries our own mark: made by a run that was interrupted, or replaced."""
    mark = mark_of_inputs(draft.values)
    return mark is not None and mark == mark_of_tags(existing.get("Tags") or {})
