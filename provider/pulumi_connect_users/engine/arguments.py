"""Reads a function's arguments: a filter that is not understood would let all users through."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic.alias_generators import to_snake

from ..core.errors import InvalidFilter
from ..core.properties import Properties, texts


class Arguments:
    """Takes one argument after the other; `done` raises InvalidFilter with all that is wrong."""

    def __init__(self, values: Properties) -> None:
        self._values = {name: value for name, value in values.items() if value is not None}
        self._reasons: list[str] = []

    def required(self, name: str) -> str:
        """A text that has to be there."""
        if name not in self._values:
            self._refuse(name, "is missing.")
        return self.text(name) or ""

    def text(self, name: str) -> str | None:
        """A text, None if it is not given."""
        value = self._values.pop(name, None)
        if value is None or (isinstance(value, str) and value.strip()):
            return value
        self._refuse(name, "must be a non-empty string.")
        return None

    def texts(self, name: str) -> list[str] | None:
        """A list of texts, None if it is not given."""
        value = self._values.pop(name, None)
        if value is None:
            return None
        if not isinstance(value, list) or len(texts(value)) < len(value):
            self._refuse(name, "must be a list of texts.")
        return texts(value)

    def maps(self, name: str) -> Properties:
        """A map, empty if it is not given."""
        value = self._values.pop(name, {})
        if isinstance(value, Mapping):
            return value
        self._refuse(name, "must be a map.")
        return {}

    def tags(self, name: str) -> Mapping[str, str]:
        """A map of texts, empty if it is not given."""
        value = self.maps(name)
        tags = {key: entry for key, entry in value.items() if isinstance(entry, str)}
        for key in value.keys() - tags.keys():
            self._refuse(name, f"{key}: must be a string.")
        return tags

    def done(self) -> None:
        """Raises InvalidFilter unless every argument was understood."""
        for name in self._values:
            self._refuse(name, "unknown argument. Remove it.")
        if self._reasons:
            raise InvalidFilter(" ".join(sorted(self._reasons)))

    def _refuse(self, name: str, reason: str) -> None:
        self._reasons.append(f"{to_snake(name)}: {reason}")
