"""Tags are readable by everyone."""

import re
from collections.abc import Iterator, Mapping

from ..absent import Absent
from ..examples.cases import case
from ..personal_data import PERSONAL
from ..results import Results, Violation, absent, unknown
from ..rule import Rule
from ..settings import Settings, mapping
from ..sources import TAG_RESOURCE, connect_security
from ..subject import UserView

_PATTERNS: Mapping[str, re.Pattern[str]] = {
    "an e-mail address": re.compile(r"[^@\s]@[^@\s]+\.[a-zA-Z]{2,}"),
    "an AWS access key": re.compile(r"\b(AKIA|ASIA)[A-Z0-9]{16}\b"),
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY"),
}
_PHONE = re.compile(r"(?<![\w+])\+[1-9](?:[ ().-]{0,2}[0-9]){6,14}(?!\w)")
_ACCOUNTS_OF_URLS = re.compile(r"://[^\s/@]*@|[\w.-]+@[\w.-]+:(?=\S*/|\S+\.git\b)")
"""`https://me@host/path` and `git@host:owner/repository`: an account, not an address."""
_NAMES = ("identityInfo.firstName", "identityInfo.lastName")
_OWN = {"password": "the password"} | {
    path: what
    for path, what in PERSONAL.items()
    if path.startswith("identityInfo.") and path not in _NAMES
}


def _evaluate(user: UserView, settings: Settings) -> Results:
    tags = user.mapping("tags")
    if isinstance(tags, Absent):
        yield absent(tags, "tags")
        return
    patterns = {**_PATTERNS, **settings.patterns("patterns")}
    for number, (key, value) in enumerate(sorted(tags.items()), start=1):
        if not isinstance(value, str):
            yield unknown("the value of a tag")
        for text, where in ((key, " in its key"), (value, "")):
            for what in dict.fromkeys(
                _found(user, text, patterns) if isinstance(text, str) else ()
            ):
                yield Violation(f"tag {number} (by key) contains {what}{where}. Remove it.", user)


def _found(user: UserView, value: str, patterns: Mapping[str, re.Pattern[str]]) -> Iterator[str]:
    without_urls = _ACCOUNTS_OF_URLS.sub(" ", value)
    for what, pattern in patterns.items():
        if pattern.search(without_urls):
            yield what
    if any(_is_number(match.group()) for match in _PHONE.finditer(value)):
        yield "a phone number"
    for path, what in _OWN.items():
        own = user.text(path)
        if isinstance(own, str) and len(own) >= 4 and own.casefold() in value.casefold():
            yield what
    names = [name.casefold() for path in _NAMES if isinstance(name := user.text(path), str)]
    # One name alone may be a place or a team (`Austin`, `West`); both together are a person.
    if len(names) == 2 and _names_somebody(value.casefold(), *names):
        yield "the user's names"


def _is_number(text: str) -> bool:
    """Whether a phone can have it: a round quantity has the form alone."""
    import phonenumbers

    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(text))
    except phonenumbers.NumberParseException:
        return False


def _names_somebody(text: str, first: str, last: str) -> bool:
    """Whether both names stand in the text, as words: `Bo` and `Li` are not in `Bolivia`."""

    def holds(word: str) -> bool:
        return re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", text) is not None

    return (holds(first) and holds(last)) or holds(first + last) or holds(last + first)


RULE = Rule(
    name="connect-user-tag-personal-data",
    family="governance",
    title="Tags must not contain personal data or secrets.",
    severity="high",
    level="mandatory",
    framework=connect_security("Protection of personal data"),
    why="The API does not treat tags as sensitive: they appear in lists, logs and bills. AWS asks "
    "users not to put personal or confidential information into them.",
    steps="Remove the value, or use a code that stands for it.",
    sources=(TAG_RESOURCE,),
    config={"patterns": mapping("More regular expressions, by what they find.")},
    verify=lambda settings: settings.patterns("patterns"),
    evaluate=_evaluate,
    reads=("tags",),
    good=case(),
    bad=case(tags={"Contact": "marym@example.com"}),
)
