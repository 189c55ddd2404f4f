"""The service model's regular expressions, as Python reads them.

AWS writes them for Java, and not always well: some are escaped twice, one is wrapped in slashes,
and several lack an anchor. The last needs no correction, since the whole value must match whatever
the anchors say. Each pattern that cannot be taken literally is corrected here, with the reason; a
test fails when the model changes under a correction or brings an unreviewed pattern.
"""

import re
import sys
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby

_Z = "\u0020\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
r"""Unicode category Z, which `re` has no name for; `\w` is exactly L, N and the underscore."""
_OTHER = "{other}"
"""Stands for Unicode category C (control, format, unassigned), computed where it is needed."""
_TWICE = "it is escaped twice"
_CATEGORIES = "Python does not know Unicode categories by name"


@dataclass(frozen=True, slots=True)
class Correction:
    """A model pattern in Python's syntax, and the reason for the correction."""

    pattern: str
    because: str


CORRECTIONS: dict[str, Correction] = {
    r"/^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[a-zA-Z\d\S]{8,64}$/": Correction(
        r"(?=.*[a-z])(?=.*[A-Z])(?=.*\d)\S{8,64}",
        "it stands in slashes, as in JavaScript",
    ),
    r"\\+[1-9]\\d{1,14}$": Correction(r"\+[1-9]\d{1,14}", _TWICE),
    r"\\+?[0-9]{1,11}": Correction(r"\+?[0-9]{1,11}", _TWICE),
    r".*\\S.*": Correction(r".*\S.*", _TWICE),
    r"s3://\S+/.+|https://\\S+\\.s3\\.\\S+\\.amazonaws\\.com/\\S+": Correction(
        r"s3://\S+/.+|https://\S+\.s3\.\S+\.amazonaws\.com/\S+", _TWICE
    ),
    r"^(?!\\.$)(?!\\.\\.$)[\\p{L}\\p{Z}\\p{N}\\-_.:=@'|]+$": Correction(
        rf"(?!\.$)(?!\.\.$)[\w{_Z}\-.:=@'|]+", f"{_TWICE}; {_CATEGORIES}"
    ),
    r"^$|^[\\p{L}\\p{Z}\\p{N}\\-_.:=@'|]{3,}$": Correction(
        rf"|[\w{_Z}\-.:=@'|]{{3,}}", f"{_TWICE}; {_CATEGORIES}"
    ),
    r"^[\\P{C}\r\n\t]+$": Correction(rf"([^{_OTHER}]|[\r\n\t])+", f"{_TWICE}; {_CATEGORIES}"),
    r"^[\\P{C}\r\n\t]*$": Correction(rf"([^{_OTHER}]|[\r\n\t])*", f"{_TWICE}; {_CATEGORIES}"),
    r"^[\\P{C}]*$": Correction(rf"[^{_OTHER}]*", f"{_TWICE}; {_CATEGORIES}"),
    r"^[\P{C}\r\n\t]{1,250}$": Correction(rf"([^{_OTHER}]|[\r\n\t]){{1,250}}", _CATEGORIES),
    r"^[\P{C}\r\n\t]{1,127}$": Correction(rf"([^{_OTHER}]|[\r\n\t]){{1,127}}", _CATEGORIES),
    r"^[^\p{C}]*$": Correction(rf"[^{_OTHER}]*", _CATEGORIES),
    r"^\P{C}*$": Correction(rf"[^{_OTHER}]*", _CATEGORIES),
    r"^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]*$": Correction(
        rf"(?!aws:)[\w{_Z}.:/=+\-@]*", _CATEGORIES
    ),
    r"^[\p{L}\p{Z}\p{N}\-_.:=@'|]+$": Correction(rf"[\w{_Z}\-.:=@'|]+", _CATEGORIES),
    r"^([\p{L}\p{N}_.:\/=+\-@()']+[\p{L}\p{Z}\p{N}_.:\/=+\-@()']*)$": Correction(
        rf"[\w.:/=+\-@()']+[\w{_Z}.:/=+\-@()']*", _CATEGORIES
    ),
    r"^([\p{L}\p{N}_.:\/=+\-@,()']+[\p{L}\p{Z}\p{N}_.:\/=+\-@,()']*)$": Correction(
        rf"[\w.:/=+\-@,()']+[\w{_Z}.:/=+\-@,()']*", _CATEGORIES
    ),
    r"^([\p{L}\p{Z}\p{N}_.:\/=+\-@]*)$": Correction(rf"[\w{_Z}.:/=+\-@]*", _CATEGORIES),
}
"""Model pattern -> correction."""


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """The corrected pattern; it must match the whole value (`fullmatch`), whatever its anchors."""
    correction = CORRECTIONS.get(pattern)
    text = correction.pattern if correction else pattern
    return re.compile(text.replace(_OTHER, _category_c()) if _OTHER in text else text)


def matches(pattern: str, value: str) -> bool:
    """Whether AWS would accept `value` under the model's `pattern`."""
    return compiled(pattern).fullmatch(value) is not None


@lru_cache(maxsize=1)
def _category_c() -> str:
    points = range(sys.maxunicode + 1)
    ranges = []
    for other, group in groupby(points, lambda one: unicodedata.category(chr(one))[0] == "C"):
        members = list(group)
        if other:
            ranges.append(f"\\U{members[0]:08x}-\\U{members[-1]:08x}")
    return "".join(ranges)
