"""Refresh of 1,000 users: the number of API calls, and whether outside changes are found.

Targets: at most 4 calls for 1,000 unchanged users, and two more for each distinct proficiency in
use; and a change planted in every attribute is found.
"""

import json
import time
from collections.abc import Iterator
from typing import Any

from benchmarks.measure import Row, medians, paired, ratios, say, seconds
from benchmarks.rosters import PROFICIENT, ROSTER, stack_of
from tests.support.harness import Stack
from tests.support.local_connect import Local
from tests.support.programs import SAML_ID

USERS = 1000
PAIRS = 5
EXACT = {"CONNECT_USERS_REFRESH": "exact"}


def planted(connect: Local, ids: dict[str, str]) -> dict[str, str]:
    """Changes one attribute of each of some users; returns which, by username."""
    client: Any = connect.client
    other = {
        "hierarchyGroupId": client.list_user_hierarchy_groups(InstanceId=SAML_ID)[
            "UserHierarchyGroupSummaryList"
        ][0]["Id"],
        "routingProfileId": client.create_routing_profile(
            InstanceId=SAML_ID,
            Name="Other",
            Description="Another one",
            DefaultOutboundQueueId=client.list_queues(InstanceId=SAML_ID, QueueTypes=["STANDARD"])[
                "QueueSummaryList"
            ][0]["Id"],
            MediaConcurrencies=[{"Channel": "VOICE", "Concurrency": 1}],
        )["RoutingProfileId"],
        "securityProfileIds": next(
            r["Id"]
            for r in client.list_security_profiles(InstanceId=SAML_ID)["SecurityProfileSummaryList"]
            if r["Name"] == "Admin"
        ),
    }
    identity = {"FirstName": "Mary", "SecondaryEmail": "agent.{}@example.com"}
    phone = {"PhoneType": "SOFT_PHONE", "AutoAccept": True, "AfterContactWorkTimeLimit": 60}
    made: dict[str, str] = {}

    def user(attribute: str) -> dict[str, str]:
        name = f"agent.{10 * (len(made) + 1):05}"
        made[name] = attribute
        return {"InstanceId": SAML_ID, "UserId": ids[name]}

    def info(number: int, **changes: str) -> dict[str, str]:
        email = identity["SecondaryEmail"].format(number)
        return identity | {"LastName": f"Major {number}", "SecondaryEmail": email} | changes

    for member, value in (("FirstName", "Li"), ("LastName", "Roe"), ("SecondaryEmail", "x@y.org")):
        who = user(f"identityInfo.{member}")
        number = 10 * len(made)
        client.update_user_identity_info(**who, IdentityInfo=info(number, **{member: value}))
    for member, changed in (("AutoAccept", False), ("AfterContactWorkTimeLimit", 61)):
        who = user(f"phoneConfig.{member}")
        client.update_user_phone_config(**who, PhoneConfig=phone | {member: changed})
    client.update_user_phone_config(
        **user("phoneConfig.PhoneType"),
        PhoneConfig=phone | {"PhoneType": "DESK_PHONE", "DeskPhoneNumber": "+15555551212"},
    )
    client.update_user_routing_profile(
        **user("routingProfileId"), RoutingProfileId=other["routingProfileId"]
    )
    client.update_user_security_profiles(
        **user("securityProfileIds"), SecurityProfileIds=[other["securityProfileIds"]]
    )
    who = user("tags")
    client.tag_resource(
        resourceArn=f"arn:aws:connect:us-west-2:000000000000:instance/{SAML_ID}"
        f"/agent/{who['UserId']}",
        tags={"Cost_Center": "changed"},
    )
    client.update_user_proficiencies(
        **user("proficiencies"),
        UserProficiencies=[{"AttributeName": "language", "AttributeValue": "Spanish", "Level": 5}],
    )
    client.delete_user(**user("the user itself"))
    return made


def texts(stack: Stack) -> dict[str, str]:
    """The users' texts in state."""
    found: dict[str, str] = {}
    for batch in stack.resources("connect:UserBatch"):
        found |= batch["outputs"]["users"]
    return found


def refresh(stack: Stack, environment: dict[str, str]) -> float:
    """Seconds of a refresh."""
    command = ("refresh", "--yes", "--skip-preview")
    return seconds(lambda: stack.run(*command, environment=environment))


def calls(stack: Stack, environment: dict[str, str]) -> int:
    """The number of API calls that a refresh makes."""
    connect = Local(stack.store)
    connect.mark()
    refresh(stack, environment)
    return len(connect.calls())


def rows() -> Iterator[Row]:
    """Rows of unchanged users, and of users changed outside Pulumi."""
    with stack_of(ROSTER, USERS) as stack:
        stack.up()
        bulk, exact = calls(stack, {}), calls(stack, EXACT)
        yield Row(
            f"API calls to refresh {USERS:,} unchanged users",
            "`connect:refresh: exact`",
            [bulk / exact],
            "at most 4 calls",
            f"{bulk} / {exact:,} calls",
        )
        pairs = paired(
            lambda: refresh(stack, {}), lambda: refresh(stack, EXACT), PAIRS, "refresh, bulk, exact"
        )
        fast, slow = medians(pairs)
        yield Row(
            "duration of that refresh, without a rate limit",
            "`connect:refresh: exact`",
            ratios(pairs),
            "",
            f"{fast:.1f} s / {slow:.1f} s",
        )
    with stack_of(PROFICIENT, USERS) as stack:
        stack.up()
        bulk, exact = calls(stack, {}), calls(stack, EXACT)
        yield Row(
            f"API calls to refresh {USERS:,} users with two distinct proficiencies",
            "`connect:refresh: exact`",
            [bulk / exact],
            "at most 4 + 2 x 2 calls",
            f"{bulk} / {exact:,} calls",
        )
        say("refresh: a change in every attribute")
        before = texts(stack)
        connect = Local(stack.store)
        ids = {str(u["Username"]): str(u["Id"]) for u in connect.users(SAML_ID)}
        time.sleep(1)  # Connect's times have whole seconds
        changes = planted(connect, ids)
        bulk = calls(stack, {})
        after = texts(stack)
        differing = {name for name in before if before[name] != after.get(name)}
        assert differing == set(changes), json.dumps(sorted(differing ^ set(changes)))
        yield Row(
            f"changes found by that refresh, {len(changes)} attributes, one per user",
            "changes made",
            [len(differing) / len(changes)],
            "1",
            f"{len(differing)} / {len(changes)} with {bulk} calls",
        )
