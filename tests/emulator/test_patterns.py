"""The service model's regular expressions, and what was corrected in them."""

import re
import unicodedata

import botocore.session
import pytest

from pulumi_connect_users.emulator.patterns import CORRECTIONS, compiled, matches
from tests.emulator.pattern_values import VALUES


def _in_model() -> dict[str, str]:
    """Each pattern of the installed service model, with a shape that has it."""
    model = botocore.session.get_session().get_service_model("connect")
    shapes = ((name, model.shape_for(name)) for name in model.shape_names)
    return {
        shape.metadata["pattern"]: name for name, shape in shapes if shape.metadata.get("pattern")
    }


def test_every_pattern_of_the_model_has_been_looked_at() -> None:
    """No pattern is new: botocore brought one? Give it good and bad values, and a correction."""
    assert set(_in_model()) - set(VALUES) == set()


@pytest.mark.parametrize("pattern", VALUES)
def test_pattern_accepts_good_and_refuses_bad_values(pattern: str) -> None:
    good, bad = VALUES[pattern]

    assert [value for value in good if not matches(pattern, value)] == []
    assert [value for value in bad if matches(pattern, value)] == []


@pytest.mark.parametrize("pattern", CORRECTIONS)
def test_correction_is_needed(pattern: str) -> None:
    """Without its correction the pattern is not valid, or decides a known value differently."""
    good, bad = VALUES[pattern]
    try:
        literal = re.compile(pattern)
    except re.error:
        return

    decided = [bool(literal.fullmatch(value)) for value in (*good, *bad)]

    assert decided != [True] * len(good) + [False] * len(bad)


def test_corrections_belong_to_patterns_of_the_model() -> None:
    """No correction outlives its pattern: botocore has corrected one? Take ours away."""
    assert set(CORRECTIONS) - set(_in_model()) == set()


def test_category_names_mean_unicode_categories() -> None:
    """A tag key may have exactly the characters of categories L, Z and N, and those listed."""
    tag_key = compiled(r"^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]*$")
    points = [chr(point) for point in range(0x30000) if not 0xD800 <= point < 0xE000]

    wrong = [
        character
        for character in points
        if bool(tag_key.fullmatch(character))
        != (unicodedata.category(character)[0] in "LZN" or character in "_.:/=+-@")
    ]

    assert wrong == []
