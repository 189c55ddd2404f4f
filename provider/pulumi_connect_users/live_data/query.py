"""Queries for live data: the documented limits and exclusions, before any call."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Final, get_args

from ..core.errors import InvalidFilter
from ..core.privacy import similar
from .model import ContactState

CONTACT_STATES: Final[tuple[str, ...]] = get_args(ContactState)
MOST: Final = 100
"""Queues, routing profiles or agents in one request (API reference, GetCurrentUserData)."""
_EXCLUSIVE: Final = ("queues", "routing_profiles", "agents", "hierarchy_group")


@dataclass(frozen=True, kw_only=True)
class LiveQuery:
    """One query. Each entry is an id, an ARN or a name; None stands for no filter.

    With no filter at all it is about every agent at work.
    """

    queues: Sequence[str] | None = None
    """Names for queues; agents whose routing profile serves one of them."""
    routing_profiles: Sequence[str] | None = None
    agents: Sequence[str] | None = None
    """Usernames, ids or ARNs of users."""
    hierarchy_group: str | None = None
    """One group and those below it, by path (`AMER/West`), id or ARN."""
    contact_states: Sequence[str] | None = None
    """Only contacts in these states, and only agents who have one."""

    @property
    def is_everyone(self) -> bool:
        """Whether no filter is given at all."""
        return all(getattr(self, one.name) is None for one in fields(self))


def judge(query: LiveQuery) -> list[str]:
    """Everything that is wrong with a query, each with path, cause and remedy."""
    return [*_entries(query), *_exclusions(query), *_states(query)]


def checked(query: LiveQuery, subject: str) -> LiveQuery:
    """The query; raises InvalidFilter with every reason at once."""
    if reasons := judge(query):
        raise InvalidFilter(f"{subject}: {' '.join(reasons)}")
    return query


def _entries(query: LiveQuery) -> Iterator[str]:
    for one in fields(query):
        value = getattr(query, one.name)
        if value is None:
            continue
        if one.name == "hierarchy_group":
            if not isinstance(value, str) or not value.strip():
                yield ("hierarchy_group: must be one path, id or ARN. Make one call per group.")
            continue
        yield from _list(one.name, value)


def _list(name: str, value: object) -> Iterator[str]:
    if isinstance(value, str) or not isinstance(value, Sequence):
        yield f'{name}: must be a list. Write {name}=["..."].'
        return
    if not value:
        yield f"{name}: is empty, which would return all agents. Name one, or leave it out."
    for index, entry in enumerate(value):
        if not isinstance(entry, str) or not entry.strip():
            cause = "is empty" if isinstance(entry, str) else "must be a string"
            yield f"{name}[{index}]: {cause}. Give a value, or leave it out."
    if name != "contact_states" and len(set(map(str, value))) > MOST:
        yield (
            f"{name}: has {len(set(map(str, value)))} entries, at most {MOST} allowed. Split the "
            "call."
        )


def _exclusions(query: LiveQuery) -> Iterator[str]:
    given = [name for name in _EXCLUSIVE if getattr(query, name) is not None]
    if len(given) > 1:
        yield (f"{' and '.join(given)}: exclude each other. Keep one, and filter its result.")


def _states(query: LiveQuery) -> Iterator[str]:
    states: object = query.contact_states
    if isinstance(states, str) or not isinstance(states, Sequence):
        return
    for index, state in enumerate(states):
        if not isinstance(state, str) or not state.strip() or state in CONTACT_STATES:
            continue
        near = similar(state, CONTACT_STATES)
        remedy = f"Did you mean {near[0]}?" if near else f"Known: {', '.join(CONTACT_STATES)}."
        yield f"contact_states[{index}]: is not a contact state. {remedy}"
