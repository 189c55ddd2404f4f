"""Pages that are generated: current, and complete."""

from pathlib import Path

import pytest

from pulumi_connect_users.model.attributes import attributes
from pulumi_connect_users.model.facts import Role
from pulumi_connect_users.users.rules import RULES
from tools import docs


@pytest.mark.parametrize("path", list(docs.PAGES), ids=lambda path: path.name)
def test_generated_page_is_that_of_the_model(path: Path) -> None:
    """`make generate` has been run since the model or the rules last changed."""
    assert docs.PAGES[path]() == path.read_text(encoding="utf-8")


def test_every_attribute_and_every_rule_stands_in_a_table() -> None:
    """Nothing that the model knows is missing, and every rule names its source."""
    told = docs.attributes_page()
    names = [a.program for a in attributes() if a.facts.role is not Role.MARK]
    names[names.index("instance_arn")] = "instance"

    assert [name for name in names if f"| `{name}` |" not in told] == []
    assert [r.name for r in RULES if f"`{r.name}`" not in docs.rules_page()] == []
    assert [r.name for r in RULES if not r.source.startswith("https://docs.aws.amazon.com/")] == []
