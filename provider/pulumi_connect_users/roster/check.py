"""check of a batch: each user as if it stood alone; unchanged ones cost next to nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from ..core.check_failure import Failure, Finding
from ..core.errors import ApiError, LookUpUnavailable, SettingsError
from ..core.identifiers import Resolver, Unresolved
from ..core.lookups import REFERENCES, Lookups
from ..core.messages import in_one_line
from ..core.ownership import mark_of_inputs
from ..core.privacy import display_name, shorten
from ..core.unknowns import UNKNOWN
from ..model.attributes import top_level
from ..model.facts import Role
from ..model.references import PRIVILEGED_PROFILES
from ..users.check import CLAIMED_TWICE, DEFAULTS, check, sorted_by_key
from ..users.inputs import KnownInputs
from ..users.resolve import in_state
from ..users.run.deletion_limit import DeletionLimit
from ..users.run.similar_usernames import SimilarUsernames, differs_in_case
from ..users.run.username_claims import MOVES, UsernameClaims
from .batch import SHARED, declared_text, labels, own_part, text_of, user_of
from .partition import WHOLE, canonical
from .removals import Removals
from .whole_roster import WholeRoster

_PASSWORDS: Final = (
    "Give UserRoster passwords={username: secret}, or have one made up: "
    "initial_password=InitialPassword.generate() in defaults or of the user."
)
_NAMED = 10
"""So many users of whom one thing is said are named; of more, the rest are counted."""


@dataclass
class CheckedBatch:
    """What check found: inputs for the engine, and lines that each name their users."""

    inputs: dict[str, Any] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    rule_warnings: list[tuple[str, Finding]] = field(default_factory=list)
    """What rules only warn about, by username; a run tells each rule once."""


def check_batch(
    old: Mapping[str, Any] | None,
    new: Mapping[str, Any],
    lookups: Lookups,
    *,
    strict: bool = False,
    deletion_limit: DeletionLimit | None = None,
    privileged: Collection[str] = PRIVILEGED_PROFILES,
    claims: UsernameClaims | None = None,
    similar_usernames: SimilarUsernames | None = None,
) -> CheckedBatch:
    """Judges every user of a batch; all failures come at once.

    Tells who will be deleted. Refuses more than `deletion_limit` allows to the batches of a run,
    and usernames that `claims` knows to be another resource's; `similar_usernames` knows those that
    differ in case.
    A user whose words still mean what they meant when they were last judged is not judged again.
    """
    before, whole = old or {}, WholeRoster.of(new)
    new = {k: v for k, v in new.items() if k != WHOLE}
    result = CheckedBatch(inputs=dict(new))
    if new.get("users") is UNKNOWN:
        return result
    for name in sorted(set(new.get("released") or ()) & set(new.get("users") or ())):
        result.failures.append(
            f"{display_name(name)}: is in users and in released. Keep it in one of them."
        )
    same = _same_instance(before, new, lookups)
    shared: dict[str, Any] = {k: before[k] for k in SHARED if same and k in before}
    texts: dict[str, Any] = {}
    failures, warnings = _Said(), _Said()
    refused: list[tuple[str, Failure]] = []
    for name in sorted(new.get("users") or {}):
        known = before.get("users", {}).get(name) if same else None
        raw = own_part(new, name)
        if raw is UNKNOWN:
            texts[name] = UNKNOWN
        elif isinstance(known, str) and _still(name, raw, known, before, new, lookups):
            texts[name] = known
            if similar_usernames and (
                others := similar_usernames.meet(before["instanceArn"], name, new=False)
            ):
                warnings.add(name, [differs_in_case(others)])
        else:
            was_there = name in (before.get("users") or {})
            old_user = KnownInputs.decode(user_of(before, name)) if was_there else None
            user = user_of(new, name)
            checked = check(
                old_user,
                user,
                lookups,
                strict=strict,
                privileged=privileged,
                similar_usernames=similar_usernames,
            )
            refused += [(name, _in_words_of_a_roster(f, user)) for f in checked.failures]
            warnings.add(name, checked.warnings)
            result.rule_warnings += [(name, finding) for finding in checked.rule_warnings]
            texts[name] = text_of(checked.inputs.properties)
            shared |= {k: checked.inputs.get(k) for k in SHARED if k in checked.inputs.properties}
            _keep_password(name, checked.inputs.properties, result)
    if not texts and not same:
        shared |= _instance(new, lookups, result)
    result.inputs |= shared | {"users": texts} | labels(texts)
    possible = sorted(set(texts) - {name for name, _ in refused})
    claim = (result.inputs.get("instanceArn"), mark_of_inputs(result.inputs), possible)
    for name in claims.taken(*claim) if claims else ():
        failures.add(name, [CLAIMED_TWICE])
    for name in claims.moved(*claim) if claims else ():
        failures.add(name, [f"username: {MOVES}"])
    if refused:
        known = (result.inputs.get("instanceArn"), result.inputs.get("identityManagementType"))
        result.failures += whole.lines(refused, *known, lookups)
    leavers = Removals(deletion_limit, privileged, claims, similar_usernames).judge(
        before, result.inputs
    )
    result.failures += failures.lines() + leavers.failures
    result.warnings += leavers.warnings + warnings.lines()
    if result.inputs.get("onRemove") == "delete":
        del result.inputs["onRemove"]
    return result


def _in_words_of_a_roster(failure: Failure, user: Mapping[str, Any]) -> Failure:
    """A roster's passwords are given beside its users."""
    if failure.path == ("password",) and "password" not in user:
        return replace(failure, remedy=_PASSWORDS)
    return failure


