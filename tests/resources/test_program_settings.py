"""Settings that a program reads: a slip of the pen neither shows nor marks anybody."""

import pulumi
import pytest

from pulumi_connect_users.core.errors import SettingsError
from pulumi_connect_users.engine.program_settings import read_program_settings
from pulumi_connect_users.resources.settings import DYNAMIC, NATIVE, Namespace, of_functions


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


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ({}, DYNAMIC),
        ({"connect:endpoint": "local"}, DYNAMIC),
        ({"connect-users:unknown": "x"}, DYNAMIC),
        ({"connect:endpoint": "local", "connect-users:region": "us-west-2"}, NATIVE),
    ],
)
def test_functions_read_the_plugins_settings_where_there_are_any(
    config: dict[str, str], expected: Namespace
) -> None:
    pulumi.runtime.set_all_config(config)
    try:
        assert of_functions() == expected
    finally:
        pulumi.runtime.set_all_config({})


def test_a_bad_value_is_reported_under_the_key_of_its_namespace() -> None:
    pulumi.runtime.set_all_config({"connect-users:ownership": "Off"})
    try:
        with pytest.raises(SettingsError, match=r"connect-users:ownership must be on or off"):
            NATIVE.read(read_program_settings)
    finally:
        pulumi.runtime.set_all_config({})
    arn = "arn:aws:connect:us-west-2:111122223333:instance/i-1"
    assert NATIVE.words(f"connect:region of {arn}") == f"connect-users:region of {arn}"
