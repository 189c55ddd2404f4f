"""Batches of rosters on the wire: decoded and encoded as a front end does."""

from dataclasses import dataclass
from typing import Any

from pulumi_connect_users.core.arns import user_arn
from pulumi_connect_users.core.check_failure import Finding
from pulumi_connect_users.core.lookups import Lookups
from pulumi_connect_users.roster import apply, check
from pulumi_connect_users.roster.batch import BatchInputs, BatchState
from pulumi_connect_users.roster.workers import WorkerPool
from pulumi_connect_users.users.inputs import KnownInputs
from pulumi_connect_users.users.service import InstanceUsers
from pulumi_connect_users.users.state import UserState
from tests.support.programs import SAML_ARN

Bag = dict[str, Any]


@dataclass
class CheckedBatch:
    """What check returns, with the inputs on the wire."""

    inputs: Bag
    failures: list[str]
    warnings: list[str]
    rule_warnings: list[tuple[str, Finding]]


def check_batch(old: Bag | None, new: Bag, lookups: Lookups, **options: Any) -> CheckedBatch:
    """Checks new inputs; of an existing batch, against its old inputs or outputs."""
    before = BatchInputs.decode(old) if old else None
    checked = check.check_batch(before, BatchInputs.decode(new), lookups, **options)
    return CheckedBatch(
        checked.inputs.properties,
        list(checked.failures),
        list(checked.warnings),
        list(checked.rule_warnings),
    )


def plan_batch(old: Bag, new: Bag) -> apply.BatchPlan:
    """Compares old outputs with new inputs."""
    return apply.plan_batch(BatchState.decode(old), BatchInputs.decode(new))


def create_batch(inputs: Bag, users: InstanceUsers, workers: WorkerPool) -> Bag:
    """Returns the outputs."""
    return apply.create_batch(BatchInputs.decode(inputs), users, workers).outputs


def update_batch(old: Bag, new: Bag, users: InstanceUsers, workers: WorkerPool) -> Bag:
    """Returns the outputs."""
    before, after = BatchState.decode(old), BatchInputs.decode(new)
    return apply.update_batch(before, after, users, workers).outputs


def read_batch(state: Bag, users: InstanceUsers, workers: WorkerPool) -> Bag | None:
    """Returns the outputs, None where no user is left."""
    read = apply.read_batch(BatchState.decode(state), users, workers)
    return read.outputs if read else None


def delete_batch(state: Bag, users: InstanceUsers, workers: WorkerPool) -> None:
    """Deletes its users."""
    apply.delete_batch(BatchState.decode(state), users, workers)


def inputs_of(username: str) -> KnownInputs:
    """A user with nothing but a name."""
    return KnownInputs(attributes={}, instance_arn=SAML_ARN, username=username)


def state_of(username: str) -> UserState:
    """The same in state."""
    return UserState.of(inputs_of(username), user_arn(SAML_ARN, username))
