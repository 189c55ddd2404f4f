"""Live data in programs: the agents at work, with their status and contacts.

It holds for a moment only: use it for decisions of this run (skip an agent on a contact, report
who works), not for values that should stay the same from run to run.
"""

from collections.abc import Iterator, Sequence

import pulumi

from ..live_data.model import CurrentUserData
from ..live_data.query import LiveQuery, checked
from .functions import instance_arn, output_of, program_run
from .instance import Instance


def get_current_user_data(
    instance: Instance | str,
    *,
    queues: Sequence[str] | None = None,
    routing_profiles: Sequence[str] | None = None,
    agents: Sequence[str] | None = None,
    hierarchy_group: str | None = None,
    contact_states: Sequence[str] | None = None,
) -> list[CurrentUserData]:
    """All agents at work that the filters let through, from every page of GetCurrentUserData.

    Values are plain; for outputs use `get_current_user_data_output`. A missing agent is not at
    work, as far as Connect knows: absence means unknown, never gone.

    Args:
        instance: The instance, or its id or ARN. The stack's configuration applies.
        queues: Up to 100 names, ids or ARNs of queues: agents whose routing profile serves one.
        routing_profiles: Up to 100 names, ids or ARNs of routing profiles.
        agents: Up to 100 usernames, ids or ARNs of users.
        hierarchy_group: Path (`AMER/West`), id or ARN of one group: its agents and those below.
        contact_states: Up to 9 states: agents with a contact in one of them, and those contacts.

    The first four exclude each other. Without any filter all agents at work are returned, by the
    instance's routing profiles.

    Raises:
        InvalidFilter: Connect would refuse filters, or they name nothing; all at once.
        ConnectUsersError: The instance cannot be seen, or a call failed.
    """
    query = LiveQuery(
        queues=queues,
        routing_profiles=routing_profiles,
        agents=agents,
        hierarchy_group=hierarchy_group,
        contact_states=contact_states,
    )
    return list(_ask(instance, query))


def iter_current_user_data(
    instance: Instance | str,
    *,
    queues: Sequence[str] | None = None,
    routing_profiles: Sequence[str] | None = None,
    agents: Sequence[str] | None = None,
    hierarchy_group: str | None = None,
    contact_states: Sequence[str] | None = None,
) -> Iterator[CurrentUserData]:
    """The same, lazily: a page of up to 100 is read when the one before it is used up.

    The filters are validated when this is called; arguments and errors are those of
    `get_current_user_data`.
    """
    query = LiveQuery(
        queues=queues,
        routing_profiles=routing_profiles,
        agents=agents,
        hierarchy_group=hierarchy_group,
        contact_states=contact_states,
    )
    return _ask(instance, query)


def get_current_user_data_output(
    instance: Instance | pulumi.Input[str],
    *,
    queues: pulumi.Input[Sequence[pulumi.Input[str]]] | None = None,
    routing_profiles: pulumi.Input[Sequence[pulumi.Input[str]]] | None = None,
    agents: pulumi.Input[Sequence[pulumi.Input[str]]] | None = None,
    hierarchy_group: pulumi.Input[str] | None = None,
    contact_states: pulumi.Input[Sequence[pulumi.Input[str]]] | None = None,
) -> pulumi.Output[list[CurrentUserData]]:
    """The same with outputs: called once they are known, so after their resources are created.

    At a preview that does not know them yet, the result is unknown too.
    """
    given = {
        "queues": queues,
        "routing_profiles": routing_profiles,
        "agents": agents,
        "hierarchy_group": hierarchy_group,
        "contact_states": contact_states,
    }
    return output_of(get_current_user_data, instance, given)


def _ask(instance: Instance | str, query: LiveQuery) -> Iterator[CurrentUserData]:
    """Validates the filters before anything slow is imported."""
    arn = instance_arn(instance, "get_current_user_data")
    checked(query, "reading live data")
    from ..aws.current_user_data import current_user_data

    return current_user_data(program_run().session(), arn, query)
