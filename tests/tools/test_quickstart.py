"""What `make up` makes besides users: a password, a passphrase, an environment file."""

import re
import stat
from pathlib import Path

from tools import workspace
from tools.quickstart import ending, password


def test_password_every_one_is_what_amazon_connect_accepts() -> None:
    """The pattern is CreateUser's own; two are never equal."""
    pattern = re.compile(r"^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[a-zA-Z\d\S]{8,64}$")

    made = [password() for _ in range(50)]

    assert [word for word in made if not pattern.match(word)] == []
    assert len(set(made)) == 50


def test_ending_users_are_listed_with_three_things_to_try() -> None:
    """It says what there is, in columns, and how to go on."""
    text = ending([("mary", "mary.major", "arn:1"), ("richard-roe", "richard", "arn:2")])

    assert text.splitlines()[:3] == [
        "2 users are in stack dev:",
        "  mary         mary.major  arn:1",
        "  richard-roe  richard     arn:2",
    ]
    assert re.findall(r"^  (\d)\. ", text, flags=re.MULTILINE) == ["1", "2", "3"]


def test_write_private_file_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    """A passphrase is nobody else's business, and a second write replaces it whole."""
    path = tmp_path / "passphrase"
    for text in ("first", "second"):
        workspace.write_private(path, text)

    assert path.read_text() == "second"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_environment_commands_come_first_and_the_file_holds_the_passphrase(tmp_path: Path) -> None:
    """Neither an older pulumi nor a passphrase of the user's shell gets in the way."""
    base = {"PATH": "/usr/bin", "PULUMI_CONFIG_PASSPHRASE": "of-another-stack"}

    made = workspace.environment(tmp_path, base)

    assert made["PATH"].split(":")[0] == str(tmp_path)
    assert made["PATH"].endswith(":/usr/bin")
    assert "PULUMI_CONFIG_PASSPHRASE" not in made
    assert made["PULUMI_CONFIG_PASSPHRASE_FILE"] == str(workspace.PASSPHRASE)
