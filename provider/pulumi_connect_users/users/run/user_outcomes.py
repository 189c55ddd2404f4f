"""Remembers which users this run deleted, created or must keep.

Pulumi may replace a user that nothing in the program changed: `--replace`, a taint, a replacement
trigger, another provider. It then creates first, and CreateUser finds the username taken by the
user with our mark: the very user whose deletion comes next, in this run or, after a kill, at the
end of the next one.
"""

from collections.abc import Iterable

from ...core.ownership import OwnershipMark


class UserOutcomes:
    """One for each process; its threads share it (each method is one step on a set)."""

    def __init__(self) -> None:
        self._deleted: set[str] = set()
        self._declared: set[OwnershipMark] = set()
        self._kept: set[str] = set()
        self._wanted: set[tuple[str, str]] = set()

    def note_deleted(self, user_id: str) -> None:
        """This process deleted the user: such an id is never adopted again."""
        self._deleted.add(user_id)

    def was_deleted(self, user_id: str) -> bool:
        """Whether this process deleted the user."""
        return user_id in self._deleted

    def note_declared(self, mark: OwnershipMark | None) -> None:
        """The program holds a resource of this mark that is in state too.

        A refresh compares as well, also what the program no longer holds.
        """
        if mark is not None:
            self._declared.add(mark)

    def note_plan(
        self, mark: OwnershipMark | None, stay: Iterable[str], leave: Iterable[str] = ()
    ) -> None:
        """Which users (ids) a comparison of that resource leaves alone, and which it does not."""
        self._kept.difference_update(leave)
        if mark in self._declared:
            self._kept.update(stay)

    def note_made(self, user_ids: Iterable[str]) -> None:
        """A create of this process ended with these users, made or adopted."""
        self._kept.update(user_ids)

    def is_kept(self, user_id: str) -> bool:
        """Whether the user stays: a deletion in this run can only mean what it was before."""
        return user_id in self._kept

    def note_wanted(self, instance_arn: str, username: str) -> None:
        """A resource of the program could not be made under this username."""
        self._wanted.add((instance_arn, username))

    def is_wanted(self, instance_arn: str, username: str) -> bool:
        """Whether the program declares the user elsewhere: `--continue-on-error` comes to here."""
        return (instance_arn, username) in self._wanted
