"""What one rule of the pack says of users, asked through the SDK's analyzer."""

from typing import Any

from connect_users_guard.examples.as_resources import Example
from connect_users_guard.examples.cases import user
from tests.support.analyzer import Analyzer

DYNAMIC = "pulumi-python:dynamic/connect:User"


def outcome_of(
    what: str, mode: str = "CONNECT_MANAGED", /, config: Any = None, **changes: Any
) -> str:
    """The outcome of `connect-user-WHAT` for the sample user of a mode with these changes."""
    analyzer = Analyzer(f"connect-user-{what}", config=config)
    return analyzer.analyze(Example(type=DYNAMIC, props=user(mode, **changes))).outcome


def messages_of(what: str, *props: dict[str, Any], config: Any = None) -> list[str]:
    """What `connect-user-WHAT` says of a stack of these users."""
    analyzer = Analyzer(f"connect-user-{what}", config=config)
    return list(analyzer.analyze_stack([Example(type=DYNAMIC, props=p) for p in props]).messages)
