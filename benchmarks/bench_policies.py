"""CPU time of the policy pack per user, compared with an empty pack; the target is 2 ms.

Through the policy SDK's own analyzer in this process, as the engine calls it: each user's resource
alone, then the whole stack. Half of the users have a password, the others log in with SAML.
"""

import gc
import statistics
import time
from collections.abc import Iterator

from pulumi_policy import Policy, ResourceValidationPolicy, StackValidationPolicy

from benchmarks.measure import Row, paired, ratios, say
from connect_users_guard import policies
from connect_users_guard.examples.as_resources import Example
from connect_users_guard.examples.cases import user
from connect_users_guard.sdk_cache import cache_unpacking
from tests.support.analyzer import Analyzer

ROUNDS = 7
USERS = 200
MANY = 5_000
TYPE = "pulumi-python:dynamic/connect:User"


def rows() -> Iterator[Row]:
    """Rows of a few users, and of many."""
    cache_unpacking()  # as the pack's own process does
    few = _users(USERS)
    pairs = paired(
        lambda: _seconds(policies(), few), lambda: _seconds(_empty(), few), ROUNDS, "policies"
    )
    costs = [(whole - empty) / USERS * 1000 for whole, empty in pairs]
    yield Row(
        f"CPU time of the policy pack, {USERS} users",
        "an empty policy pack",
        ratios(pairs),
        "at most 2 ms more per user",
        f"{statistics.median(costs):.2f} ms more per user ({min(costs):.2f} to {max(costs):.2f})",
    )
    many = _seconds(policies(), _users(MANY))
    expected = statistics.median(whole for whole, _ in pairs) * MANY / USERS
    yield Row(
        f"CPU time of the policy pack, {MANY:,} users",
        f"{MANY // USERS} x the time for {USERS} users",
        [many / expected],
        "linear",
        f"{many:.1f} s / {expected:.1f} s",
    )
    alone = {policy.name: _seconds([policy], few) / USERS * 1000 for policy in policies()}
    for name, cost in sorted(alone.items(), key=lambda one: -one[1])[:3]:
        say(f"policies: {name} alone {cost:.2f} ms per user")


def _users(count: int) -> list[Example]:
    return [
        Example(
            type=TYPE,
            props=user(
                "SAML" if number % 2 else "CONNECT_MANAGED",
                username=f"agent.{number}@example.com" if number % 2 else f"agent.{number}",
                **({} if number % 2 else {"password": f"Quokka-{number}-lattice-Moss"}),
            ),
        )
        for number in range(count)
    ]


def _empty() -> list[Policy]:
    """The smallest pack: the SDK refuses one without a policy."""
    return [
        ResourceValidationPolicy("nothing", "Nothing.", lambda _args, _report: None),
        StackValidationPolicy("nothing-at-all", "Nothing.", lambda _args, _report: None),
    ]


def _seconds(made: list[Policy], examples: list[Example]) -> float:
    analyzer = Analyzer(made=made)
    analyzer.analyze(examples[0])
    gc.collect()
    begin = time.process_time()
    for number, example in enumerate(examples):
        analyzer.analyze(example, urn=f"urn:pulumi:dev::centre::{TYPE}::r{number}")
    analyzer.analyze_stack(examples)
    return time.process_time() - begin
