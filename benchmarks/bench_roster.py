"""A roster beside what cannot be done without: the same API calls, and the engine's own work.

The aims: `up` of 1,000 users at most 1.3 x a plain boto3 thread pool that makes the same calls
plus the engine's own time for the same batches with a provider that does nothing; 10,000 users
linear in time and within 1 GiB; a preview of 10,000 unchanged users at most 1.5 x the same with
that provider.
"""

import resource
import statistics
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import boto3

from benchmarks.rosters import NOOP, ROSTER, SAML_ID, stack_of
from benchmarks.tables import publish
from pulumi_connect_users.emulator import mount
from tests.engine.harness import Stack

SMALL, LARGE = 1_000, 10_000
PAIRS = 3


def timed_up(stack: Stack) -> float:
    """Seconds of the first `up`."""
    began = time.perf_counter()
    stack.up()
    return time.perf_counter() - began


def timed_previews(stack: Stack) -> float:
    """Seconds of a preview that finds nothing to do, the median of three."""
    took = []
    for _ in range(3):
        began = time.perf_counter()
        stack.preview("--expect-no-changes")
        took.append(time.perf_counter() - began)
    return statistics.median(took)


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


def one_pair(*, real_first: bool) -> tuple[float, float, float]:
    """Seconds of the roster's `up`, of the pool, and of the engine with the no-op provider."""
    took: dict[str, float] = {}
    for program in (ROSTER, NOOP) if real_first else (NOOP, ROSTER):
        with stack_of(program, SMALL) as stack:
            took[program] = timed_up(stack)
    return took[ROSTER], boto3_pool(SMALL), took[NOOP]


def main() -> None:
    """Prints and writes the table."""
    pairs = [one_pair(real_first=bool(n % 2)) for n in range(PAIRS)]
    ratios = [real / (pool + engine) for real, pool, engine in pairs]
    real, pool, engine = (statistics.median(values) for values in zip(*pairs, strict=True))
    rows = [
        (
            f"`up` of {SMALL:,} users / (boto3 pool + engine)",
            f"{statistics.median(ratios):.2f}",
            "1.30",
            f"{real:.1f} s / ({pool:.1f} s + {engine:.1f} s)",
        )
    ]
    with stack_of(ROSTER, LARGE) as stack:
        large = timed_up(stack)
        preview = timed_previews(stack)
        most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    mebibytes = most / (1024 * 1024 if sys.platform == "darwin" else 1024)
    with stack_of(NOOP, LARGE) as stack:
        engine_large = timed_up(stack)
        nothing = timed_previews(stack)
    growth = large / real / (LARGE / SMALL)
    rows += [
        (
            f"`up` of {LARGE:,} users / ({LARGE // SMALL} x that of {SMALL:,})",
            f"{growth:.2f}",
            "linear",
            f"{large:.1f} s; the engine with a no-op provider {engine_large:.1f} s",
        ),
        (
            f"preview of {LARGE:,} unchanged users / no-op provider",
            f"{preview / nothing:.2f}",
            "1.50",
            f"{preview:.1f} s / {nothing:.1f} s",
        ),
        (f"largest process with {LARGE:,} users", f"{mebibytes:.0f} MiB", "1,024 MiB", ""),
    ]
    publish("roster", ("Roster", "measured", "aim at most", "seconds"), rows)


if __name__ == "__main__":
    main()
