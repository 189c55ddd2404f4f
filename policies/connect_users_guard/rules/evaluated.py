"""What no rule could look at must not look as if it had passed."""

from collections.abc import Iterator

from ..absent import UNKNOWN
from ..coverage import Run
from ..examples.cases import case
from ..results import Gap, Results, Violation
from ..rule import Rule
from ..settings import Settings
from ..sources import SECURITY_BEST_PRACTICES, connect_security

_REMEDIES = {
    Gap.MODE: "Set identityTypes of connect-user-identity-known.",
    Gap.NAMES: "Set profiles of connect-user-identity-known.",
    Gap.CAPABILITIES: "Allow the role connect:ListSecurityProfilePermissions and "
    "connect:DescribeSecurityProfile.",
    Gap.UNKNOWN: "Use known values where rules matter.",
}


def _evaluate(run: Run, _settings: Settings) -> Results:
    sentences = [*_unsupported(run), *(s for gap in Gap for s in _unevaluated(run, gap))]
    if sentences:
        yield Violation(" ".join(sentences), run)


def _unsupported(run: Run) -> Iterator[str]:
    for type_, count in sorted(run.unsupported.items()):
        yield (
            f"{_counted('resource', count)} not evaluated by any rule: the type {type_} is not "
            "supported. Use one that is."
        )


def _unevaluated(run: Run, gap: Gap) -> Iterator[str]:
    parts = [
        f"{_counted(kind, count)} not evaluated by {', '.join(rules)}"
        for (found, kind, count), rules in run.unevaluated.items()
        if found is gap
    ]
    if parts:
        yield f"{'; '.join(parts)}: {gap.value}. {_REMEDIES[gap]}"


def _counted(kind: str, count: int) -> str:
    if kind == "stack":
        return "the stack was"
    return f"1 {kind} was" if count == 1 else f"{count:,} {kind}s were"


RULE = Rule(
    name="connect-user-evaluated",
    family="lifecycle",
    title="Every rule should be able to evaluate what it applies to.",
    severity="medium",
    level="advisory",
    framework=connect_security("Review before deployment"),
    why="A rule that lacks a fact finds nothing: how the instance manages identities, the names of "
    "security profiles, a value that a preview does not know. It must not look as if all was well. "
    "One advisory counts what no rule could evaluate, and names the rules.",
    steps="Set `identityTypes` and `profiles` of `connect-user-identity-known`; use known values.",
    sources=(SECURITY_BEST_PRACTICES,),
    scope="run",
    evaluate=_evaluate,
    reads=("tags",),
    good=case(),
    bad=case(tags=UNKNOWN),
)
