"""Checks all users of a roster in the program, by the rules that need neither Connect nor state."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from ..core.check_failure import Failure, Finding
from ..core.properties import Properties, Value
from ..core.unknowns import UNKNOWN
from ..model.user import IdentityManagementType
from ..users.check import already_refused, wire_path
from ..users.declared_user import DeclaredUser
from ..users.rules import RULES
from ..users.rules.registry import ALL_MODES, Rule
from ..users.validate import validate

_PERSONAL_RULES: Final = ("username", "identity")
"""The modules of rules that read username and identity; many users share what the others read."""


@dataclass(frozen=True)
class Mistake:
    """One mistake in a user."""

    username: str
    failure: Failure
    identity_type: IdentityManagementType | None = None
    """The identity management type for which it counts; None: certainly for the instance's."""
    certain: bool = True
    """Whether it counts whatever Connect and state hold."""


_Rules = list[tuple[IdentityManagementType | None, list[Rule]]]
"""Rules by the identity management type to assume, None for the instance's own."""


@dataclass(frozen=True)
class _Shared:
    """What many users share, checked once."""

    values: Properties
    refused: frozenset[str]
    mistakes: tuple[Mistake, ...]


class ProgramCheck:
    """Checks users one by one, and what many of them share once."""

    def __init__(self, identity_type: IdentityManagementType | None) -> None:
        """Takes the identity management type that the program declares, if it does."""
        self._identity_type = identity_type
        self._personal = _rules(identity_type, personal=True)
        self._others = _rules(identity_type, personal=False)
        self._shared: dict[str, _Shared] = {}

    def judge(self, username: str, user: Properties) -> Iterator[Mistake]:
        """The mistakes of one user: its inputs on the wire, UNKNOWN where they are outputs."""
        rest = {k: v for k, v in user.items() if k != "identityInfo"}
        shared = self._shared_part(rest)
        personal: dict[str, Value] = {"username": username}
        if "identityInfo" in user:
            personal["identityInfo"] = user["identityInfo"]
        values, malformed = validate(personal)
        mistakes = [Mistake("", failure) for failure in malformed]
        declared = DeclaredUser(
            values={**shared.values, **values},
            declared={**rest, **personal, "instanceArn": UNKNOWN},
            refused=shared.refused.union(map(wire_path, malformed)),
        )
        mistakes += self._broken(self._personal, declared)
        mistakes += shared.mistakes
        yield from (replace(mistake, username=username) for mistake in mistakes)

    def _shared_part(self, rest: Properties) -> _Shared:
        key = repr(rest)
        if key not in self._shared:
            values, malformed = validate(rest)
            unknown = dict.fromkeys(("username", "identityInfo", "instanceArn"), UNKNOWN)
            user = DeclaredUser(
                values=values,
                declared={**rest, **unknown},
                refused=frozenset(map(wire_path, malformed)),
            )
            broken = self._broken(self._others, user)
            mistakes = (*(Mistake("", failure) for failure in malformed), *broken)
            self._shared[key] = _Shared(values, user.refused, mistakes)
        return self._shared[key]

    def _broken(self, rules: _Rules, user: DeclaredUser) -> Iterator[Mistake]:
        # Connect may have a value of an adopted user already, which is then accepted.
        certain = not user.declared.get("adopt")
        for assumed, judges in rules:
            # The user may exist: rules for new users are left to check.
            user = replace(user, identity_type=assumed or self._identity_type, may_exist=True)
            for rule in judges:
                for failure in rule.check(user):
                    if not already_refused(failure, user):
                        refusal = Finding(rule.name, rule.kind, failure).refusal
                        yield Mistake("", refusal, assumed, certain)


def _rules(identity_type: IdentityManagementType | None, *, personal: bool) -> _Rules:
    """The rules of one half that always refuse: for the declared type, or for each."""
    rules = [
        rule
        for rule in RULES
        if rule.kind in ("enforced", "ours")
        and (rule.check.__module__.rpartition(".")[2] in _PERSONAL_RULES) == personal
    ]
    if identity_type is not None:
        return [(None, [rule for rule in rules if identity_type in rule.modes])]
    special = [rule for rule in rules if rule.modes != ALL_MODES]
    return [
        (None, [rule for rule in rules if rule.modes == ALL_MODES]),
        *((each, [rule for rule in special if each in rule.modes]) for each in ALL_MODES),
    ]
