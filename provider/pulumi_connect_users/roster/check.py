"""check of a batch: each user as if it stood alone; unchanged ones cost next to nothing."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Final

from ..core.check_failure import Failure, Finding
from ..core.errors import ApiError, LookUpUnavailable, SettingsError
from ..core.identifiers import Resolver
from ..core.lookups import InstanceFacts, Lookups
from ..core.messages import in_one_line
from ..core.privacy import display_name, shorten
from ..core.properties import Properties, text
from ..core.unknowns import UNKNOWN
from ..model.in_time import current_time
from ..model.references import PRIVILEGED_PROFILES
from ..model.user import IdentityManagementType
from ..users.admin_minimum import AdminMinimum
from ..users.check import CLAIMED_TWICE, Checked, check
from ..users.deletion_limit import DeletionLimit
from ..users.inputs import KnownInputs, UserInputs
from ..users.run.usernames import MOVES, SimilarUsernames, UsernameClaims, differs_in_case
from ..users.update_limit import UpdateLimit
from .batch import BatchInputs, Text, labels, text_of
from .in_time import in_time
from .removals import Removals
from .unchanged import Unchanged
from .whole_roster import WholeRoster

_PASSWORDS: Final = (
    "Give UserRoster passwords={username: secret}, or generate one: "
    "initial_password=InitialPassword.generate() in defaults or of the user."
)
_NAMED: Final = 10
"""A line names this many users and counts the others."""


@dataclass(frozen=True)
class CheckedBatch:
    """Inputs for the engine, and lines that each name their users."""

    inputs: BatchInputs
    failures: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    rule_warnings: tuple[tuple[str, Finding], ...] = ()
    """What rules only warn about, by username; a run reports each rule once."""


def check_batch(
    old: BatchInputs | None,
    new: BatchInputs,
    lookups: Lookups,
    *,
    strict: bool = False,
    deletion_limit: DeletionLimit | None = None,
    update_limit: UpdateLimit | None = None,
    admin_minimum: AdminMinimum | None = None,
    privileged: Collection[str] = PRIVILEGED_PROFILES,
    claims: UsernameClaims | None = None,
    similar_usernames: SimilarUsernames | None = None,
    defaults: Properties | None = None,
    on_delete: str | None = None,
    now: datetime | None = None,
) -> CheckedBatch:
    """Validates every user of a batch; all failures come at once.

    Users outside their time at `now` are not in it. Warns of deletions, for which `on_delete`
    overrides the users' own option. Refuses more than the limits allow to the batches of a run,
    and usernames that `claims` knows to be another
    resource's; `similar_usernames` knows those that differ in case. A user whose declaration means
    what it meant before is not validated again.
    """
    new, roster = replace(new, roster=None), WholeRoster.of(new.roster)
    if new.users is UNKNOWN:
        return CheckedBatch(new)
    now = now or current_time()
    new = in_time(new, now)
    if new.on_remove == "delete":
        new = replace(new, on_remove=None)
    failures = [
        f"{display_name(name)}: is in users and in released. Keep it in one of them."
        for name in sorted(set(new.released) & set(new.texts))
    ]
    judge = partial(
        check,
        lookups=lookups,
        strict=strict,
        privileged=privileged,
        similar_usernames=similar_usernames,
        defaults=defaults,
        now=now,
        in_roster=True,
        on_delete=on_delete,
    )
    work = _BatchCheck(old or BatchInputs(), new, lookups, judge, similar_usernames, defaults or {})
    failures += work.check_users()
    inputs, refused = work.inputs, work.refused
    if refused:
        found = (inputs.instance_arn, inputs.identity_type)
        failures += roster.lines(refused, *found, lookups)
    if claims:
        failures += _conflicts(inputs, {name for name, _ in refused}, claims)
    removals = Removals(
        deletion_limit=deletion_limit,
        update_limit=update_limit,
        admin_minimum=admin_minimum,
        privileged=privileged,
        claims=claims,
        similar_usernames=similar_usernames,
        on_delete=on_delete,
    )
    leaving = removals.judge(work.old, inputs)
    return CheckedBatch(
        inputs,
        (*failures, *leaving.failures),
        (*leaving.warnings, *work.warnings.lines()),
        tuple(work.rule_warnings),
    )


class _Lines:
    """Lines about users: one line for all that share a reason."""

    def __init__(self) -> None:
        self._users: dict[str, list[str]] = {}

    def add(self, username: str, reasons: Iterable[str]) -> None:
        for reason in reasons:
            self._users.setdefault(reason, []).append(display_name(username))

    def lines(self) -> list[str]:
        return [f"{shorten(users, _NAMED)}: {reason}" for reason, users in self._users.items()]


@dataclass
class _BatchCheck:
    old: BatchInputs
    inputs: BatchInputs
    """As declared; checking the users makes them canonical."""
    lookups: Lookups
    judge: Callable[[KnownInputs | None, Properties], Checked]
    similar_usernames: SimilarUsernames | None
    defaults: Properties
    refused: list[tuple[str, Failure]] = field(default_factory=list)
    warnings: _Lines = field(default_factory=_Lines)
    rule_warnings: list[tuple[str, Finding]] = field(default_factory=list)

    def check_users(self) -> list[str]:
        """Checks each user; returns why the instance of an empty batch is refused."""
        facts, refusals = _instance(self.inputs, self.lookups)
        declared, texts = self.inputs, dict[str, Text]()
        unchanged = self._unchanged(facts)
        if facts and (unchanged or not declared.texts):
            self._learn(facts.arn, facts.identity_management_type)
        for name, own in sorted(declared.texts.items()):
            if own is UNKNOWN:
                texts[name] = own
            elif unchanged and (same := self._same(name, own, unchanged)):
                texts[name] = same
                self._compare(name, unchanged.resolver.instance_arn)
            else:
                texts[name] = self._check(name, declared.user(name))
        self.inputs = replace(self.inputs, users=texts, labels=labels(texts))
        return [] if texts else refusals

    def _unchanged(self, facts: InstanceFacts | None) -> Unchanged | None:
        """Recognizes unchanged users; None if the old ones were not checked for this instance."""
        if facts is None or not _is_checked_for(facts, self.old, self.inputs):
            return None
        resolver = Resolver(facts.arn, self.lookups)
        return Unchanged(resolver, facts.identity_management_type, self.defaults)

    def _same(self, name: str, own: str, unchanged: Unchanged) -> str | None:
        """The text of a user that is not validated again; None of the others."""
        stored = self.old.texts.get(name)
        same_password = self.old.password(name) == self.inputs.password(name)
        return unchanged.text(own, stored) if isinstance(stored, str) and same_password else None

    def _compare(self, name: str, instance_arn: str) -> None:
        if self.similar_usernames:
            others = self.similar_usernames.meet(instance_arn, name, new=False)
            self.warnings.add(name, [differs_in_case(others)] if others else [])

    def _check(self, name: str, user: UserInputs) -> Text:
        old = self.old.known_user(name) if name in self.old.texts else None
        checked = self.judge(old, user.properties)
        self.refused += [(name, _for_a_roster(f, user)) for f in checked.failures]
        self.warnings.add(name, checked.warnings)
        self.rule_warnings += [(name, finding) for finding in checked.rule_warnings]
        self._learn(checked.inputs.instance_arn, checked.inputs.identity_type)
        self._keep_password(name, checked.inputs)
        return text_of(checked.inputs)

    def _learn(
        self, instance_arn: Text | None, identity_type: IdentityManagementType | None
    ) -> None:
        self.inputs = replace(
            self.inputs,
            instance_arn=instance_arn or self.inputs.instance_arn,
            identity_type=identity_type or self.inputs.identity_type,
        )

    def _keep_password(self, name: str, checked: UserInputs) -> None:
        """Keeps the old password where check did (`onPasswordChange`: `ignore`)."""
        passwords, kept = self.inputs.passwords, text(checked.attributes.get("password"))
        if passwords is not UNKNOWN and name in passwords and kept is not None:
            self.inputs = replace(self.inputs, passwords={**passwords, name: kept})


def _conflicts(inputs: BatchInputs, refused: Collection[str], claims: UsernameClaims) -> list[str]:
    """The usernames of other resources; a refused user claims none."""
    batch, lines = (inputs.instance_arn, inputs.mark), _Lines()
    possible = [name for name in inputs.texts if name not in refused]
    for name in claims.taken(*batch, possible):
        lines.add(name, [str(CLAIMED_TWICE)])
    for name in claims.moved(*batch, possible):
        lines.add(name, [f"username: {MOVES}"])
    return lines.lines()


def _for_a_roster(failure: Failure, user: UserInputs) -> Failure:
    """A roster's passwords are given beside its users."""
    if failure.path == ("password",) and "password" not in user.attributes:
        return replace(failure, remedy=_PASSWORDS)
    return failure


def _instance(inputs: BatchInputs, lookups: Lookups) -> tuple[InstanceFacts | None, list[str]]:
    """The instance of a batch, None if it cannot be looked up; and why it is refused."""
    if not isinstance(inputs.instance_arn, str):
        return None, []
    try:
        return lookups.instance(inputs.instance_arn.strip()), []
    except LookUpUnavailable:
        return None, []
    except (ApiError, SettingsError) as error:
        return None, [in_one_line(error)]


def _is_checked_for(facts: InstanceFacts, old: BatchInputs, new: BatchInputs) -> bool:
    """Whether the old inputs were checked for this instance as it is declared now."""
    mode = facts.identity_management_type
    checked_for = (old.instance_arn, old.identity_type)
    return checked_for == (facts.arn, mode) and new.identity_type in (None, mode)
