"""Hides secrets, e-mail addresses and phone numbers in text from elsewhere.

It goes by what a value looks like, never by what a sentence says: messages of this project stay as
they are. Every pattern is linear in the length of the text.
"""

import re
from collections.abc import Callable
from typing import Final

from ..model.attributes import attributes

HIDDEN: Final = "[hidden]"
EXAMPLES: Final = frozenset({"name@example.com", "name@domain.tld", "+15555551212"})
"""Examples in this project's own messages: no real address or number."""

_SPEAKING: Final = "password|passphrase|passwd|pwd|secret|token|api[_-]?key|access[_-]?key"
_ASSIGNED: Final = re.compile(
    rf"(?<![\w-])(?P<name>(?>[\w-]*?(?:{_SPEAKING})(?:s|[\d_-][\w-]*+)?+)(?!\w))"
    r"(?P<between>[\"']?\s*+[:=]\s*+)"
    r"(?P<value>\"[^\"]*+\"|'[^']*+'|[^\s\"'][^\s]*+)",
    re.IGNORECASE,
)
_OPTIONS: Final = frozenset(
    attribute.program
    for attribute in attributes()
    if not attribute.facts.secret and re.search(_SPEAKING, attribute.program)
)
"""Arguments of a program that sound secret and are not: `on_password_change="ignore"` is advice."""

_TOKENS: Final = re.compile(
    r"-----BEGIN [A-Z ]{0,30}?PRIVATE KEY-----.*?(?:-----END [A-Z ]{0,30}?PRIVATE KEY-----|\Z)"
    r"|(?<![\w-])(?:AKIA|ASIA)[A-Z0-9]{12,}+"  # AWS access keys
    r"|(?<![\w-])eyJ[\w-]{8,}+\.[\w-]++\.[\w-]*+"  # JSON web tokens
    r"|(?<![\w-])(?:gh[pousr]_|github_pat_|glpat-|pul-|xox[abeprs]-|sk-|sk_live_)[\w-]{16,}+"
    r"|(?<=://)[^\s/:@]++:[^\s/@]++(?=@)"  # credentials in an address
    r"|(?<=[?&;])(?i:x-amz-(?:security-token|signature|credential)=)[^\s&;]++"
    r"|(?<=\bSignature=)[0-9A-Fa-f]{16,}+"
    r"|(?<![\w/+=-])(?=[\w/+]*?[A-Z])(?=[\w/+]*?[a-z])(?=[\w/+]*?[0-9])[A-Za-z0-9/+]{40}(?![\w/+=-])",
    re.DOTALL,
)
_SCHEME: Final = re.compile(r"\b(?P<scheme>Bearer|Basic)\s++(?P<value>[\w.~+/=-]{6,}+)", re.I)
_ADDRESS: Final = re.compile(
    r"(?<![^\s<>()\[\]{},;:\"'`|=])(?P<local>[^\s<>()\[\]{},;:\"'`|=@]++)@"
    r"(?P<domain>[\w-]++(?:\.[\w-]++)++)(?!@)"
)
_PHONE: Final = re.compile(
    r"(?<![\w+.-])(?:\+[1-9](?:[ ().-]{0,2}\d){6,14}"  # +44 20 7946 0958
    r"|\(\d{3}\) ?\d{3}[ .-]\d{4}"  # (206) 555-0100
    r"|(?:1[ .-])?\d{3}([ .-])\d{3}\1\d{4})"  # 206-555-0100
    r"(?![\w-])"
)


def hide(text: str, *, address: Callable[[str], str]) -> str:
    """The text without secrets, addresses and phone numbers; `address` says what one becomes."""
    text = _TOKENS.sub(HIDDEN, text)
    text = _SCHEME.sub(_scheme, text)
    text = _ASSIGNED.sub(_assigned, text)
    text = _ADDRESS.sub(lambda match: _address(match, address), text)
    return _PHONE.sub(lambda match: match[0] if match[0] in EXAMPLES else HIDDEN, text)


def is_address(text: str) -> bool:
    """Whether a text is an e-mail address: it has a dotted domain that ends in letters."""
    match = _ADDRESS.fullmatch(text)
    return match is not None and _ends_in_letters(match["domain"])


def _ends_in_letters(domain: str) -> bool:
    last = domain.rpartition(".")[2]
    return len(last) > 1 and last.isalpha()


def _address(match: re.Match[str], shown: Callable[[str], str]) -> str:
    """Versions (`guard@v0.0.1`) and clone addresses (`git@host:path`) are not e-mail addresses."""
    clones = match["local"] == "git" and match.string[match.end() : match.end() + 1] == ":"
    if match.group() in EXAMPLES or clones or not _ends_in_letters(match["domain"]):
        return match.group()
    return shown(match.group())


def _scheme(match: re.Match[str]) -> str:
    return f"{match['scheme']} {HIDDEN}" if _looks_made(match["value"]) else match.group()


def _assigned(match: re.Match[str]) -> str:
    name, between, value = match["name"], match["between"], match["value"]
    if name in _OPTIONS or value[0] in "{[<$" or "(" in value or HIDDEN in value:
        return match.group()  # advice, or code other than a literal
    quoted = value[0] in "\"'"
    bare = value if quoted else value.rstrip(".,;:)")
    after = match.string[match.end() - len(value) + len(bare) :]
    # "password: must be ..." is a sentence; "password: opensesame" at its end is a password.
    sentence = ":" in between and not quoted and not _looks_made(bare) and after[:1] == " "
    return (
        match.group() if sentence else f"{name}{between}{HIDDEN}{after[: len(value) - len(bare)]}"
    )


def _looks_made(value: str) -> bool:
    """Whether a word is unlike one of a sentence: it has digits, capitals inside, or signs."""
    return any(c.isdigit() for c in value) or value[1:] != value[1:].lower() or "=" in value
