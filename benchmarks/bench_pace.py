"""Creation at the rate of AWS: 200 users of one roster, alone and beside another client.

The aims: from the first to the last CreateUser at most 1.02 x what the quota allows, without a
throttled answer, when alone; and no failed user when another client takes half of the quota.
"""

import threading
import time

import boto3
from botocore.config import Config

from benchmarks.rosters import ROSTER, SAML_ID, stack_of
from benchmarks.tables import publish
from pulumi_connect_users.emulator import mount
from tests.engine.harness import Stack

USERS = 200
RATE, BURST = 2.0, 5
PACED = {"connect:requestsPerSecond": str(RATE), "connect:burst": str(BURST)}


def floor(requests: int) -> float:
    """The seconds in which the quota lets so many requests pass."""
    return (requests - BURST) / RATE


def measured(stack: Stack, throttled_before: int) -> tuple[float, int, int]:
    """Seconds from the first to the last of our creations, their number, throttled answers."""
    ours = stack.connect.requests(operation="CreateUser")
    made = [r.time for r in ours if r.status == 200]
    throttled = sum(r.error_code == "TooManyRequestsException" for r in ours) - throttled_before
    return max(made) - min(made), len(made), throttled


def other_client(stack: Stack, stop: threading.Event, counts: list[int]) -> None:
    """Asks for CreateUser once a second: requests that fail take from the quota too."""
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
                Username="nobody",
                SecurityProfileIds=["none"],
                RoutingProfileId="none",
            )
        except client.exceptions.ClientError as error:
            throttled = "TooManyRequests" in error.response["Error"]["Code"]
            counts[1 if throttled else 0] += 1


def main() -> None:
    """Prints and writes one row for each situation."""
    rows = []
    for situation in ("alone", "another client takes half of the quota"):
        with stack_of(ROSTER, USERS, PACED) as stack:
            stack.connect.control(pacing="aws")
            stop, counts = threading.Event(), [0, 0]
            other = threading.Thread(target=other_client, args=(stack, stop, counts))
            if situation != "alone":
                other.start()
            began = time.perf_counter()
            result = stack.up(expect=None)
            took = time.perf_counter() - began
            stop.set()
            if other.ident:
                other.join()
            seconds, made, throttled = measured(stack, counts[1])
        failed = USERS - made
        ratio = seconds / floor(USERS)
        assert result.code == 0, result.text
        cells = (situation, made, f"{ratio:.3f}", throttled, failed, f"{took:.0f} s")
        rows.append(cells)
    header = (
        f"{USERS} users at 2 a second",
        "made",
        "x quota floor",
        "throttled answers",
        "failed",
        "whole `up`",
    )
    publish("pace", header, rows)


if __name__ == "__main__":
    main()
