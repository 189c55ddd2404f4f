"""Structures and lists that several users of a program share: each a variable. Pure."""

from collections.abc import Iterable, Mapping

from ..model.attributes import by_program, members_of
from .text import CallOf, Expression, Raw, source

_FEWEST = 3
"""Users that make a variable worth its line."""
Keywords = Mapping[str, Expression]


class SharedStructures:
    """The variables of a program, named after the arguments that they are for."""

    def __init__(self, users: Iterable[Keywords]) -> None:
        """Takes the arguments of all users."""
        found: dict[str, dict[str, list[Expression]]] = {}
        for user in users:
            for name, value in user.items():
                if _can_be_shared(name, value):
                    found.setdefault(name, {}).setdefault(source(value), []).append(value)
        self._variables: dict[tuple[str, str], str] = {}
        self._lines: list[str] = []
        for name, values in found.items():
            shared = {text: same[0] for text, same in values.items() if len(same) >= _FEWEST}
            for number, (text, value) in enumerate(shared.items(), 1):
                variable = f"{name}_{number}" if len(shared) > 1 else name
                self._variables[name, text] = variable
                self._lines.append(f"{variable} = {source(value, before=len(variable) + 3)}")

    def __str__(self) -> str:
        """The assignments."""
        return "\n".join(self._lines)

    def used(self, user: Keywords) -> dict[str, Expression]:
        """A user's arguments, with variables for what is shared."""
        return {name: self._variable(name, value) for name, value in user.items()}

    def _variable(self, name: str, value: Expression) -> Expression:
        variable = self._variables.get((name, source(value)))
        return Raw(variable) if variable else value


def _can_be_shared(name: str, value: Expression) -> bool:
    """Whether an argument is a structure or a list, and not a person's name and addresses."""
    if name not in by_program() or not isinstance(value, CallOf | list | Mapping):
        return False
    of_person = [member.facts.personal for member in members_of(by_program()[name].wire)]
    return not of_person or not all(of_person)
