"""Proficiencies: complete, each once, at most ten."""

from collections import Counter
from collections.abc import Iterator

from ...core.check_failure import Failure
from ...core.properties import structures
from ...core.unknowns import UNKNOWN
from ...model.attributes import members_of
from ..declared_user import DeclaredUser
from .registry import PROFICIENCY, QUOTAS, refuse, rule

AGENT_QUOTA = 10


@rule("A proficiency has a name, a value and a level.", PROFICIENCY)
def proficiency_complete(user: DeclaredUser) -> Iterator[Failure]:
    for where, entry in user.entries("proficiencies"):
        for member in members_of("proficiencies"):
            if entry.get(member.name) is None and member.wire not in user.refused:
                yield refuse((*where, member.name), "is missing", "Give it.")


@rule("A name and value appear once.", PROFICIENCY, kind="ours")
def proficiency_unique(user: DeclaredUser) -> Iterator[Failure]:
    entries = structures(user.get("proficiencies"))
    pairs = Counter((e.get("attributeName"), e.get("attributeValue")) for e in entries)
    for (name, value), count in pairs.items():
        if count > 1 and UNKNOWN not in (name, value) and None not in (name, value):
            yield refuse(
                "proficiencies", f"names {name} = {value} {count} times", "Keep one level of it."
            )


@rule("An agent has at most 10 proficiencies.", QUOTAS, kind="quota")
def proficiency_quota(user: DeclaredUser) -> Iterator[Failure]:
    if len(structures(user.get("proficiencies"))) > AGENT_QUOTA:
        yield refuse(
            "proficiencies",
            f"has more than {AGENT_QUOTA} entries, the default quota for each agent",
            "Remove some, unless your quota is higher.",
        )
