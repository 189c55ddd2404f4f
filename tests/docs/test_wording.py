"""What people read is plain English: errors, help, reports, docstrings, pages."""

import pytest

from tests.docs.wording import ALLOWED, PRODUCT, Text, banned, texts


@pytest.mark.parametrize("place", PRODUCT)
def test_text_has_no_banned_phrase(place: str) -> None:
    """Each finding says where it stands and what to write instead."""
    assert banned(texts(place)) == []


def test_exceptions_exist() -> None:
    """An exception for words that are gone would hide the next ones."""
    unused = [
        (file, words)
        for file, words in ALLOWED
        if not any(words in text.words for text in texts(file))
    ]

    assert unused == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("The id is no hierarchy group.", 1),
        ("There is no such user, and it is no longer there.", 0),
        ("Somebody TOLD nobody.", 3),
        ("A mendable house, on the amendment.", 0),
        ("Mend that.", 1),
    ],
)
def test_banned_phrases_are_found_as_words(words: str, found: int) -> None:
    assert len(banned([Text("a.md", 1, words)])) == found
