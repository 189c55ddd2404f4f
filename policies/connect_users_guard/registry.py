"""All rules, by name: the modules of `rules`, each with one RULE."""

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType

from . import rules
from .rule import PREFIX, Rule

FAMILIES = ("identity", "password", "access", "governance", "operations", "lifecycle")
"""The families, in the order in which people read them."""


@cache
def all_rules() -> Mapping[str, Rule]:
    """Every rule, family by family and then by name; the pack's order, too.

    Raises:
        ValueError: a module's name is not its rule's, or a family is not known.
    """
    found = []
    for module in pkgutil.iter_modules(rules.__path__):
        rule: Rule = import_module(f"{rules.__name__}.{module.name}").RULE
        if rule.name != PREFIX + module.name.replace("_", "-") or rule.family not in FAMILIES:
            raise ValueError(f"loading rules/{module.name}.py: {rule.name} belongs elsewhere.")
        found.append(rule)
    # What looks back at the other rules runs last.
    found.sort(key=lambda rule: (rule.scope == "run", FAMILIES.index(rule.family), rule.name))
    return MappingProxyType({rule.name: rule for rule in found})
