"""Removals of a batch: warned of at the preview, counted, and refused if they are failed moves."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from ..core.arns import last_part
from ..core.privacy import display_name, display_names, shorten
from ..core.properties import texts
from ..core.unknowns import UNKNOWN
from ..model.attributes import program_path
from ..model.references import PRIVILEGED_PROFILES
from ..users.admin_minimum import AdminMinimum
from ..users.deletion_limit import DeletionLimit, key_of
from ..users.plan import Plan, plan
from ..users.rules.registry import refuse
from ..users.rules.username import CASE_ALONE, KEEP_CASE
from ..users.run.usernames import MOVES, SimilarUsernames, UsernameClaims
from ..users.suspend import suspends
from ..users.update_limit import UpdateLimit
from .batch import BatchInputs

_NAMED: Final = 10
"""A line names this many users and counts the others."""


@dataclass(frozen=True)
class RemovalCheck:
    """Lines that each name their users."""

    failures: tuple[str, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Removals:
    """Checks deletions, and how many users change; shared by the batches of a run."""

    deletion_limit: DeletionLimit | None = None
    update_limit: UpdateLimit | None = None
    admin_minimum: AdminMinimum | None = None
    privileged: Collection[str] = PRIVILEGED_PROFILES
    claims: UsernameClaims | None = None
    similar_usernames: SimilarUsernames | None = None
    on_delete: str | None = None
    """`connect:onDelete`: overrides every user's own while it is set."""

    def judge(self, old: BatchInputs, new: BatchInputs) -> RemovalCheck:
        """Compares the old inputs of a batch with its checked new ones."""
        leaving = _leaving(old, new)
        released = [name for name in leaving if old.user(name).is_partial]
        removed = [name for name in leaving if name not in released]
        suspended = [name for name in removed if self._suspends(name, old)]
        deleted = [name for name in removed if name not in suspended]
        plans = _plans(old, new)
        replaced = {name: one.replaces for name, one in plans.items() if one.replaces}
        updated = [name for name, one in plans.items() if one.steps]
        warnings = []
        if strangers := _strangers(old, new):
            # The user whose name is misspelt here would be deleted.
            warnings.append(f"{display_names(strangers)}: in released, but was not in this roster")
        if released:
            warnings.append(
                f"{_users(released)} will be released, not deleted (only parts are declared): "
                f"{self._named(released, old)}"
            )
        for names, done in ((suspended, "suspended, not deleted"), (deleted, "deleted")):
            if names:
                warnings.append(f"{_users(names)} will be {done}: {self._named(names, old)}")
        if replaced:
            causes = {program_path((key,)) for keys in replaced.values() for key in keys}
            changed = " and ".join(sorted(causes))
            warnings.append(
                f"{_users(replaced)} will be replaced (deleted and created with a new id) because "
                f"of a changed {changed}: {self._named(replaced, old)}"
            )
        gone = [*removed, *replaced]
        refusals = (
            *self._refusals(old, new, removed, gone),
            *self._too_many(old, updated),
            *self._too_few_admins(old, new, removed, [*replaced, *updated]),
        )
        return RemovalCheck(refusals, tuple(warnings))

    def _too_many(self, old: BatchInputs, updated: list[str]) -> Iterator[str]:
        if self.update_limit and isinstance(old.instance_arn, str):
            names = {key_of(old.instance_arn, name): display_name(name) for name in updated}
            if reason := self.update_limit.foresee(names):
                yield reason

    def _too_few_admins(
        self, old: BatchInputs, new: BatchInputs, removed: list[str], changed: list[str]
    ) -> Iterator[str]:
        if self.admin_minimum:
            leave = ((old.user(name), None) for name in removed)
            stay = ((old.user(name), new.user(name)) for name in changed)
            if reason := self.admin_minimum.foresee([*leave, *stay]):
                yield reason

    def _refusals(
        self, old: BatchInputs, new: BatchInputs, removed: list[str], gone: list[str]
    ) -> Iterator[str]:
        if not isinstance(old.instance_arn, str):
            return
        keys = [key_of(old.instance_arn, name) for name in gone]
        suspended = any(self._suspends(name, old) for name in removed)
        limit = self.deletion_limit
        if limit and (reason := limit.foresee(keys, suspends=suspended)):
            yield reason
        if self.claims and (moved := self.claims.leave(old.instance_arn, new.mark, removed)):
            yield f"{display_names(moved)}: {MOVES}"
        similar = self.similar_usernames
        if similar and (renamed := similar.leave(old.instance_arn, removed)):
            yield f"{display_names(renamed)}: {refuse('username', CASE_ALONE, KEEP_CASE)}"

    def _suspends(self, username: str, old: BatchInputs) -> bool:
        return suspends(old.user(username).attributes, self.on_delete)

    def _named(self, usernames: Collection[str], old: BatchInputs) -> str:
        return shorten([self._with_profiles(name, old) for name in usernames], _NAMED)

    def _with_profiles(self, username: str, old: BatchInputs) -> str:
        """A username, with its privileged profiles."""
        profiles = texts(old.user(username).get("securityProfileNames"))
        held = sorted(profile for profile in profiles if profile in self.privileged)
        return display_name(username) + (f" (privileged: {', '.join(held)})" if held else "")


def _users(names: Collection[str]) -> str:
    return f"{len(names)} {'user' if len(names) == 1 else 'users'}"


def _strangers(old: BatchInputs, new: BatchInputs) -> list[str]:
    """Users that an existing batch releases and did not have at the last `up`."""
    is_new = old == BatchInputs()
    return [] if is_new else sorted({*new.released} - {*old.texts, *old.released})


def _leaving(old: BatchInputs, new: BatchInputs) -> list[str]:
    """Users that leave the batch and are neither retained nor named in released."""
    if old.retains or new.retains:
        return []
    staying = {*old.released, *new.released}
    # Of another instance they are other users: those of the former one leave.
    if _same_instance(old, new):
        staying |= new.texts.keys()
    return sorted(old.texts.keys() - staying)


def _plans(old: BatchInputs, new: BatchInputs) -> dict[str, Plan]:
    """What happens to the users that stay under the same username, if they change."""
    if not _same_instance(old, new):
        return {}
    return {
        name: plan(old.user(name), new.user(name))
        for name in sorted(old.texts)
        if isinstance(new.texts.get(name), str) and not old.has_same(name, new)
    }


def _same_instance(old: BatchInputs, new: BatchInputs) -> bool:
    """Compares ids, since the ARN of one may not have been looked up; an unknown one may match."""
    return new.instance_arn is UNKNOWN or last_part(str(old.instance_arn)) == last_part(
        str(new.instance_arn)
    )
