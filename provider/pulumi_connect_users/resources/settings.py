"""A stack's settings in a program: the two providers read them under two namespaces."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeVar

import pulumi

from ..core.errors import SettingsError
from ..engine.program_settings import known_keys

T = TypeVar("T")


@dataclass(frozen=True)
class Namespace:
    """The prefix of configuration keys."""

    name: str

    def read(self, reader: Callable[[Callable[[str], str | None]], T]) -> T:
        """What a reader makes of the values; its SettingsError names keys of this namespace."""
        try:
            return reader(pulumi.Config(self.name).get)
        except SettingsError as error:
            raise SettingsError(self.words(str(error))) from None

    def words(self, text: str) -> str:
        """A message with the keys of this namespace."""
        # The same letters in an ARN follow a colon.
        return re.sub(r"(?<!:)\bconnect:(?=[a-z])", f"{self.name}:", text)


DYNAMIC: Final = Namespace("connect")
NATIVE: Final = Namespace("connect-users")


def of_functions() -> Namespace:
    """The namespace that functions read: the plugin's, if the stack sets any of its keys."""
    config = pulumi.Config(NATIVE.name)
    return NATIVE if any(config.get(key) is not None for key in known_keys()) else DYNAMIC
