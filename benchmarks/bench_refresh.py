"""Refresh of 1,000 users: how many calls, and whether it finds what somebody changed.

The aims: at most 4 calls on an instance of 1,000 unchanged users, and two more for each distinct
proficiency in use; and a change planted in every attribute is found.
"""

import json
import time
from collections import Counter
from typing import Any

from benchmarks.rosters import PROFICIENT, ROSTER, SAML_ID, stack_of
from benchmarks.tables import publish
from tests.engine.harness import Stack
from tests.engine.local import Local

USERS = 1000


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


def refreshed(stack: Stack, *options: str) -> tuple[Counter[str], float]:
    """What a refresh asks, and how long it takes."""
    connect = Local(stack.store)
    connect.mark()
    began = time.perf_counter()
    stack.refresh(*options)
    return Counter(connect.calls()), time.perf_counter() - began


def main() -> None:
    """Prints and writes a row for each kind of refresh."""
    rows = []

    def add(kind: str, calls: Counter[str], seconds: float) -> None:
        shown = ", ".join(f"{name} {count}" for name, count in sorted(calls.items()))
        rows.append((kind, sum(calls.values()), shown, f"{seconds:.1f} s"))

    with stack_of(ROSTER, USERS) as stack:
        stack.up()
        calls, seconds = refreshed(stack)
        assert sum(calls.values()) <= 4, calls
        add("unchanged", calls, seconds)
        stack.set_config({"connect:refresh": "exact"})
        add("unchanged, `exact`", *refreshed(stack, "--run-program"))
    with stack_of(PROFICIENT, USERS) as stack:
        stack.up()
        calls, seconds = refreshed(stack)
        assert sum(calls.values()) <= 4 + 2 * 2, calls
        add("unchanged, two distinct proficiencies", calls, seconds)
        before = texts(stack)
        connect = Local(stack.store)
        ids = {str(u["Username"]): str(u["Id"]) for u in connect.users(SAML_ID)}
        time.sleep(1)  # Connect's times have whole seconds
        changes = planted(connect, ids)
        calls, seconds = refreshed(stack)
        after = texts(stack)
        differing = {name for name in before if before[name] != after.get(name)}
        assert differing == set(changes), json.dumps(sorted(differing ^ set(changes)))
        add(f"a change in each of {len(changes)} attributes, all found", calls, seconds)
    publish("refresh", (f"Refresh of {USERS:,} users", "calls", "which", "whole `refresh`"), rows)


if __name__ == "__main__":
    main()
