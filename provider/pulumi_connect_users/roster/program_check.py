"""All users of a roster against the rules that need neither Connect nor state, in the program.

A batch's check sees a 64th of them, and the engine stops at the first batch that is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from ..core.check_failure import Failure, Finding
from ..core.unknowns import UNKNOWN
from ..model.user import IdentityManagementType
from ..users.declared_user import DeclaredUser
from ..users.findings import already_refused, wire_path
from ..users.rules import RULES
from ..users.rules.registry import ALL_MODES, Rule
from ..users.validate import validate

_PERSONAL_RULES: Final = ("username", "identity")
"""Modules of the rules that read username and identity; what the others say, many users share."""


@dataclass(frozen=True)
class Mistake:
    """What is wrong with one user."""

    username: str
    failure: Failure
    mode: IdentityManagementType | None = None
    """The identity management type for which it is wrong; None: for the instance's, surely."""
    certain: bool = True
    """Whether it is wrong whatever Connect and state hold."""


_Rules = list[tuple[IdentityManagementType | None, list[Rule]]]
"""Rules by the mode that they are judged for, None where they hold for the instance's surely."""


@dataclass(frozen=True)
class _Shared:
    """What many users have in common, judged once."""

    values: Mapping[str, Any]
    refused: frozenset[str]
    mistakes: tuple[Mistake, ...]


class ProgramCheck:
    """Judges users one by one; what many of them share is judged once."""

    def __init__(self, mode: IdentityManagementType | None) -> None:
        """Takes the identity management type that the program declares, if it does."""
        self._mode = mode
        self._personal = _rules(mode, personal=True)
        self._others = _rules(mode, personal=False)
        self._shared: dict[str, _Shared] = {}

    def judge(self, username: str, user: Mapping[str, Any]) -> Iterator[Mistake]:
        """The mistakes of one user: its inputs on the wire, UNKNOWN where they are outputs."""
        rest = {k: v for k, v in user.items() if k != "identityInfo"}
        shared = self._shared_part(rest)
        personal: dict[str, Any] = {"username": username}
        if "identityInfo" in user:
            personal["identityInfo"] = user["identityInfo"]
        values, malformed = validate(personal)
        mistakes = [Mistake("", failure) for failure in malformed]
        bag = {**rest, **personal, "instanceArn": UNKNOWN}
        refused = shared.refused.union(map(wire_path, malformed))
        mistakes += self._broken(self._personal, bag, {**shared.values, **values}, refused)
        mistakes += shared.mistakes
        yield from (replace(mistake, username=username) for mistake in mistakes)

    def _shared_part(self, rest: Mapping[str, Any]) -> _Shared:
        key = repr(rest)
        if key not in self._shared:
            values, malformed = validate(rest)
            refused = frozenset(map(wire_path, malformed))
            bag = {**rest, **dict.fromkeys(("username", "identityInfo", "instanceArn"), UNKNOWN)}
            broken = self._broken(self._others, bag, values, refused)
            mistakes = (*(Mistake("", failure) for failure in malformed), *broken)
            self._shared[key] = _Shared(values, refused, mistakes)
        return self._shared[key]

    def _broken(
        self,
        rules: _Rules,
        bag: Mapping[str, Any],
        values: Mapping[str, Any],
        refused: frozenset[str],
    ) -> Iterator[Mistake]:
        # Of whoever is taken over, a value that Connect has already may be accepted.
        certain = not bag.get("adopt")
        for mode, judges in rules:
            # The user may exist: what only a new one needs is left to check, which knows.
            draft = DeclaredUser(
                values=values,
                declared=bag,
                refused=refused,
                identity_type=mode or self._mode,
                may_exist=True,
            )
            for rule in judges:
                for failure in rule.check(draft):
                    if not already_refused(failure, draft):
                        refusal = Finding(rule.name, rule.kind, failure).refusal
                        yield Mistake("", refusal, mode, certain)


def _rules(mode: IdentityManagementType | None, *, personal: bool) -> _Rules:
    """The rules of one half that always refuse: of the declared mode, or of each."""
    rules = [
        rule
        for rule in RULES
        if rule.kind in ("enforced", "ours")
        and (rule.check.__module__.rpartition(".")[2] in _PERSONAL_RULES) == personal
    ]
    if mode is not None:
        return [(None, [rule for rule in rules if mode in rule.modes])]
    special = [rule for rule in rules if rule.modes != ALL_MODES]
    return [
        (None, [rule for rule in rules if rule.modes == ALL_MODES]),
        *((m, [rule for rule in special if m in rule.modes]) for m in ALL_MODES),
    ]
