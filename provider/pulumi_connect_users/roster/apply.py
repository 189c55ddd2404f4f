"""plan, create, read, update and delete of a batch: the same of each of its users."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final

from ..core.messages import UNFINISHED
from ..core.ownership import RESOURCE_TAG
from ..core.privacy import display_names
from ..core.unknowns import UNKNOWN
from ..users.inputs import KnownInputs
from ..users.plan import plan
from ..users.service import InstanceUsers
from ..users.state import UserState
from ..users.suspend import suspends
from .batch import BatchInputs, BatchState
from .workers import NAMED, BatchRun, Task, WorkerPool

_WORTH_A_SEARCH: Final = 5
"""From this many creates on, one search finds the users that an interrupted run created."""


@dataclass(frozen=True)
class BatchPlan:
    """The difference between old outputs and new inputs of a batch."""

    changes: bool = False
    replaces: tuple[str, ...] = ()
    stay: tuple[str, ...] = ()
    """Ids of the users that do not change."""
    leave: tuple[str, ...] = ()
    """Ids of the other existing users."""
    users: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The usernames that change, by what becomes of them."""
    options: tuple[str, ...] = ()
    """Wire names of what changes beside users."""

    @property
    def changed(self) -> tuple[tuple[str, ...], ...]:
        """Where everything is that differs."""
        users = (("users", name) for names in self.users.values() for name in names)
        return (*users, *((option,) for option in self.options))

    @property
    def summary(self) -> str:
        """Counts and names of the users that change; check names those that will be deleted."""
        counts = [
            f"{len(names)} to {verb}"
            + (f" ({display_names(sorted(names), NAMED)})" if verb != "delete" else "")
            for verb, names in self.users.items()
            if names
        ]
        return f"users: {', '.join(counts)}" if counts else ""


def plan_batch(old: BatchState, new: BatchInputs, on_delete: str | None = None) -> BatchPlan:
    """Whether anything is to be done or stored; another instance is another batch.

    `on_delete` overrides what the users say of their own deletion.
    """
    before = old.inputs
    if before.instance_arn != new.instance_arn:
        leave, created = tuple(old.user_ids.values()), tuple(new.texts)
        users = {"create": created} if before == BatchInputs() else {}
        return BatchPlan(changes=True, replaces=("instanceArn",), leave=leave, users=users)
    if new.users is UNKNOWN:
        return BatchPlan(changes=True, options=("users",))
    same = {name for name in new.texts if before.has_same(name, new)}
    created = tuple(name for name in new.texts if name not in before.texts)
    left, staying = _leaving(before, new)
    released = tuple(n for n in left if n in staying or before.user(n).is_partial)
    removed = [n for n in left if n not in released]
    suspended = tuple(n for n in removed if suspends(before.user(n).attributes, on_delete))
    deleted = tuple(n for n in removed if n not in suspended)
    updated = tuple(
        name
        for name in new.texts
        if name not in same and name in before.texts and _differs(name, before, new)
    )
    options = _options(old, new)
    return BatchPlan(
        changes=bool(created or left or updated or options),
        stay=tuple(user_id for name, user_id in old.user_ids.items() if name in same),
        leave=tuple(user_id for name, user_id in old.user_ids.items() if name not in same),
        users={
            "create": created,
            "update": updated,
            "delete": deleted,
            "suspend": suspended,
            "release": released,
        },
        options=options,
    )


def _leaving(before: BatchInputs, new: BatchInputs) -> tuple[list[str], list[str]]:
    """The users that leave a batch, and those of them that it forgets without a call."""
    leaving = sorted(before.texts.keys() - new.texts.keys())
    retains, released = before.retains or new.retains, {*before.released, *new.released}
    return leaving, [name for name in leaving if retains or name in released]


def _options(old: BatchState, new: BatchInputs) -> tuple[str, ...]:
    """Wire names of what differs for all users."""
    before = old.inputs
    differing = {
        UNFINISHED: bool(old.unfinished),
        "onRemove": before.on_remove != new.on_remove,
        "released": before.released != new.released,
        "ownership": before.mark != new.mark,
    }
    return tuple(name for name, differs in differing.items() if differs)


def _differs(name: str, old: BatchInputs, new: BatchInputs) -> bool:
    return new.texts[name] is UNKNOWN or plan(old.user(name), new.user(name)).changes


def create_batch(inputs: BatchInputs, users: InstanceUsers, workers: WorkerPool) -> BatchState:
    """Creates or adopts every user."""
    return update_batch(BatchState(), inputs, users, workers)


