"""Policy results by policy, the gravest first."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final, Literal

from ..core.user_resources import ROSTERS, SINGLE_USERS
from .differences import Difference, differences
from .input.preview import PolicyRun, Remediation, Violation, name_of, type_of
from .redact import Redactor
from .report import (
    SEVERITIES,
    Complaint,
    Policies,
    PolicyResult,
    RemediationResult,
    Severity,
    natural,
)
from .resource_types import STACK, declared_name, wire_of
from .roster_users import roster_users

OWN_PACK: Final = "connect-users-guard"

_SEVERITIES: Final[dict[str, Severity]] = {severity: severity for severity in SEVERITIES}
_Level = Literal["mandatory", "advisory"]


def policies_of(run: PolicyRun | None, redactor: Redactor) -> Policies:
    """The results of a run; None stands for an input without any."""
    if run is None:
        return Policies(status="unknown")
    results = _results(run.violations, redactor)
    remediations = tuple(
        sorted(
            (
                result
                for remediation in run.remediations
                for result in _remediated(remediation, redactor)
            ),
            key=lambda r: (r.pack, r.policy, r.name),
        )
    )
    return Policies(
        status=_status(run, results), ran=len(run.ran), results=results, remediations=remediations
    )


def _status(
    run: PolicyRun, results: tuple[PolicyResult, ...]
) -> Literal["none", "passed", "advised", "failed"]:
    if any(result.level == "mandatory" for result in results):
        return "failed"
    if results:
        return "advised"
    return "passed" if run.ran else "none"


def _results(violations: tuple[Violation, ...], redactor: Redactor) -> tuple[PolicyResult, ...]:
    grouped: dict[tuple[_Level, Severity, str, str], set[tuple[str, str]]] = defaultdict(set)
    for violation in violations:
        level: _Level = "advisory" if violation.level == "advisory" else "mandatory"
        severity = _SEVERITIES.get(violation.severity, "none")
        key = (level, severity, violation.pack, violation.policy)
        grouped[key].add((resource_name(violation.urn, redactor), _message(violation, redactor)))
    order = sorted(grouped, key=lambda k: (k[0] != "mandatory", SEVERITIES.index(k[1]), k[2], k[3]))
    return tuple(
        PolicyResult(
            policy=redactor.text(policy),
            pack=redactor.text(pack),
            level=level,
            severity=severity,
            complaints=tuple(
                Complaint(name=name, message=message)
                for name, message in sorted(
                    grouped[level, severity, pack, policy],
                    key=lambda complaint: (natural(complaint[0]), complaint[1]),
                )
            ),
        )
        for level, severity, pack, policy in order
    )


def _message(violation: Violation, redactor: Redactor) -> str:
    about_all = type_of(violation.urn) == STACK or not violation.urn
    owner = None if about_all else violation.urn
    # Our own rules never write names.
    return redactor.message(violation.message, "" if violation.pack == OWN_PACK else owner)


def resource_name(urn: str, redactor: Redactor) -> str:
    """The name of a URN's resource; empty for the stack."""
    kind = type_of(urn)
    return "" if kind == STACK or not urn else redactor.name(declared_name(kind, name_of(urn)))


def _remediated(remediation: Remediation, redactor: Redactor) -> Iterator[RemediationResult]:
    """What the policy changed, by attribute: the values are in the changes themselves."""
    before, after = remediation.before, remediation.after
    name = resource_name(remediation.urn, redactor)
    kind = type_of(remediation.urn)
    old, new = (roster_users(props) if kind in ROSTERS else {} for props in (before, after))
    changes = {user: differences(old.get(user), new.get(user)) for user in sorted({*old, *new})}
    if any(changes.values()):
        for user, changed in changes.items():
            if changed:
                yield _result(remediation, redactor.name(user), changed, redactor)
        return
    if kind in SINGLE_USERS:
        before, after = wire_of(kind, before), wire_of(kind, after)
    yield _result(remediation, name, differences(before, after), redactor)


def _result(
    remediation: Remediation, name: str, changed: Iterable[Difference], redactor: Redactor
) -> RemediationResult:
    return RemediationResult(
        policy=redactor.text(remediation.policy),
        pack=redactor.text(remediation.pack),
        name=name,
        attributes=tuple(redactor.text(d.label) for d in changed),
    )