class _Said:
    """What is said of users: once, however many of them it holds for."""

    def __init__(self) -> None:
        self._users: dict[str, list[str]] = {}

    def add(self, username: str, reasons: Iterable[object]) -> None:
        for reason in reasons:
            self._users.setdefault(str(reason), []).append(display_name(username))

    def lines(self) -> list[str]:
        return [f"{shorten(users, _NAMED)}: {reason}" for reason, users in self._users.items()]


def _instance(new: Mapping[str, Any], lookups: Lookups, result: CheckedBatch) -> dict[str, Any]:
    """The instance of a batch that has nobody: by its ARN too, where a program gave its id."""
    given = new.get("instanceArn")
    if not isinstance(given, str):
        return {}
    try:
        facts = lookups.instance(given.strip())
    except LookUpUnavailable:
        return {}
    except (ApiError, SettingsError) as error:
        result.failures.append(in_one_line(error))
        return {}
    return {"instanceArn": facts.arn, "identityManagementType": facts.identity_management_type}


def _keep_password(name: str, inputs: Mapping[str, Any], result: CheckedBatch) -> None:
    """Keeps the old password where check did (`onPasswordChange`: `ignore`)."""
    passwords = result.inputs.get("passwords") or {}
    if name in passwords and "password" in inputs:
        result.inputs["passwords"] = {**passwords, name: inputs["password"]}


def _same_instance(before: Mapping[str, Any], new: Mapping[str, Any], lookups: Lookups) -> bool:
    """Whether the batch is in the instance that it was judged for."""
    given, declared = new.get("instanceArn"), new.get("identityManagementType")
    if not isinstance(given, str) or not before.get("instanceArn"):
        return False
    try:
        facts = lookups.instance(given.strip())
    except (ApiError, LookUpUnavailable, SettingsError):
        return False
    mode = facts.identity_management_type
    was = (before["instanceArn"], before.get("identityManagementType"))
    return was == (facts.arn, mode) and declared in (None, mode)


def _still(
    name: str,
    raw: Mapping[str, Any],
    known: str,
    before: Mapping[str, Any],
    new: Mapping[str, Any],
    lookups: Lookups,
) -> bool:
    """Whether a user's words mean the text that was judged before."""
    passwords = [(bag.get("passwords") or {}).get(name) for bag in (before, new)]
    if passwords[0] != passwords[1]:
        return False
    try:
        found = _resolved(raw, str(before["instanceArn"]), lookups)
    except LookUpUnavailable:
        return False
    return found is not None and canonical(found) == declared_text(known)


def _resolved(raw: Mapping[str, Any], instance_arn: str, lookups: Lookups) -> dict[str, Any] | None:
    """The user with names resolved and lists sorted, as check makes it; None where that asks more.

    Only a short cut: it is believed where it comes out as something that check made before.
    """
    user = {k: v for k, v in raw.items() if v not in (None, [], {}) and DEFAULTS.get(k) != v}
    resolver = Resolver(instance_arn, lookups)
    for kind, reference in REFERENCES.items():
        given, by_name = user.pop(reference.name, None), True
        if given is None:
            given, by_name = user.get(reference.id), False
        if given is None:
            continue
        find = resolver.by_name if by_name else resolver.by_id
        listed = given if isinstance(given, list) else [given]
        if not all(isinstance(entry, str) for entry in listed):
            return None
        try:
            user |= in_state(reference, [find(kind, entry) for entry in listed])
        except Unresolved:
            return None
    for attribute in top_level(Role.ATTRIBUTE, Role.OPTION):
        if attribute.wire in user and attribute.is_list:
            user[attribute.wire] = sorted_by_key(attribute, user[attribute.wire])
    return user
