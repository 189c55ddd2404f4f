"""The users of one stack in one instance, read in bulk: a refresh costs N/500 calls.

One SearchUsers by the stack's tag, 500 a page; ListUsers (1,000 a page, the whole instance) for
the time of each user's last change, only where that is cheaper than DescribeUser of the users that
still need it; one search for each distinct proficiency in use, only while all searches together
cost less than a call for each user.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

from ..core.described_user import DescribedUser
from ..core.errors import AccessDenied, InvalidRequest
from ..core.ownership import STACK_TAG
from ..core.properties import Properties, Value
from ..core.run_hooks import SILENT, RunHooks
from ..users.state import NO_TIME
from .pagination import Call, Page, Pages, count_users, plain

if TYPE_CHECKING:
    from types_boto3_connect.type_defs import (
        ListUsersResponseTypeDef,
        SearchUsersResponseTypeDef,
        UserSearchFilterTypeDef,
    )

SEARCH_PAGE: Final = 500
LIST_PAGE: Final = 1000
"""Most results of SearchUsers and ListUsers (API reference)."""
_FEW: Final = 5
"""DescribeUser calls of one burst: a list would not be quicker."""
_WITH_LIMITS: Final = ("PhoneConfig", "AfterContactWorkConfigs")
_MILLISECONDS: Final = 1000
"""After-contact work is in milliseconds in SearchUsers only (API reference, SearchUsers)."""

T = TypeVar("T")
_Proficiency = tuple[str, str, int]


class StackSnapshot:
    """Implements `users.ports.Snapshot`; the provider's threads share it."""

    def __init__(self, call: Call, stack: str, hooks: RunHooks = SILENT) -> None:
        """`stack` is the value of the stack's tag."""
        self._call = call
        self._hooks = hooks
        self._lock = threading.RLock()
        self._filter = with_mark_of(stack)
        self._rows = Pages(self._search)
        self._times = Pages(self._list)
        self._instance_size: int | None = None
        self._timed: set[str] = set()
        self._informed = False
        self._holders: dict[_Proficiency, Pages[bool]] = {}
        self._asked: set[str] = set()
        self._refused: set[str] = set()

    def row(self, user_id: str) -> DescribedUser | None:
        """See `Snapshot`: None also where the search is not allowed."""
        with self._lock:
            return self._trying("SearchUsers", lambda: self._rows.find(user_id))

    def rows(self) -> Mapping[str, DescribedUser]:
        """See `Snapshot`."""
        with self._lock:
            return self._trying("SearchUsers", self._all) or {}

    def _all(self) -> Mapping[str, DescribedUser]:
        while not self._rows.complete:
            self._rows.more()
        return self._rows.rows

    def last_modified(self, user_id: str) -> datetime | None:
        """See `Snapshot`."""
        with self._lock:
            return self._trying("ListUsers", lambda: self._time(user_id))

    def has(self, user_id: str, proficiencies: Sequence[Properties]) -> bool | None:
        """See `Snapshot`."""
        keys = [
            (str(p["AttributeName"]), str(p["AttributeValue"]), _level(p["Level"]))
            for p in proficiencies
        ]
        with self._lock:
            return self._trying("SearchUsers by proficiency", lambda: self._has(user_id, keys))

    def _trying(self, question: str, ask: Callable[[], T | None]) -> T | None:
        """The answer; None permanently once Connect has refused it."""
        if question in self._refused:
            return None
        try:
            return ask()
        except (AccessDenied, InvalidRequest) as error:
            is_denied = error.code.startswith(("Access", "Forbidden"))
            if isinstance(error, AccessDenied) and not is_denied:
                raise  # The credentials are not valid: every call is refused.
            self._refused.add(question)
            self._hooks.warn(
                f"refreshing users one by one, which takes longer: {question} was refused "
                f"({error.code or type(error).__name__}). Allow connect:SearchUsers and "
                "connect:ListUsers to the role."
            )
            return None

    def _search(self, token: str | None) -> Page[DescribedUser]:
        answer: SearchUsersResponseTypeDef = self._call(
            "SearchUsers", SearchFilter=self._filter, MaxResults=SEARCH_PAGE, **_from(token)
        )
        rows = {
            user["Id"]: DescribedUser.decode(in_seconds(plain(user)))
            for user in answer.get("Users", [])
        }
        return Page(rows, answer.get("NextToken"), answer.get("ApproximateTotalCount"))

    def _time(self, user_id: str) -> datetime | None:
        if self._rows.total <= _FEW:
            return None
        while user_id not in self._times.rows and not self._times.complete:
            if not self._pays_to_list():
                return None
            self._times.more()
        self._timed.add(user_id)
        time = self._times.rows.get(user_id)
        if time == NO_TIME and not self._informed:
            self._informed = True
            self._hooks.inform(
                "ListUsers returns no LastModifiedTime: e-mail addresses and mobile numbers "
                "changed elsewhere are found only with CONNECT_USERS_REFRESH=exact"
            )
        return time

    def _pays_to_list(self) -> bool:
        """Whether the rest of the list costs less than a call for each user without a time."""
        if self._times.calls == 0:
            return True
        if self._instance_size is None:
            self._instance_size = count_users(self._call)
        pages = math.ceil(self._instance_size / LIST_PAGE) - self._times.calls
        return pages < self._rows.total - len(self._timed)

    def _list(self, token: str | None) -> Page[datetime]:
        answer: ListUsersResponseTypeDef = self._call(
            "ListUsers", MaxResults=LIST_PAGE, **_from(token)
        )
        rows = {
            user["Id"]: user.get("LastModifiedTime") or NO_TIME
            for user in answer.get("UserSummaryList", [])
        }
        return Page(rows, answer.get("NextToken"))

    def _has(self, user_id: str, keys: list[_Proficiency]) -> bool | None:
        self._asked.add(user_id)
        new = [p for p in keys if p not in self._holders]
        if new and not self._pays_to_search(len(new)):
            return None
        held = (self._holders.setdefault(p, Pages(partial(self._search_by, p))) for p in keys)
        return all(pages.find(user_id) for pages in held)

    def _pays_to_search(self, searches: int) -> bool:
        """Whether searches made and to be made cost no more than a call for each user left."""
        calls = sum(search.calls for search in self._holders.values())
        pages = math.ceil(max(1, self._rows.total) / SEARCH_PAGE)
        return calls + searches * pages <= self._rows.total - len(self._asked) + 1

    def _search_by(self, proficiency: _Proficiency, token: str | None) -> Page[bool]:
        name, value, level = proficiency
        texts = [exact("name", name), exact("value", value)]
        number = {
            "FieldName": "level",
            "MinValue": level,
            "MaxValue": level,
            "ComparisonType": "EQUAL",
        }
        condition = {
            "TargetListType": "PROFICIENCIES",
            "Conditions": [*texts, {"NumberCondition": number}],
        }
        answer: SearchUsersResponseTypeDef = self._call(
            "SearchUsers",
            SearchFilter=self._filter,
            SearchCriteria={"ListCondition": condition},
            MaxResults=SEARCH_PAGE,
            **_from(token),
        )
        rows = {user["Id"]: True for user in answer.get("Users", [])}
        return Page(rows, answer.get("NextToken"), answer.get("ApproximateTotalCount"))


