"""Proficiencies: complete, each once, at most ten."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ...core.check_failure import Failure
from ...core.unknowns import UNKNOWN
from .draft import Draft
from .registry import PROFICIENCY, QUOTAS, refuse, rule

AGENT_QUOTA = 10
_MEMBERS = ("attributeName", "attributeValue", "level")


@rule("A proficiency has a name, a value and a level.", PROFICIENCY)
def proficiency_complete(draft: Draft) -> Iterator[Failure]:
    for where, entry in draft.entries("proficiencies"):
        for member in _MEMBERS:
            if entry.get(member) is None and f"proficiencies.{member}" not in draft.refused:
                yield refuse((*where, member), "is missing", "Give it.")


@rule("A name and value stand once.", PROFICIENCY, kind="ours")
def proficiency_unique(draft: Draft) -> Iterator[Failure]:
    entries = draft.get("proficiencies") or ()
    pairs = Counter((e.get("attributeName"), e.get("attributeValue")) for e in entries)
    for (name, value), count in pairs.items():
        if count > 1 and UNKNOWN not in (name, value) and None not in (name, value):
            yield refuse(
                "proficiencies", f"names {name} = {value} {count} times", "Keep one level of it."
            )


@rule("An agent has at most 10 proficiencies.", QUOTAS, kind="quota")
def proficiency_quota(draft: Draft) -> Iterator[Failure]:
    if len(draft.get("proficiencies") or ()) > AGENT_QUOTA:
        yield refuse(
            "proficiencies",
            f"has more than {AGENT_QUOTA} entries, the default quota for each agent",
            "Remove some, unless your quota is higher.",
        )
