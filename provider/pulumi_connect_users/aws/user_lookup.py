"""Looks users up by username; switches to one bulk listing after 10 look-ups."""

from __future__ import annotations

import threading
from typing import Final

from ..core.described_user import DescribedUser
from ..core.errors import AccessDenied, ApiError, NotFound, OutcomeUnknown, ServiceFailure
from ..core.lookups import Catalog
from .instance import InstanceClient
from .pagination import SEARCHED_USERS, count_users, rows
from .snapshot import SEARCH_PAGE

_ONE_BY_ONE: Final = 10
"""Look-ups by name; from the next on, a list of all (500 a page) costs less."""
_SMALL: Final = 5_000
"""An instance of up to so many users is listed (10 calls) to compare new usernames."""


class UserLookup:
    """The users of one instance by name, for previews: SearchUsers, whose index may lag behind.

    One for each process and instance; its threads share it.
    """

    def __init__(self, connect: InstanceClient) -> None:
        self._connect = connect
        self._lock = threading.Lock()
        self._asked = 0
        self._ids: dict[str, str] | None = None
        self._catalog: Catalog | None = None
        self._size: int | None = None
        self._failure: ApiError | None = None

    def find(self, username: str) -> DescribedUser | None:
        """The user of exactly this name, or None; raises an ApiError, repeated without a call."""
        with self._lock:
            if self._failure is not None:
                raise self._failure
            try:
                return self._find(username)
            except (AccessDenied, OutcomeUnknown, ServiceFailure) as error:
                self._failure = error
                self._connect.run.warn(f"could not check whether usernames are taken: {error}")
                raise

    def all(self) -> Catalog:
        """All users by id; none in a large instance unless listed already. Raises an ApiError."""
        with self._lock:
            if self._failure is not None:
                raise self._failure
            if self._ids is None and self._is_small():
                self._ids = self._list()
            if self._catalog is None and self._ids is not None:
                self._catalog = Catalog({user_id: name for name, user_id in self._ids.items()})
            return self._catalog or Catalog()

    def _is_small(self) -> bool:
        if self._size is None:
            self._size = count_users(self._connect.call)
        return self._size <= _SMALL

    def _list(self) -> dict[str, str]:
        users = rows(self._connect.call, SEARCHED_USERS, MaxResults=SEARCH_PAGE)
        return {str(row.get("Username")): row["Id"] for row in users}

    def _find(self, username: str) -> DescribedUser | None:
        if self._asked < _ONE_BY_ONE:
            self._asked += 1
            return self._connect.find(username)
        if self._ids is None:
            self._ids = self._list()
        user_id = self._ids.get(username)
        if user_id is None:
            return None
        try:
            return self._connect.describe(user_id)
        except NotFound:
            return None  # the index lags behind
