"""What the rules of a pack could not evaluate in a run."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from .results import Gap, Gaps
from .subject import Resource, Subject
from .user_resources import USERS

_USER_TYPE = re.compile(r"(?:^|[:/])connect(?:/users?)?:Users?$", re.IGNORECASE)

ByRule = Mapping[tuple[Gap, str, int], tuple[str, ...]]
"""Gap, kind and number of subjects -> the rules that could not evaluate them."""


@dataclass(frozen=True, kw_only=True)
class Run(Subject):
    """A run of the pack: what its rules could not evaluate."""

    kind: ClassVar[str] = "stack"

    unevaluated: ByRule = field(default_factory=dict)
    unsupported: Mapping[str, int] = field(default_factory=dict)
    """Number of resources, by types of users that no rule knows."""


class Coverage:
    """Collects what each rule could not evaluate, resource by resource."""

    def __init__(self) -> None:
        self._gaps: dict[tuple[str, str], Gaps] = {}

    def record(self, rule: str, urn: str, gaps: Gaps) -> None:
        """Replaces what was recorded of the rule and the resource (or the stack)."""
        if gaps:
            self._gaps[rule, urn] = gaps
        else:
            self._gaps.pop((rule, urn), None)

    def run(self, stack: Resource, types: Iterable[str]) -> Run:
        """What was recorded for the resources of a stack, which have these types."""
        by_rule: Counter[tuple[str, Gap, str]] = Counter()
        for (rule, _), gaps in list(self._gaps.items()):
            for (gap, kind), count in gaps.items():
                by_rule[rule, gap, kind] += count
        rules: defaultdict[tuple[Gap, str, int], list[str]] = defaultdict(list)
        for (rule, gap, kind), count in sorted(by_rule.items(), key=lambda entry: entry[0][0]):
            rules[gap, kind, count].append(rule)
        return Run(
            resource=stack,
            bag={},
            unevaluated={key: tuple(names) for key, names in rules.items()},
            unsupported=Counter(filter(_is_unsupported, types)),
        )


def _is_unsupported(type_: str) -> bool:
    return type_ not in USERS and _USER_TYPE.search(type_) is not None
