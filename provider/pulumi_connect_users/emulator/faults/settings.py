"""Settings of a store's behaviour, kept in the store: pacing, quotas, latency, times.

pacing    {"rate": requests a second, "burst": requests}, or null
quotas    {"users": 500, ...}, "aws" for AWS's defaults, or null
latency   seconds added to every request, or null
times     false: ListUsers has no LastModifiedTime, as seen on AWS; true or null: it has
"""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..call import AWS_QUOTAS
from ..document import Document
from ..errors import EmulatorError, ServiceError
from ..protocol import read_json

AWS_PACING = {"rate": 2.0, "burst": 5.0}
"""Per operation, account and Region (Administrator guide, service quotas, API throttling)."""


_DOING = "controlling the embedded Connect"
LONGEST_SECONDS = 3600
"""The longest latency that can be asked for."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a store; the default is a Connect without limits."""

    pacing: Document | None = None
    quotas: Mapping[str, int] = field(default_factory=dict)
    latency: float = 0.0
    times: bool = True
    """Whether ListUsers has LastModifiedTime."""
    faulty: bool = False
    """Whether any fault rule is set."""


def load(tx: sqlite3.Connection) -> Settings:
    """The settings of a store."""
    stored = Document(
        (row["key"], read_json(row["value"]))
        for row in tx.execute("SELECT key, value FROM settings")
    )
    quotas = stored.part("quotas")
    return Settings(
        pacing=stored.part("pacing") or None,
        quotas={name: quotas.whole(name) for name in quotas},
        latency=stored.number("latency"),
        times=stored.flag("times", default=True),
        faulty=tx.execute("SELECT 1 FROM faults LIMIT 1").fetchone() is not None,
    )


def save(tx: sqlite3.Connection, settings: Mapping[str, object]) -> None:
    """Change some settings, None to its default; EmulatorError for an unknown or wrong one."""
    for key, value in settings.items():
        if key not in _CHECKS and value is not None:
            settings_text = f"{', '.join(_CHECKS)} and faults"
            raise EmulatorError(
                f"{_DOING}, {key}: unknown setting. The settings are {settings_text}."
            )
        stored = None if value is None else _CHECKS[key](value)
        tx.execute("DELETE FROM settings WHERE key = ?", (key,))
        if stored is not None:
            tx.execute("INSERT INTO settings (key, value) VALUES (?, ?)", (key, json.dumps(stored)))
        if key == "pacing":
            tx.execute("DELETE FROM buckets")


def throttle(tx: sqlite3.Connection, pacing: Document, key: str, now: float) -> None:
    """Take one token from a bucket; TooManyRequestsException where it is empty."""
    row = tx.execute("SELECT tokens, updated FROM buckets WHERE key = ?", (key,)).fetchone()
    burst = tokens = pacing.number("burst")
    if row is not None:
        elapsed = max(0.0, now - row["updated"])
        tokens = min(burst, row["tokens"] + elapsed * pacing.number("rate"))
    enough = tokens >= 1
    tx.execute(
        "INSERT OR REPLACE INTO buckets (key, tokens, updated) VALUES (?, ?, ?)",
        (key, tokens - 1 if enough else tokens, now),
    )
    if not enough:
        raise ServiceError("TooManyRequestsException", "Too Many Requests")


def _pacing(value: object) -> object:
    pacing = dict(AWS_PACING) if value == "aws" else value
    # A bucket that holds less than one request would let none pass.
    least = {"rate": 1e-6, "burst": 1.0}
    given = pacing if isinstance(pacing, dict) else {}
    if set(given) == set(least) and all(_is_number(given[name], least[name]) for name in least):
        return given
    raise _refusal(
        "pacing", '{"rate": above 0, "burst": 1 or more} in requests (a second), or "aws"'
    )


def _quotas(value: object) -> object:
    quotas = dict(AWS_QUOTAS) if value == "aws" else value
    if isinstance(quotas, dict) and set(quotas) <= set(AWS_QUOTAS):
        document = Document(quotas)
        if all(_is_number(one) and document.number(name) % 1 == 0 for name, one in quotas.items()):
            return {name: document.whole(name) for name in document}
    raise _refusal("quotas", f'"aws" or whole numbers for some of {", ".join(AWS_QUOTAS)}')


def _latency(value: object) -> object:
    if _is_number(value, most=LONGEST_SECONDS):
        return value
    raise _refusal("latency", f"a number of seconds, at most {LONGEST_SECONDS}")


def _times(value: object) -> object:
    if isinstance(value, bool):
        return value
    raise _refusal("times", "true or false")


_CHECKS = {"pacing": _pacing, "quotas": _quotas, "latency": _latency, "times": _times}


def _is_number(value: object, least: float = 0, most: float = 1e15) -> bool:
    # Neither NaN nor a whole number that no float holds is between the two.
    return isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= most


def _refusal(key: str, form: str) -> EmulatorError:
    return EmulatorError(f"{_DOING}, {key}: wrong value. Give {form}.")
