"""JSON objects with typed access to their members: requests, answers, seeds and stored rows."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias, TypeVar

Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"
"""Any value that JSON can hold."""
Members: TypeAlias = Mapping[str, Json]
"""The members of a JSON object; None is an absent one."""
_T = TypeVar("_T")


class Document(dict[str, Json]):
    """A JSON object of known form; TypeError where a member has another type."""

    @classmethod
    def loads(cls, text: str) -> Document:
        """The object in a text that this package has written."""
        loaded: Document = json.loads(text, object_hook=cls)
        return loaded

    def text(self, name: str) -> str:
        """A text, empty where it is absent."""
        return self._member(name, str, "")

    def whole(self, name: str, default: int = 0) -> int:
        """A whole number, also one written with a fraction of zero."""
        return int(self.number(name, default))

    def number(self, name: str, default: float = 0) -> float:
        """A number, whole or not."""
        value = self.get(name)
        return value if isinstance(value, int) else self._member(name, float, default)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """A boolean."""
        return self._member(name, bool, default)

    def part(self, name: str) -> Document:
        """An object, empty where it is absent."""
        return _document(self._member(name, dict, {}))

    def parts(self, name: str) -> list[Document]:
        """A list of objects, empty where it is absent."""
        return [_document(one) for one in self._member(name, list, []) if isinstance(one, dict)]

    def lists(self, name: str) -> list[list[Document]]:
        """A list of lists of objects, empty where it is absent."""
        lists = (Document(one=one) for one in self._member(name, list, []))
        return [one.parts("one") for one in lists]

    def texts(self, name: str) -> list[str]:
        """A list of texts, empty where it is absent."""
        return [one for one in self._member(name, list, []) if isinstance(one, str)]

    def pick(self, *names: str) -> dict[str, Json]:
        """The given ones of these members."""
        return {name: self[name] for name in names if self.get(name) is not None}

    def _member(self, name: str, kind: type[_T], default: _T) -> _T:
        value = self.get(name)
        if value is None:
            return default
        if not isinstance(value, kind):
            raise TypeError(f"{name} is of type {type(value).__name__}, not {kind.__name__}")
        return value


def _document(value: dict[str, Json]) -> Document:
    return value if isinstance(value, Document) else Document(value)
