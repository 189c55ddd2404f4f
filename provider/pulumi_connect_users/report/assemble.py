"""From what Pulumi printed to a report: the one place where the parts meet. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from .blind_spots import blind_spots_of, notes_of, possibly_changed
from .differences import differences
from .disclosure import is_secret
from .group_risks import group_risks
from .id_names import gather
from .input import Preview, State, Step
from .input.diagnostics import is_bare_failure, mentions_local_endpoint
from .input.steps import type_of
from .moves_and_renames import join_moves_and_renames
from .natural import natural
from .options import Options
from .policies import policies_of
from .problems import problems_of
from .redact import Redactor
from .report import (
    ACTIONS,
    Action,
    BlindSpots,
    Change,
    Counts,
    OtherChange,
    PropertyChange,
    Report,
    Risk,
    Value,
)
from .resource_types import STACK, USER_BATCH, declared_name, is_internal, short_name
from .risks import Context, risks_of
from .user_change import UserChange
from .user_changes import HIDDEN, all_user_changes, declares_users, is_opaque
from .verdict import counted, total_risks, verdict

_SAME: Final = ("same", "refresh", "read")

# Sources: API reference, DeleteUser; Administrator guide, "Delete users from your instance".
_DELETED: Final = (
    "the login and the user id, for good: the same user made again is another one to Connect",
    "quick connects to this user, which stay behind and lead nowhere",
)
_REPLACED: Final = (
    "the user id: quick connects, and whatever else stores it, lead nowhere afterwards",
)
_PASSWORD_LOST: Final = "the password in use: the new user begins with the declared one"  # noqa: S105
_GAP: Final = "the login for a while: the old user goes before the new one is made"


def assemble(preview: Preview, options: Options | None = None) -> Report:
    """The report of a preview."""
    options = options or Options()
    told = all_user_changes(preview.steps)
    user_changes = join_moves_and_renames(told)
    names = gather(preview.steps, user_changes)
    redactor = Redactor([*told, *_others_seen(preview)], names, options.disclosure)
    context = Context(names, options)

    policies = policies_of(preview.policies, redactor)
    objecting: dict[str, set[str]] = {}
    for violation in preview.policies.violations if preview.policies else ():
        if type_of(violation.urn) == USER_BATCH:
            continue  # which of its users it is about stands in the message
        objecting.setdefault(violation.urn, set()).add(violation.policy)
    changed = [s for s in user_changes if s.op != "same"]
    changes = sorted(
        (_change(s, redactor, context, objecting.get(s.urn, ())) for s in changed), key=_place
    )
    others = tuple(sorted(_others(preview.steps, redactor), key=_other_place))
    together = group_risks(
        user_changes, context, redactor, complete=_lists_all_users(preview) and bool(changed)
    )
    together = tuple(_legible_risk(risk, redactor) for risk in together)
    problems = problems_of(preview.diagnostics, redactor)
    project, stack = preview.stack
    hidden, untold = possibly_changed(preview, user_changes), _untold(preview)
    counts = _counts(user_changes, preview, hidden)
    unseen = blind_spots_of(preview, user_changes, context)
    return Report(
        project=redactor.name(project),
        stack=redactor.name(stack),
        operation="refresh" if preview.refresh else "preview",
        outcome=preview.outcome,
        verdict=verdict(
            outcome=preview.outcome,
            counts=counts,
            untold=untold,
            rosters=unseen.rosters,
            hidden=hidden,
            # A status that only leaves the stack stays as it is.
            statuses=sum(s.kind == "status" and s.new is not None for s in changed),
            others=sum(other.type != short_name(USER_BATCH) for other in others),
            policies=policies,
            risks=total_risks([c.risks for c in changes], together),
            errors=sum(p.severity == "error" for p in problems),
        ),
        counts=counts,
        untold=untold,
        unseen=unseen,
        risks=together,
        changes=tuple(changes),
        other_changes=others,
        other_unchanged=_other_unchanged(preview),
        policies=policies,
        problems=problems,
        notes=tuple(_notes(preview, user_changes, unseen)),
        shown_values=options.disclosure.names,
        hidden_usernames=not options.disclosure.usernames,
    )


def _others_seen(preview: Preview) -> list[UserChange]:
    """Users whose values no change shows, but a message may hold: states that others stand for."""
    remediated = (
        Step(
            op="update",
            urn=found.urn,
            type=type_of(found.urn),
            old=State(found.before, {}),
            new=State(found.after, {}),
        )
        for found in (preview.policies.remediations if preview.policies else ())
    )
    return all_user_changes([*preview.superseded, *remediated])


def _change(
    user_change: UserChange, redactor: Redactor, context: Context, objecting: Iterable[str]
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
        lost=tuple(_lost(user_change)),
        risks=tuple(_legible_risk(risk, redactor) for risk in risks_of(user_change, context)),
        policies=tuple(sorted(redactor.text(policy) for policy in objecting)),
    )


def _action(user_change: UserChange) -> Action:
    assert user_change.op != "same"
    adopts = user_change.op == "create" and (user_change.new or {}).get("adoption")
    return "adopt" if adopts else user_change.op


def _properties(user_change: UserChange, redactor: Redactor) -> tuple[PropertyChange, ...]:
    found = differences(user_change.old, user_change.new)
    # A status is named by its user; that is no property of it.
    silent = {(HIDDEN,), ("username",)} if user_change.kind == "status" else {(HIDDEN,)}
    changes = redactor.changes((d for d in found if d.path not in silent), owner=user_change.urn)
    told = {d.path[0] for d in found}
    # A secret looks the same before and after: that it changes shows in the reasons alone.
    secret = Value(state="secret")
    untold = tuple(
        PropertyChange(attribute=reason, old=secret, new=secret)
        for reason in user_change.reasons
        if reason not in told and is_secret((reason,))
    )
    return changes + untold


def _lost(user_change: UserChange) -> Iterator[str]:
    if user_change.kind != "user":
        return
    if user_change.op == "delete":
        yield from _DELETED
    elif user_change.op == "replace":
        yield from _REPLACED
        if (user_change.new or {}).get("password") is not None:
            yield _PASSWORD_LOST
        if user_change.deletes_first:
            yield _GAP


def _legible_risk(risk: Risk, redactor: Redactor) -> Risk:
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
        # A roster is told once, not once for each of its batches.
        if step.type != USER_BATCH or other not in rosters:
            yield other
        if step.type == USER_BATCH:
            rosters.add(other)


def _other_place(other: OtherChange) -> tuple[object, ...]:
    order = ("delete", "replace", "update")
    rank = next((i for i, op in enumerate(order) if other.action.startswith(op)), len(order))
    return rank, other.action, other.type, natural(other.name)


def _lists_unchanged(preview: Preview) -> bool:
    """Whether the unchanged are among the steps: a digest leaves them out."""
    same = sum(s.op in _SAME for s in preview.steps)
    whole = preview.outcome == "succeeded" and not _untold(preview)
    return whole and same >= preview.counts.get("same", 0)


def _lists_all_users(preview: Preview) -> bool:
    """Whether every user of the stack can be seen."""
    return _lists_unchanged(preview) and not any(map(is_opaque, preview.steps))


def _counts(user_changes: Sequence[UserChange], preview: Preview, hidden: int) -> Counts:
    users = [s for s in user_changes if s.kind == "user"]
    found = Counter(_action(s) for s in users if s.op != "same")
    unchanged = sum(s.op == "same" for s in users) - hidden
    return Counts.model_validate(
        {
            **{("import_" if action == "import" else action): n for action, n in found.items()},
            "unchanged": unchanged if _lists_unchanged(preview) else None,
        }
    )


def _other_unchanged(preview: Preview) -> int | None:
    """Unchanged resources that are no users; or, where the input cannot tell, all that are.

    None for a run that did not end: how far it came by then differs from run to run.
    """
    if preview.outcome != "succeeded":
        return None
    if _lists_unchanged(preview):
        same = [s for s in preview.steps if s.op in _SAME]
        others = (s for s in same if s.type != USER_BATCH and not is_internal(s.type))
        return sum(not declares_users(s) for s in others)
    total = preview.counts.get("same")
    stack = any(s.type == STACK and s.op == "same" for s in preview.steps)
    return None if total is None else max(0, total - stack)


def _untold(preview: Preview) -> int:
    """How many changes a refresh has counted without naming them."""
    told = sum(step.drift for step in preview.steps)
    counted = sum(count for op, count in preview.counts.items() if op != "same")
    return max(0, counted - told) if preview.refresh else 0


def _notes(
    preview: Preview, user_changes: Sequence[UserChange], unseen: BlindSpots
) -> Iterator[str]:
    if any(map(mentions_local_endpoint, preview.diagnostics)):
        yield "Previewed against the embedded local Connect, not AWS."
    if preview.policies is None and preview.outcome != "empty":
        yield (
            "Policy results are not in a preview's digest: whether any policy objects is not known "
            "here. The engine's events have them."
        )
    if _untold(preview):
        yield (
            "The digest of a refresh counts what has changed outside Pulumi and does not tell "
            "which resource it is, nor how. The engine's events do."
        )
    yield from notes_of(unseen)
    if kept := sum(user_change.kept for user_change in user_changes):
        users = counted(
            kept, "user whom Pulumi replaces keeps its", "users whom Pulumi replaces keep their"
        )
        yield f"{users} username, and so stays the same user: nothing is deleted."
    said = [d for d in preview.diagnostics if d.severity == "error"]
    if preview.outcome == "failed" and all(is_bare_failure(d.message) for d in said):
        yield "Pulumi calls the preview failed and does not say why."
