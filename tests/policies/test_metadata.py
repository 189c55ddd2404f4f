"""What every rule must tell about itself."""

import re

import pytest
from pulumi_policy import EnforcementLevel
from pulumi_policy.policy import _PolicyAnalyzerServicer

from connect_users_guard import policies
from connect_users_guard.registry import FAMILIES, all_rules
from connect_users_guard.rule import Rule

RULES = list(all_rules().values())


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.what)
def test_rule_tells_all_that_people_need(rule: Rule) -> None:
    """Title, reason, remedy, source, framework; in sentences."""
    for sentence in (rule.title, rule.why, rule.steps):
        assert re.fullmatch(r"[A-Za-z0-9`].*\.", sentence, re.DOTALL)
    assert rule.sources
    assert all(source.startswith("https://") for source in rule.sources)
    assert rule.framework.name
    assert rule.family in FAMILIES
    assert rule.types


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.what)
def test_rule_describes_and_defaults_every_setting(rule: Rule) -> None:
    for key, schema in rule.schema.items():
        assert str(schema["description"]).endswith("."), key
        assert "default" in schema, key


def test_rules_with_remediate_as_level_have_a_remediation() -> None:
    """The engine would run nothing and say nothing."""
    assert [r.name for r in RULES if r.level == "remediate" and r.fix is None] == []


def test_analyzer_gets_metadata_of_every_rule() -> None:
    """What Pulumi Cloud and other front ends show."""
    servicer = _PolicyAnalyzerServicer("p", "1.0.0", policies(), EnforcementLevel.ADVISORY)
    info = servicer.GetAnalyzerInfo(None, None)  # type: ignore[no-untyped-call]

    assert [policy.name for policy in info.policies] == [rule.name for rule in RULES]
    for policy in info.policies:
        assert policy.severity
        assert policy.framework.name
        assert policy.remediation_steps
        assert policy.url
        assert "waivers" in policy.configSchema.properties


def test_policies_of_an_unknown_name_are_refused() -> None:
    """A pack of one's own with a misspelt rule does not start."""
    with pytest.raises(KeyError, match="connect-user-pasword"):
        policies(["connect-user-pasword"])
