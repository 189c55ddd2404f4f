"""Settings: what is wrong is told by the name under which it was written."""

import pytest

from pulumi_connect_users.aws.settings import read_settings
from pulumi_connect_users.core.errors import SettingsError


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("CONNECT_USERS_MAX_DELETES", "many"),
        ("CONNECT_USERS_ON_DELETE", "never"),
        ("CONNECT_USERS_REFRESH", "often"),
    ],
)
def test_variable_that_cannot_be_is_named_itself(variable: str, value: str) -> None:
    """The configuration beside it may be right."""
    with pytest.raises(SettingsError, match=f"{variable} must be") as refused:
        read_settings({"maxDeletes": "3", "onDelete": "wait"}.get, {variable: value})

    assert "connect:" not in str(refused.value)


@pytest.mark.parametrize("key", ["maxDeletes", "profiles"])
@pytest.mark.parametrize("value", ["²", "9" * 5000, 100_000 * "["])
def test_text_that_python_cannot_read_is_refused_too(key: str, value: str) -> None:
    """A digit that is none, more digits than there are numbers, brackets without an end."""
    with pytest.raises(SettingsError, match=f"connect:{key} must"):
        read_settings({key: value}.get, {})


def test_endpoint_of_blanks_is_none() -> None:
    """A variable that a pipeline leaves empty says nothing."""
    settings = read_settings({"endpoint": " "}.get, {"AWS_ENDPOINT_URL": " "})

    assert (settings.endpoint, settings.endpoint_source) == (None, "")
