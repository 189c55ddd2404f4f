"""Real runs of the pack: their resources, and what the SDK alone says of these."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from connect_users_guard.absent import UNKNOWN
from connect_users_guard.examples.as_resources import Example, config_for, examples
from connect_users_guard.registry import all_rules
from tests.policies.matrix import conditions
from tests.support.analyzer import GENERATOR, Analyzer, own_users
from tests.support.harness import Stack, Stacks
from tools.checkout import ROOT

PACK = ROOT / "policies"
DYNAMIC = "pulumi-python:dynamic/connect:User"
ROSTER = "pulumi-python:dynamic/connect:UserBatch"
AWS = "aws:connect/user:User"
NATIVE = "aws-native:connect:User"

STACK = "urn:pulumi:dev::engine-test::"

Named = list[tuple[str, Example]]

PROGRAM = '''
"""The resources of resources.json, under the type of this project's users, as they stand there."""

import json
from pathlib import Path

import pulumi
from pulumi.dynamic import CreateResult, Resource, ResourceProvider


class Anything(ResourceProvider):
    """Accepts what the real provider would refuse before any policy sees it."""

    serialize_as_secret_always = False

    def create(self, props):
        return CreateResult(props["name"], props)


class Later(Resource, module="test", name="Later"):
    value: pulumi.Output[str]

    def __init__(self):
        super().__init__(Anything(), "later", {"name": "later", "value": None})


def resource(kind):
    class Made(Resource, module="connect", name=kind):
        pass

    return Made


later = Later()


def value(written):
    if written == "<unknown>":
        return later.value
    if isinstance(written, dict) and set(written) == {"<secret>"}:
        return pulumi.Output.secret(written["<secret>"])
    if isinstance(written, dict):
        return {key: value(entry) for key, entry in written.items()}
    if isinstance(written, list):
        return [value(entry) for entry in written]
    return written


for made in json.loads(Path("resources.json").read_text()):
    options = pulumi.ResourceOptions(
        protect=made["protect"], ignore_changes=made["ignoreChanges"]
    )
    props = {key: value(entry) for key, entry in made["props"].items()}
    resource(made["kind"])(Anything(), made["name"], {**props, "name": made["name"]}, options)
'''


def cases(type_: str, *kinds: str) -> Named:
    """The resources of every rule's example of some kinds (`good`, `bad`), by name."""
    found: Named = []
    for rule in all_rules().values():
        if type_ not in rule.types or not rule.bad.users:
            continue
        for kind in kinds:
            made = examples(getattr(rule, kind), type_)
            found += [(f"{rule.what}-{kind}-{n}", one) for n, one in enumerate(made)]
    return found


def unknowns(type_: str) -> Named:
    """The resources of every rule's conditions with an unknown attribute."""
    found: Named = []
    for rule in all_rules().values():
        if type_ in rule.types and rule.bad.users:
            for condition in conditions(rule, type_):
                if condition.name.endswith(" unknown"):
                    path = condition.name.split()[0]
                    found += [
                        (f"{rule.what}-{path}-{n}", one)
                        for n, one in enumerate(condition.resources)
                        if one.type == type_
                    ]
    return found


def settings(type_: str, **more: Any) -> dict[str, dict[str, Any]]:
    """Every rule's settings for its bad example, at the level advisory.

    But for what looks at the others: it would find what these examples lack.
    """
    return {
        rule.name: {
            "enforcementLevel": "disabled" if rule.scope == "run" else "advisory",
            **own_users(rule),
            **config_for(rule, rule.bad, type_),
            **more,
        }
        for rule in all_rules().values()
    }


def expected(named: Named, config: Mapping[str, Mapping[str, Any]]) -> set[tuple[str, str]]:
    """Rule and resource of every violation, by the SDK's analyzer without the engine."""
    found = set()
    names = {f"{STACK}{one.type}::{name}": name for name, one in named}
    for rule, given in config.items():
        if all_rules()[rule].scope == "run":
            continue
        own = {key: value for key, value in given.items() if key != "enforcementLevel"}
        analyzer = Analyzer(rule, config=own)
        if all_rules()[rule].scope == "stack":
            answer = analyzer.analyze_stack([one for _, one in named], urns=list(names))
            found |= {(rule, names[urn]) for urn in answer.urns if urn in names}
            continue
        for name, one in named:
            if analyzer.analyze(one, urn=f"{STACK}{one.type}::{name}").outcome == "fail":
                found.add((rule, name))
    return found


def program(stacks: Stacks, named: Named) -> Stack:
    """A stack whose program holds the resources."""
    stack = stacks(program=PROGRAM)
    written = [
        {
            "kind": one.type.rpartition(":")[2],
            "name": name,
            "props": _written(one.props),
            "protect": one.protect,
            "ignoreChanges": list(one.ignore_changes),
        }
        for name, one in named
    ]
    (stack.folder / "resources.json").write_text(json.dumps(written))
    return stack


def with_pack(stack: Stack, config: Mapping[str, Any]) -> Sequence[str]:
    """The options that run the pack with a configuration."""
    file = stack.folder / "policy-config.json"
    file.write_text(json.dumps(config))
    return ("--policy-pack", str(PACK), "--policy-pack-config", str(file))


def found_in(violations: Sequence[Mapping[str, Any]]) -> set[tuple[str, str]]:
    """Rule and resource name of the engine's policy events."""
    return {(v["policyName"], v["resourceUrn"].rpartition("::")[2]) for v in violations}


def state(folder: Path, named: Named) -> Path:
    """A state file, as `pulumi stack export` writes it, that holds the resources."""
    root = f"{STACK}pulumi:pulumi:Stack::engine-test-dev"
    generator = f"{STACK}{GENERATOR}::made"
    resources: list[dict[str, Any]] = [
        {"urn": root, "type": "pulumi:pulumi:Stack", "custom": False}
    ]
    providers: dict[str, str] = {}

    def add(name: str, one: Example) -> None:
        package = one.type.partition(":")[0]
        if package not in providers:
            kind = f"pulumi:providers:{package}"
            urn, id_ = f"{STACK}{kind}::default", f"id-of-{package}"
            providers[package] = f"{urn}::{id_}"
            resources.append(
                {"urn": urn, "type": kind, "custom": True, "id": id_, "inputs": {}, "outputs": {}}
            )
        props = _written(one.props)
        resources.append(
            {
                "urn": f"{STACK}{one.type}::{name}",
                "type": one.type,
                "custom": True,
                "id": name,
                "inputs": props,
                "outputs": props,
                "parent": root,
                "provider": providers[package],
                "protect": one.protect,
                "dependencies": [generator] if one.generated else [],
                "propertyDependencies": {"password": [generator]} if one.generated else {},
            }
        )

    add("made", Example(type=GENERATOR, props={}))
    for name, one in named:
        add(name, one)
    deployment = {
        "manifest": {"time": "2026-01-01T00:00:00Z", "magic": "", "version": ""},
        "resources": resources,
    }
    file = folder / "state.json"
    file.write_text(json.dumps({"version": 3, "deployment": deployment}))
    return file


def _written(value: Any) -> Any:
    if value is UNKNOWN:
        return "<unknown>"
    if isinstance(value, Mapping):
        return {key: _written(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_written(entry) for entry in value]
    return value
