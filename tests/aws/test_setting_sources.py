"""Where a setting comes from, and what holds where nothing is set."""

from pathlib import Path

import pytest

from pulumi_connect_users.aws.settings import Settings, read_settings
from pulumi_connect_users.core.errors import SettingsError
from pulumi_connect_users.engine.program_settings import known_keys, read_program_settings
from pulumi_connect_users.engine.settings_table import SETTINGS
from pulumi_connect_users.model.references import SUSPENDED
from pulumi_connect_users.users.allowance import Share

_AWS = "https://connect.us-west-2.amazonaws.com"


def _read(config: dict[str, str], environment: dict[str, str] | None = None) -> Settings:
    return read_settings(config.get, environment or {}, Path("/"))


def test_environment_decides_for_one_run() -> None:
    """Configuration that changed does not reach a destroy: the variable wins."""
    config = {"onDelete": "refuse", "maxDeletes": "3"}
    environment = {"CONNECT_USERS_ON_DELETE": "force", "CONNECT_USERS_MAX_DELETES": "7"}

    settings = _read(config, environment)

    assert (settings.on_delete, settings.max_deletes) == ("force", 7)
    settings = _read(config, dict.fromkeys(environment, ""))
    assert (settings.on_delete, settings.max_deletes) == ("refuse", 3)


def test_configuration_decides_how_a_stack_is_refreshed() -> None:
    """The variable is for stacks that say nothing."""
    environment = {"CONNECT_USERS_REFRESH": "exact"}

    assert _read({}, environment).refresh == "exact"
    assert _read({"refresh": "bulk"}, environment).refresh == "bulk"
    assert _read({}).refresh == "bulk"


def test_aws_is_paced_and_deletions_are_counted_unless_told_otherwise() -> None:
    """The quota of every account, and a number that no slip of the pen exceeds."""
    settings = _read({})

    assert (settings.requests_per_second, settings.burst) == (2.0, 5)
    assert settings.max_deletes == 20
    assert settings.on_delete is None
    assert not settings.strict


def test_embedded_connect_is_neither_paced_nor_counted() -> None:
    """Nobody is lost there; what is set holds there too."""
    assert _read({"endpoint": "local"}).requests_per_second is None
    assert _read({"endpoint": "local"}).max_deletes is None
    assert _read({"endpoint": "local", "maxDeletes": "0"}).max_deletes == 0
    assert _read({"endpoint": "local", "maxDeletes": "2.5 %"}).max_deletes == Share(2.5)


@pytest.mark.parametrize(
    ("endpoint", "emulated", "local"),
    [
        ("local", True, True),
        ("http://127.0.0.1:4566", True, False),
        ("http://localhost:4566", True, False),
        ("http://[::1]:4566", True, False),
        (_AWS, False, False),
        ("https://127.0.0.1.example.com", False, False),
    ],
)
def test_only_what_is_on_this_machine_is_an_emulator(
    endpoint: str, emulated: bool, local: bool
) -> None:
    """Anything else is signed with real credentials and keeps real first passwords."""
    settings = _read({"endpoint": endpoint})

    assert (settings.is_emulated, settings.is_local) == (emulated, local)


@pytest.mark.parametrize("name", ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_CONNECT"])
def test_endpoint_of_the_environment_is_used_as_aws_tools_do(name: str) -> None:
    """The service's own variable is the nearer one, and all of them can be switched off."""
    environment = {"AWS_ENDPOINT_URL": "https://all.example.com", name: _AWS}
    off = {"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "TRUE"}

    settings = _read({}, environment)

    assert (settings.endpoint, settings.endpoint_source) == (_AWS, name)
    assert _read({}, environment | off).endpoint is None
    configured = _read({"endpoint": "local"}, environment)
    assert (configured.endpoint, configured.endpoint_source) == ("local", "connect:endpoint")


def test_table_of_settings_has_each_key_that_is_read_and_no_other() -> None:
    """A setting that nobody described would be reported as unknown."""
    asked = set()

    def ask(key: str) -> str | None:
        asked.add(key)
        # The embedded Connect's own keys are read only with it.
        return "local" if key == "endpoint" else None

    read_settings(ask, {})
    read_program_settings(ask)

    assert asked == set(known_keys())


def test_values_in_the_table_of_settings_are_accepted() -> None:
    """Each of them, on its own but for the profiles that a suspension needs."""
    for setting in SETTINGS:
        for value in setting.values:
            needed = dict.fromkeys(SUSPENDED, "x") if value == "suspend" else {}
            given = {setting.key: value} | needed
            read_settings(given.get, {})
            read_program_settings(given.get)


def test_suspension_of_every_user_needs_both_profiles() -> None:
    """Without them nobody could be suspended."""
    with pytest.raises(SettingsError, match="set connect:suspendedSecurityProfile and connect:"):
        _read({"onDelete": "suspend", "suspendedRoutingProfile": "Suspended"})


@pytest.mark.parametrize("text", ["Agent, Team Lead", '["Agent", "Team Lead"]'])
def test_privileged_profiles_are_names_with_commas_or_a_list(text: str) -> None:
    """A list has names with commas too; Pulumi gives it as JSON."""
    assert _read({"privilegedProfiles": text}).privileged_profiles == ("Agent", "Team Lead")
    assert _read({"privilegedProfiles": '["a,b"]'}).privileged_profiles == ("a,b",)
