"""JSON rosters: those of YAML, whose syntax holds JSON's."""

import re

from ...core.documents import TWICE, UnreadableDocument, read_json
from .document import Document
from .users import Place
from .yaml_file import read_yaml

_ESCAPE = re.compile(r"\\(?:u(d[89ab]..)\\u(d[c-f]..)|.)", re.IGNORECASE)


def read_json_roster(document: Document, text: str) -> None:
    """Reads a roster; mistakes in its form are among the document's problems.

    A character in two escapes counts as one in the columns of the same line.
    """
    try:
        read_json(text)
    except UnreadableDocument as error:
        if TWICE not in error.cause:
            document.problem(Place(error.line or 1, error.column), f"{error.cause}.")
            return
    # YAML takes neither tabs between values nor a character as two escapes.
    read_yaml(document, _ESCAPE.sub(_joined, text.replace("\t", " ")))


def _joined(match: re.Match[str]) -> str:
    high, low = match.groups()
    if high is None:
        return match[0]
    return chr(0x10000 + ((int(high, 16) - 0xD800) << 10) + int(low, 16) - 0xDC00)
