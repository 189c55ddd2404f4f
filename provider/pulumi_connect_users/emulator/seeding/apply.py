"""Filling a store from a seed.

Instances, what they have, and their users (see seed.schema.json for the form).

A seed adds what is not there yet and leaves what is: loading it twice is loading it once. Names
stand for identifiers everywhere, and every identifier is derived from the instance's and the name
(`ids.seeded_id`), so that it is the same in every store.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any

from ..errors import EmulatorError
from ..records import instances, tags
from ..records.instances import Instance
from ..redact import redact_text
from .defaults import add_defaults
from .resources import ResourceSeeder
from .users import add_users

_MOST_FAILURES = 20
_LONGEST_FAILURE = 200
"""Characters: the schema's messages repeat the value, which may be a whole list."""
_LONGEST_KEY = 100
_PERSONAL = {"users", "quickConnects"}


def schema() -> dict[str, Any]:
    """The JSON schema of a seed."""
    text = files(__package__).joinpath("seed.schema.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def check(seed: Any) -> None:
    """EmulatorError naming every place where a seed does not follow the schema."""
    try:
        from jsonschema import Draft202012Validator
    except ImportError:
        raise EmulatorError(
            "checking a seed: jsonschema is not installed. "
            "Run: pip install 'pulumi-connect-users[emulator]'."
        ) from None
    _refuse(map(_failure, Draft202012Validator(schema()).iter_errors(seed)))


def apply(tx: sqlite3.Connection, seed: Mapping[str, Any], now: float) -> dict[str, int]:
    """Add a checked seed's content; returns how many users each instance alias (or id) got.

    EmulatorError naming every part that cannot be added; the caller rolls back.
    """
    failures: list[str] = []
    added = {}
    for entry in seed.get("instances", ()):
        instance = _instance(tx, entry, now)
        if instance is None:
            failures.append(f"{entry['id']}: the alias {entry['alias']} is another instance's")
            continue
        resources = ResourceSeeder(tx, instance, now)
        resources.add_all(entry)
        count, problems = add_users(tx, instance, entry, now)
        resources.add_quick_connects(entry)
        failures += [f"{entry['id']}: {problem}" for problem in (*resources.failures, *problems)]
        added[entry.get("alias") or entry["id"]] = count
    _refuse(failures)
    return added


def _failure(error: Any) -> str:
    """A failure of the schema in one line; what a user's entry says is not repeated."""
    place = [str(one)[:_LONGEST_KEY] for one in error.absolute_path]
    text = str(error.message)
    if _PERSONAL & set(place):
        text = text.replace(repr(error.instance), "the value")
    if len(text) > _LONGEST_FAILURE:
        text = f"{text[:_LONGEST_FAILURE]} ..."
    return f"{'/'.join(place) or 'the seed'}: {text}"


def _refuse(failures: Iterable[str]) -> None:
    # Users that are generated alike fail alike.
    told = list(dict.fromkeys(map(redact_text, failures)))
    if told:
        more = f"; and {len(told) - _MOST_FAILURES} more" if len(told) > _MOST_FAILURES else ""
        raise EmulatorError(f"loading a seed: {'; '.join(told[:_MOST_FAILURES])}{more}.")


def _instance(tx: sqlite3.Connection, entry: Mapping[str, Any], now: float) -> Instance | None:
    """The instance of an entry, made if need be; None where its alias is taken."""
    found = instances.find(tx, entry["id"])
    if found is not None:
        return found
    alias = entry.get("alias")
    if alias is not None and instances.alias_taken(tx, alias):
        return None
    instance = instances.insert(
        tx,
        instance_id=entry["id"],
        region=entry.get("region", "us-west-2"),
        alias=alias,
        mode=entry.get("identityManagementType", "CONNECT_MANAGED"),
        created=now,
        doc={"InboundCallsEnabled": True, "OutboundCallsEnabled": True},
    )
    tags.put(tx, instance.id, instance.id, entry.get("tags") or {})
    if entry.get("defaults", True):
        add_defaults(tx, instance, now)
    return instance
