"""The policy SDK's own analyzer, in this process: what the engine talks to, without the engine.

The SDK has no test kit; its servicer is a private class, so that a new version may break these
tests, and no more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from google.protobuf import json_format, struct_pb2
from pulumi.runtime.proto import analyzer_pb2 as messages
from pulumi_policy import EnforcementLevel, Policy
from pulumi_policy.policy import _PolicyAnalyzerServicer
from pulumi_policy.proxy import UNKNOWN_STRING_VALUE

from connect_users_guard import policies
from connect_users_guard.absent import UNKNOWN
from connect_users_guard.examples.as_resources import Example
from connect_users_guard.registry import all_rules
from connect_users_guard.rule import Rule

SIGNATURE = "4dabf18193072939515e22adb298388d"
SECRET = "1b47061264138c4ac30d75fd1eb44270"
_PROVIDER = messages.AnalyzerProviderResource(
    type="pulumi:providers:pulumi-python", urn="urn:pulumi:dev::centre::p::p", name="default"
)
GENERATOR = "random:index/randomPassword:RandomPassword"
STACK_URN = "urn:pulumi:dev::centre::pulumi:pulumi:Stack::centre-dev"
GENERATOR_URN = f"urn:pulumi:dev::centre::{GENERATOR}::made"


@dataclass(frozen=True)
class Answer:
    """What the analyzer said, of one rule or of all."""

    messages: tuple[str, ...]
    reasons: tuple[str, ...]
    levels: tuple[str, ...]
    urns: tuple[str, ...] = ()

    @property
    def outcome(self) -> str:
        """`fail`, `not applicable`, `pass`, or `could not run`."""
        if any("could not run" in message for message in self.messages):
            return "could not run"
        if self.messages:
            return "fail"
        return "not applicable" if self.reasons else "pass"


def wire(value: Any) -> Any:
    """A value as the engine sends it: unknowns are sentinel texts."""
    if value is UNKNOWN:
        return UNKNOWN_STRING_VALUE
    if isinstance(value, Mapping):
        return {key: wire(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [wire(entry) for entry in value]
    return value


def secret(value: Any) -> dict[str, Any]:
    """A secret as the engine sends it."""
    return {SIGNATURE: SECRET, "value": value}


def own_users(rule: Rule) -> dict[str, Any]:
    """The setting with which a rule evaluates what check refuses already: that is tested too."""
    return {"ownUsers": True} if rule.checked else {}


class Analyzer:
    """The pack, or some rules of it, behind the SDK's servicer."""

    def __init__(
        self,
        *rules: str,
        config: Mapping[str, Any] | None = None,
        by_rule: Mapping[str, Mapping[str, Any]] | None = None,
        level: str | None = None,
        made: Sequence[Policy] = (),
    ) -> None:
        """Starts the servicer.

        Args:
            rules: the rules' names; none for all.
            config: the settings of each of them.
            by_rule: further settings of single rules.
            level: the level of each of them; None for its own.
            made: policies of the test's own instead.
        """
        chosen = list(made) or policies(rules or None)
        # Its methods have no types.
        self._servicer = cast(
            Any,
            _PolicyAnalyzerServicer(
                "connect-users-guard", "0.1.0", chosen, EnforcementLevel.ADVISORY
            ),
        )
        configured = {}
        for policy in chosen:
            own = policy.enforcement_level or EnforcementLevel.ADVISORY
            # Switched off by default is still to be tested.
            running = EnforcementLevel.ADVISORY if own is EnforcementLevel.DISABLED else own
            wanted = EnforcementLevel[level.upper()] if level else running
            properties = struct_pb2.Struct()
            own_settings = (by_rule or {}).get(policy.name, {})
            rule = all_rules().get(policy.name)
            every = own_users(rule) if rule else {}
            properties.update({**every, **(config or {}), **own_settings})
            configured[policy.name] = messages.PolicyConfig(
                enforcementLevel=messages.EnforcementLevel.Value(wanted.name), properties=properties
            )
        request = messages.ConfigureAnalyzerRequest(policyConfig=configured)
        self._servicer.Configure(request, None)

    def analyze(self, example: Example, *, urn: str | None = None) -> Answer:
        """Validates one resource."""
        request = messages.AnalyzeRequest(
            type=example.type,
            urn=urn or urn_of(example.type),
            name="mary",
            properties=_struct(example.props),
            options=_options(example),
            provider=_PROVIDER,
        )
        return _answer(self._servicer.Analyze(request, None))

    def analyze_stack(self, examples: Sequence[Example], *, urns: Sequence[str] = ()) -> Answer:
        """Validates a stack; `urns` are the resources' own, where they matter."""
        resources = [
            messages.AnalyzerResource(type="pulumi:pulumi:Stack", urn=STACK_URN, name="centre-dev"),
            messages.AnalyzerResource(type=GENERATOR, urn=GENERATOR_URN, name="made"),
        ]
        for number, example in enumerate(examples):
            resource = messages.AnalyzerResource(
                type=example.type,
                urn=urns[number] if urns else urn_of(example.type, number),
                name=f"r{number}",
                provider=_PROVIDER,
                properties=_struct(example.props),
                options=_options(example),
            )
            if example.generated:
                dependencies = messages.AnalyzerPropertyDependencies(urns=[GENERATOR_URN])
                resource.propertyDependencies["password"].CopyFrom(dependencies)
            resources.append(resource)
        request = messages.AnalyzeStackRequest(resources=resources)
        return _answer(self._servicer.AnalyzeStack(request, None))

    def remediate(self, example: Example) -> tuple[dict[str, Any] | None, str]:
        """Remediates one resource: its new properties as sent to the engine, and a diagnostic."""
        request = messages.AnalyzeRequest(
            type=example.type,
            urn=urn_of(example.type),
            name="mary",
            properties=_struct(example.props),
            options=_options(example),
        )
        response = self._servicer.Remediate(request, None)
        if not response.remediations:
            return None, ""
        last = response.remediations[-1]
        props = json_format.MessageToDict(last.properties) if last.properties.fields else None
        return props, last.diagnostic


def urn_of(type_: str, number: int = 0) -> str:
    """The URN of a resource in these tests."""
    return f"urn:pulumi:dev::centre::{type_}::r{number}"


def _struct(props: Mapping[str, Any]) -> struct_pb2.Struct:
    made = struct_pb2.Struct()
    made.update(wire(props))
    return made


def _options(example: Example) -> messages.AnalyzerResourceOptions:
    return messages.AnalyzerResourceOptions(
        protect=example.protect, ignoreChanges=list(example.ignore_changes)
    )


def _answer(response: Any) -> Answer:
    return Answer(
        messages=tuple(d.message for d in response.diagnostics),
        reasons=tuple(n.reason for n in response.not_applicable),
        levels=tuple(
            messages.EnforcementLevel.Name(d.enforcementLevel) for d in response.diagnostics
        ),
        urns=tuple(d.urn for d in response.diagnostics),
    )
