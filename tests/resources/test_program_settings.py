"""Settings that a program reads: a slip of the pen neither shows nor marks anybody."""

import pytest

from pulumi_connect_users.core.errors import SettingsError
from pulumi_connect_users.engine.program_settings import read_program_settings


@pytest.mark.parametrize(
    ("config", "keeps_marks", "hides"),
    [
        ({}, True, False),
        ({"ownership": "on", "personalData": "plain"}, True, False),
        ({"ownership": "off"}, False, False),
        ({"personalData": "secret"}, True, True),
    ],
)
def test_setting_means_what_it_says(config: dict[str, str], keeps_marks: bool, hides: bool) -> None:
    """Without one marks are kept, and names are plain."""
    settings = read_program_settings(config.get)

    assert (settings.keeps_marks, settings.hides_personal_data) == (keeps_marks, hides)


@pytest.mark.parametrize("value", ["Secret", "secrets", "hidden", "true"])
def test_personal_data_is_shown_only_by_a_stack_that_says_nothing_else(value: str) -> None:
    """A misspelt wish to hide names must not print them."""
    with pytest.raises(SettingsError, match="connect:personalData must be plain or secret"):
        read_program_settings({"personalData": value}.get)


@pytest.mark.parametrize("value", ["Off", "false", "none"])
def test_ownership_is_kept_only_by_a_stack_that_says_nothing_else(value: str) -> None:
    """A file may say `off` without quotation marks, which some readers take for `false`."""
    both = {"ownership": value, "personalData": "hidden"}

    with pytest.raises(SettingsError, match=r"ownership must be on or off\. connect:pers"):
        read_program_settings(both.get)
