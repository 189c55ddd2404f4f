"""Paged reads: all of it, or no further than one has to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from ..core.errors import ServiceFailure

T = TypeVar("T")


class Call(Protocol):
    """One API call; raises one of `errors`."""

    def __call__(self, operation: str, **parameters: Any) -> Mapping[str, Any]:
        """The answer."""
        ...


def rows(call: Call, operation: str, member: str, **parameters: Any) -> Iterator[Mapping[str, Any]]:
    """What stands under `member` in each page of an operation, a page read when it is needed.

    Raises ServiceFailure where the pages have no end.
    """
    known = _Tokens()
    token: dict[str, str] = {}
    while True:
        answer = call(operation, **parameters, **token)
        yield from answer.get(member) or ()
        if not answer.get("NextToken"):
            return
        token = {"NextToken": known.new(answer["NextToken"])}


class _Tokens:
    """The tokens of one question: one that comes again would lead round in a circle for ever."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def new(self, token: str) -> str:
        if token in self._seen:
            raise ServiceFailure(
                f"reading page {len(self._seen) + 2}: its token is that of an earlier page.",
                code="RepeatedToken",
            )
        self._seen.add(token)
        return token


@dataclass(frozen=True)
class Page(Generic[T]):
    """One answer: its rows by user id, the token of the next, about how many there are in all."""

    rows: Mapping[str, T]
    token: str | None = None
    total: int | None = None


class Pages(Generic[T]):
    """Rows by user id, page after page. Not safe for threads."""

    def __init__(self, fetch: Callable[[str | None], Page[T]]) -> None:
        """`fetch` makes the call for a token, None for the first page."""
        self._fetch = fetch
        self._token: str | None = None
        self._known = _Tokens()
        self.rows: dict[str, T] = {}
        self.calls = 0
        self.total = 0
        """How many rows there are; once all pages are read, exactly."""

    @property
    def complete(self) -> bool:
        """Whether the last page has been read."""
        return self.calls > 0 and self._token is None

    def more(self) -> None:
        """Reads one more page; raises ServiceFailure where the pages have no end."""
        page = self._fetch(self._token)
        self.calls += 1
        self.rows.update(page.rows)
        self._token = self._known.new(page.token) if page.token else None
        self.total = max(page.total or 0, len(self.rows)) if page.token else len(self.rows)

    def find(self, user_id: str) -> T | None:
        """The row of a user; None once all pages are read without it."""
        while user_id not in self.rows and not self.complete:
            self.more()
        return self.rows.get(user_id)
