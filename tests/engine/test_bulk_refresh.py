"""A refresh in bulk through the real engine: few calls, and nothing that it does not see."""

import time
from collections import Counter

from pulumi_connect_users.core.arns import last_part
from tests.support.harness import Stack, Stacks
from tests.support.programs import MANAGED_ARN, MANAGED_ID, program, updates

MANY = program(
    "for number in range(12):",
    "    connect.User(f'agent-{number}', **{**MARY, 'username': f'agent.{number}'},",
    "        proficiencies=[connect.Proficiency('language', 'Spanish', level=4)],",
    "        tags={'team': 'west'},",
    "    )",
)
UNCHANGED = Counter(DescribeInstance=1, SearchUsers=2, ListUsers=1)
"""The stack's users, the time of their last change, and one distinct proficiency."""


def next_second() -> None:
    """Waits for a second that nobody has written in: Connect's times have whole ones."""
    now = int(time.time())
    while int(time.time()) == now:
        time.sleep(0.01)


def user_id(stack: Stack, number: int) -> str:
    """The id of one of the users."""
    (found,) = [r for r in stack.resources("connect:User") if r["urn"].endswith(f"agent-{number}")]
    return last_part(str(found["id"]))


def test_refresh_of_unchanged_users_reads_them_together(stacks: Stacks) -> None:
    stack = stacks(program=MANY)
    stack.up()
    connect = stack.local
    for _ in range(2):
        connect.mark()
        result = stack.refresh()
        assert Counter(connect.calls()) == UNCHANGED
        assert result.changes == {"same": 13}


def test_refresh_without_times_reads_users_together_and_says_what_it_misses(stacks: Stacks) -> None:
    """AWS's ListUsers may tell no LastModifiedTime (boto3#3927): the calls are the same."""
    stack = stacks(program=MANY)
    stack.up()
    connect = stack.local
    connect.store.control(times=False)
    connect.mark()
    result = stack.refresh()
    assert Counter(connect.calls()) == UNCHANGED
    assert result.changes == {"same": 13}
    told = [text for text in result.diagnostics if "CONNECT_USERS_REFRESH=exact" in text]
    assert len(told) == 1


def test_refresh_finds_what_was_changed_anywhere(stacks: Stacks) -> None:
    """Drift in a row, in an e-mail address, in a level and in a tag, and a user that is gone."""
    stack = stacks(program=MANY)
    stack.up()
    next_second()
    connect = stack.local
    client = connect.client
    client.update_user_identity_info(
        InstanceId=MANAGED_ID,
        UserId=user_id(stack, 1),
        IdentityInfo={"FirstName": "Mary", "LastName": "Major", "Email": "other@example.com"},
    )
    client.update_user_proficiencies(
        InstanceId=MANAGED_ID,
        UserId=user_id(stack, 2),
        UserProficiencies=[{"AttributeName": "language", "AttributeValue": "Spanish", "Level": 1}],
    )
    client.tag_resource(
        resourceArn=f"{MANAGED_ARN}/agent/{user_id(stack, 3)}", tags={"team": "east"}
    )
    client.update_user_phone_config(
        InstanceId=MANAGED_ID,
        UserId=user_id(stack, 4),
        PhoneConfig={"PhoneType": "SOFT_PHONE", "AutoAccept": False},
    )
    client.delete_user(InstanceId=MANAGED_ID, UserId=user_id(stack, 5))
    connect.mark()

    stack.refresh()

    calls = Counter(connect.calls())
    assert calls["DescribeUser"] == 4, "the e-mail address, the tag, the phone, the absent user"
    assert updates(stack.preview("--diff")) == {
        "agent-1": ["identityInfo.email"],
        "agent-2": ["proficiencies"],
        "agent-3": ["tags.team"],
        "agent-4": ["phoneConfig.autoAccept"],
    }
    assert len(stack.resources("connect:User")) == 11
    stack.up()
    stack.preview("--expect-no-changes")


def test_change_that_others_may_make_is_read_once(stacks: Stacks) -> None:
    """A user whose unmanaged attributes move is looked at once, not at every refresh."""
    stack = stacks(program=MANY)
    stack.up()
    next_second()
    connect = stack.local
    group = connect.client.list_user_hierarchy_groups(InstanceId=MANAGED_ID)
    connect.client.update_user_hierarchy(
        InstanceId=MANAGED_ID,
        UserId=user_id(stack, 1),
        HierarchyGroupId=group["UserHierarchyGroupSummaryList"][0]["Id"],
    )
    counts = []
    for _ in range(2):
        connect.mark()
        assert stack.refresh().changes == {"same": 13}
        counts.append(Counter(connect.calls())["DescribeUser"])
    assert counts == [1, 0]
    stack.preview("--expect-no-changes")


def test_exact_refresh_reads_every_user(stacks: Stacks) -> None:
    """`connect:refresh: exact` asks DescribeUser for each user and no search."""
    stack = stacks(program=MANY, config={"connect:refresh": "exact"})
    stack.up()
    connect = stack.local
    connect.mark()
    result = stack.refresh()
    calls = Counter(connect.calls())
    assert (calls["DescribeUser"], calls["SearchUsers"]) == (12, 0)
    assert result.changes == {"same": 13}


def test_refused_search_falls_back_to_single_reads(stacks: Stacks) -> None:
    """A role that may not search still refreshes, and is told why it takes longer."""
    stack = stacks(program=MANY)
    stack.up()
    connect = stack.local
    connect.store.control(faults=[{"operation": "SearchUsers", "kind": "access-denied"}])
    connect.mark()
    result = stack.refresh()
    assert result.changes == {"same": 13}
    calls = Counter(connect.calls())
    assert (calls["DescribeUser"], calls["SearchUsers"]) == (12, 1)
    told = [text for text in result.diagnostics if "refreshing users one by one" in text]
    assert len(told) == 1
