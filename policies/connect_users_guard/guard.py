"""Rules as policies of Pulumi's SDK.

A rule that cannot run objects at its own level: what a mandatory one cannot evaluate must not pass.
"""

import traceback
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, cast

from pulumi_policy import (
    EnforcementLevel,
    Policy,
    PolicyComplianceFramework,
    PolicyConfigSchema,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    Severity,
    StackValidationArgs,
    StackValidationPolicy,
)
from pulumi_policy.proxy import UNKNOWN_STRING_VALUE, UnknownValueError

from .adapters import ADAPTERS
from .evaluate import evaluate_resource, evaluate_stack, fixes
from .property_values import Properties
from .remediation import unwrapped
from .request import Requests
from .results import Evaluation
from .rule import Rule
from .sdk_configuration import read_early
from .settings import SHARING, ConfigError
from .shared_settings import with_shared

Clock = Callable[[], date]


def utc_today() -> date:
    """Today in UTC, so that a waiver expires everywhere at once."""
    return datetime.now(UTC).date()


class CouldNotRun(UnknownValueError):
    """A remediation failed. The SDK shows it as a diagnostic; the validation objects to it."""

    def __init__(self, message: str) -> None:
        super().__init__(UNKNOWN_STRING_VALUE, [])
        self.message = message


Failures = dict[str, str]
"""URN -> why the remediation of that resource could not run."""


def policy_of(rule: Rule, index: int, requests: Requests, *, today: Clock = utc_today) -> Policy:
    """The SDK's policy for a rule: the `index`th of its pack, whose rules share `requests`."""
    failures: Failures = {}
    validate = _validation(rule, index, requests, today, failures)
    if rule.scope != "resource":
        return StackValidationPolicy(validate=validate, **_metadata(rule))
    policy = ResourceValidationPolicy(
        validate=validate,
        # The SDK's type names the asynchronous form alone; it takes both.
        remediate=cast(Any, _remediation(rule, requests, today, failures)) if rule.fix else None,
        **_metadata(rule),
    )
    if rule.name == SHARING:
        read_early(policy, requests.share)
    return policy


def _metadata(rule: Rule) -> dict[str, Any]:
    framework = rule.framework
    return {
        "name": rule.name,
        "description": rule.title,
        "display_name": rule.what.replace("-", " ").capitalize(),
        "enforcement_level": EnforcementLevel[rule.level.upper()],
        "severity": Severity[rule.severity.upper()],
        "framework": PolicyComplianceFramework(
            framework.name, framework.version, framework.reference, framework.specification
        ),
        "config_schema": PolicyConfigSchema(
            properties={key: dict(schema) for key, schema in rule.schema.items()}
        ),
        "tags": [rule.family],
        "remediation_steps": rule.steps,
        "url": rule.sources[0],
    }


def _validation(
    rule: Rule, index: int, requests: Requests, today: Clock, failures: Failures
) -> Callable[[ResourceValidationArgs | StackValidationArgs, ReportViolation], None]:
    def validate(
        args: ResourceValidationArgs | StackValidationArgs, report: ReportViolation
    ) -> None:
        if isinstance(args, ResourceValidationArgs) and args.resource_type not in rule.types:
            args.not_applicable("the rule is for other types of resource")
        if isinstance(args, ResourceValidationArgs) and args.urn in failures:
            report(failures[args.urn], None)
            return
        try:
            config = with_shared(rule.schema, args.get_config() or {}, requests.shared)
            evaluation = _evaluated(rule, index, requests, args, config, today())
        except Exception as error:
            report(_failure(error), None)
            return
        urn = args.urn if isinstance(args, ResourceValidationArgs) else ""
        requests.coverage.record(rule.name, urn, evaluation.gaps)
        _report(evaluation, report, args.not_applicable)

    return validate


def _evaluated(
    rule: Rule,
    index: int,
    requests: Requests,
    args: ResourceValidationArgs | StackValidationArgs,
    config: Properties,
    today: date,
) -> Evaluation:
    if isinstance(args, ResourceValidationArgs):
        return evaluate_resource(rule, requests.subjects(index, args), config, today)
    if rule.scope == "run":
        return evaluate_resource(rule, [requests.run(args)], config, today)
    return evaluate_stack(rule, requests.stack(index, args), config, today)


def _remediation(
    rule: Rule, requests: Requests, today: Clock, failures: Failures
) -> Callable[[ResourceValidationArgs], Mapping[str, object] | None]:
    def remediate(args: ResourceValidationArgs) -> Mapping[str, object] | None:
        if args.resource_type not in rule.types:
            return None
        failures.pop(args.urn, None)
        try:
            found = requests.subjects_to_change(args)
            config = with_shared(rule.schema, args.get_config() or {}, requests.shared)
            edits = fixes(rule, found, config, today())
            raw = unwrapped(args.props)
            adapter = ADAPTERS[args.resource_type]
            changed = [adapter.write(raw, changes, subject) for subject, changes in edits]
        except Exception as error:
            failures[args.urn] = _failure(error)
            raise CouldNotRun(failures[args.urn]) from None
        # The same mapping that came in: a copy would lose secrets, and the provider.
        return args.props if any(changed) else None

    return remediate


def _report(
    evaluation: Evaluation, report: ReportViolation, not_applicable: Callable[[str], None]
) -> None:
    for violation in evaluation.violations:
        report(violation.text, violation.subject.urn)
    if not evaluation.violations and evaluation.reasons:
        not_applicable("; ".join(evaluation.reasons))


def _failure(error: Exception) -> str:
    """What went wrong and where, and how to fix it, without any value."""
    if isinstance(error, ConfigError):
        return f"the rule could not run: in its configuration, {error}. Correct it."
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(frame.filename).name}:{frame.lineno}"
    return (
        f"the rule could not run: {type(error).__name__} at {place}. "
        "Report this; until it is fixed, disable the rule in the configuration."
    )
