"""Rules for users of Amazon Connect, and the policy pack `connect-users-guard` made of them.

Another pack takes its rules from `policies()`: all of them, or some.
"""

from collections.abc import Iterable

from pulumi_policy import Policy

from .guard import policy_of
from .registry import all_rules
from .request import Requests

PACK = "connect-users-guard"
DESCRIPTION = "Stops invalid Amazon Connect users before they exist."

__all__ = ["DESCRIPTION", "PACK", "policies"]


def policies(names: Iterable[str] | None = None) -> list[Policy]:
    """The rules as policies of Pulumi's SDK, in the pack's order.

    Args:
        names: the names of the rules; None for all.

    Raises:
        KeyError: a name is unknown.
    """
    rules = all_rules()
    chosen = set(rules) if names is None else set(names)
    unknown = sorted(chosen - set(rules))
    if unknown:
        raise KeyError(f"making policies: unknown rule {', '.join(unknown)}.")
    requests = Requests()
    numbered = enumerate(rules.values())
    return [policy_of(rule, n, requests) for n, rule in numbered if rule.name in chosen]
