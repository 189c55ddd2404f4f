"""What coverage needs of one instance, in bulk: implements `coverage.reading.CentreApi`.

The cost: a SearchUsers for each 500 users, a SearchRoutingProfiles for each 500 profiles (it has
the concurrency that DescribeRoutingProfile has, but no channels of queues), a
SearchUserHierarchyGroups for each 100 groups, a ListRoutingProfileQueues for each profile (and 100
queues), a SearchUsers for each skill (and 500 users). No bulk read has a user's proficiencies: one
ListUserProficiencies for each user that is asked about.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from ..coverage.centre import Agent, Agents, Lane, Skill
from .bulk_reads import BulkReads
from .pagination import PROFICIENCIES, SEARCHED_USERS, Call, Listing, rows
from .snapshot import SEARCH_PAGE, exact

if TYPE_CHECKING:
    from types_boto3_connect.type_defs import (
        MediaConcurrencyOutputTypeDef,
        RoutingProfileQueueConfigSummaryTypeDef,
        RoutingProfileTypeDef,
    )

_PROFILES: Final[Listing[RoutingProfileTypeDef]] = Listing(
    "SearchRoutingProfiles", "RoutingProfiles"
)
_QUEUES: Final[Listing[RoutingProfileQueueConfigSummaryTypeDef]] = Listing(
    "ListRoutingProfileQueues", "RoutingProfileQueueConfigSummaryList"
)
_LIST_PAGE: Final = 100
"""Most results of the other three operations (API reference)."""


class CentreReader:
    """Reads through one instance's `call`."""

    def __init__(self, call: Call, bulk: BulkReads | None = None) -> None:
        """`call` fills the instance in; `bulk` may be shared."""
        self._call = call
        self._bulk = bulk or BulkReads(call)

    def agents(self) -> Agents:
        """See `CentreApi`."""
        return {
            user["Username"]: Agent(
                id=user["Id"],
                routing_profile=user.get("RoutingProfileId", ""),
                hierarchy_group=user.get("HierarchyGroupId", ""),
            )
            for user in self._bulk.users
        }

    def concurrency(self) -> Mapping[str, Mapping[str, int]]:
        """See `CentreApi`."""
        return {
            profile["RoutingProfileId"]: {
                one["Channel"]: _contacts(one) for one in profile.get("MediaConcurrencies", ())
            }
            for profile in rows(self._call, _PROFILES, MaxResults=SEARCH_PAGE)
        }

    def queues(self, profile: str) -> Sequence[Lane]:
        """See `CentreApi`."""
        served = rows(self._call, _QUEUES, RoutingProfileId=profile, MaxResults=_LIST_PAGE)
        return [Lane(one["QueueName"], one["QueueId"], one["Channel"]) for one in served]

    def groups(self) -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, str]]:
        """See `CentreApi`."""
        return self._bulk.groups

    def skills(self, user_id: str) -> Sequence[Skill]:
        """See `CentreApi`."""
        held = rows(self._call, PROFICIENCIES, UserId=user_id, MaxResults=_LIST_PAGE)
        return [
            Skill(one["AttributeName"], one["AttributeValue"], int(one["Level"])) for one in held
        ]

    def holders(self, skill: Skill) -> Iterable[str]:
        """See `CentreApi`."""
        level = {
            "FieldName": "level",
            "MinValue": skill.level,
            "ComparisonType": "GREATER_OR_EQUAL",
        }
        condition = {
            "TargetListType": "PROFICIENCIES",
            "Conditions": [
                exact("name", skill.attribute),
                exact("value", skill.value),
                {"NumberCondition": level},
            ],
        }
        found = rows(
            self._call,
            SEARCHED_USERS,
            SearchCriteria={"ListCondition": condition},
            MaxResults=SEARCH_PAGE,
        )
        return [user["Id"] for user in found]


def _contacts(channel: MediaConcurrencyOutputTypeDef) -> int:
    """The contacts of a channel at once, those by workload type too."""
    workloads = channel.get("WorkloadTypeConcurrencies", ())
    return channel.get("Concurrency") or sum(one["Concurrency"] for one in workloads)