def update_batch(
    old: BatchState, new: BatchInputs, users: InstanceUsers, workers: WorkerPool
) -> BatchState:
    """Brings the users from old outputs to new inputs, removals first.

    The next `up` continues an interrupted one: created users carry their mark, repeated changes do
    no harm, deleted users are absent.
    """
    kept = {name: old.user(name) for name in new.texts if name in old.inputs.texts}
    # Removals make room for creates; a user that has to stay for now delays no other.
    changed = workers.carry_out(
        _removals(old, new, users),
        _changes(kept, new, users),
        reached=lambda run: _reached(old, new, run).outputs,
    )
    unchanged = {
        name: _with_inputs(kept[name], new.known_user(name))
        for name in new.texts
        if name not in changed
    }
    return BatchState.of(new, unchanged | changed)


def _reached(old: BatchState, new: BatchInputs, run: BatchRun) -> BatchState:
    """The outputs after some users failed: with the old options, which are compared again."""
    users = {name: old.user(name) for name in old.inputs.texts} | run.outputs
    for task, error in run.failures:
        if error.reached:
            before = users[task.user.username]
            users[task.user.username] = UserState.decode(
                {**error.reached, "userArn": before.user_arn}
            )
    left = {name: user for name, user in users.items() if name not in run.gone}
    return BatchState.of(old.inputs if old.inputs.texts else new, left)


def _with_inputs(state: UserState, inputs: KnownInputs) -> UserState:
    """The state of a user that no call changes."""
    return replace(
        state,
        attributes={**state.attributes, **inputs.attributes},
        identity_type=inputs.identity_type or state.identity_type,
        mark=inputs.mark or state.mark,
    )


def read_batch(state: BatchState, users: InstanceUsers, workers: WorkerPool) -> BatchState | None:
    """The outputs as they are in Connect; None if none of its users is left."""
    known = [state.user(name) for name in state.inputs.texts]
    tasks = [Task("reading", "read", user, partial(users.read, user)) for user in known]
    read = workers.carry_out(tasks)
    if known and not read:
        return None
    outputs = BatchState.of(state.inputs, read)
    return replace(outputs, unfinished=state.unfinished, state_format=state.state_format)


def delete_batch(state: BatchState, users: InstanceUsers, workers: WorkerPool) -> None:
    """Deletes the users that are still ours, unless they are to be retained."""
    workers.carry_out(_removals(state, replace(state.inputs, users={}), users))


def _removals(old: BatchState, new: BatchInputs, users: InstanceUsers) -> Iterator[Task]:
    leaving, staying = _leaving(old.inputs, new)
    if staying:
        users.run.inform(f"{display_names(staying, NAMED)}: removed from state only, not deleted")
    for name in leaving:
        if name not in staying:
            user = old.user(name)
            yield Task(*_words(user, users.run.on_delete), user, partial(users.delete, user))


def _words(user: UserState, on_delete: str | None) -> tuple[str, str]:
    """What becomes of a user that leaves: while it happens, and when it has happened."""
    if user.is_partial:
        return "releasing", "released"
    if suspends(user.attributes, on_delete):
        return "suspending", "suspended"
    return "deleting", "deleted"


def _changes(
    kept: Mapping[str, UserState], new: BatchInputs, users: InstanceUsers
) -> Iterator[Task]:
    inputs = {name: new.known_user(name) for name in new.texts}
    created = _already_created([user for n, user in inputs.items() if n not in kept], users)
    for name, user in inputs.items():
        if name not in kept:
            yield Task("creating", "created", user, partial(_create, users, user, created))
            continue
        changes = plan(kept[name], user)
        if changes.replaces:
            run = partial(_replace, users, kept[name], user)
            yield Task("replacing", "replaced", user, run)
        elif changes.changes:
            yield Task("updating", "updated", user, partial(users.update, kept[name], user))


def _already_created(new: list[KnownInputs], users: InstanceUsers) -> dict[str, str]:
    """The ids of users that an interrupted run created, by username."""
    marks = [user.mark for user in new if user.mark]
    names = {
        resource: user.username
        for user in new
        if user.mark
        for resource in (user.mark.former, user.mark.resource)
        if resource
    }
    if len(new) < _WORTH_A_SEARCH or users.snapshots is None:
        return {}
    rows = users.snapshots(marks[0].stack).rows()
    return {
        names[resource]: user_id
        for user_id, row in rows.items()
        if (resource := row.tags.get(RESOURCE_TAG)) in names
        and not users.run.outcomes.was_deleted(user_id)
    }


def _create(users: InstanceUsers, user: KnownInputs, created: Mapping[str, str]) -> UserState:
    user_id = created.get(user.username)
    return users.create(user) if user_id is None else users.resume(user_id, user)


def _replace(users: InstanceUsers, old: UserState, new: KnownInputs) -> UserState:
    """A new user under the same name, which the old one must release first."""
    users.delete(old)
    return users.create(new)
