"""The documents of resources as a new instance or a seed stores them: the API's members."""

from collections.abc import Iterable

from ..document import Document


def security_profile(permissions: Iterable[str]) -> Document:
    """A security profile as a customer creates it."""
    return Document(Permissions=list(permissions), Type="CUSTOMER_MANAGED")


def queue(hours_id: str) -> Document:
    """A standard queue that is open, with its hours of operation."""
    return Document(HoursOfOperationId=hours_id, Status="ENABLED", QueueType="STANDARD")


def routing_profile(
    description: str,
    *,
    default_queue_id: str,
    queue_ids: Iterable[str],
    concurrency: Document,
    is_default: bool = False,
) -> Document:
    """A routing profile that serves every queue on every channel; `concurrency` is by channel."""
    return Document(
        Description=description,
        DefaultOutboundQueueId=default_queue_id,
        MediaConcurrencies=[
            {
                "Channel": channel,
                "Concurrency": most,
                "CrossChannelBehavior": {"BehaviorType": "ROUTE_CURRENT_CHANNEL_ONLY"},
            }
            for channel, most in concurrency.items()
        ],
        QueueConfigs=[
            {"QueueId": queue_id, "Channel": channel, "Priority": 1, "Delay": 0}
            for queue_id in queue_ids
            for channel in concurrency
        ],
        ManualAssignmentQueueConfigs=[],
        AgentAvailabilityTimer="TIME_SINCE_LAST_ACTIVITY",
        IsDefault=is_default,
    )


def predefined_attribute(values: Iterable[str], *, read_only: bool = False) -> Document:
    """A predefined attribute whose values are the only ones that a proficiency may have."""
    return Document(
        Values={"StringList": list(values)},
        Purposes=[],
        AttributeConfiguration={
            "EnableValueValidationOnAssociation": True,
            "IsReadOnly": read_only,
        },
    )
