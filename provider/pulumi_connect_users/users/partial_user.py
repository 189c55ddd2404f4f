"""A part of a user: a program declares some attributes of an existing user, others the rest.

Supervisors move agents between routing profiles, an identity provider assigns security profiles:
what is not declared is theirs. Such a user is never created, replaced or deleted here.
"""

from collections.abc import Mapping
from typing import Final

from ..core.check_failure import Failure
from ..core.described_user import DescribedUser
from ..core.errors import LookUpUnavailable
from ..core.lookups import REFERENCES, Lookups
from ..core.properties import Properties, Value, texts
from ..core.unknowns import UNKNOWN, Path, get
from ..core.user_resources import PART as PART
from ..model.attributes import by_wire, camel_to_pascal, program_path
from ..model.references import OF_USER, ROUTING_PROFILE, SECURITY_PROFILES, Reference
from .declared_user import DeclaredUser
from .inputs import UserInputs, ignored
from .rules.registry import refuse

_NAMES: Final[tuple[Path, ...]] = (("identityInfo", "firstName"), ("identityInfo", "lastName"))
_KINDS: Final = {reference.id: kind for kind, reference in REFERENCES.items()}


def missing(values: Properties, identity_type: object) -> list[Path]:
    """What a whole user declares and these inputs do not, as wire paths."""
    paths: list[Path] = [
        (reference.name,)
        for reference in (ROUTING_PROFILE, SECURITY_PROFILES)
        if values.get(reference.id) is None and values.get(reference.name) is None
    ]
    if identity_type != "EXISTING_DIRECTORY":
        paths += [path for path in _NAMES if get(values, path) is None]
    return paths


def missing_to_create(values: Properties, identity_type: object) -> list[str]:
    """What CreateUser needs in addition to these inputs, as a program spells it."""
    paths = missing(values, identity_type)
    passwords = (values.get("password"), values.get("initialPassword"))
    if identity_type == "CONNECT_MANAGED" and passwords == (None, None):
        paths.append(("password",))
    return [program_path(path) for path in paths]


def declares_part(user: DeclaredUser) -> bool:
    """Whether the program declares less than a whole user, and means to.

    A part in state stays one after `adopt` has gone from the program, until all is declared.
    """
    if not missing(user.declared, user.identity_type):
        return False
    return bool(user.get("adopt") or (user.old_inputs and user.old_inputs.is_partial))


def refused_replacement(user: DeclaredUser) -> tuple[Failure, ...]:
    """Why a part cannot be replaced: the existing user is not the program's to delete."""
    if not ((user.old_inputs and user.old_inputs.is_partial) or declares_part(user)):
        return ()
    return tuple(
        refuse(
            key,
            "has changed, which would replace the user, but only a part of the user is declared",
            "Restore the old value, or remove this resource (the user stays) and add another.",
        )
        for key in user.replaced
        if user.declared.get(key) is not UNKNOWN
    )


def has_already(failure: Failure, user: DeclaredUser) -> bool:
    """Whether the user has the very name or address that a rule refuses: Connect accepted it."""
    path = failure.path
    value = get(user.values, path) if path[:1] in (("username",), ("identityInfo",)) else None
    if value is None:
        return False
    if user.old_inputs is not None and not user.replaces:
        return value == get(user.old_inputs.properties, path)
    api_path = tuple(camel_to_pascal(str(part)) for part in path)
    return user.existing is not None and value == get(user.existing.attributes, api_path)


def left_to_others(live: DescribedUser, declared: UserInputs) -> dict[str, Value]:
    """What `PART` holds: ids of the live user that inputs or outputs do not declare."""
    return {r.id: _ids(r, live) for r in OF_USER if r.id not in declared.attributes}


def _ids(reference: Reference, live: DescribedUser) -> Value:
    ids = live.get(camel_to_pascal(reference.id))
    return sorted(texts(ids)) if reference.many else ids or ""


def facts_of_part(user: DeclaredUser, inputs: UserInputs, lookups: Lookups) -> Properties:
    """`PART` and the names of what it holds, for policies and reports; nothing for a whole user.

    From the user at its adoption, from state later: a refresh renews them. What cannot be looked
    up is left out.
    """
    if not declares_part(user):
        return {}
    undeclared = [r for r in OF_USER if r.id not in inputs.attributes]
    part: dict[str, Value] = {
        r.id: ids for r in undeclared if (ids := _last_known(r, user)) is not None
    }
    facts: dict[str, Value] = {
        r.fact: name for r in OF_USER if part.get(r.id) and (name := user.old(r.fact))
    }
    if any(r.id not in part for r in undeclared):
        live = user.existing or _look_up(user, inputs, lookups)
        part = {**left_to_others(live, inputs), **part} if live else part
    for reference in OF_USER:
        if part.get(reference.id) and reference.fact not in facts:
            facts |= _named(reference, part[reference.id], inputs, lookups)
    return {PART: part, **facts}


def _last_known(reference: Reference, user: DeclaredUser) -> Value:
    """What the last run knew of it, None where it did not look."""
    if user.replaces:
        return None
    declared = user.old(reference.id)
    if declared is None:
        return user.old(f"{PART}.{reference.id}")
    cleared = by_wire()[reference.id].facts.clears and reference.id not in ignored(user.values)
    return "" if cleared else declared


def _look_up(user: DeclaredUser, inputs: UserInputs, lookups: Lookups) -> DescribedUser | None:
    """The user of a part in state that was not looked up before."""
    arn, username = inputs.instance_arn, inputs.username
    if user.old_inputs is None or not (isinstance(arn, str) and isinstance(username, str)):
        return None
    try:
        return lookups.find_user(arn, username)
    except LookUpUnavailable:
        return None


def _named(
    reference: Reference, ids: Value, inputs: UserInputs, lookups: Lookups
) -> Mapping[str, Value]:
    if not isinstance(inputs.instance_arn, str):
        return {}
    try:
        names = lookups.catalog(inputs.instance_arn, _KINDS[reference.id]).names
    except LookUpUnavailable:
        return {}
    given = texts(ids) if reference.many else texts([ids])
    named = [names[i] for i in given if i in names]
    if not named or len(named) < len(given):
        return {}
    return {reference.fact: named if reference.many else named[0]}
