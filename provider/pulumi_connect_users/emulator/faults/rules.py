"""Rules of injected faults: which call of which operation fails, and how.

A rule is a JSON object:

    operation    an operation's name, or a pattern such as "Update*" or "*"; default "*"
    kind         one of KINDS
    when         "before" (default) or "after" the effect, for the kinds that have a choice
    nth          the first matching call that is hit, counted from 1 since the rule was set
    times        how many calls are hit from there on; default 1 with `nth`, else unlimited
    probability  of each matching call from `nth` on, 0 to 1 (with `seed` for a repeatable sequence)
    code         the error code, for `error` and `throttle`
    seconds      how long: latency, silence, hiding
    calls        how many reads miss a new user, or how many creations still meet a deleted name

Rules are kept and counted in the store, so that they hold for every process that uses it.
"""

import json
import math
import os
import random
import re
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from ..document import Document, Json
from ..errors import EmulatorError, ServiceError
from ..ids import ACCOUNT
from ..operations import implemented
from .outcomes import Reset, Silence

KINDS: dict[str, str] = {
    "throttle": "TooManyRequestsException (or `code`), no effect",
    "error": "the error `code`, before or after the effect",
    "server-error": "InternalServiceException (500), before or after the effect",
    "limit-exceeded": "LimitExceededException, no effect",
    "access-denied": "AccessDeniedException as IAM answers it, no effect",
    "reset": "the connection is closed without a response, before or after the effect",
    "timeout": "no response until the client gives up, before or after the effect",
    "truncate": "the effect happens, the response is cut off",
    "kill": "SIGKILL for the process that hosts this Connect, before or after the effect",
    "stall": "the request waits until it is released, before or after the effect",
    "latency": "the request takes `seconds` longer",
    "late-visibility": "a new user is not found for `seconds` or `calls` (CreateUser)",
    "late-disappearance": "a deleted user's name stays taken for `seconds` or `calls` (DeleteUser)",
}
_BEFORE_ONLY = {"throttle", "limit-exceeded", "access-denied"}
_AFTER_ONLY = {"truncate"}
EFFECTS = {"late-visibility": "CreateUser", "late-disappearance": "DeleteUser"}
"""Kinds that change what an operation does, rather than how it is answered."""
_MEMBERS: dict[str, type | tuple[type, ...]] = {
    "operation": str,
    "kind": str,
    "when": str,
    "nth": int,
    "times": int,
    "probability": (int, float),
    "seed": int,
    "code": str,
    "seconds": (int, float),
    "calls": int,
}
_MOST = 1_000_000_000
_RANGES: dict[str, tuple[int, int]] = {
    "nth": (1, _MOST),
    "times": (0, _MOST),
    "probability": (0, 1),
    "seconds": (0, _MOST),
    "calls": (0, _MOST),
}
_LONGEST_PATTERN = 100
_TEXTS: dict[str, tuple[Callable[[str], object], str]] = {
    "kind": (KINDS.__contains__, f"be one of {', '.join(KINDS)}"),
    "when": (("before", "after").__contains__, "be before or after"),
    "code": (
        re.compile(r"\w{1,100}", re.ASCII).fullmatch,
        "be an error code, such as ThrottlingException",
    ),
    "operation": (
        lambda text: len(text) <= _LONGEST_PATTERN,
        f"have at most {_LONGEST_PATTERN} characters",
    ),
}
"""What a text must be, by member."""
_NEEDS = (
    ("error", "code"),
    ("latency", "seconds"),
    *((kind, "seconds", "calls") for kind in EFFECTS),
)
"""Kinds with the members of which they need one."""
MOST_RULES = 1_000
"""Rules that a store holds: each is compared with every request."""
STALL_SECONDS = 120.0
"""After this time a stalled request continues, so that nothing hangs permanently."""
STALL_STEP = 0.02


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule that hits this very call."""

    kind: str
    when: str
    rule: Document

    @property
    def label(self) -> str:
        """How the log names it."""
        return f"{self.kind}:{self.when}" if self.kind not in EFFECTS else self.kind


@dataclass(frozen=True, slots=True)
class Stall:
    """A request that waits: `when` is before or after its effect."""

    id: int
    operation: str
    when: str
    pid: int
    since: float


def checked(rule: object) -> Document:
    """The rule with its defaults; EmulatorError naming everything wrong with it."""
    if isinstance(rule, dict):
        # Members are compared with each other only where each is valid.
        problems = list(_wrong_values(rule)) or list(_contradictions(Document(rule)))
    else:
        problems = ["not a JSON object"]
    if problems or not isinstance(rule, dict):
        raise EmulatorError(
            f"setting a fault: {'; '.join(problems)}. See: connect-users emulator control --help."
        )
    result = Document({"operation": "*", "when": "before", **rule})
    kind = result.text("kind")
    if kind in _AFTER_ONLY:
        result["when"] = "after"
    if kind in EFFECTS:
        result["operation"] = EFFECTS[kind]
    return result


def _wrong_values(rule: dict[str, Json]) -> Iterator[str]:
    for name in rule:
        if name not in _MEMBERS:
            yield f"unknown member {name}"
    for name, kind in _MEMBERS.items():
        if name in rule:
            yield from _wrong_value(name, kind, rule[name])
    if "kind" not in rule:
        yield f"kind must be one of {', '.join(KINDS)}"


def _wrong_value(name: str, kind: type | tuple[type, ...], value: Json) -> Iterator[str]:
    low, high = _RANGES.get(name, (-math.inf, math.inf))
    if not isinstance(value, kind) or isinstance(value, bool):
        yield f"{name} has the wrong type"
    elif isinstance(value, int | float) and not low <= value <= high:
        yield f"{name} must be from {low} to {high}"
    elif isinstance(value, str):
        is_valid, form = _TEXTS[name]
        if not is_valid(value):
            yield f"{name} must {form}"


def _contradictions(rule: Document) -> Iterator[str]:
    kind = rule.text("kind")
    for needing, *members in _NEEDS:
        if kind == needing and not set(members) & set(rule):
            yield f"{kind} needs {' or '.join(members)}"
    if kind in _BEFORE_ONLY and rule.get("when") == "after":
        yield f"{kind} does nothing, so it cannot come after the effect (error can)"
    yield from _misplaced(kind, rule.text("operation") if "operation" in rule else "*")


def _misplaced(kind: str, operation: str) -> Iterator[str]:
    if kind in EFFECTS and not fnmatchcase(EFFECTS[kind], operation):
        yield f"{kind} is about {EFFECTS[kind]}, not {operation}"
    elif not any(fnmatchcase(name, operation) for name in implemented()):
        yield f"no operation here is called {operation}"


def add(tx: sqlite3.Connection, rules: Sequence[object], origin: str | None = None) -> None:
    """Add rules; with an `origin` each distinct rule is added to a store once."""
    for number, rule in enumerate(rules):
        text = json.dumps(checked(rule), sort_keys=True)
        key = None if origin is None else f"{origin}:{number}:{text}"
        tx.execute("INSERT OR IGNORE INTO faults (rule, origin) VALUES (?, ?)", (text, key))
    if rules and tx.execute("SELECT count(*) FROM faults").fetchone()[0] > MOST_RULES:
        raise EmulatorError(
            f"controlling the embedded Connect, faults: more than {MOST_RULES:,} rules. Clear some."
        )


def clear(tx: sqlite3.Connection) -> None:
    """Remove every rule and release whatever is stalled."""
    tx.execute("DELETE FROM faults")
    tx.execute("DELETE FROM stalls")


def hits(tx: sqlite3.Connection, operation: str) -> list[Fault]:
    """The rules that hit this call of an operation; counts the call for every rule it matches."""
    faults = []
    for row in tx.execute("SELECT id, rule, seen, fired FROM faults ORDER BY id").fetchall():
        rule = Document.loads(row["rule"])
        if not fnmatchcase(operation, rule.text("operation")):
            continue
        seen = row["seen"] + 1
        hit = _is_hit(rule, row["id"], seen, row["fired"])
        tx.execute(
            "UPDATE faults SET seen = ?, fired = fired + ? WHERE id = ?",
            (seen, int(hit), row["id"]),
        )
        if hit:
            faults.append(Fault(rule.text("kind"), rule.text("when"), rule))
    return faults


def _is_hit(rule: Document, number: int, seen: int, fired: int) -> bool:
    if seen < rule.whole("nth", 1):
        return False
    if ("times" in rule or "nth" in rule) and fired >= rule.whole("times", 1):
        return False
    if "probability" not in rule:
        return True
    # One draw per rule and call: repeatable with a seed, whichever process serves the call.
    seeded = f"{rule['seed']}:{number}:{seen}" if "seed" in rule else None
    return random.Random(seeded).random() < rule.number("probability")  # noqa: S311 - no secret


def effects(faults: Sequence[Fault]) -> dict[str, Document]:
    """The rules of the faults that change what the operation does, by kind."""
    return {fault.kind: fault.rule for fault in faults if fault.kind in EFFECTS}


def strike(fault: Fault, operation: str) -> None:
    """Inject a fault, except `stall` and `truncate`: raise its error, wait, or kill the process."""
    kind, rule = fault.kind, fault.rule
    caller = f"arn:aws:sts::{ACCOUNT}:assumed-role/local/session"
    errors = {
        "throttle": (rule.text("code") or "TooManyRequestsException", "Too Many Requests"),
        "error": (rule.text("code"), "An injected error."),
        "server-error": (
            "InternalServiceException",
            "Request processing failed because of an error.",
        ),
        "limit-exceeded": (
            "LimitExceededException",
            "The allowed limit for the resource has been reached.",
        ),
        "access-denied": (
            "AccessDeniedException",
            f"User: {caller} is not authorized to perform: connect:{operation} on resource: * "
            "because no identity-based policy allows the action",
        ),
    }
    if kind in errors:
        raise ServiceError(*errors[kind])
    if kind == "latency":
        time.sleep(rule.number("seconds"))
    elif kind == "reset":
        raise Reset
    elif kind == "timeout":
        raise Silence
    elif kind == "kill":
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))


def stall(tx: sqlite3.Connection, operation: str, when: str, now: float) -> int:
    """Record that a request waits, and return its number."""
    cursor = tx.execute(
        "INSERT INTO stalls (operation, stage, pid, since) VALUES (?, ?, ?, ?)",
        (operation, when, os.getpid(), now),
    )
    return cursor.lastrowid or 0


def stalled(tx: sqlite3.Connection, number: int) -> bool:
    """Whether a request still has to wait."""
    return tx.execute("SELECT 1 FROM stalls WHERE id = ?", (number,)).fetchone() is not None


def stalls(tx: sqlite3.Connection) -> list[Stall]:
    """The waiting requests, oldest first; one whose process has died is still listed."""
    rows = tx.execute("SELECT id, operation, stage, pid, since FROM stalls ORDER BY id")
    return [Stall(*tuple(row)) for row in rows]


def release(tx: sqlite3.Connection, number: int | None = None) -> None:
    """Let one waiting request continue, or all of them."""
    tx.execute("DELETE FROM stalls WHERE id = ? OR ? IS NULL", (number, number))
