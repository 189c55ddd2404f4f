"""Who has a username: asked one by one for a few, and of the whole instance at once for many."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any, Final

from ..errors import AccessDenied, ApiError, NotFound, OutcomeUnknown, ServiceFailure
from .instance_connect import InstanceConnect
from .pages import rows
from .snapshot import SEARCH_PAGE

_ONE_BY_ONE: Final = 10
"""So many are asked for by name; from the next on, a list of all (500 a page) costs less."""


class Usernames:
    """The users of one instance by name, for previews: SearchUsers, whose index may lag behind.

    One for each process and instance; its threads share it.
    """

    def __init__(self, connect: InstanceConnect) -> None:
        self._connect = connect
        self._lock = threading.Lock()
        self._asked = 0
        self._ids: dict[str, str] | None = None
        self._failure: ApiError | None = None

    def find(self, username: str) -> Mapping[str, Any] | None:
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

    def _find(self, username: str) -> Mapping[str, Any] | None:
        if self._ids is None and self._asked < _ONE_BY_ONE:
            self._asked += 1
            return self._connect.find(username)
        if self._ids is None:
            found = rows(self._connect.call, "SearchUsers", "Users", MaxResults=SEARCH_PAGE)
            self._ids = {str(row.get("Username")): str(row["Id"]) for row in found}
        user_id = self._ids.get(username)
        if user_id is None:
            return None
        try:
            return self._connect.describe(user_id)
        except NotFound:
            return None  # the index lags behind
