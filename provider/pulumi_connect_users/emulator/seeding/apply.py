"""Fills a store from a seed: instances, their resources and users (form: seed.schema.json).

A seed adds what is not there yet and leaves what is: loading it twice is loading it once. Names
stand for identifiers everywhere, and every identifier is derived from the instance's and the name
(`ids.seeded_id`), so that it is the same in every store.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import TYPE_CHECKING

from ..document import Document
from ..errors import EmulatorError
from ..records import instances, tags
from ..records.instances import Instance
from ..redact import redact_text
from .defaults import add_defaults
from .resources import ResourceSeeder
from .users import add_users

if TYPE_CHECKING:
    from jsonschema import ValidationError

_MOST_FAILURES = 20
_LONGEST_FAILURE = 200
"""Characters: the schema's messages repeat the value, which may be a whole list."""
_LONGEST_KEY = 100
_PERSONAL = {"users", "quickConnects"}


def schema() -> Document:
    """The JSON schema of a seed."""
    text = files(__package__).joinpath("seed.schema.json").read_text(encoding="utf-8")
    return Document.loads(text)


def checked(seed: Mapping[str, object]) -> Document:
    """A seed that follows the schema; EmulatorError naming every place where it does not."""
    try:
        from jsonschema import Draft202012Validator
    except ImportError:
        raise EmulatorError(
            "checking a seed: jsonschema is not installed. "
            "Run: pip install 'pulumi-connect-users[emulator]'."
        ) from None
    _refuse(map(_failure, Draft202012Validator(schema()).iter_errors(seed)))
    document: Document = Document(**seed)
    return document


def apply(tx: sqlite3.Connection, seed: Document, now: float) -> dict[str, int]:
    """Add a checked seed's content, or raise: how many users each instance got, by alias."""
    failures: list[str] = []
    added = {}
    for entry in seed.parts("instances"):
        seed_id, alias = entry.text("id"), entry.text("alias")
        instance = _instance(tx, entry, now)
        if instance is None:
            failures.append(f"{seed_id}: the alias {alias} belongs to another instance")
            continue
        resources = ResourceSeeder(tx, instance, now)
        resources.add_all(entry)
        count, problems = add_users(tx, instance, entry, now)
        resources.add_quick_connects(entry)
        failures += [f"{seed_id}: {problem}" for problem in (*resources.failures, *problems)]
        added[alias or seed_id] = count
    _refuse(failures)
    return added


def _failure(error: ValidationError) -> str:
    """A failure of the schema in one line, without the values of a user's entry."""
    place = [str(one)[:_LONGEST_KEY] for one in error.absolute_path]
    text = str(error.message)
    if _PERSONAL & set(place):
        text = text.replace(repr(error.instance), "the value")
    if len(text) > _LONGEST_FAILURE:
        text = f"{text[:_LONGEST_FAILURE]} ..."
    return f"{'/'.join(place) or 'the seed'}: {text}"


def _refuse(failures: Iterable[str]) -> None:
    # Users that are generated alike fail alike.
    distinct = list(dict.fromkeys(map(redact_text, failures)))
    if distinct:
        rest = len(distinct) - _MOST_FAILURES
        more = f"; and {rest} more" if rest > 0 else ""
        raise EmulatorError(f"loading a seed: {'; '.join(distinct[:_MOST_FAILURES])}{more}.")


def _instance(tx: sqlite3.Connection, entry: Document, now: float) -> Instance | None:
    """The instance of an entry, created where it is missing; None where its alias is taken."""
    present = instances.find(tx, entry.text("id"))
    if present is not None:
        return present
    alias = entry.text("alias") or None
    if alias is not None and instances.alias_taken(tx, alias):
        return None
    instance = instances.insert(
        tx,
        instance_id=entry.text("id"),
        region=entry.text("region") or "us-west-2",
        alias=alias,
        identity_type=entry.text("identityManagementType") or "CONNECT_MANAGED",
        created=now,
        doc={"InboundCallsEnabled": True, "OutboundCallsEnabled": True},
    )
    tags.put(tx, instance.id, instance.id, entry.part("tags"))
    if entry.flag("defaults", default=True):
        add_defaults(tx, instance, now)
    return instance
