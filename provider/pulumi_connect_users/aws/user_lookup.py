"""Who has a username: asked one by one for a few, and of the whole instance at once for many."""

from __future__ import annotations

import threading
from typing import Final

from ..core.described_user import DescribedUser
from ..core.errors import (
    AccessDenied,
    ApiError,
    NotFound,
    OutcomeUnknown,
    ServiceFailure,
)
from ..core.lookups import Catalog
from .instance import InstanceClient
from .pagination import rows
from .snapshot import SEARCH_PAGE

_ONE_BY_ONE: Final = 10
"""So many are asked for by name; from the next on, a list of all (500 a page) costs less."""
_SMALL: Final = 5_000
"""Of an instance of so many users all are listed (10 calls) to compare a new name with theirs."""


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
        """DescribeUser's `User` for the user of exactly this name, None if there is none.

        Raises an ApiError; one that says that nobody can be asked is told once, and raised again
        without asking.
        """
        with self._lock:
            if self._failure is not None:
                raise self._failure
            try:
                return self._find(username)
            except (AccessDenied, OutcomeUnknown, ServiceFailure) as error:
                self._failure = error
                self._connect.warn(f"whether usernames are taken was not looked up: {error}")
                raise

    def all(self) -> Catalog:
        """All users by id; none in a large instance, unless they are listed already.

        Raises an ApiError as `find` does.
        """
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
            answer = self._connect.call("SearchUsers", MaxResults=1)
            self._size = int(answer.get("ApproximateTotalCount") or 0)
        return self._size <= _SMALL

    def _list(self) -> dict[str, str]:
        found = rows(self._connect.call, "SearchUsers", "Users", MaxResults=SEARCH_PAGE)
        return {str(row.get("Username")): str(row["Id"]) for row in found}

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
