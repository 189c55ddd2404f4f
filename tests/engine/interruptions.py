"""Walking the boundaries of API calls: interrupt a run there, repair it, and see what holds.

A boundary is a place in the sequence of calls of an undisturbed run: before a call has any effect,
or after its effect and before its answer. Interrupting means to kill the provider, the command
line, or both, while the embedded Connect holds the call.
"""

import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pulumi_connect_users.core.ownership import MARK_PREFIX, mark_of_tags
from pulumi_connect_users.emulator import RequestRecord
from tests.support.command import Result
from tests.support.harness import Stack
from tests.support.programs import MANAGED_ID, PASSWORD

VICTIMS = ("provider", "command line", "both")
STRANGER = "stranger"
_QUIET_SECONDS = 0.4
"""A provider that has asked nothing for so long asks nothing more: its calls take a millisecond."""


@dataclass(frozen=True)
class Boundary:
    """Before or after the `nth` call of an operation in one run."""

    operation: str
    nth: int
    when: str
    mutating: bool

    def __str__(self) -> str:
        return f"{self.when} {self.operation} {self.nth}"

    def fault(self, kind: str) -> dict[str, Any]:
        """The emulator's fault that strikes here."""
        return {"operation": self.operation, "nth": self.nth, "kind": kind, "when": self.when}


def boundaries(calls: Iterable[RequestRecord]) -> list[Boundary]:
    """Every boundary of a run that differs from the one before it.

    After a call that only reads is before the next one, and between look-ups in a row nothing is
    made: the first of them stands for all.
    """
    seen: Counter[str] = Counter()
    found: list[Boundary] = []
    for call in calls:
        seen[call.operation] += 1
        if found and not (call.mutating or found[-1].mutating):
            continue
        for when in ("before", "after") if call.mutating else ("before",):
            found.append(Boundary(call.operation, seen[call.operation], when, call.mutating))
    return found


class Walk:
    """A stack whose runs are interrupted, and a stranger's user that must not notice."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.store = stack.local.store
        self.client = stack.local.client
        self.calls: list[RequestRecord] = []
        """The requests of the last run."""
        self.settled: dict[str, str] = {}
        """Ids by username of the users that are as they should be: no later run changes them."""
        stack.local.add_user(STRANGER)
        (self._stranger,) = self.users()

    def run(self) -> Result:
        """A plain `up`, which must succeed and leave settled users alone."""
        since = self.store.last_request()
        result = self.stack.up()
        self._look_at(result, since)
        return result

    def interrupt(self, boundary: Boundary, victim: str) -> None:
        """An `up` that is killed at a boundary, and `cancel` where that leaves a lock."""
        since = self.store.last_request()
        kind = "kill" if victim == "provider" else "stall"
        self.store.control(faults=[boundary.fault(kind)])
        if victim == "provider":
            result = self.stack.up(expect=None)
            assert result.code != 0, f"{boundary}: nothing was killed\n{result.text}"
        else:
            running = self.stack.start("up", "--yes", "--skip-preview")
            running.wait_until(self.store.stalls)
            running.kill()
            if victim == "both":
                for survivor in running.survivors():
                    survivor.kill()
            self.store.release()
            self._wait_until_quiet()
            # It would end some seconds later; the walk need not wait for that.
            for survivor in running.survivors():
                survivor.kill()
            result = running.wait()
        self.store.control(clear=True)
        self._look_at(result, since)
        if victim == "command line":
            held = next(i for i, call in enumerate(self.calls) if call.faults)
            second = [call.operation for call in self.calls[held + 1 :] if call.mutating]
            assert second == [], "an orphaned provider went on as a second writer"
        if victim != "provider":
            self.stack.cancel()

    def _wait_until_quiet(self) -> None:
        """Until an orphaned provider asks nothing any more."""
        last = -1
        while last != (last := self.store.last_request()):
            time.sleep(_QUIET_SECONDS)

    def _look_at(self, result: Result, since: int) -> None:
        """What holds after every run, interrupted or not."""
        self.calls = self.store.requests(since=since)
        assert PASSWORD not in result.text
        assert PASSWORD not in str(result.events)
        changed = {call.user_id for call in self.calls if call.mutating}
        assert set() == changed & set(self.settled.values()), "a settled user was changed"
        users = self.users()
        names = Counter(str(user["Username"]) for user in users)
        assert [name for name, count in names.items() if count > 1] == []
        assert self._stranger in users, "somebody else's user was changed"

    def users(self) -> list[dict[str, Any]]:
        """DescribeUser's answer for each user, and its proficiencies."""
        rows = self.client.list_users(InstanceId=MANAGED_ID)["UserSummaryList"]
        return [self._described(row["Id"]) for row in rows]

    def _described(self, user_id: str) -> dict[str, Any]:
        client = self.client
        user = client.describe_user(InstanceId=MANAGED_ID, UserId=user_id)["User"]
        listed = client.list_user_proficiencies(InstanceId=MANAGED_ID, UserId=user_id)
        return {**user, "Proficiencies": listed["UserProficiencyList"]}

    def settle(self) -> dict[str, dict[str, Any]]:
        """State and Connect tell the same after a successful run; what each user is like, by name.

        Raises:
            AssertionError: a marked user is in no state, or an id in state is no user's.
        """
        marked = [u for u in self.users() if mark_of_tags(u.get("Tags") or {})]
        state = self.stack.export()
        ids = [r["id"] for r in state.get("resources", []) if r["type"].endswith(":User")]
        assert sorted(u["Arn"] for u in marked) == sorted(ids)
        assert PASSWORD not in str(state)
        self.settled = {str(user["Username"]): str(user["Id"]) for user in marked}
        return {str(user["Username"]): _settings(user) for user in marked}


_VOLATILE = ("Id", "Arn", "Username", "DirectoryUserId", "LastModifiedTime", "LastModifiedRegion")


def _settings(user: Mapping[str, Any]) -> dict[str, Any]:
    """What a user is set to, without what tells one user from another."""
    settings = {k: v for k, v in user.items() if k not in _VOLATILE}
    tags = user.get("Tags") or {}
    settings["Tags"] = {k: v for k, v in tags.items() if not k.startswith(MARK_PREFIX)}
    return settings
