"""Phrases that a reader stumbles over, and where product text may hold them all the same."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.checkout import ROOT

PRODUCT = (
    *("provider", "policies", "docs", "examples", "benchmarks"),
    *("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"),
)

BANNED = {
    r"(?<!there )\b(?:is|are|was|were) no (?!(?:longer|more|less|fewer|such|need)\b)": (
        '"is not a ..." or another verb'
    ),
    r"\b(?:told|tells)\b": "reported, says, warned",
    r"\bwhom\b": "who, which user",
    r"\b(?:somebody|nobody)\b": "someone, no one, or the passive",
    r"\bfor ever\b": "permanently",
    r"\banew\b": "again",
    r"\bunless told\b": "defaults to ...",
    r"\bat present\b": "currently",
    r"\bbesides\b": "also, except",
    r"\bby itself\b": "alone",
    r"\bat the creation\b": "on create",
    r"\bmade up\b": "generated",
    r"\bmend(?:s|ed|ing)?\b": "fix",
    r"\bletter by letter\b": "exactly (case-sensitive)",
    r"\bhalf done\b": "incomplete",
    r"\bin case (?:only|alone)\b": "only in case",
    r"\bexclude one another\b": "exclude each other",
    r"\bwithout end\b": "no limit",
    r"\bset-ups?\b": "setup",
    r"\bfirst passwords?\b": "initial password",
    r"\b(?:safe|careful) departures?\b": "safe deletions",
    r"\b(?:is|are) (?:already )?gone\b": "was deleted, was removed",
    r"\bas everywhere\b": "as usual",
    r"\banybody\b": "anyone",
    r"\bcase counts\b": "case-sensitive",
    r"\bmust be a text\b": "must be a string",
    r"\bbeyond all bounds\b": "too large",
    r"\bno call (?:that )?(?:changes|clears|removes) it\b": "Connect cannot change it",
}
"""Regular expressions, and what to write instead."""

ALLOWED = frozenset[tuple[str, str]]()
"""(file, words) of quotations: AWS's own texts, and keys that state or scripts depend on."""

_ANY = re.compile("|".join(f"({pattern})" for pattern in BANNED), re.IGNORECASE)
_TEXTS = ("*.md", "*.html", "*.jinja", "*.j2", "*.css", "*.js", "*.json", "*.yaml")


@dataclass(frozen=True)
class Text:
    """A piece of text that a person reads."""

    file: str
    line: int
    words: str


def texts(place: str) -> Iterator[Text]:
    """Strings and docstrings of a folder's Python files, and its other texts; or one file's."""
    at = ROOT / place
    files = [at] if at.is_file() else sorted(at.rglob("*"))
    for file in files:
        name = file.relative_to(ROOT).as_posix()
        if "__pycache__" in file.parts:
            continue
        if file.suffix == ".py":
            yield from _strings(file, name)
        elif any(file.match(pattern) for pattern in _TEXTS):
            for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
                yield Text(name, number, line)


def _strings(file: Path, name: str) -> Iterator[Text]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield Text(name, node.lineno, " ".join(node.value.split()))


def banned(texts_: Iterable[Text]) -> list[str]:
    """Every banned phrase: where it stands, and what to write instead."""
    remedies = list(BANNED.values())
    return [
        f'{text.file}:{text.line}: "{match[0]}": write {remedies[(match.lastindex or 1) - 1]}'
        for text in texts_
        for match in _ANY.finditer(text.words)
        if (text.file, match[0]) not in ALLOWED
    ]
