"""The generated page about the embedded Connect."""

from tests.emulator.reference import PAGE, page


def test_page_is_what_the_registries_say() -> None:
    """docs/emulator-operations.md is up to date; if not: `make generate`."""
    assert PAGE.read_text(encoding="utf-8") == page()
