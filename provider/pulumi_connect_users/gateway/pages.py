"""A paged read that goes no further than it has to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


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
        self.rows: dict[str, T] = {}
        self.calls = 0
        self.total = 0
        """How many rows there are; once all pages are read, exactly."""

    @property
    def complete(self) -> bool:
        """Whether the last page has been read."""
        return self.calls > 0 and self._token is None

    def more(self) -> None:
        """Reads one more page."""
        page = self._fetch(self._token)
        self.calls += 1
        self.rows.update(page.rows)
        self._token = page.token
        self.total = max(page.total or 0, len(self.rows)) if page.token else len(self.rows)

    def find(self, user_id: str) -> T | None:
        """The row of a user; None once all pages are read without it."""
        while user_id not in self.rows and not self.complete:
            self.more()
        return self.rows.get(user_id)
