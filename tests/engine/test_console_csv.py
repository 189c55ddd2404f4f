"""The Connect console's CSV of 1,000 people: to rosters, through `up`, and back to the same CSV."""

import csv
import io
from collections import Counter

from pulumi_connect_users.roster.writing.console import TEMPLATE, TEMPLATE_WITH_EMAIL
from tests.support.command_line import Runner
from tests.support.harness import Stack, Stacks
from tests.support.programs import MANAGED_ARN, SAML_ARN

EACH = 500
GROUPS = ["AMER/West/Blue", "EMEA/South/Blue", "EMEA/North"]
PROGRAM = f"""
import pulumi_connect_users as connect

managed = connect.read_roster("managed.yaml")
passwords = {{name: "Corr3ctHorseBattery" for name in managed}}
connect.UserRoster("managed", instance="{MANAGED_ARN}", users=managed, passwords=passwords)
connect.UserRoster("saml", instance="{SAML_ARN}", users=connect.read_roster("saml.yaml"))
"""


def test_1000_rows_of_the_console_come_back_through_up(stacks: Stacks, cli: Runner) -> None:
    """Both templates, 500 rows each; only what must never be in a file is gone: passwords."""
    one_checkpoint = {"PULUMI_EXPERIMENTAL": "true", "PULUMI_SKIP_CHECKPOINTS": "true"}
    stack = stacks(program=PROGRAM, environment=one_checkpoint)
    _seed(stack)
    for name, text in (("managed", _with_email("Corr3ctHorseBattery")), ("saml", _without_email())):
        source, roster = stack.folder / f"{name}.csv", stack.folder / f"{name}.yaml"
        source.write_text(text)
        assert cli("roster", "convert", str(source), str(roster)).code == 0
        assert roster.read_text().count("\n") < 3 * EACH

    stack.up()

    assert Counter(stack.local.changes())["CreateUser"] == 2 * EACH
    assert _exported(cli, stack, MANAGED_ARN) == _with_email("")
    assert _exported(cli, stack, SAML_ARN) == _without_email()


def _exported(cli: Runner, stack: Stack, instance: str) -> str:
    local = ("--endpoint", "local", "--store", str(stack.store))
    ran = cli("export", "--instance", instance, "--include-managed", "--format", "console", *local)
    assert ran.code == 0, ran.err
    return ran.out


def _seed(stack: Stack) -> None:
    shared = {
        "hierarchyLevels": ["Region", "Area", "Team"],
        "hierarchyGroups": GROUPS,
        "routingProfiles": [{"name": "Évening"}],
        "securityProfiles": [{"name": "Night shift"}],
    }
    instances = [
        {"id": MANAGED_ARN.rsplit("/", 1)[1], "identityManagementType": "CONNECT_MANAGED"},
        {"id": SAML_ARN.rsplit("/", 1)[1], "identityManagementType": "SAML"},
    ]
    stack.local.store.seed({"instances": [{**one, **shared} for one in instances]})


def _table(header: tuple[str, ...], rows: list[list[str]]) -> str:
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator="\n").writerows([header, *rows])
    return file.getvalue()


def _with_email(password: str) -> str:
    rows = []
    for n in range(EACH):
        desk, team = n % 25 == 0, n % 3
        rows.append(
            [
                *("Zoë" if n % 5 else 'O\'Neil, "Z"', f"Major {n}", f"m{n}@example.com"),
                *(password, f"agent.{n:04}", "Évening" if team else "Basic Routing Profile"),
                *("Agent|Night shift" if team else "Agent", "desk" if desk else "soft"),
                *("+15555551212" if desk else "", "no" if desk else "yes", str(team * 30)),
                GROUPS[team],
            ]
        )
    return _table(TEMPLATE_WITH_EMAIL, rows)


def _without_email() -> str:
    sounds = ["none", "isolate voice", "suppress noise"]
    rows = []
    for n in range(EACH):
        desk, team = n % 25 == 0, n % 3
        rows.append(
            [
                *("李", f"Juan {n}", f"li.{n:04}@example.com", "", "Évening", "Agent"),
                *(GROUPS[team].replace("/", "|"), "desk" if desk else "soft"),
                *("+15555551212" if desk else "", f"Site=SEA{team}|Team={n}"),
                *("no" if desk else "yes", sounds[team]),
            ]
        )
    return _table(TEMPLATE, rows)
