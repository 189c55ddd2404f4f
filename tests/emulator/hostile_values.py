"""Requests that are wrong by chance: valid ones of every operation, damaged in some way."""

import copy
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, urlencode

from pulumi_connect_users.emulator.service_model import default_model
from tests.support.sample_instance import SampleInstance
from tests.support.sample_requests import VALID
from tests.support.wire_client import SIGNED, request_of

LARGEST = 1 << 20
_ATOMS = (
    *("a", "A", "1", " ", ".", "-", "_", "@", "+", "/", "%", "*", "'", '"', "\\", ":", "{", "["),
    *("\0", "\n", "\t", "\u00e9", "\u202e", "\u200b", "\ufeff", "\U0001f600", "\u0130", "\u0301"),
    *("a@", "a.", "a-", "aA1", "+1", "a b ", "arn:", "../", "%2F", "' OR 1=1 --", "a@b.c ", "\r\n"),
)
_ODD: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 2**31, 2**63, 10**400, 1e308, 0.5, "", " ", "\0", "null"),
    *([], {}, [None], [[]], [{}], {"": ""}, "VOICE", "CONNECTED", "..", "-1", "9" * 30),
)
_METHODS = ("GET", "PUT", "POST", "DELETE", "PATCH", "HEAD", "OPTIONS")
_FAULTS = ("throttle", "access-denied", "limit-exceeded", "late-visibility", "late-disappearance")


@dataclass(frozen=True)
class Hostile:
    """One HTTP request; `path` is percent-encoded and holds the query."""

    name: str
    method: str
    path: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def __str__(self) -> str:
        """The request in a line that a person can read."""
        path = self.path if len(self.path) <= 100 else f"{self.path[:100]}... ({len(self.path)})"
        return f"{self.name}: {self.method} {path}, {len(self.body):,} bytes {self.body[:60]!r}"


