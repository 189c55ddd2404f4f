"""The service model's regular expressions, as Python reads them.

AWS writes them for Java and not always well: some are escaped twice, one is wrapped in slashes,
several lack an anchor. Each pattern that cannot be taken literally is corrected here, with the
reason; a test fails when the model changes under a correction.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

_SEPARATORS = "\u0020\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
r"""Unicode category Z, which `re` has no name for; `\w` is exactly L, N and the underscore."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What a model pattern means: `pattern` in Python's syntax, `because` of what."""

    pattern: str
    because: str


CORRECTIONS: dict[str, Correction] = {
    r"/^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[a-zA-Z\d\S]{8,64}$/": Correction(
        r"(?=.*[a-z])(?=.*[A-Z])(?=.*\d)\S{8,64}", "wrapped in slashes, as JavaScript writes it"
    ),
    r"\\+[1-9]\\d{1,14}$": Correction(
        r"\+[1-9]\d{1,14}", "escaped twice, not anchored at the start"
    ),
    r"\+[1-9]\d{1,14}$": Correction(r"\+[1-9]\d{1,14}", "not anchored at the start"),
    r"\\+?[0-9]{1,11}": Correction(r"\+?[0-9]{1,11}", "escaped twice"),
    r".*\\S.*": Correction(r".*\S.*", "escaped twice"),
    r"^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]*$": Correction(
        rf"(?!aws:)[\w{_SEPARATORS}.:/=+\-@]*", "Unicode categories L, Z and N"
    ),
    r"(?!aws:|connect:)[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]+$": Correction(
        r"(?!aws:|connect:)[\t\n\r\u0020-\u007e\u00a1-\u00ff]+", "not anchored at the start"
    ),
    r"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]+$": Correction(
        r"[\t\n\r\u0020-\u007e\u00a1-\u00ff]+", "not anchored at the start"
    ),
}
"""Model pattern -> correction, for every pattern that an implemented operation can meet."""


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """The corrected pattern; it must match the whole value (`fullmatch`), whatever its anchors."""
    correction = CORRECTIONS.get(pattern)
    return re.compile(correction.pattern if correction else pattern)


def matches(pattern: str, value: str) -> bool:
    """Whether AWS would accept `value` under the model's `pattern`."""
    return compiled(pattern).fullmatch(value) is not None
