"""The sign-off file: who reviewed what a person can do, when, and what was decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal, get_args

import yaml

from ..core.yaml_documents import compose_yaml, scalar_value
from .review import Access, Person

Decision = Literal["keep", "remove", "open"]
DECISIONS: Final[tuple[str, ...]] = get_args(Decision)
_FIELDS: Final = ("username", "reviewer", "date", "decision", "capabilities")


@dataclass(frozen=True, slots=True)
class Review:
    """One entry: `capabilities` is the fingerprint of what was reviewed."""

    username: str
    reviewer: str
    date: date
    decision: str
    capabilities: str


class InvalidSignOff(ValueError):
    """Mistakes in a sign-off file, each with its line; one a line of the message."""

    def __init__(self, mistakes: Sequence[tuple[int, str]]) -> None:
        self.mistakes = sorted(mistakes)
        super().__init__("\n".join(f"line {line}: {cause}" for line, cause in self.mistakes))


def read_sign_off(content: str) -> dict[str, Review]:
    """The reviews by username; raises InvalidSignOff with all mistakes, or UnreadableDocument."""
    root = compose_yaml(content)
    reader = _Reader()
    found: dict[str, Review] = {}
    for entry in reader.entries(root):
        review = reader.review(entry)
        if review is None:
            continue
        if review.username in found:
            reader.mistake(entry, f"{review.username} is reviewed twice. Keep one entry.")
        found[review.username] = review
    if reader.mistakes:
        raise InvalidSignOff(reader.mistakes)
    return found


def unreviewed(access: Access, reviews: Mapping[str, Review]) -> dict[str, str]:
    """Username -> why the person counts as unreviewed."""
    causes = ((p.username, _cause(p, reviews.get(p.username))) for p in access.people)
    return {username: cause for username, cause in causes if cause}


def skeleton(access: Access, reviews: Mapping[str, Review]) -> str:
    """A sign-off file with all people: what is reviewed as it is, the rest open."""
    open_ = unreviewed(access, reviews)
    lines = [
        "# decision: keep, remove, or open. An entry holds as long as the capabilities stay equal.",
        "reviews:" if access.people else "reviews: []",
    ]
    for person in access.people:
        review = reviews.get(person.username)
        if person.username in open_ or review is None:
            review = Review(person.username, "", access.taken.date(), "open", person.fingerprint)
        lines += _entry(review)
    return "\n".join(lines) + "\n"


def _entry(review: Review) -> Iterator[str]:
    mark = "-"
    for name in _FIELDS:
        value = getattr(review, name)
        text = value.isoformat() if isinstance(value, date) else _quoted(value)
        yield f"  {mark} {name}: {text}"
        mark = " "


def _quoted(text: str) -> str:
    return yaml.safe_dump(text, width=1000, allow_unicode=True).removesuffix("...\n").strip()


def _cause(person: Person, review: Review | None) -> str:
    if review is None:
        return "is not in the sign-off file"
    if person.unknown:
        return "may have more: a security profile could not be read"
    if review.capabilities != person.fingerprint:
        return f"has other capabilities than on {review.date}"
    if review.decision == "remove":
        return f"still has what was to be removed ({review.reviewer}, {review.date})"
    return "is not decided" if review.decision == "open" else ""


class _Reader:
    def __init__(self) -> None:
        self.mistakes: list[tuple[int, str]] = []

    def mistake(self, node: yaml.Node | None, cause: str) -> None:
        self.mistakes.append((node.start_mark.line + 1 if node else 1, cause))

    def entries(self, root: yaml.Node | None) -> Iterable[yaml.MappingNode]:
        fields = self._fields(root, ("reviews",))
        listed = fields.get("reviews")
        if not isinstance(listed, yaml.SequenceNode):
            self.mistake(listed or root, "`reviews:` is missing, or not a list.")
            return
        for node in listed.value:
            if isinstance(node, yaml.MappingNode):
                yield node
            else:
                self.mistake(node, f"an entry has {', '.join(_FIELDS)}.")

    def review(self, entry: yaml.MappingNode) -> Review | None:
        before = len(self.mistakes)
        fields = self._fields(entry, _FIELDS)
        missing = [name for name in _FIELDS if name not in fields]
        if missing:
            self.mistake(entry, f"{', '.join(missing)} missing.")
        decision = self._text(fields.get("decision"))
        if decision not in DECISIONS and "decision" in fields:
            self.mistake(fields["decision"], "decision must be keep, remove or open.")
        reviewer = self._text(fields.get("reviewer"))
        if not reviewer and "reviewer" in fields and decision != "open":
            self.mistake(fields["reviewer"], "reviewer is empty. Name who decided.")
        username = self._text(fields.get("username"))
        fingerprint = self._text(fields.get("capabilities"))
        day = self._date(fields.get("date"))
        if len(self.mistakes) > before or day is None:
            return None
        return Review(username, reviewer, day, decision, fingerprint)

    def _fields(self, node: yaml.Node | None, known: Sequence[str]) -> dict[str, yaml.Node]:
        found: dict[str, yaml.Node] = {}
        for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
            name = self._text(key)
            if name not in known:
                self.mistake(key, f"unknown key. Known: {', '.join(known)}.")
            elif name in found:
                self.mistake(key, f"{name} appears twice.")
            found[name] = value
        return found

    def _text(self, node: yaml.Node | None) -> str:
        """The characters as they stand: a fingerprint of digits is not a number."""
        return str(node.value) if isinstance(node, yaml.ScalarNode) else ""

    def _date(self, node: yaml.Node | None) -> date | None:
        if node is None:
            return None
        value = scalar_value(node) if isinstance(node, yaml.ScalarNode) else None
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        self.mistake(node, "date must be a day: 2026-11-28.")
        return None
