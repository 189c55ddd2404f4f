"""The rules that only AWS's documentation has, one function each, with its source.

A rule is a function of a `Call` that raises the error AWS documents, or returns. It runs after the
service model's own constraints and before the operation, in the same transaction. The
documentation's table is generated from `all_rules()`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module

from ..call import Call

_MODULES = ("identity", "contact_handling", "tagging", "proficiency", "search", "organisation")


@dataclass(frozen=True, slots=True)
class Rule:
    """One documented rule: its function, the operations it guards and where AWS says so."""

    name: str
    operations: tuple[str, ...]
    source: str
    promise: str
    check: Callable[[Call], None]


_RULES: list[Rule] = []


def rule(
    *operations: str, source: str
) -> Callable[[Callable[[Call], None]], Callable[[Call], None]]:
    """Register a rule for operations; the first line of its docstring says what is refused."""

    def register(check: Callable[[Call], None]) -> Callable[[Call], None]:
        promise = (check.__doc__ or "").strip().split("\n", 1)[0]
        _RULES.append(Rule(check.__name__, operations, source, promise, check))
        return check

    return register


@lru_cache(maxsize=1)
def all_rules() -> tuple[Rule, ...]:
    """Every rule, in the order in which they are applied."""
    modules = [import_module(f"{__name__}.{module}").__name__ for module in _MODULES]
    # A module may have been imported before its turn.
    return tuple(sorted(_RULES, key=lambda rule: modules.index(rule.check.__module__)))


@cache
def rules_of(operation: str) -> tuple[Rule, ...]:
    """The rules that guard one operation."""
    return tuple(rule for rule in all_rules() if operation in rule.operations)
