"""Security profiles for a time: check adds those whose time it is to those that stay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final, TypeAlias

from ..core.check_failure import Remarks
from ..core.lookups import Kind, Lookups
from ..core.properties import Properties, entries
from ..core.unknowns import UNKNOWN, Path, Unknown, unknown_paths
from ..model.in_time import Period
from ..model.references import SECURITY_PROFILES
from .declared_user import DeclaredUser
from .resolve import Pair, References, Resolution, in_state
from .rules.registry import refuse

GRANTS: Final = "grants"
STANDING: Final = "standingSecurityProfileIds"
_Id: TypeAlias = str | Unknown
_Name: TypeAlias = str | Unknown | None
_ID: Final = "securityProfileId"
OF_GRANTS: Final = {"securityProfile": False, _ID: True}
"""The members of a grant that name its security profile, and whether by id."""
_MOST: Final = 10
"""Source: API reference, CreateUser."""


def with_grants(
    resolution: Resolution, user: DeclaredUser, lookups: Lookups, now: datetime
) -> Resolution:
    """The resolved references, with the security profiles that grants give now.

    A grant that is over is not looked up: its profile may be gone. One to come is.
    """
    if user.declared.get(GRANTS) in (None, []) or _is_refused(user):
        return resolution
    ids = resolution.values.get(SECURITY_PROFILES.id)
    if ids is None:
        # Defaults of a program that no file shows may have them: check alone can tell.
        return resolution if _declares_standing(user) else resolution + _NO_STANDING
    if any(True for _ in unknown_paths({GRANTS: user.declared.get(GRANTS), "ids": ids})):
        unknown = dict.fromkeys((SECURITY_PROFILES.id, SECURITY_PROFILES.fact, STANDING), UNKNOWN)
        return replace(resolution, values={**resolution.values, **unknown})
    held, to_come, remarks = dict(_pairs(resolution.values)), dict[_Id, _Name](), Remarks()
    references = References(user, lookups, Kind.SECURITY_PROFILE, SECURITY_PROFILES)
    for path, entry in user.entries(GRANTS):
        period = Period.of(entry.get("starts"), entry.get("until"))
        if period.is_over(now):
            continue
        (identifier, name), found = _resolve(path, entry, references)
        remarks += found
        (held if period.holds(now) else to_come).setdefault(identifier, name)
    if len({**held, **to_come}) > _MOST and not remarks.failures:
        cause = f"lead to more than {_MOST} security profiles at once"
        remarks += Remarks.refusing(refuse(GRANTS, cause, "Remove some."))
    effective = in_state(SECURITY_PROFILES, list(held.items()))
    values = {k: v for k, v in resolution.values.items() if k != SECURITY_PROFILES.fact}
    return Resolution({**values, **effective, STANDING: ids}, resolution.remarks + remarks)


_NO_STANDING: Final = Resolution(
    remarks=Remarks.refusing(
        refuse(
            GRANTS,
            "need security profiles that stay when they end",
            "Give security_profiles or security_profile_ids.",
        )
    )
)


def _declares_standing(user: DeclaredUser) -> bool:
    return user.has(SECURITY_PROFILES.id) or user.has(SECURITY_PROFILES.name)


def _is_refused(user: DeclaredUser) -> bool:
    return any(path.partition(".")[0] == GRANTS for path in user.refused)


def _pairs(values: Properties) -> Iterator[Pair]:
    ids = entries(values.get(SECURITY_PROFILES.id))
    names = entries(values.get(SECURITY_PROFILES.fact))
    for place, identifier in enumerate(ids):
        name = names[place] if place < len(names) else None
        if isinstance(identifier, str):
            yield identifier, name if isinstance(name, str) else None


def _resolve(path: Path, entry: Properties, references: References) -> tuple[Pair, Remarks]:
    key = _ID if entry.get(_ID) is not None else "securityProfile"
    return references.resolve_one((*path, key), entry.get(key), by_id=key == _ID)
