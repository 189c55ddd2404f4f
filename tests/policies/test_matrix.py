"""Each rule for each type and condition: the pure function, and the SDK's analyzer, agree."""

from collections import Counter
from datetime import date

import pytest

from connect_users_guard.adapters import stack_of, subjects_of
from connect_users_guard.evaluate import evaluate_resource, evaluate_stack
from connect_users_guard.property_values import properties
from connect_users_guard.rule import Rule
from connect_users_guard.settings import ConfigError
from connect_users_guard.subject import Resource
from tests.policies.matrix import APART, BROKEN, FAIL, Condition, conditions, pairs
from tests.support.analyzer import GENERATOR, Analyzer, own_users, urn_of, wire

TODAY = date(2026, 11, 22)
PAIRS = pairs()


def _pure(condition: Condition) -> str:
    rule = condition.rule
    resources = [
        Resource(
            urn=urn_of(example.type, number),
            type=example.type,
            bag=properties(wire(example.props)),
            protect=example.protect,
            ignore_changes=example.ignore_changes,
            depends_on={"password": (GENERATOR,)} if example.generated else {},
        )
        for number, example in enumerate(condition.resources)
    ]
    config = {**own_users(rule), **condition.config}
    try:
        if rule.scope == "stack":
            return evaluate_stack(rule, stack_of(resources), config, TODAY).outcome
        found = [s for r in resources for s in subjects_of(r) if r.type in rule.types]
        if not found:
            return APART
        return evaluate_resource(rule, found, config, TODAY).outcome
    except ConfigError:
        return BROKEN


def _through_sdk(condition: Condition) -> str:
    rule = condition.rule
    analyzer = Analyzer(rule.name, config=condition.config)
    if rule.scope == "stack":
        return analyzer.analyze_stack(condition.resources).outcome
    outcomes = {analyzer.analyze(example).outcome for example in condition.resources}
    return FAIL if FAIL in outcomes else outcomes.pop()


@pytest.mark.parametrize(("rule", "type_"), PAIRS, ids=[f"{r.what}-{t}" for r, t in PAIRS])
def test_rule_in_every_condition_gives_its_verdict(rule: Rule, type_: str) -> None:
    """Pass, fail, unknown, missing, other type, waived, expired, excluded, bad configuration."""
    every = list(conditions(rule, type_))
    expected = {c.name: c.outcome for c in every}

    assert expected == {c.name: _pure(c) for c in every}
    assert expected == {c.name: _through_sdk(c) for c in every}


def test_matrix_counts_are_those_of_a_whole_catalogue() -> None:
    """51 rules; the counts are printed for whoever wants to know them (`pytest -rP`)."""
    counts = Counter(c.outcome for rule, type_ in PAIRS for c in conditions(rule, type_))
    total = sum(counts.values())
    print(f"{len(PAIRS)} rules with a type, {total} verdicts by each of two ways: {counts}")  # noqa: T201

    assert len({rule.name for rule, _ in PAIRS}) == 51
    assert total > 2500
