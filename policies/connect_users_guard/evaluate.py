"""Evaluates a rule: which subjects it applies to, with which settings and waivers.

Everything here raises ConfigError where a setting cannot be used.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from .absent import MISSING, UNKNOWN
from .edit import Edit
from .property_values import Properties
from .results import Evaluation, Gap, NotApplicable, Results, Violation, unknown
from .rule import Rule
from .settings import Settings
from .subject import Stack, Subject
from .waivers import read_waivers, waived

_EXCLUDED = "the settings leave it out (excludeUrns, instances or stacks)"


def evaluate_resource(
    rule: Rule, subjects: Sequence[Subject], config: Properties, today: date
) -> Evaluation:
    """One resource rule on the subjects of one resource."""
    settings = Settings(rule.schema, config)
    found: list[Violation | NotApplicable] = []
    gaps: Counter[tuple[Gap, str]] = Counter()
    for subject in subjects:
        own = _usable(rule, settings.for_subject(subject))
        reason = _not_applicable(rule, subject, own)
        results = [reason] if reason else list(rule.evaluate(subject, own))
        gaps.update((gap, subject.kind) for gap in _gaps(results))
        found += results
    return replace(_after_waivers(found, settings, today), gaps=gaps)


def evaluate_stack(rule: Rule, stack: Stack, config: Properties, today: date) -> Evaluation:
    """One stack rule on all that a stack holds."""
    settings = Settings(rule.schema, config)
    groups: dict[str, tuple[Settings, list[Subject]]] = {}
    accepted = [subject for subject in stack.subjects if rule.accepts(subject)]
    for subject in accepted:
        own = _usable(rule, settings.for_subject(subject))
        if own.covers(subject):
            # Subjects are looked at together unless the rule's own settings differ.
            groups.setdefault(own.key_of(rule.config), (own, []))[1].append(subject)
    if not groups:
        return Evaluation(reasons=(_EXCLUDED if accepted else "the stack holds none of its types",))
    found = [
        finding for own, meant in groups.values() for finding in rule.evaluate(Stack.of(meant), own)
    ]
    gaps = dict.fromkeys(((gap, "stack") for gap in _gaps(found)), 1)
    return replace(_after_waivers(found, settings, today), gaps=gaps)


def _usable(rule: Rule, settings: Settings) -> Settings:
    rule.verify(settings)
    return settings


def _gaps(results: Results) -> set[Gap]:
    """Why it is uncertain that nothing is wrong; what is wrong was evaluated."""
    results = list(results)
    if any(isinstance(result, Violation) for result in results):
        return set()
    return {r.gap for r in results if isinstance(r, NotApplicable) and r.gap}


def fixes(
    rule: Rule, subjects: Sequence[Subject], config: Properties, today: date
) -> list[tuple[Subject, list[Edit]]]:
    """The edits that a remediation makes, by subject; waived subjects are left alone."""
    if rule.fix is None:
        return []
    settings = Settings(rule.schema, config)
    found = []
    for subject in subjects:
        own = _usable(rule, settings.for_subject(subject))
        waivers = read_waivers(own.entries("waivers"))
        if (
            _not_applicable(rule, subject, own) is None
            and waived(subject, waivers, today)[0] is None
        ):
            edits = list(rule.fix(subject, own))
            if edits:
                found.append((subject, edits))
    return found


def _not_applicable(rule: Rule, subject: Subject, settings: Settings) -> NotApplicable | None:
    """Why the rule does not apply to the subject; None if it does."""
    if not settings.covers(subject):
        return NotApplicable(_EXCLUDED)
    if rule.checked and subject.checked and not settings.flag("ownUsers"):
        return NotApplicable("check refuses the same of this project's own users")
    # A roster's passwords stand beside its users, and may be known when these are not.
    if subject.hidden and rule.reads != ("password",):
        return unknown("the user")
    if not rule.modes:
        return None
    mode = settings.mode(subject)
    if mode is MISSING:
        return NotApplicable(
            "the identity management type is not known: set identityTypes", Gap.MODE
        )
    if mode is UNKNOWN:
        return unknown("how the instance manages identities")
    if mode not in rule.modes:
        return NotApplicable(f"the instance has {mode} identities; the rule is for others")
    return None


def _after_waivers(found: Results, settings: Settings, today: date) -> Evaluation:
    violations: list[Violation] = []
    reasons: dict[str, None] = {}
    for finding in found:
        if isinstance(finding, NotApplicable):
            reasons[finding.reason] = None
            continue
        own = settings.for_subject(finding.subject)
        waiver, remark = waived(finding.subject, read_waivers(own.entries("waivers")), today)
        if waiver is not None and waiver.expires is not None:
            reasons[f"waived until {waiver.expires.isoformat()}"] = None
            continue
        text = finding.text if remark is None else f"{finding.text} {remark}"
        about = f"{finding.subject.kind} {finding.subject.display_name}: "
        violations.append(Violation(about + text, finding.subject))
    return Evaluation(violations=tuple(violations), reasons=tuple(reasons))
