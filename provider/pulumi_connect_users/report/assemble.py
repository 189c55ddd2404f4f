"""Turns a preview into a report: the one place where the parts meet. Pure but for the instance."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from ..core.garbage import without_collection
from ..core.messages import counted
from ..core.user_resources import PROFILES, ROSTERS
from .blind_spots import blind_spots_of, notes_of, possibly_changed, unnamed_drift
from .calls import calls_of
from .capability_section import capabilities_of, capability_notes
from .coverage_section import coverage_notes, coverage_of
from .differences import differences
from .endings import ending_notes, endings_of
from .group_risks import group_risks
from .id_names import gather
from .input.preview import Preview, State, Step, type_of
from .instance import Instance
from .losses import losses
from .moves_and_renames import join_moves_and_renames
from .options import Options, is_secret
from .policies import policies_of
from .problems import problems_of
from .redact import Redactor
from .report import (
    ACTIONS,
    Action,
    Change,
    Counts,
    OtherChange,
    PropertyChange,
    Report,
    Risk,
    Value,
    natural,
)
from .resource_types import STACK, declared_name, is_internal, short_name
from .risks import Context, risks_of
from .roster_users import HIDDEN
from .suspensions import is_reinstated, with_suspensions
from .user_changes import (
    UserChange,
    all_user_changes,
    declares_users,
    is_hidden,
    is_opaque,
    visible,
)
from .verdict import verdict

_SAME: Final = ("same", "refresh", "read")


@without_collection()
def assemble(
    preview: Preview, options: Options | None = None, instance: Instance | None = None
) -> Report:
    """The report of a preview; coverage only where an instance may be read."""
    options = options or Options()
    by_step = with_suspensions(all_user_changes(preview.steps), preview.config, options.on_delete)
    joined = join_moves_and_renames(by_step)
    names = gather(preview.steps, joined)
    # Messages may hold values that rows leave out: the redactor learns of all.
    user_changes = [visible(change) for change in joined]
    redactor = Redactor([*by_step, *_not_reported(preview)], names, options.disclosure)
    context = Context(names, options)

    violated = _violated(preview)
    changed = [change for change in user_changes if change.op != "same"]
    rows = [_row(c, redactor, context, violated.get(c.urn, ())) for c in changed]
    complete = _lists_all_users(preview) and bool(changed) and not any(map(is_hidden, user_changes))
    together = group_risks(user_changes, context, redactor, complete=complete)
    project, stack = preview.stack
    hidden = possibly_changed(preview, user_changes)
    blind_spots = blind_spots_of(preview, user_changes, context)
    coverage = coverage_of(joined, instance, options.coverage, redactor)
    capabilities = capabilities_of(
        joined, instance, redactor, options.now, alters_profiles=_alters_profiles(preview.steps)
    )
    endings = endings_of(user_changes, names, redactor, options.now)
    report = Report(
        project=redactor.name(project),
        stack=redactor.name(stack),
        operation="refresh" if preview.refresh else "preview",
        outcome=preview.outcome,
        verdict=(),
        counts=_counts(user_changes, preview, hidden),
        managed=_managed(by_step) if _lists_all_users(preview) else None,
        untold=unnamed_drift(preview),
        unseen=blind_spots,
        coverage=coverage,
        capabilities=capabilities,
        calls=calls_of(joined),
        endings=endings,
        risks=tuple(_safe_risk(risk, redactor) for risk in together),
        changes=tuple(sorted(rows, key=_place)),
        other_changes=tuple(sorted(_others(preview.steps, redactor), key=_other_place)),
        other_unchanged=_other_unchanged(preview),
        policies=policies_of(preview.policies, redactor),
        problems=problems_of(preview.diagnostics, redactor, {c.username for c in changed}),
        notes=(
            *ending_notes(endings),
            *_notes(preview, user_changes),
            *notes_of(preview, blind_spots),
            *coverage_notes(coverage),
            *capability_notes(capabilities),
        ),
        shown_values=options.disclosure.names,
        hidden_usernames=not options.disclosure.usernames,
    )
    return report.model_copy(update={"verdict": verdict(report, hidden)})


def _violated(preview: Preview) -> Mapping[str, set[str]]:
    """URN -> the policies that object."""
    policies: defaultdict[str, set[str]] = defaultdict(set)
    for violation in preview.policies.violations if preview.policies else ():
        # Of a roster's batch, the message names the user.
        if type_of(violation.urn) not in ROSTERS:
            policies[violation.urn].add(violation.policy)
    return policies


def _not_reported(preview: Preview) -> list[UserChange]:
    """Changes that the report leaves out, but whose values a message may hold."""
    remediated = (
        Step(
            op="update",
            urn=remediation.urn,
            type=type_of(remediation.urn),
            old=State(remediation.before, {}),
            new=State(remediation.after, {}),
        )
        for remediation in (preview.policies.remediations if preview.policies else ())
    )
    return all_user_changes([*preview.superseded, *remediated])


def _alters_profiles(steps: Iterable[Step]) -> bool:
    """Whether existing security profiles change, and with them what their users can do."""
    altering = (s for s in steps if s.op in ("update", "replace") and not s.drift)
    return any(step.type in PROFILES for step in altering)


def _row(
    user_change: UserChange, redactor: Redactor, context: Context, violated: Iterable[str]
) -> Change:
    username = redactor.username(user_change.username)
    name = redactor.name(user_change.name)
    return Change(
        action=_action(user_change),
        kind=user_change.kind,
        type=short_name(user_change.type),
        name=name,
        username="" if username == name else username,
        roster=redactor.text(user_change.roster),
        moved_from=redactor.name(user_change.moved_from),
        renamed_from=redactor.username(user_change.renamed_from),
        properties=_properties(user_change, redactor),
        reasons=tuple(
            redactor.text(d.label)
            for reason in user_change.reasons
            if user_change.op == "replace"
            for d in differences({reason: 0}, {reason: 1})
        ),
        lost=tuple(losses(user_change)),
        risks=tuple(_safe_risk(risk, redactor) for risk in risks_of(user_change, context)),
        policies=tuple(sorted(redactor.text(policy) for policy in violated)),
    )


def _action(user_change: UserChange) -> Action:
    assert user_change.op != "same"
    if user_change.op == "delete" and user_change.suspends:
        return "suspend"
    adopts = user_change.op == "create" and (user_change.new or {}).get("adoption")
    if not adopts:
        return user_change.op
    return "reinstate" if is_reinstated(user_change) else "adopt"


def _properties(user_change: UserChange, redactor: Redactor) -> tuple[PropertyChange, ...]:
    leaves = differences(user_change.old, user_change.new)
    # A status is named after its user: the username is not a property of it.
    silent = {(HIDDEN,), ("username",)} if user_change.kind == "status" else {(HIDDEN,)}
    changes = redactor.changes((d for d in leaves if d.path not in silent), owner=user_change.urn)
    shown = {d.path[0] for d in leaves}
    # A secret looks the same before and after: only the reasons say that it changes.
    secret = Value(state="secret")
    secrets = tuple(
        PropertyChange(attribute=reason, old=secret, new=secret)
        for reason in user_change.reasons
        if reason not in shown and is_secret((reason,))
    )
    return changes + secrets


def _safe_risk(risk: Risk, redactor: Redactor) -> Risk:
    return risk.model_copy(update={"text": redactor.text(risk.text)})


def _place(change: Change) -> tuple[object, ...]:
    grave = any(risk.level == "high" for risk in change.risks)
    return (
        change.kind == "status",
        ACTIONS.index(change.action),
        not grave,
        not change.risks,
        natural(change.name),
        change.type,
        natural(change.username),
        change.roster,
    )


def _others(steps: Sequence[Step], redactor: Redactor) -> Iterator[OtherChange]:
    rosters: set[OtherChange] = set()
    for step in steps:
        if declares_users(step) or is_internal(step.type) or step.op in _SAME:
            continue
        outside = " outside Pulumi" if step.drift else ""
        other = OtherChange(
            action=redactor.text(step.op) + outside,
            type=redactor.text(short_name(step.type)),
            name=redactor.name(declared_name(step.type, step.name)),
        )
        # A roster is listed once, not once for each of its batches.
        if step.type not in ROSTERS or other not in rosters:
            yield other
        if step.type in ROSTERS:
            rosters.add(other)


def _other_place(other: OtherChange) -> tuple[object, ...]:
    order = ("delete", "replace", "update")
    rank = next((i for i, op in enumerate(order) if other.action.startswith(op)), len(order))
    return rank, other.action, other.type, natural(other.name)


def _lists_unchanged(preview: Preview) -> bool:
    """Whether the steps include unchanged resources: a digest leaves them out."""
    same = sum(s.op in _SAME for s in preview.steps)
    whole = preview.outcome == "succeeded" and not unnamed_drift(preview)
    return whole and same >= preview.counts.get("same", 0)


def _lists_all_users(preview: Preview) -> bool:
    """Whether the input shows every user of the stack."""
    return _lists_unchanged(preview) and not any(map(is_opaque, preview.steps))


def _counts(user_changes: Sequence[UserChange], preview: Preview, hidden: int) -> Counts:
    users = [s for s in user_changes if s.kind == "user"]
    actions = Counter(_action(s) for s in users if s.op != "same")
    unchanged = sum(s.op == "same" for s in users) - hidden
    return Counts.model_validate(
        {
            **{("import_" if action == "import" else action): n for action, n in actions.items()},
            "unchanged": unchanged if _lists_unchanged(preview) else None,
        }
    )


def _managed(changes: Iterable[UserChange]) -> int:
    """The users in state."""
    old = (c for c in changes if c.kind == "user" and (c.op == "same" or c.old is not None))
    return len({(change.urn, change.name) for change in old})


def _other_unchanged(preview: Preview) -> int | None:
    """Unchanged resources other than users, or None for a run that did not end."""
    if preview.outcome != "succeeded":
        return None
    if _lists_unchanged(preview):
        same = [s for s in preview.steps if s.op in _SAME]
        others = (s for s in same if s.type not in ROSTERS and not is_internal(s.type))
        return sum(not declares_users(s) for s in others)
    total = preview.counts.get("same")
    stack = any(s.type == STACK and s.op == "same" for s in preview.steps)
    return None if total is None else max(0, total - stack)


def _notes(preview: Preview, user_changes: Sequence[UserChange]) -> Iterator[str]:
    if any(d.is_local_endpoint for d in preview.diagnostics):
        yield "Previewed against the embedded local Connect, not AWS."
    if kept := sum(change.kept for change in user_changes):
        users = counted(
            kept,
            "replaced user keeps its username and stays the same user",
            "replaced users keep their usernames and stay the same users",
        )
        yield f"{users} in Connect: nothing is deleted."
    errors = [d for d in preview.diagnostics if d.severity == "error"]
    if preview.outcome == "failed" and all(d.is_bare_failure for d in errors):
        yield "Pulumi reports that the preview failed, without a reason."
