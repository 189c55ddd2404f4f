"""Creating 200 users of one roster at AWS's rate limit, alone and alongside another client.

Targets: from the first to the last CreateUser at most 1.02 x the least time the quota allows,
without throttling, when alone; and no failed user when another client uses half of the quota.
"""

import statistics
import threading
from collections.abc import Iterator

import boto3
from botocore.config import Config

from benchmarks.measure import Row, say
from benchmarks.rosters import ROSTER, stack_of
from pulumi_connect_users.emulator import mount
from tests.support.harness import Stack
from tests.support.programs import SAML_ID

USERS = 200
RUNS = 3
RATE, BURST = 2.0, 5
PACED = {"connect:requestsPerSecond": str(RATE), "connect:burst": str(BURST)}


def floor(requests: int) -> float:
    """The least seconds in which the quota allows this many requests."""
    return (requests - BURST) / RATE


def measured(stack: Stack, throttled_before: int) -> tuple[float, int, int]:
    """Seconds from our first to our last create, their number, and throttled responses."""
    ours = stack.connect.requests(operation="CreateUser")
    made = [r.time for r in ours if r.status == 200]
    throttled = sum(r.error_code == "TooManyRequestsException" for r in ours) - throttled_before
    return max(made) - min(made), len(made), throttled


def other_client(stack: Stack, stop: threading.Event, counts: list[int]) -> None:
    """Calls CreateUser once a second: failed requests count towards the quota too."""
    client = boto3.Session().client(
        "connect",
        region_name="us-west-2",
        aws_access_key_id="local",
        aws_secret_access_key="local",
        config=Config(retries={"total_max_attempts": 1}),
    )
    mount(client, stack.store)
    while not stop.wait(1.0):
        try:
            client.create_user(
                InstanceId=SAML_ID,
                Username="none",
                SecurityProfileIds=["none"],
                RoutingProfileId="none",
            )
        except client.exceptions.ClientError as error:
            throttled = "TooManyRequests" in error.response["Error"]["Code"]
            counts[1 if throttled else 0] += 1


def one_run(*, alone: bool) -> tuple[float, int]:
    """Seconds from the first to the last create, and our throttled responses; none may fail."""
    with stack_of(ROSTER, USERS, PACED) as stack:
        stack.connect.control(pacing="aws")
        stop, counts = threading.Event(), [0, 0]
        other = threading.Thread(target=other_client, args=(stack, stop, counts))
        if not alone:
            other.start()
        result = stack.up(expect=None)
        stop.set()
        if not alone:
            other.join()
        seconds, made, throttled = measured(stack, counts[1])
    assert (result.code, made) == (0, USERS), result.text
    say(f"pace: {USERS} users in {seconds:.1f} s, {throttled} throttled responses")
    return seconds, throttled


def rows() -> Iterator[Row]:
    """Rows of a run alone, and of one alongside another client."""
    for alone, share, compared_with, target in (
        (True, 1.0, "the least time the quota allows", "at most 1.02, no throttling"),
        (False, 0.5, "the same while another client uses half of the quota", "no failures"),
    ):
        runs = [one_run(alone=alone) for _ in range(RUNS)]
        least = floor(USERS) / share
        throttled = statistics.median(count for _, count in runs)
        yield Row(
            f"first to last of {USERS} creates at {RATE:g} per second",
            compared_with,
            [seconds / least for seconds, _ in runs],
            target,
            f"{statistics.median(s for s, _ in runs):.1f} s / {least:.1f} s, "
            f"{throttled:g} throttled responses, 0 failures",
        )
