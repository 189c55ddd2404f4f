"""Periods and grants: complete and in order."""

from collections import Counter
from collections.abc import Iterator

from ...core.arns import last_part
from ...core.check_failure import Failure
from ...core.properties import Properties, Value, structures, text
from ...core.unknowns import UNKNOWN
from ...model.in_time import Period
from ..declared_user import DeclaredUser
from .registry import UPDATE_SECURITY, refuse, rule

_NAME, _ID = "securityProfile", "securityProfileId"


@rule("A roster's user starts before expiring.", UPDATE_SECURITY, kind="ours")
def period_in_order(user: DeclaredUser) -> Iterator[Failure]:
    if not _in_order(user.get("starts"), user.get("expires")):
        yield refuse("expires", "is before starts", "Correct one of the two.")


@rule("A grant names one security profile and its end.", UPDATE_SECURITY, kind="ours")
def grant_complete(user: DeclaredUser) -> Iterator[Failure]:
    for where, entry in user.entries("grants"):
        named = [key for key in (_NAME, _ID) if entry.get(key) is not None]
        if not named and not {f"grants.{_NAME}", f"grants.{_ID}"} & user.refused:
            yield refuse((*where, _NAME), "is missing", "Give it, or security_profile_id.")
        elif len(named) > 1:
            cause = "is given together with security_profile_id"
            yield refuse((*where, _NAME), cause, "Keep one of the two.")
        if entry.get("until") is None and "grants.until" not in user.refused:
            yield refuse((*where, "until"), "is missing", "Give the last day.")


@rule("A grant starts before it ends.", UPDATE_SECURITY, kind="ours")
def grant_in_order(user: DeclaredUser) -> Iterator[Failure]:
    for where, entry in user.entries("grants"):
        if not _in_order(entry.get("starts"), entry.get("until")):
            yield refuse((*where, "until"), "is before starts", "Correct one of the two.")


@rule("A security profile is granted once from the same start.", UPDATE_SECURITY, kind="ours")
def grant_unique(user: DeclaredUser) -> Iterator[Failure]:
    known = (g for g in structures(user.get("grants")) if g.get("starts") is not UNKNOWN)
    grants = Counter((text(g.get(_NAME)) or _bare_id(g), text(g.get("starts"))) for g in known)
    for (profile, _), count in grants.items():
        if count > 1 and profile:
            cause = f"give {profile} {count} times from the same start"
            yield refuse("grants", cause, "Keep one.")


def _bare_id(grant: Properties) -> str:
    return last_part(text(grant.get(_ID)) or "")


def _in_order(starts: Value, ends: Value) -> bool:
    try:
        period = Period.of(starts, ends)
    except ValueError:
        return True  # the model refuses it
    return period.start is None or period.end is None or period.start < period.end