class Source:
    """Hostile requests about a world, the same ones for the same random numbers."""

    def __init__(self, chance: random.Random, sample: SampleInstance) -> None:
        self._chance = chance
        self._world = sample
        self._names = sorted(VALID)

    def request(self) -> Hostile:
        """The next request."""
        kinds: tuple[tuple[int, Callable[[], Hostile]], ...] = (
            (80, self._damaged),
            (6, self._broken_body),
            (6, self._broken_path),
            (3, self._broken_head),
            (5, self._own_page),
        )
        weights = [weight for weight, _ in kinds]
        while True:
            try:
                return self._chance.choices([make for _, make in kinds], weights)[0]()
            except RecursionError:
                continue  # nested deeper than Python writes JSON

    def _valid(self) -> tuple[str, dict[str, Any]]:
        name = self._chance.choice(self._names)
        return name, copy.deepcopy(dict(VALID[name](self._world)))

    def _damaged(self) -> Hostile:
        """Members taken away, added, replaced, repeated, nested."""
        name, params = self._valid()
        # Whatever goes on needs the instance.
        for _ in range(self._chance.randint(1 if name == "DeleteInstance" else 0, 4)):
            self._damage(params)
        if name == "DeleteInstance" and params == VALID[name](self._world):
            params["InstanceId"] = "none"
        return _hostile(name, params)

    def _damage(self, params: dict[str, Any]) -> None:
        places = list(_places(params))
        if not places:
            return
        holder, key = self._chance.choice(places)
        change = self._chance.randrange(6)
        if change == 0 and isinstance(holder, dict):
            del holder[key]
        elif change == 1:
            old = holder[key]
            holder[key] = old * self._count(40) if isinstance(old, list) and old else [old]
        elif change == 2 and isinstance(holder, dict):
            holder[self._text()[:200]] = self._value()
        elif change == 3 and "SearchCriteria" in params:
            params["SearchCriteria"] = self._criteria()
        else:
            holder[key] = self._value()

    def _criteria(self) -> Any:
        """Conditions, many or deep."""
        one: Any = {
            "StringCondition": {
                "FieldName": self._chance.choice(("Username", "name", "", "tag", "ResourceId")),
                "Value": self._text(),
                "ComparisonType": self._chance.choice(("CONTAINS", "STARTS_WITH", "EXACT")),
            }
        }
        key = self._chance.choice(("OrConditions", "AndConditions"))
        if self._chance.random() < 0.5:
            many = min(self._count(60), LARGEST // (len(json.dumps(one)) + 2) - 1)
            return {key: [one] * max(1, many)}
        for _ in range(self._chance.choice((1, 5, 50, 90, 200, 600))):
            one = {key: [one]}
        return one

    def _odd(self) -> Any:
        # Of its own: what is put into a request may be damaged further.
        return copy.copy(self._chance.choice(_ODD))

    def _value(self) -> Any:
        kind = self._chance.randrange(5)
        if kind == 0:
            return self._text()
        if kind == 1:
            return [self._odd() for _ in range(self._count(8))]
        if kind == 2:
            return {f"{number}": self._odd() for number in range(self._count(20))}
        if kind == 3 and self._chance.random() < 0.2:
            deep: Any = 1
            for _ in range(self._chance.choice((10, 200, 600))):
                deep = {"a": deep} if self._chance.random() < 0.5 else [deep]
            return deep
        return self._odd()

    def _text(self) -> str:
        atom = self._chance.choice(_ATOMS)
        # How JSON writes it is what counts.
        text = atom * self._count(len(json.dumps(atom)) - 1)
        return (
            self._chance.choice(("", "a", "a@", "aA1"))
            + text
            + self._chance.choice(("", "!", "\n"))
        )

    def _count(self, size: int) -> int:
        """How many things of a size: mostly few, sometimes up to a megabyte of them."""
        most = LARGEST // max(1, size)
        large = (100, most // 100, most // 10, most - 100)
        if self._chance.random() < 0.12:
            return max(1, self._chance.randint(1, max(1, self._chance.choice(large))))
        return self._chance.choice((0, 1, 2, 3, 10, 50, 64, 65, 128, 129))

    def _broken_body(self) -> Hostile:
        """Bytes that are no JSON, or hardly."""
        name, params = self._valid()
        request = _hostile(name, params)
        body = bytearray(request.body or b"{}")
        kind = self._chance.randrange(6)
        if kind == 0:
            del body[self._chance.randrange(len(body)) :]
        elif kind == 1:
            for _ in range(self._chance.randint(1, 20)):
                body[self._chance.randrange(len(body))] = self._chance.randrange(256)
        elif kind == 2:
            body[:] = self._chance.choice((b"[", b'{"a":', b"\xff", b" ", b"-", b'"\\ud800')) * min(
                self._count(8), LARGEST // 8
            )
        elif kind == 3:
            body[:0] = b" " * self._count(1)
        elif kind == 4:
            body += b"x"
        else:
            body[:] = json.dumps(json.loads(body)).encode("utf-16")
        return replace(request, name=f"{name}, body", body=bytes(body[:LARGEST]))

    def _broken_path(self) -> Hostile:
        """Labels, slashes and queries."""
        name, params = self._valid()
        request = _hostile(name, params)
        path, _, query = request.path.partition("?")
        kind = self._chance.randrange(5)
        odd = quote(self._text()[:20_000], safe="")[: 60 << 10]
        if kind == 0:
            parts = path.split("/")
            parts[self._chance.randrange(len(parts))] = odd
            path = "/".join(parts)
        elif kind == 1:
            path = path.replace("/", "//", self._chance.randint(1, 3))
        elif kind == 2:
            path = f"{path}/{odd}"
        elif kind == 3:
            names = ("maxResults", "nextToken", "tagKeys", "x")
            pairs = [
                (self._chance.choice(names), str(self._odd())[:40])
                for _ in range(self._chance.choice((1, 2, 50, 2_000)))
            ]
            query = urlencode(pairs)[: 60 << 10]
        else:
            query = f"maxResults={odd}&nextToken={odd}"
        return replace(request, name=f"{name}, path", path=f"{path or '/'}?{query}")

    def _broken_head(self) -> Hostile:
        """Methods and signatures."""
        name, params = self._valid()
        request = _hostile(name, params)
        text = self._chance.choice(("Credential=", "AWS4-HMAC-SHA256 ", "/", "=", ",")) * 5_000
        headers: tuple[tuple[str, str], ...] = (
            ("Authorization", self._chance.choice(("", "x", f"AWS4-HMAC-SHA256 {text}"))),
        )
        method = self._chance.choice(_METHODS)
        headers = headers if self._chance.random() < 0.5 else request.headers
        return replace(request, name=f"{name}, head", method=method, headers=headers)

    def _own_page(self) -> Hostile:
        """What the emulator has beside the API; no fault that would end or delay anything."""
        rule = {
            "kind": self._chance.choice(_FAULTS),
            "operation": self._text()[:300],
            "nth": self._odd(),
            "calls": self._value(),
        }
        content: Any = self._chance.choice(
            (
                {"faults": [rule]},
                {"faults": self._value()},
                {"quotas": {"users": self._value()}},
                {"pacing": self._value()},
                {self._text()[:100]: self._value()},
                self._value(),
            )
        )
        path, method = self._chance.choice(
            (
                ("control", "POST"),
                (f"log?since={quote(self._text()[:200])}", "GET"),
                ("log?limit=100", "GET"),
                ("controls", "GET"),
                (quote(self._text()[:200]), "GET"),
            )
        )
        body = json.dumps(content).encode()[:LARGEST] if method == "POST" else b""
        headers = (("Content-Type", "application/json"),)
        return Hostile(f"own page {path[:10]}", method, f"/_emulator/{path}", headers, body)


def _places(value: Any, levels: int = 12) -> Iterator[tuple[Any, Any]]:
    """(holder, key) of every member down to some depth."""
    members = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in list(members)[:200]:
        yield value, key
        if levels and isinstance(item, dict | list):
            yield from _places(item, levels - 1)


def _hostile(name: str, params: dict[str, Any]) -> Hostile:
    request = request_of(default_model().operation(name), params)
    query = urlencode(request.query)
    path = f"{request.path}?{query}" if query else request.path
    headers = (("Authorization", SIGNED["authorization"]), ("Content-Type", "application/json"))
    # Of what is too large to be read at all one size is as good as another.
    return Hostile(name, request.method, path, headers, request.body[: LARGEST + 100])
