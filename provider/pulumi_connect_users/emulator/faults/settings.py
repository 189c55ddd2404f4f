"""How a store is told to behave: pacing, quotas and the rest, kept in the store itself.

pacing    {"rate": requests a second, "burst": requests}, or null
quotas    {"users": 500, ...}, "aws" for AWS's defaults, or null
latency   seconds added to every request, or null
times     false: ListUsers has no LastModifiedTime, as seen on AWS; true or null: it has
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..errors import EmulatorError, ServiceError

AWS_PACING = {"rate": 2.0, "burst": 5.0}
"""Per operation, account and Region (Administrator guide, service quotas, API throttling)."""
AWS_QUOTAS = {
    "instances": 2,
    "users": 500,
    "securityProfiles": 100,
    "routingProfiles": 500,
    "hierarchyGroups": 500,
    "proficiencies": 10,
    "predefinedAttributes": 150,
    "quickConnects": 100,
    "queues": 50,
    "agentStatuses": 50,
}
"""Per instance but for instances, which are per Region (Administrator guide, service quotas)."""


_LARGEST = 1e15
LONGEST_SECONDS = 3600
"""The longest latency that can be asked for."""


@dataclass(frozen=True, slots=True)
class Controls:
    """What a store is told; the default is a Connect without limits."""

    pacing: Mapping[str, float] | None = None
    quotas: Mapping[str, int] = field(default_factory=dict)
    latency: float = 0.0
    times: bool = True
    """Whether ListUsers has LastModifiedTime."""
    faulty: bool = False
    """Whether any fault rule is set."""


def load(tx: sqlite3.Connection) -> Controls:
    """The controls of a store."""
    settings = {
        row["key"]: json.loads(row["value"])
        for row in tx.execute("SELECT key, value FROM settings")
    }
    return Controls(
        pacing=settings.get("pacing"),
        quotas=settings.get("quotas") or {},
        latency=settings.get("latency") or 0.0,
        times=settings.get("times", True),
        faulty=tx.execute("SELECT 1 FROM faults LIMIT 1").fetchone() is not None,
    )


def save(tx: sqlite3.Connection, settings: Mapping[str, Any]) -> None:
    """Set some controls, None taking one back; EmulatorError for anything that is none."""
    for key, value in settings.items():
        stored = None if value is None else _checked(key, value)
        tx.execute("DELETE FROM settings WHERE key = ?", (key,))
        if stored is not None:
            tx.execute("INSERT INTO settings (key, value) VALUES (?, ?)", (key, json.dumps(stored)))
        if key == "pacing":
            tx.execute("DELETE FROM buckets")


def throttle(tx: sqlite3.Connection, pacing: Mapping[str, float], key: str, now: float) -> None:
    """Take one token from a bucket; TooManyRequestsException where it is empty."""
    row = tx.execute("SELECT tokens, updated FROM buckets WHERE key = ?", (key,)).fetchone()
    tokens = pacing["burst"]
    if row is not None:
        elapsed = max(0.0, now - row["updated"])
        tokens = min(pacing["burst"], row["tokens"] + elapsed * pacing["rate"])
    enough = tokens >= 1
    tx.execute(
        "INSERT OR REPLACE INTO buckets (key, tokens, updated) VALUES (?, ?, ?)",
        (key, tokens - 1 if enough else tokens, now),
    )
    if not enough:
        raise ServiceError("TooManyRequestsException", "Too Many Requests")


def _checked(key: str, value: Any) -> Any:
    if key == "pacing":
        pacing = AWS_PACING if value == "aws" else value
        named = isinstance(pacing, Mapping) and set(pacing) == {"rate", "burst"}
        # A bucket that holds less than one request would let none pass.
        least = {"rate": 1e-6, "burst": 1}
        if named and all(_is_number(pacing[one]) and pacing[one] >= least[one] for one in least):
            return dict(pacing)
        raise _refusal(
            key, 'it is {"rate": above 0, "burst": 1 or more}, in requests (a second), or "aws"'
        )
    if key == "quotas":
        quotas = AWS_QUOTAS if value == "aws" else value
        named = isinstance(quotas, Mapping) and set(quotas) <= set(AWS_QUOTAS)
        if named and all(_is_number(one) and one >= 0 and one % 1 == 0 for one in quotas.values()):
            return {name: int(most) for name, most in quotas.items()}
        raise _refusal(key, f'it is "aws" or whole numbers for some of {", ".join(AWS_QUOTAS)}')
    if key == "latency":
        if _is_number(value) and 0 <= value <= LONGEST_SECONDS:
            return value
        raise _refusal(key, f"it is a number of seconds, at most {LONGEST_SECONDS}")
    if key == "times":
        if isinstance(value, bool):
            return value
        raise _refusal(key, "it is true or false")
    known = "pacing, quotas, latency, times and faults"
    raise _refusal(key, f"there is no such control; there are {known}")


def _is_number(value: Any) -> bool:
    # Neither NaN nor a whole number that no float holds is between the two.
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and -_LARGEST <= value <= _LARGEST


def _refusal(key: str, cause: str) -> EmulatorError:
    return EmulatorError(f"controlling the embedded Connect, {key}: {cause}.")