def with_mark_of(stack: str) -> UserSearchFilterTypeDef:
    """SearchUsers' filter for the users that carry a stack's mark."""
    return {"TagFilter": {"TagCondition": {"TagKey": STACK_TAG, "TagValue": stack}}}


def exact(field: str, text: str) -> dict[str, dict[str, str]]:
    """SearchUsers' condition for a field with just this text."""
    return {"StringCondition": {"FieldName": field, "Value": text, "ComparisonType": "EXACT"}}


def _level(value: Value) -> int:
    """A proficiency's level, which answers hold as 4.0 and state as 4."""
    assert isinstance(value, int | float)
    return int(value)


def in_seconds(row: Properties) -> dict[str, Value]:
    """A row of SearchUsers as DescribeUser has it: after-contact work in seconds.

    Every other member is alike; the confidential ones are missing.
    """
    return {k: _in_seconds(v) if k in _WITH_LIMITS else v for k, v in row.items()}


def _in_seconds(value: Value) -> Value:
    if isinstance(value, list):
        return [_in_seconds(entry) for entry in value]
    if isinstance(value, Mapping):
        converted = {k: _in_seconds(v) for k, v in value.items()}
        if isinstance(limit := value.get("AfterContactWorkTimeLimit"), int):
            converted["AfterContactWorkTimeLimit"] = limit // _MILLISECONDS
        return converted
    return value


def _from(token: str | None) -> dict[str, str]:
    return {"NextToken": token} if token else {}
