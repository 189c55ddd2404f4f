"""A new user compared with the existing ones: none to adopt, or a similar username."""

from __future__ import annotations

from dataclasses import replace

from ..core.check_failure import Remarks
from ..core.errors import ApiError, LookUpUnavailable
from ..core.lookups import Catalog, Lookups
from ..core.privacy import similar
from ..model.attributes import program_path
from .adopt import new_username
from .declared_user import DeclaredUser
from .partial_user import missing_to_create
from .rules.registry import refuse
from .rules.username import CASE_ALONE, KEEP_CASE
from .run.similar_usernames import SimilarUsernames, differs_in_case


def with_similar_users(
    remarks: Remarks, user: DeclaredUser, lookups: Lookups, similar_usernames: SimilarUsernames
) -> Remarks:
    """The remarks on a user, completed by what other users mean for it.

    On a user in state only that a new one differs in case alone.
    """
    username, arn = user.text("username"), user.instance_arn
    if username is None or not isinstance(arn, str):
        return remarks
    new = user.creates and new_username(user) is not None
    others = _users(arn, lookups).in_another_case(username) if new else []
    others = similar_usernames.meet(arn, username, new=new, others=others)
    if new and similar_usernames.left(arn, username):
        return remarks + Remarks.refusing(refuse("username", CASE_ALONE, KEEP_CASE))
    if new and user.get("adopt"):
        if not others and similar_usernames.compares():
            others = similar(username, _users(arn, lookups).names.values(), 3)
        return _without_adoptee(remarks, user, others)
    if others and not any(failure.path == ("username",) for failure in remarks.failures):
        return remarks + Remarks.warning(differs_in_case(others))
    return remarks


def _without_adoptee(remarks: Remarks, user: DeclaredUser, others: list[str]) -> Remarks:
    """Says that there is no user to adopt; one refusal for all that a new user would need."""
    meant = f" Did you mean {' or '.join(others)}?" if others else ""
    cause = "no user of this name exists in this instance, so adopt=True "
    needed = missing_to_create(user.declared, user.identity_type)
    if not needed:
        return remarks + Remarks.warning(f"{cause}will create a new one.{meant}")
    remedy = f"Correct the name, or give what a new user needs: {', '.join(needed)}.{meant}"
    rest = tuple(f for f in remarks.failures if program_path(f.path) not in needed)
    refusal = refuse("username", f"{cause}has no user to adopt", remedy)
    return replace(remarks, failures=(*rest, refusal))


def _users(instance_arn: str, lookups: Lookups) -> Catalog:
    """All users by id; none where they cannot be listed, since this only helps to see a typo."""
    try:
        return lookups.users(instance_arn)
    except (ApiError, LookUpUnavailable):
        return Catalog()
