"""create, read, update and delete of a batch: what happens to each of its users."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from ..core.ownership import RESOURCE_TAG
from ..core.properties import Properties
from ..core.unfinished import UNFINISHED
from ..users.inputs import KnownInputs, UserInputs
from ..users.partial_user import is_partial
from ..users.plan import plan
from ..users.service import InstanceUsers
from ..users.state import UserState
from .batch import is_same, user_of, with_users
from .workers import Task, WorkerPool, some

_WORTH_A_SEARCH: Final = 5
"""From so many creations on, one search tells what an interrupted run has already made."""


@dataclass(frozen=True)
class BatchPlan:
    """What stands between old outputs and new inputs of a batch."""

    changes: bool = False
    replaces: tuple[str, ...] = ()
    stay: tuple[str, ...] = ()
    """Ids of the users whom nothing changes."""
    leave: tuple[str, ...] = ()
    """Ids of the others that there are."""


def plan_batch(old: Mapping[str, Any], new: Mapping[str, Any]) -> BatchPlan:
    """Whether anything is to be done or stored; another instance is another batch."""
    ids: Mapping[str, str] = old.get("userIds") or {}
    if old.get("instanceArn") != new.get("instanceArn"):
        return BatchPlan(changes=True, replaces=("instanceArn",), leave=tuple(ids.values()))
    kept = ("onRemove", "released", "ownership")
    names = (old.get("users") or {}, new.get("users") or {})
    if not isinstance(names[1], Mapping):
        return BatchPlan(changes=True)
    same = {name for name in names[1] if name in names[0] and is_same(name, old, new)}
    changes = (
        bool(old.get(UNFINISHED))
        or any(old.get(k) != new.get(k) for k in kept)
        or set(names[0]) != set(names[1])
        or any(_differs(name, old, new) for name in names[1] if name not in same)
    )
    return BatchPlan(
        changes=changes,
        stay=tuple(user_id for name, user_id in ids.items() if name in same),
        leave=tuple(user_id for name, user_id in ids.items() if name not in same),
    )


def _differs(name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    if not isinstance(new["users"][name], str):
        return True
    return plan(_state_of(old, name), UserInputs.decode(user_of(new, name))).changes


def _state_of(batch: Mapping[str, Any], name: str) -> UserState:
    return UserState.decode(user_of(batch, name))


def create_batch(
    inputs: Mapping[str, Any], users: InstanceUsers, workers: WorkerPool
) -> dict[str, Any]:
    """Makes or adopts every user; returns the outputs."""
    return update_batch({}, inputs, users, workers)


def update_batch(
    old: Mapping[str, Any], new: Mapping[str, Any], users: InstanceUsers, workers: WorkerPool
) -> dict[str, Any]:
    """Brings the users from old outputs to new inputs, those first that go; returns the outputs.

    Interrupted, it is continued by the next `up`: what was made carries its mark, what was changed
    is changed again without harm, what was deleted is absent.
    """
    kept = {name: _state_of(old, name) for name in new["users"] if name in (old.get("users") or {})}
    # Who goes leaves room for who comes; who has to stay for now keeps nobody else waiting.
    made = workers.carry_out(_removals(old, new, users), _arrivals(kept, new, users))
    unchanged = {
        n: UserState.decode({**kept[n].outputs, **kept[n].subject, **user_of(new, n)})
        for n in new["users"]
        if n not in made
    }
    return with_users(new, unchanged | made)


def read_batch(
    state: Mapping[str, Any], users: InstanceUsers, workers: WorkerPool
) -> dict[str, Any] | None:
    """The outputs as Connect has them now; None if none of its users is left."""
    named = {name: _state_of(state, name) for name in state.get("users") or {}}
    tasks = [
        Task("reading", "read", user.subject, partial(users.read, user)) for user in named.values()
    ]
    found = workers.carry_out(tasks)
    if named and not found:
        return None
    return with_users(state, found)


def delete_batch(state: Mapping[str, Any], users: InstanceUsers, workers: WorkerPool) -> None:
    """Deletes the users that are still ours, unless they are to be retained."""
    workers.carry_out(_removals(state, {**state, "users": {}}, users))


def _removals(
    old: Mapping[str, Any], new: Mapping[str, Any], users: InstanceUsers
) -> Iterator[Task]:
    retains = "retain" in (old.get("onRemove"), new.get("onRemove"))
    released = {*(old.get("released") or ()), *(new.get("released") or ())}
    leaving = sorted(set(old.get("users") or ()) - set(new["users"]))
    if staying := [name for name in leaving if retains or name in released]:
        users.connect.inform(f"{some(staying)}: only forgotten here, nothing is deleted")
    for name in [name for name in leaving if name not in staying]:
        user = _state_of(old, name)
        words = ("releasing", "released") if is_partial(user) else ("deleting", "deleted")
        yield Task(*words, user.subject, partial(users.delete, user))


def _arrivals(
    kept: Mapping[str, UserState], new: Mapping[str, Any], users: InstanceUsers
) -> Iterator[Task]:
    names = [n for n in new["users"] if n not in kept]
    marked = _already_made([KnownInputs.decode(user_of(new, n)) for n in names], users)
    for name in new["users"]:
        user = KnownInputs.decode(user_of(new, name))
        subject: Properties = {"username": name}
        if name not in kept:
            task = partial(_create, users, user, marked.get(name))
            yield Task("creating", "created", subject, task)
            continue
        steps = plan(kept[name], user)
        if steps.replaces:
            yield Task("replacing", "replaced", subject, partial(_replace, users, kept[name], user))
        elif steps.changes:
            yield Task("updating", "updated", subject, partial(users.update, kept[name], user))


def _already_made(wanted: list[KnownInputs], users: InstanceUsers) -> dict[str, str]:
    """The ids of users that an interrupted run has made, by username."""
    marks = {user.mark.resource: user.username for user in wanted if user.mark}
    if len(marks) < _WORTH_A_SEARCH or users.snapshots is None:
        return {}
    mark = next(user.mark for user in wanted if user.mark)
    rows = users.snapshots(mark.stack).rows()
    return {
        marks[row.tags[RESOURCE_TAG]]: user_id
        for user_id, row in rows.items()
        if row.tags.get(RESOURCE_TAG) in marks and not users.connect.outcomes.was_deleted(user_id)
    }


def _create(users: InstanceUsers, user: KnownInputs, user_id: str | None) -> UserState:
    return users.create(user) if user_id is None else users.resume(user_id, user)


def _replace(users: InstanceUsers, old: UserState, user: KnownInputs) -> UserState:
    """A new user under the same name: the old one goes first, or the name is taken."""
    users.delete(old)
    return users.create(user)
