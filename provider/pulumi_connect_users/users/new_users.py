"""A user that this run is to make, beside those that there are: nobody to adopt, names alike."""

from __future__ import annotations

from typing import Any

from ..core.check_failure import Failure
from ..core.errors import ApiError, LookUpUnavailable
from ..core.lookups import Catalog, Lookups
from ..core.privacy import similar
from ..model.attributes import program_path
from .adopt import to_come
from .partial_user import missing_to_create
from .rules import Draft
from .rules.registry import refuse
from .rules.username import CASE_ALONE, KEEP_CASE
from .run.similar_usernames import SimilarUsernames, differs_in_case


def judge_newcomer(
    draft: Draft,
    instance_arn: Any,
    lookups: Lookups,
    similar_usernames: SimilarUsernames,
    failures: list[Failure],
    warnings: list[str],
) -> None:
    """Adds what is to be said; of a user in state only that a newcomer differs in case alone."""
    username = draft.get("username")
    if not (isinstance(username, str) and isinstance(instance_arn, str)):
        return
    new = draft.creates and to_come(draft) is not None
    others = _in_another_case(instance_arn, username, lookups) if new else []
    others = similar_usernames.meet(instance_arn, username, new=new, others=others)
    if new and similar_usernames.left(instance_arn, username):
        failures.append(refuse("username", CASE_ALONE, KEEP_CASE))
    elif new and draft.get("adopt"):
        if not others and similar_usernames.compares():
            others = _similar(instance_arn, username, lookups)
        _nobody_to_adopt(draft, others, failures, warnings)
    elif others and not any(failure.path == ("username",) for failure in failures):
        warnings.append(differs_in_case(others))


def _nobody_to_adopt(
    draft: Draft, others: list[str], failures: list[Failure], warnings: list[str]
) -> None:
    """Tells that `adopt=True` finds nobody, and who may be meant; refuses what cannot be made."""
    meant = f" Did you mean {' or '.join(others)}?" if others else ""
    needed = missing_to_create(draft.bag, draft.mode)
    if not needed:
        warnings.append(
            "no user of this name exists in this instance, so adopt=True will create a new one."
            + meant
        )
        return
    failures[:] = [f for f in failures if program_path(f.path) not in needed]
    cause = "no user of this name exists in this instance, so adopt=True has nobody to take over"
    remedy = f"Correct the name, or give what a new user needs: {', '.join(needed)}."
    failures.append(refuse("username", cause, remedy + meant))


def _in_another_case(instance_arn: str, username: str, lookups: Lookups) -> list[str]:
    """Users of the instance whose names differ in case alone."""
    return _users(instance_arn, lookups).in_another_case(username)


def _similar(instance_arn: str, username: str, lookups: Lookups) -> list[str]:
    """The users of the instance whose names are nearest."""
    return similar(username, _users(instance_arn, lookups).names.values(), 3)


def _users(instance_arn: str, lookups: Lookups) -> Catalog:
    """All users by id; none where they cannot be listed, since this only helps to see a typo."""
    try:
        return lookups.users(instance_arn)
    except (ApiError, LookUpUnavailable):
        return Catalog()
