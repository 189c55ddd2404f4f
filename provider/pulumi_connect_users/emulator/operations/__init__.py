"""The operations, one noun a file: functions of a `Call` that return the answer's members.

Requests reach them validated against the service model and the documented rules. What is not in
`implemented()` is answered with an error that names the operation.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib import import_module

from ..call import Call
from ..document import Members

Handler = Callable[[Call], Members]

_MODULES = (
    "users",
    "user_settings",
    "proficiencies",
    "user_search",
    "tags",
    "instances",
    "hierarchy",
    "security_profiles",
    "routing_profiles",
    "queues",
    "agent_statuses",
    "predefined_attributes",
    "quick_connects",
    "resource_search",
    "user_status",
)
_HANDLERS: dict[str, Handler] = {}


def operation(name: str) -> Callable[[Handler], Handler]:
    """Register the function as the operation of that name."""

    def register(handler: Handler) -> Handler:
        _HANDLERS[name] = handler
        return handler

    return register


@lru_cache(maxsize=1)
def implemented() -> Mapping[str, Handler]:
    """Every operation this Connect can do, by name."""
    for module in _MODULES:
        import_module(f"{__name__}.{module}")
    return _HANDLERS
