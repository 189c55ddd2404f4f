"""One instance, one way of managing identities."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from ..absent import MISSING, UNKNOWN, Value
from ..examples.cases import Case, user
from ..results import Gap, NotApplicable, Results, Violation, unknown
from ..rule import Rule
from ..settings import IDENTITY_TYPES, Settings
from ..sources import IDENTITY_MANAGEMENT, connect_api
from ..subject import Stack, Subject, last_segment
from ..user_resources import INSTANCES, USERS

_UNTOLD = "a resource does not show how its instance manages identities"


def _evaluate(stack: Stack, settings: Settings) -> Results:
    by_mode: dict[str, dict[str, list[Subject]]] = defaultdict(lambda: defaultdict(list))
    for subject in (*stack.users, *stack.instances):
        instance = subject.instance
        for mode in {subject.text("identityManagementType"), settings.mode(subject)}:
            if instance is UNKNOWN or mode is UNKNOWN:
                yield unknown("an instance or how it manages identities")
            elif instance is MISSING or mode is MISSING:
                yield NotApplicable(
                    _UNTOLD, Gap.MODE if settings.mode(subject) is MISSING else None
                )
            else:
                by_mode[instance][mode].append(subject)
        # The settings may contradict what the resource says of itself.
        for key, type_ in _configured(instance, settings):
            by_mode[key][type_].append(subject)
    for modes in by_mode.values():
        if len(modes) > 1:
            yield from _contradictions(modes)


def _configured(instance: Value[str], settings: Settings) -> Iterator[tuple[str, str]]:
    for key, type_ in settings.mapping("identityTypes").items():
        if last_segment(key) == instance:
            yield last_segment(key), str(type_)


def _contradictions(modes: Mapping[str, Sequence[Subject]]) -> Results:
    named = ", ".join(sorted(modes))
    for subject in {s.address: s for subjects in modes.values() for s in subjects}.values():
        yield Violation(
            f"its instance is declared as {named}. It has only one type: correct the others.",
            subject,
        )


RULE = Rule(
    name="connect-user-identity-mode-consistent",
    family="identity",
    title="A stack must declare one identity management type per instance.",
    severity="high",
    level="mandatory",
    framework=connect_api("DescribeInstance: IdentityManagementType"),
    why="How an instance manages identities can never be changed. Two answers in one stack mean "
    "that half of the rules apply the wrong one.",
    steps="Correct the declared type, or the `identityTypes` of the configuration.",
    sources=(IDENTITY_MANAGEMENT,),
    scope="stack",
    types=(*USERS, *INSTANCES),
    config=IDENTITY_TYPES,
    evaluate=_evaluate,
    reads=("identityManagementType",),
    good=Case(users=(user("SAML"), user("SAML", username="j.roe@example.com"))),
    bad=Case(
        users=(user("SAML"),),
        config={"identityTypes": {"11111111-1111-4111-8111-111111111111": "CONNECT_MANAGED"}},
    ),
)
