"""The native plugin, compared with a no-op plugin (the engine's own cost) and the dynamic provider.

Targets: `up` of 300 users at most 1.15 x the no-op plugin's, and a refresh of 1,000 unchanged users
with 4 calls, as single users and as a roster.
"""

import resource
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from benchmarks.bench_up import NOOP, REAL, USERS
from benchmarks.measure import Row, medians, paired, ratios, say, seconds
from benchmarks.noop_plugin import add_plugin
from benchmarks.rosters import NATIVE_NOOP, ROSTER, stack_of
from tests.support.harness import Stack
from tests.support.local_connect import Local
from tests.support.programs import MANAGED_ARN, SAML_ARN
from tools.checkout import ROOT

PAIRS = 5
REFRESHED, LARGE, LARGE_PAIRS, CHANGED = 1_000, 10_000, 3, 100

NATIVE_NOOP_USERS = NOOP.replace("NoopUser", "NativeNoopUser")

MANY = f"""
    import pulumi
    import pulumi_connect_users as connect

    centre = connect.Instance("{SAML_ARN}")
    for number in range(pulumi.Config().require_int("count")):
        connect.User(
            f"agent-{{number}}",
            instance=centre,
            username=f"agent.{{number}}",
            identity_info=connect.IdentityInfo(first_name="Mary", last_name="Major"),
            routing_profile="Basic Routing Profile",
            security_profiles=["Agent"],
        )
"""


class Life(NamedTuple):
    """A roster's commands, in seconds, and the peak memory of any one process, in MiB."""

    up: float
    preview: float
    change: float
    memory: float


def rows() -> Iterator[Row]:
    """Rows of users, of refreshes, then of a large roster."""
    pairs = paired(
        partial(_created, REAL), partial(_created, NATIVE_NOOP_USERS), PAIRS, f"{USERS} users"
    )
    real, engine = medians(pairs)
    yield Row(
        f"native `up` that creates {USERS} users",
        "the same with a no-op plugin",
        ratios(pairs),
        "at most 1.15",
        f"{real:.1f} s / {engine:.1f} s",
    )
    for name, program in (("users", MANY), ("users of a roster", ROSTER)):
        calls = _refresh_calls(program)
        yield Row(
            f"API calls to refresh {REFRESHED:,} unchanged {name} natively",
            "one call per user",
            [calls / REFRESHED],
            "at most 4 calls",
            f"{calls} calls",
        )
    yield from _roster_rows()


def _created(program: str) -> float:
    """Seconds of the first `up` of a program, on a stack of its own."""
    native = program == REAL
    with (
        tempfile.TemporaryDirectory() as folder,
        Stack(
            Path(folder),
            program=program,
            config={"instanceArn": MANAGED_ARN},
            secrets={"password": "Not-2-be-used"},
            environment={"PYTHONPATH": str(ROOT)},
            native=native,
        ) as stack,
    ):
        if not native:
            add_plugin(stack.folder)
        stack.run("stack")  # makes the stack, which is not measured
        took = seconds(stack.up)
        assert len(stack.resources(":User")) == USERS
    return took


def _refresh_calls(program: str) -> int:
    with stack_of(program, REFRESHED, native=True) as stack:
        stack.up()
        connect = Local(stack.store)
        connect.mark()
        stack.refresh()
        return len(connect.calls())


def _roster_rows() -> Iterator[Row]:
    measured: dict[str, list[Life]] = {"native": [], "no-op": [], "dynamic": []}
    for number in range(LARGE_PAIRS):
        for name in measured if not number % 2 else reversed(measured):
            # A process of its own tells its children's memory apart.
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
                measured[name].append(pool.submit(_life, name).result())
            say(f"native: {LARGE:,} users, {name}: {measured[name][-1]}")
    for field, what, unit in (
        ("up", f"native `up` of a roster of {LARGE:,} users", "s"),
        ("preview", f"native preview of {LARGE:,} unchanged users", "s"),
        ("change", f"native `up` of {CHANGED} changed users of {LARGE:,}", "s"),
        ("memory", f"native peak memory of one process, {LARGE:,} users", "MiB"),
    ):
        for other, compared in (
            ("no-op", "one resource of a no-op plugin"),
            ("dynamic", "the dynamic provider"),
        ):
            pairs = [
                (getattr(mine, field), getattr(theirs, field))
                for mine, theirs in zip(measured["native"], measured[other], strict=True)
            ]
            mine, theirs = medians(pairs)
            values = f"{mine:.3g} {unit} / {theirs:.3g} {unit}"
            yield Row(what, compared, ratios(pairs), "", values)


def _life(name: str) -> Life:
    program = NATIVE_NOOP if name == "no-op" else ROSTER
    with stack_of(program, LARGE, native=name == "native") as stack:
        up = seconds(stack.up)
        preview = seconds(lambda: stack.preview("--expect-no-changes"))
        stack.set_config({"changed": str(CHANGED)})
        change = seconds(stack.up)
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return Life(up, preview, change, most / (1024 * 1024 if sys.platform == "darwin" else 1024))
