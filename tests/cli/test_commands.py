"""What all commands of `connect-users` have in common."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from pulumi_connect_users.cli.root import root
from tests.support.command_line import Runner
from tests.support.local_connect import Local


def _commands(group: click.Group, *before: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from _commands(command, *before, name)
        else:
            yield (*before, name), command


COMMANDS = dict(_commands(root))
PROJECT = {"name": "agents", "runtime": "yaml"}


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_help_shows_how_a_command_is_called(cli: Runner, words: tuple[str, ...]) -> None:
    told = cli(*words, "--help").out

    assert "Example" in told
    assert f"connect-users {' '.join(words)}" in told.partition("Example")[2]


def test_options_of_equal_meaning_have_equal_names() -> None:
    spelt = {o for c in COMMANDS.values() for p in c.params for o in p.opts if o.startswith("--")}

    assert {"--store", "--endpoint", "--instance"} < spelt
    for command in COMMANDS.values():
        for parameter in command.params:
            for former, name in (("--local-store", "--store"), ("--endpoint-url", "--endpoint")):
                assert former not in parameter.opts or parameter.opts[0] == name


@pytest.mark.parametrize(
    ("words", "suggested"),
    [
        (["statsu"], "unknown command statsu. Did you mean status"),
        (["emulator", "capure"], "unknown command capure. Did you mean capture?"),
        (["status", "--endpont", "local"], "--endpoint"),
    ],
)
def test_misspelt_word_is_answered_with_near_ones(
    cli: Runner, words: list[str], suggested: str
) -> None:
    ran = cli(*words)

    assert ran.code == 2
    assert suggested in ran.err


@pytest.fixture
def selected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Local:
    """A project with a selected stack, as Pulumi leaves it, whose store is its own."""
    project = tmp_path / "Pulumi.yaml"
    project.write_text(json.dumps(PROJECT))
    settings = {"connect-users:endpoint": "local", "connect-users:localStore": "own.db"}
    (tmp_path / "Pulumi.prod.yaml").write_text(json.dumps({"config": settings}))
    digest = hashlib.sha1(str(project).encode(), usedforsecurity=False).hexdigest()
    home = tmp_path / "home"
    (home / "workspaces").mkdir(parents=True)
    chosen = {"file://~": "organization/agents/prod", "https://other": "organization/agents/dev"}
    (home / "workspaces" / f"agents-{digest}-workspace.json").write_text(
        json.dumps({"stacks": chosen})
    )
    (home / "credentials.json").write_text(json.dumps({"current": "file://~"}))
    monkeypatch.setenv("PULUMI_HOME", str(home))
    local = Local(tmp_path / "own.db")
    local.add_user("ana.silva")
    return local


def test_selected_stack_has_the_settings_of_every_command(cli: Runner, selected: Local) -> None:
    exported = cli("export", "--instance", "local-managed")

    assert exported.code == 0
    assert "ana.silva" in exported.out
    assert "using the settings of the selected stack, prod" in exported.err
    assert "CreateUser" in cli("emulator", "log").out


def test_variable_names_the_stack_as_for_pulumi(
    cli: Runner, selected: Local, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULUMI_STACK", "dev")

    assert "no such file" in cli("emulator", "log").err


def test_named_stack_wins_over_the_selected_one(cli: Runner, selected: Local) -> None:
    ran = cli("export", "--instance", "local-managed", "--stack", "other")

    assert ran.code == 2
    assert "Pulumi.other.yaml is not in this folder" in ran.err


def test_only_instance_need_not_be_named(cli: Runner, selected: Local) -> None:
    """The embedded Connect has several: the error names them."""
    ran = cli("export")

    assert ran.code == 2
    assert "there are several instances. Give --instance, one of: local-" in ran.err
