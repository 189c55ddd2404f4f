"""Names as Connect accepts them, without invisible characters."""

import re
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
_ALIKE = ("LATIN", "GREEK", "CYRILLIC")
"""Scripts with letters that look the same."""
_BETWEEN_WORDS = re.compile(r"[\s'’.-]+")


def _script(character: str) -> str:
    return unicodedata.name(character, "").partition(" ")[0]


def _hidden(character: str, before: str) -> bool:
    """Whether it is a control, formatting (bidi) or unassigned character."""
    if character in _JOINERS:
        return _script(before) in ("SPACE", *_ALIKE)
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn")


def _visible(name: str) -> str:
    pairs = zip(name, " " + name, strict=False)
    return "".join(character for character, before in pairs if not _hidden(character, before))


def _normal(name: str) -> str:
    return unicodedata.normalize("NFC", _visible(name)).strip()


def _mixed(name: str) -> list[str]:
    """The scripts that one word mixes, in which letters look alike."""
    for word in _BETWEEN_WORDS.split(name):
        scripts = {_script(letter) for letter in word if letter.isalpha()} & {*_ALIKE}
        if len(scripts) > 1:
            return sorted(script.capitalize() for script in scripts)
    return []


def _evaluate(user: UserView, _settings: Settings) -> Results:
    for member in _NAMES:
        name = user.text(f"identityInfo.{member}")
        if name is UNKNOWN:
            yield unknown(f"identityInfo.{member}")
        elif isinstance(name, str) and name != _normal(name):
            yield Violation(f"identityInfo.{member} {_what_is_wrong(name)}", user)
        elif isinstance(name, str) and (scripts := _mixed(name)):
            found = " and ".join(scripts)
            text = f"identityInfo.{member} mixes {found} letters in one word. Use one script."
            yield Violation(text, user)


def _what_is_wrong(name: str) -> str:
    """Cause and remedy, for a name that is not as `_normal` has it."""
    if _visible(name) != name:
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
    "Formatting characters, and letters of another script, can make one name look like another.",
    steps="Normalise the name where it is read; the remediation does it.",
    sources=(IDENTITY_INFO, UNICODE_BIDI),
    evaluate=_evaluate,
    fix=_fix,
    reads=("identityInfo",),
    good=case(identityInfo={"firstName": "Zo\u00eb"}),
    bad=case(identityInfo={"firstName": "Zoe\u0308"}),
)
