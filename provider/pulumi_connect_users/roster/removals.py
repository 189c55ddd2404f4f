"""Who goes when a batch changes: told at the preview, counted, and refused where it is a move."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from ..core.arns import last_part
from ..core.ownership import mark_of_inputs
from ..core.privacy import display_name, shorten
from ..core.unknowns import UNKNOWN
from ..model.attributes import program_path
from ..model.references import PRIVILEGED_PROFILES
from ..users.inputs import UserInputs
from ..users.partial_user import PART
from ..users.plan import plan
from ..users.rules.registry import refuse
from ..users.rules.username import CASE_ALONE, KEEP_CASE
from ..users.run.deletion_limit import DeletionLimit, key_of
from ..users.run.similar_usernames import SimilarUsernames
from ..users.run.username_claims import MOVES, UsernameClaims
from .batch import is_same, user_of

_NAMED: Final = 10
"""So many are named; of more, the rest are counted."""


@dataclass(frozen=True)
class Removals:
    """Judges deletions; shared by the batches of a run."""

    deletion_limit: DeletionLimit | None = None
    privileged: Collection[str] = PRIVILEGED_PROFILES
    claims: UsernameClaims | None = None
    similar_usernames: SimilarUsernames | None = None

    def judge(self, before: Mapping[str, Any], inputs: Mapping[str, Any]) -> RemovalCheck:
        """What is to be said between the old inputs of a batch and its checked new ones."""
        verdict = RemovalCheck()
        if strangers := _strangers(before, inputs):
            # A name that is misspelt here leaves its user to be deleted.
            named = shorten([display_name(name) for name in strangers], _NAMED)
            verdict.warnings.append(f"{named}: released, but not in this roster before")
        gone, anew = _gone(before, inputs), _made_anew(before, inputs)
        if parts := [name for name in gone if PART in user_of(before, name)]:
            gone = [name for name in gone if name not in parts]
            verdict.warnings.append(
                f"{_users(parts)} will be released, not deleted, since only a part of each is "
                f"declared: {self._named(parts, before)}"
            )
        if not gone and not anew:
            return verdict
        if gone:
            verdict.warnings.append(f"{_users(gone)} will be deleted: {self._named(gone, before)}")
        if anew:
            changed = " and ".join(sorted({what for names in anew.values() for what in names}))
            verdict.warnings.append(
                f"{_users(anew)} will be deleted and made anew with another id, for a changed "
                f"{changed}: {self._named(anew, before)}"
            )
        instance = str(before.get("instanceArn"))
        everybody = [key_of(instance, name) for name in (*gone, *anew)]
        if self.deletion_limit and (reason := self.deletion_limit.foresee(everybody)):
            verdict.failures.append(reason)
        moved = self.claims.leave(instance, mark_of_inputs(inputs), gone) if self.claims else []
        if moved:
            verdict.failures.append(f"{shorten([display_name(n) for n in moved], _NAMED)}: {MOVES}")
        if (
            renamed := self.similar_usernames.leave(instance, gone)
            if self.similar_usernames
            else []
        ):
            why = refuse("username", CASE_ALONE, KEEP_CASE)
            verdict.failures.append(f"{shorten([display_name(n) for n in renamed], _NAMED)}: {why}")
        return verdict

    def _named(self, names: Iterable[str], before: Mapping[str, Any]) -> str:
        return shorten([self._leaver(name, before) for name in names], _NAMED)

    def _leaver(self, name: str, before: Mapping[str, Any]) -> str:
        """A username; with the profiles that make the user privileged, if any do."""
        profiles = user_of(before, name).get("securityProfileNames") or ()
        mine = sorted(p for p in profiles if p in self.privileged)
        return (
            f"{display_name(name)} (privileged: {', '.join(mine)})" if mine else display_name(name)
        )


@dataclass
class RemovalCheck:
    """What there is to say: lines that each name their users."""

    failures: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def _users(names: Collection[str]) -> str:
    return f"{len(names)} {'user' if len(names) == 1 else 'users'}"


def _strangers(before: Mapping[str, Any], inputs: Mapping[str, Any]) -> list[str]:
    """Who is released from a roster that exists, and was not in it at the last `up`."""
    known = {*(before.get("users") or ()), *(before.get("released") or ())}
    return sorted(set(inputs.get("released") or ()) - known) if before else []


def _gone(before: Mapping[str, Any], inputs: Mapping[str, Any]) -> list[str]:
    """Who is in the batch before, not in it now, and neither retained nor released."""
    if "retain" in (before.get("onRemove"), inputs.get("onRemove")):
        return []
    staying: set[str] = {*(before.get("released") or ()), *(inputs.get("released") or ())}
    # In another instance they are others: those of the former one go.
    if _same_instance(before, inputs):
        staying |= set(inputs.get("users") or ())
    return sorted(set(before.get("users") or ()) - staying)


def _made_anew(before: Mapping[str, Any], inputs: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Who is replaced under the same username, and for what, as a program spells it."""
    if not _same_instance(before, inputs):
        return {}
    found = {}
    for name in sorted(before.get("users") or ()):
        if not isinstance((inputs.get("users") or {}).get(name), str):
            continue
        if is_same(name, before, inputs):
            continue
        if replaced := plan(
            UserInputs.decode(user_of(before, name)), UserInputs.decode(user_of(inputs, name))
        ).replaces:
            found[name] = tuple(program_path((key,)) for key in replaced)
    return found


def _same_instance(before: Mapping[str, Any], inputs: Mapping[str, Any]) -> bool:
    """By the ids, where the ARN of one could not be looked up; one that is not known may be."""
    one, other = before.get("instanceArn"), inputs.get("instanceArn")
    return other is UNKNOWN or last_part(str(one)) == last_part(str(other))
