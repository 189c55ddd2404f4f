"""Names as Connect accepts them, without invisible characters."""

import unicodedata

from ..absent import UNKNOWN
from ..edit import Edit, Edits
from ..examples.cases import case
from ..results import Results, Violation, unknown
from ..rule import Rule
from ..settings import Settings
from ..sources import IDENTITY_INFO, UNICODE_BIDI, connect_api
from ..subject import UserView

_NAMES = ("firstName", "lastName")
# Joiners shape letters of Persian and Indic scripts: they are part of such names.
_JOINERS = "\u200c\u200d"


def _hidden(character: str) -> bool:
    """Whether it is a control, formatting (bidi) or unassigned character."""
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn") and (
        character not in _JOINERS
    )


def _normal(name: str) -> str:
    return unicodedata.normalize("NFC", "".join(c for c in name if not _hidden(c))).strip()


def _evaluate(user: UserView, _settings: Settings) -> Results:
    for member in _NAMES:
        name = user.text(f"identityInfo.{member}")
        if name is UNKNOWN:
            yield unknown(f"identityInfo.{member}")
        elif isinstance(name, str) and name != _normal(name):
            yield Violation(f"identityInfo.{member} {_what_is_wrong(name)}", user)


def _what_is_wrong(name: str) -> str:
    """Cause and remedy, for a name that is not as `_normal` has it."""
    if any(_hidden(c) for c in name):
        return "contains invisible characters. Remove them."
    if name != name.strip():
        return "has leading or trailing spaces. Remove them."
    return 'is not in Unicode normalisation form C. Use unicodedata.normalize("NFC", ...).'


def _fix(user: UserView, _settings: Settings) -> Edits:
    for member in _NAMES:
        name = user.text(f"identityInfo.{member}")
        # A name of hidden characters only needs a person's decision.
        if isinstance(name, str) and _normal(name) not in ("", name):
            yield Edit(("identityInfo", member), _normal(name))


RULE = Rule(
    name="connect-user-name-normalized",
    family="identity",
    title="Names must be in Unicode normalisation form C, without hidden characters.",
    severity="medium",
    level="remediate",
    framework=connect_api("UserIdentityInfo: FirstName, LastName"),
    why="Connect refuses names that are not in form C, although they look the same. "
    "Formatting characters can make one name look like another.",
    steps="Normalise the name where it is read; the remediation does it.",
    sources=(IDENTITY_INFO, UNICODE_BIDI),
    evaluate=_evaluate,
    fix=_fix,
    reads=("identityInfo",),
    good=case(identityInfo={"firstName": "Zo\u00eb"}),
    bad=case(identityInfo={"firstName": "Zoe\u0308"}),
)
