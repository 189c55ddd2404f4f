"""Reads JSON texts that may be damaged or hostile; `yaml_documents` does the same for YAML."""

import json
from math import isfinite
from typing import Any, NoReturn, TypeVar

T = TypeVar("T")

TOO_DEEP = "it is nested too deeply"
TWICE = "appears twice in one map"


class UnreadableDocument(ValueError):
    """The text cannot be read; the message gives the cause, and the line where there is one.

    It repeats no value: a document may hold what a message should not.
    """

    def __init__(self, cause: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(f"line {line}: {cause}" if line else cause)
        self.cause = cause
        self.line = line
        self.column = column


def read_json(text: str | bytes) -> Any:
    """The value of a JSON text, whose shape the caller checks.

    Raises:
        UnreadableDocument: it is not JSON, is nested too deeply, repeats a key, or has a number
            that is too large.
    """
    try:
        return json.loads(
            text, object_pairs_hook=_object, parse_constant=_refuse, parse_float=_finite
        )
    except UnreadableDocument:
        raise
    except json.JSONDecodeError as error:
        raise UnreadableDocument(
            f"it is not JSON: {error.msg}", error.lineno, error.colno
        ) from None
    except UnicodeDecodeError:
        raise UnreadableDocument("it is not UTF-8") from None
    except RecursionError:
        raise UnreadableDocument(TOO_DEEP) from None
    except ValueError:
        # Python reads no whole number of more than 4,300 digits.
        raise UnreadableDocument(_TOO_LARGE) from None


_TOO_LARGE = "it has a number that is too large"


def _object(pairs: list[tuple[str, T]]) -> dict[str, T]:
    if len(dict(pairs)) < len(pairs):
        raise UnreadableDocument(f"a key {TWICE}")
    return dict(pairs)


def _refuse(constant: str) -> NoReturn:
    raise UnreadableDocument(f"it is not JSON: {constant}")


def _finite(text: str) -> float:
    value = float(text)
    if not isfinite(value):
        raise UnreadableDocument(_TOO_LARGE)
    return value
