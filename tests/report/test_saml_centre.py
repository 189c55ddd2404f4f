"""A SAML centre of 120 people from a CSV file, and a dozen changes of every kind among them."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Final, cast

import pytest
from syrupy.assertion import SnapshotAssertion

from pulumi_connect_users.core.properties import Properties
from pulumi_connect_users.report import Report
from pulumi_connect_users.report.renderers import FORMATS, Format, render
from pulumi_connect_users.resources.roster_members import RosterMembers
from pulumi_connect_users.roster.batch import BatchInputs
from pulumi_connect_users.roster.files import read_roster
from tests.report.builders import USER, USER_BATCH, events, planned, report, step
from tests.report.markdown import seen
from tests.report.test_golden import GOLDEN
from tests.support.batches import check_batch
from tests.support.programs import SAML_ARN
from tests.support.provider_process import session_over

_FIRST = "Akua,Ana,Arnav,Carlos,Diego,Efua,Jane,John,Jorge,Li,Mary,Nikki"
_LAST = "Candella,Desai,Jackson,Juan,Major,Mansa,Ramirez,Salazar,Stiles,Wolf"
HEADER: Final = (
    "username,first_name,last_name,secondary_email,mobile,routing_profile,security_profiles,"
    "hierarchy_group,after_contact_work_time_limit,tags.Site,proficiencies\n"
)
_ROW: Final = (
    "{first}.{last}@corp.example.com,{first},{last},{first}.{last}@example.com,+12065550100,"
    "Basic Routing Profile,Agent,AMER/West/Team 1,60,1,\n"
)
CHANGES: Final = {
    "ana.wolf": ("", ""),
    "akua.desai": ("Agent,AMER", "Agent|Admin,AMER"),
    "diego.stiles": ("AMER/West/Team 1", "AMER/East/Team 3"),
    "efua.mansa": ("AMER/West/Team 1", ""),
    "jane.major": (",60,", ",0,"),
    "john.stiles": ("John,Stiles", "John,Roe"),
    "jorge.ramirez": ("jorge.ramirez@example.com", "jorge@example.com"),
    "li.juan": (",60,1,", ",60,2,"),
    "mary.major": ("+12065550100", "+12065550199"),
    "carlos.salazar": ("carlos.salazar@corp", "carlos.s@corp"),
    "nikki.wolf": (",60,1,", ",60,1,language:Spanish=4"),
}
"""Who changes, and how their lines do; a pair of nothing is a line that is gone."""
HIRED, PROMOTED, RELEASED = "pat.candella", "arnav.jackson", "arnav.wolf"


def _csv() -> dict[str, str]:
    """The lines of the file, by the local part of the username."""
    people = product(_FIRST.split(","), _LAST.split(","))
    lines = {f"{f}.{n}".lower(): _ROW.format(first=f, last=n) for f, n in people}
    # Addresses are in lower case, names are not.
    return {
        name: ",".join(cell.lower() if "@" in cell else cell for cell in line.split(","))
        for name, line in lines.items()
    }


def _changed(lines: dict[str, str]) -> dict[str, str]:
    changed = dict(lines)
    for name, (old, new) in CHANGES.items():
        assert old in lines[name], name
        changed[name] = lines[name].replace(old, new) if old else ""
    for name in (PROMOTED, RELEASED):
        changed[name] = ""
    changed[HIRED] = lines["akua.candella"].replace("akua", "pat").replace("Akua", "Pat")
    return changed


def _batches(file: Path, lines: dict[str, str], released: list[str]) -> Iterator[Properties]:
    """What a program registers for the file."""
    file.write_text(HEADER + "".join(lines.values()))
    members = RosterMembers(read_roster(file), None, None, None, released)
    members.judge("UserRoster 'agents'", None, marked=True)
    for own in members.batches(hides=False):
        yield cast("Properties", {"instanceArn": SAML_ARN, **own})  # no output is among them


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The report of the changes, from what check makes of the file before and after them."""
    folder = tmp_path_factory.mktemp("saml")
    session, file, lines = session_over(folder / "local.db"), folder / "agents.csv", _csv()
    gone = [f"{name}@corp.example.com" for name in (PROMOTED, RELEASED)]
    steps = []
    for number, (old, new) in enumerate(
        zip(_batches(file, lines, []), _batches(file, _changed(lines), gone), strict=True)
    ):
        before = check_batch(None, dict(old), session)
        after = check_batch(before.inputs, dict(new), session)
        assert before.failures + after.failures == []
        op = "same" if before.inputs == after.inputs else "update"
        name = f"agents-{number:02}"
        steps.append(step(op, before.inputs, after.inputs, name=name, kind=USER_BATCH))
        if user := BatchInputs.decode(before.inputs).texts.get(gone[0]):
            assert isinstance(user, str)
            held = BatchInputs.decode(before.inputs).known_user(gone[0])
            adoption = {"userArn": f"{SAML_ARN}/agent/1", "changes": []}
            promoted = {**held.properties, "adopt": True, "adoption": adoption}
            steps.append(step("create", None, promoted, name="arnav", kind=USER))
    return report(events(*map(planned, steps)))


@pytest.mark.parametrize("target", FORMATS)
def test_each_change_is_found_by_the_username(
    centre: Report, target: Format, snapshot: SnapshotAssertion
) -> None:
    text = render(centre, target)

    for name in (*CHANGES, HIRED, PROMOTED, RELEASED):
        assert f"{name}@corp.example.com" in seen(text)
    assert "akua.wolf" not in text, "who does not change is not shown"
    assert text == snapshot(extension_class=GOLDEN[target])


def test_each_person_is_one_row(centre: Report) -> None:
    rows = {change.username or change.name: change.action for change in centre.changes}

    assert len(rows) == len(centre.changes) == len(CHANGES) + 3
    assert {
        name.partition("@")[0]: action for name, action in rows.items() if action != "update"
    } == {
        "ana.wolf": "delete",
        "carlos.s": "replace",
        PROMOTED: "move",
        RELEASED: "release",
        HIRED: "create",
    }
    assert centre.counts.unchanged == 120 - len(CHANGES) - 2
