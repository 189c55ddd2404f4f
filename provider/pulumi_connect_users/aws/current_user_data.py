"""Live data of one instance: GetCurrentUserData page by page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..core.arns import parse_arn
from ..core.lookups import Kind
from ..live_data.filters import api_filters
from ..live_data.model import CurrentUserData
from ..live_data.query import MOST, LiveQuery, checked

if TYPE_CHECKING:
    from types_boto3_connect.type_defs import UserDataFiltersTypeDef

    from .instance import InstanceClient
    from .session import ConnectSession


def current_user_data(
    session: ConnectSession, instance: str, query: LiveQuery
) -> Iterator[CurrentUserData]:
    """Agents at work, page by page; raises InvalidFilter with every reason before it returns."""
    arn = parse_arn(instance)
    subject = f"reading live data of instance {arn.instance if arn else instance}"
    checked(query, subject)
    connect = session.connect(instance)
    requests = (
        _everyone(session, connect.instance_arn)
        if query.is_everyone
        else [api_filters(query, connect.instance_arn, session, subject)]
    )
    return _data(connect, requests)


def _everyone(session: ConnectSession, instance_arn: str) -> list[UserDataFiltersTypeDef]:
    """Every agent has one routing profile, and a request takes a hundred of them."""
    ids = sorted(session.catalog(instance_arn, Kind.ROUTING_PROFILE).names)
    return [{"RoutingProfiles": ids[start : start + MOST]} for start in range(0, len(ids), MOST)]


def _data(
    connect: InstanceClient, requests: list[UserDataFiltersTypeDef]
) -> Iterator[CurrentUserData]:
    seen: set[str] = set()
    for filters in requests:
        for data in connect.live_data.at_work(filters):
            # An agent who moves while pages are read may be on two of them.
            if data.user.id not in seen:
                seen.add(data.user.id)
                yield data
