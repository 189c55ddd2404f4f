"""A roster compared with the unavoidable work: the same API calls, and the engine's own.

Targets: `up` of 1,000 users at most 1.3 x a plain boto3 thread pool that makes the same calls
plus the engine's own time for the same batches with a no-op provider; 10,000 users
linear in time and within 1 GiB; a preview of 10,000 unchanged users at most 1.5 x the same with
that provider.
"""

import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import boto3

from benchmarks.measure import Row, medians, ratios, say, seconds
from benchmarks.rosters import NOOP, ROSTER, stack_of
from pulumi_connect_users.emulator import mount
from tests.support.programs import SAML_ID

SMALL, LARGE = 1_000, 10_000
PAIRS, LARGE_PAIRS = 5, 3


def boto3_pool(count: int) -> float:
    """Seconds in which 16 threads of boto3 alone make the same CreateUser calls."""
    with tempfile.TemporaryDirectory() as folder:
        client: Any = boto3.Session().client(
            "connect",
            region_name="us-west-2",
            aws_access_key_id="local",
            aws_secret_access_key="local",
        )
        mount(client, Path(folder) / "local.db")
        listed = client.list_routing_profiles(InstanceId=SAML_ID)["RoutingProfileSummaryList"]
        routing = listed[0]["Id"]
        profiles = client.list_security_profiles(InstanceId=SAML_ID)
        agent = next(
            p["Id"] for p in profiles["SecurityProfileSummaryList"] if p["Name"] == "Agent"
        )

        def create(number: int) -> None:
            client.create_user(
                InstanceId=SAML_ID,
                Username=f"agent.{number:05}",
                IdentityInfo={
                    "FirstName": "Mary",
                    "LastName": f"Major {number}",
                    "SecondaryEmail": f"agent.{number}@example.com",
                },
                PhoneConfig={
                    "PhoneType": "SOFT_PHONE",
                    "AutoAccept": True,
                    "AfterContactWorkTimeLimit": 60,
                },
                RoutingProfileId=routing,
                SecurityProfileIds=[agent],
                Tags={"Cost_Center": "1", "stack": "organization/engine-test/dev", "id": "0" * 20},
            )

        began = time.perf_counter()
        with ThreadPoolExecutor(16) as pool:
            list(pool.map(create, range(count)))
        return time.perf_counter() - began


def one_small(*, real_first: bool) -> tuple[float, float, float]:
    """Seconds of the roster's `up`, of the pool, and of the engine with the no-op provider."""
    took: dict[str, float] = {}
    for program in (ROSTER, NOOP) if real_first else (NOOP, ROSTER):
        with stack_of(program, SMALL) as stack:
            took[program] = seconds(stack.up)
    return took[ROSTER], boto3_pool(SMALL), took[NOOP]


def one_large(program: str) -> tuple[float, float]:
    """Seconds of the first `up`, and of a preview after it: the median of three."""
    with stack_of(program, LARGE) as stack:
        up = seconds(stack.up)
        previews = [seconds(lambda: stack.preview("--expect-no-changes")) for _ in range(3)]
    return up, statistics.median(previews)


def rows() -> Iterator[Row]:
    """Rows of 1,000 users, then of 10,000."""
    small = []
    for number in range(PAIRS):
        small.append(one_small(real_first=not number % 2))
        real, pool, engine = small[-1]
        say(f"roster: {SMALL:,} users {real:.1f} s / ({pool:.1f} s + {engine:.1f} s)")
    real, pool, engine = medians(small)
    yield Row(
        f"`up` of a roster of {SMALL:,} users",
        "a boto3 thread pool making the same calls, plus the engine with a no-op provider",
        [one / (calls + nothing) for one, calls, nothing in small],
        "at most 1.30",
        f"{real:.1f} s / ({pool:.1f} s + {engine:.1f} s)",
    )
    large: list[tuple[float, float]] = []
    nothing: list[tuple[float, float]] = []
    for number in range(LARGE_PAIRS):
        for program in (ROSTER, NOOP) if not number % 2 else (NOOP, ROSTER):
            (large if program == ROSTER else nothing).append(one_large(program))
        say(f"roster: {LARGE:,} users, up {large[-1][0]:.1f} s, preview {large[-1][1]:.1f} s")
    ups, previews = zip(*large, strict=True)
    yield Row(
        f"`up` of {LARGE:,} users",
        f"{LARGE // SMALL} x the time for {SMALL:,} users",
        [one / (real * LARGE / SMALL) for one in ups],
        "linear: at most 1",
        f"{statistics.median(ups):.1f} s / {real * LARGE / SMALL:.1f} s",
    )
    pairs = [(mine, theirs) for mine, (_, theirs) in zip(previews, nothing, strict=True)]
    mine, theirs = medians(pairs)
    yield Row(
        f"preview of {LARGE:,} unchanged users",
        "the same with a no-op provider",
        ratios(pairs),
        "at most 1.50",
        f"{mine:.1f} s / {theirs:.1f} s",
    )
    # The largest of all processes so far: no other comes near.
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    mebibytes = most / (1024 * 1024 if sys.platform == "darwin" else 1024)
    yield Row(
        f"peak memory of one process, {LARGE:,} users",
        "1 GiB",
        [mebibytes / 1024],
        "at most 1",
        f"{mebibytes:.0f} MiB",
    )
