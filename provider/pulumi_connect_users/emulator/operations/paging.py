"""Pages of lists and searches."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from ..call import Call
from ..document import Json, Members

_T = TypeVar("_T")


def page_by_place(
    call: Call,
    member: str,
    items: Sequence[_T],
    place: Callable[[_T], int],
    show: Callable[[_T], Members],
) -> dict[str, Json]:
    """One page in the answer's `member`: of the items those whose `place` is after the token's."""
    after, size = call.page()
    rest = [one for one in items if place(one) > after]
    return {
        member: [show(one) for one in rest[:size]],
        "NextToken": call.next_token(place(rest[size - 1])) if len(rest) > size else None,
    }


def page_by_offset(call: Call, member: str, items: Sequence[Json]) -> dict[str, Json]:
    """One page in the answer's `member`: the items that follow as many as the token says."""
    after, size = call.page()
    return {
        member: items[after : after + size],
        "NextToken": call.next_token(after + size) if len(items) > after + size else None,
    }
