"""check: from what a program declares to a possible user, or to every reason why it is not one."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from ..core.check_failure import Failure, Finding, Remarks
from ..core.described_user import DescribedUser
from ..core.lookups import Lookups
from ..core.ownership import FORMER
from ..core.privacy import label_fact
from ..core.properties import Properties, Value, entries, members, text
from ..core.unknowns import UNKNOWN, get, without_none
from ..model.attributes import Attribute, top_level
from ..model.facts import Role
from ..model.in_time import current_time
from ..model.references import PRIVILEGED_PROFILES
from .capabilities import fact_of
from .declared_instance import with_instance
from .declared_user import DeclaredUser
from .delete import replacement_warnings
from .directory_id import left_to_connect
from .existing_users import (
    adoption,
    is_ours,
    namesake,
    taken,
    taken_back,
    with_existing,
    with_similar_users,
)
from .flex import flatten_user
from .grants import with_grants
from .initial_password import secret_name
from .inputs import KnownInputs, UserInputs
from .partial_user import facts_of_part, has_already, refused_replacement
from .resolve import resolve, unknown_proficiencies
from .rules import RULES
from .rules.registry import refuse
from .run.usernames import MOVES, SimilarUsernames, UsernameClaims
from .suspend import reinstated
from .suspension_profiles import resolve_suspension
from .validate import validate


@dataclass(frozen=True)
class Checked:
    """Inputs for the engine, refusals and warnings."""

    inputs: UserInputs
    remarks: Remarks
    rule_warnings: list[Finding]
    """What rules only warn about; a run reports each rule once."""

    @property
    def failures(self) -> list[Failure]:
        """All refusals."""
        return list(self.remarks.failures)

    @property
    def warnings(self) -> list[str]:
        """All warnings but those of rules."""
        return list(self.remarks.warnings)


def check(
    old: KnownInputs | None,
    new: Properties,
    lookups: Lookups,
    *,
    strict: bool = False,
    privileged: Collection[str] = PRIVILEGED_PROFILES,
    claims: UsernameClaims | None = None,
    similar_usernames: SimilarUsernames | None = None,
    defaults: Properties | None = None,
    now: datetime | None = None,
    in_roster: bool = False,
    on_delete: str | None = None,
) -> Checked:
    """Judges inputs (UNKNOWN where a preview cannot know) and makes them canonical.

    `old` holds the inputs of the existing resource, None for a new one. Equal desired states
    become equal inputs. All failures come at once. `privileged` names the security profiles whose
    users are never deleted without a warning; `claims` and `similar_usernames` know the other
    resources. `defaults` stand under every user's own, `on_delete` above it. `now` judges periods.
    """
    user, remarks = _declared_user(old, with_defaults(new, defaults or {}), lookups)
    user = replace(user, on_delete=on_delete)
    findings = list(judge(user))
    refusing = [finding for finding in findings if finding.refuses(strict=strict)]
    resolution = with_grants(resolve(user, lookups), user, lookups, now or current_time())
    resolution += resolve_suspension(user, lookups)
    if not in_roster:
        remarks += Remarks.refusing(*_of_roster(user))
    remarks += Remarks.refusing(*(finding.refusal for finding in refusing))
    remarks += resolution.remarks + unknown_proficiencies(user, lookups)
    inputs = _with_facts(_canonical(user, resolution.values), user, lookups)
    existing = user.existing
    if not remarks.refuses("username"):
        # A refused user claims no username.
        other = namesake(user, lookups)
        remarks += Remarks.refusing(*_username_conflicts(user, inputs, other, claims))
        existing = existing or taken_back(other, user)
    remarks = with_similar_users(remarks, user, lookups, similar_usernames or SimilarUsernames())
    if user.old_inputs and user.replaces and not remarks.failures:
        remarks += Remarks.warning(*replacement_warnings(user.old_inputs, privileged))
    back = taken_back(existing, user)
    if existing is not None and (existing.suspended or not is_ours(existing, user)):
        changes, more = adoption(existing, inputs, lookups, is_back=back is not None)
        inputs = inputs.with_attributes({"adoption": changes})
        remarks += more
    if back:
        remarks += Remarks.warning(reinstated(back, user.identity_type))
    warned = [finding for finding in findings if finding not in refusing]
    return Checked(inputs, remarks, warned)


def with_defaults(declared: Properties, defaults: Properties) -> Properties:
    """The inputs with these under their own, tags one by one."""
    if not defaults:
        return declared
    own = {wire: value for wire, value in declared.items() if value is not None}
    tags, own_tags = members(defaults.get("tags")), own.get("tags", {})
    merged = {"tags": {**tags, **own_tags}} if tags and isinstance(own_tags, Mapping) else {}
    return {**defaults, **own, **merged}


def _declared_user(
    old: KnownInputs | None, new: Properties, lookups: Lookups
) -> tuple[DeclaredUser, Remarks]:
    """What the rules judge: validated, in its instance, and with the user that it adopts."""
    declared = without_none(new)
    # No attribute: it belongs to the mark.
    former = {FORMER: value} if (value := declared.pop(FORMER, None)) else {}
    values, malformed = validate(declared)
    values |= former
    refused = frozenset(wire_path(failure) for failure in malformed)
    user = DeclaredUser(values=values, declared=declared, refused=refused, old_inputs=old)
    user, of_instance = with_instance(user, lookups)
    user, of_directory = left_to_connect(user)
    stays = refused_replacement(user)
    user, of_adoption = with_existing(user, lookups)
    if stays:
        user = replace(user, may_exist=True)
    remarks = Remarks.refusing(*malformed) + of_instance + of_directory
    return user, remarks + Remarks.refusing(*stays) + of_adoption


def _of_roster(user: DeclaredUser) -> Iterator[Failure]:
    """What a user of its own cannot have: nothing but its program declares it."""
    for attribute in top_level(Role.ROSTER):
        if user.has(attribute.wire):
            remedy = "Declare the user in a UserRoster, or give grants with an end."
            yield refuse(attribute.wire, "is for users of a roster", remedy)


def _username_conflicts(
    user: DeclaredUser,
    inputs: UserInputs,
    other: DescribedUser | None,
    claims: UsernameClaims | None,
) -> list[Failure]:
    """Why the username belongs to another user, perhaps the `other` that has it now."""
    if conflicts := taken(other, user, claims):
        return conflicts
    claim = (inputs.instance_arn, user.mark, [inputs.username])
    if claims and claims.taken(*claim):
        return [CLAIMED_TWICE]
    if claims and claims.moved(*claim):
        return [refuse("username", MOVES, "")]
    return []


CLAIMED_TWICE: Final = refuse(
    "username",
    "is used by another user of this program in the same instance",
    "Keep one resource per username.",
)

DEFAULTS: Final[Properties] = {
    a.wire: a.facts.default for a in top_level(Role.OPTION) if a.facts.default is not None
}
"""Options that are left out of the inputs where they have their default."""


def _canonical(user: DeclaredUser, resolved: Properties) -> UserInputs:
    """Equal desired states as equal inputs: sets sorted, defaults and names dropped."""
    inputs: dict[str, Value] = {}
    for attribute in top_level(Role.ATTRIBUTE, Role.OPTION, Role.ROSTER, Role.MARK):
        wire = attribute.wire
        if user.declared.get(wire) is None and user.values.get(wire) is None:
            continue  # Most are not declared: this saves a tenth of check.
        value = sorted_by_key(attribute, _merge(user.values.get(wire), user.declared.get(wire)))
        # Empty is not declared, except for the password that is generated as usual.
        is_empty = value in ([], {}) and wire != "initialPassword"
        if value is not None and not is_empty and DEFAULTS.get(wire) != value:
            inputs[wire] = value
    if _keeps_password(user):
        # The old value stays in state, so that no preview shows a change that nothing makes.
        inputs["password"] = user.old("password")
    facts = {"instanceArn": user.instance_arn, "identityManagementType": user.identity_type}
    inputs |= {wire: fact for wire, fact in facts.items() if fact is not None}
    return UserInputs.decode({**inputs, **resolved})


def _with_facts(inputs: UserInputs, user: DeclaredUser, lookups: Lookups) -> UserInputs:
    """The inputs with what check found out for policies and reports."""
    inputs = inputs.with_attributes({**_secret(user, inputs), **label_fact(inputs.username)})
    inputs = inputs.with_attributes(facts_of_part(user, inputs, lookups))
    known = (inputs.attributes, inputs.instance_arn, user.identity_type)
    return inputs.with_attributes(fact_of(*known, lookups))


def _secret(user: DeclaredUser, inputs: UserInputs) -> Properties:
    """The name of the secret of a generated password, as far as it is known."""
    arn, username = inputs.instance_arn, inputs.username
    if not isinstance(inputs.get("initialPassword"), Mapping) or user.mark is None:
        return {}
    if not (isinstance(arn, str) and isinstance(username, str)):
        return {}
    old = None if user.replaces else text(user.old("initialPasswordSecret"))
    return {"initialPasswordSecret": old or secret_name(user.mark, arn, username)}


def _keeps_password(user: DeclaredUser) -> bool:
    """Whether a password that differs is ignored."""
    ignores = user.get("onPasswordChange") == "ignore" and not user.replaces
    return ignores and user.has("password") and user.old("password") is not None


def _merge(value: Value, declared: Value) -> Value:
    """The canonical value with the unknowns of the declared one put back in their places."""
    if declared is UNKNOWN:
        return UNKNOWN
    if isinstance(declared, Mapping):
        known = members(value)
        merged = {key: _merge(known.get(key), declared[key]) for key in declared}
        return {key: member for key, member in merged.items() if member is not None}
    if isinstance(declared, list):
        known_entries = iter(entries(value))
        return [e if e is UNKNOWN else _merge(next(known_entries, None), e) for e in declared]
    return value


def sorted_by_key(attribute: Attribute, value: Value) -> Value:
    """A list in the one order that equal sets share; unknown members sort last."""
    if not attribute.is_list or not isinstance(value, list):
        return value
    keys = attribute.facts.key

    def place(entry: Value) -> tuple[bool, str]:
        if entry is UNKNOWN:
            return True, ""
        if not keys or not isinstance(entry, Mapping):
            return False, str(entry)
        parts = [entry.get(k) for k in keys]
        return UNKNOWN in parts, "\x00".join(str(p) for p in parts)

    return sorted(value, key=place)


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
