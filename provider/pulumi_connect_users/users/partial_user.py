"""A part of a user: a program declares some attributes of a user that exists, others the rest.

Supervisors move agents between routing profiles, an identity provider assigns security profiles:
what is not declared is theirs. Such a user is never created, replaced or deleted here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ..core.check_failure import Failure
from ..core.errors import LookUpUnavailable
from ..core.lookups import REFERENCES, Lookups
from ..core.unknowns import UNKNOWN, Path, get
from ..core.user_resources import PART as PART
from ..model.attributes import by_wire, program_path
from ..model.base import camel_to_pascal
from ..model.references import OF_USER, ROUTING_PROFILE, SECURITY_PROFILES, Reference
from .ignore_drift import ignored
from .rules import Draft
from .rules.registry import refuse

_NAMES: Final[tuple[Path, ...]] = (("identityInfo", "firstName"), ("identityInfo", "lastName"))
_KINDS: Final = {reference.id: kind for kind, reference in REFERENCES.items()}


def is_partial(state: Mapping[str, Any] | None) -> bool:
    """Whether inputs or outputs are those of a part of a user."""
    return state is not None and PART in state


def missing(values: Mapping[str, Any], mode: object) -> list[Path]:
    """What a whole user declares and these inputs do not, as wire paths."""
    found: list[Path] = [
        (reference.name,)
        for reference in (ROUTING_PROFILE, SECURITY_PROFILES)
        if values.get(reference.id) is None and values.get(reference.name) is None
    ]
    if mode != "EXISTING_DIRECTORY":
        found += [path for path in _NAMES if get(values, path) is None]
    return found


def missing_to_create(values: Mapping[str, Any], mode: object) -> list[str]:
    """What CreateUser needs besides these inputs, as a program spells it."""
    paths = missing(values, mode)
    passwords = (values.get("password"), values.get("initialPassword"))
    if mode == "CONNECT_MANAGED" and passwords == (None, None):
        paths.append(("password",))
    return [program_path(path) for path in paths]


def declares_part(draft: Draft) -> bool:
    """Whether the program declares less than a whole user, and means to.

    A part in state stays one after `adopt` has gone from the program, until all is declared.
    """
    if not missing(draft.bag, draft.mode):
        return False
    return bool(draft.get("adopt")) or is_partial(draft.old)


def refused_replacement(draft: Draft) -> list[Failure]:
    """Why a part cannot become another user: this one is not the program's to delete."""
    if not (is_partial(draft.old) or declares_part(draft)):
        return []
    return [
        refuse(
            key,
            "has changed, which replaces the user, but only a part of a user is declared",
            "Put it back. For another user add another resource: removing this one does not delete "
            "the user.",
        )
        for key in draft.replaced
        if draft.bag.get(key) is not UNKNOWN
    ]


def has_already(failure: Failure, draft: Draft) -> bool:
    """Whether the user has the very name or address that a rule refuses: Connect accepted it."""
    path = failure.path
    value = get(draft.values, path) if path[:1] in (("username",), ("identityInfo",)) else None
    if value is None:
        return False
    if draft.old is not None and not draft.replaces:
        return bool(value == get(draft.old, path))
    return bool(value == get(draft.existing, tuple(camel_to_pascal(str(part)) for part in path)))


def left_to_others(live: Mapping[str, Any], declared: Mapping[str, Any]) -> dict[str, Any]:
    """What `PART` holds: ids of DescribeUser's answer that inputs or outputs do not declare."""
    return {r.id: _ids(r, live) for r in OF_USER if r.id not in declared}


def _ids(reference: Reference, live: Mapping[str, Any]) -> Any:
    ids = live.get(camel_to_pascal(reference.id))
    return sorted(ids or []) if reference.many else ids or ""


def facts_of_part(draft: Draft, inputs: Mapping[str, Any], lookups: Lookups) -> dict[str, Any]:
    """`PART` and the names of what it holds, for policies and reports; nothing for a whole user.

    From the user at its adoption, from state later: a refresh renews them. What cannot be looked
    up is left out.
    """
    if not declares_part(draft):
        return {}
    old = draft.old or {}
    held = {
        r.id: ids for r in OF_USER if r.id not in inputs and (ids := _known(r, draft)) is not None
    }
    facts = {r.fact: old[r.fact] for r in OF_USER if held.get(r.id) and r.fact in old}
    if any(r.id not in inputs and r.id not in held for r in OF_USER):
        live = draft.existing or _look_up(draft, inputs, lookups)
        held = {**left_to_others(live, inputs), **held} if live else held
    for reference in OF_USER:
        if held.get(reference.id) and reference.fact not in facts:
            facts |= _named(reference, held[reference.id], inputs, lookups)
    return {PART: held, **facts}


def _known(reference: Reference, draft: Draft) -> Any:
    """What the last run knew of it, None where it did not look."""
    if draft.replaces:
        return None
    declared = draft.was(reference.id)
    if declared is None:
        return draft.was(f"{PART}.{reference.id}")
    cleared = by_wire()[reference.id].facts.clears and reference.id not in ignored(draft.values)
    return "" if cleared else declared


def _look_up(draft: Draft, inputs: Mapping[str, Any], lookups: Lookups) -> Mapping[str, Any] | None:
    """The user of a part in state that was not looked up before."""
    instance_arn, username = inputs.get("instanceArn"), inputs.get("username")
    if draft.old is None or not (isinstance(instance_arn, str) and isinstance(username, str)):
        return None
    try:
        return lookups.find_user(instance_arn, username)
    except LookUpUnavailable:
        return None


def _named(
    reference: Reference, ids: Any, inputs: Mapping[str, Any], lookups: Lookups
) -> dict[str, Any]:
    try:
        names = lookups.catalog(str(inputs["instanceArn"]), _KINDS[reference.id]).names
    except LookUpUnavailable:
        return {}
    found = [names.get(i) for i in (ids if reference.many else [ids])]
    if None in found:
        return {}
    return {reference.fact: found if reference.many else found[0]}
