"""`connect-users access`, as people run it."""

import csv
import io
import json
from pathlib import Path

import pytest

from pulumi_connect_users.core.privacy import label
from pulumi_connect_users.emulator import seeded_id
from tests.support.command_line import Ran, Runner
from tests.support.local_connect import Local
from tests.support.programs import MANAGED_ARN, MANAGED_ID, SAML_ARN

PARTIAL = '{"version": 1, "takenAt": "2026-11-28T12:00:00+00:00", "only": ["edit-users"]}'


@pytest.fixture
def local(tmp_path: Path) -> Local:
    """A centre with an administrator, a hand-made team lead and an agent."""
    local = Local(tmp_path / "local.db")
    lead = local.client.create_security_profile(
        InstanceId=MANAGED_ID,
        SecurityProfileName="Team Lead",
        Permissions=["Users.Edit", "ManagerListenIn"],
    )
    admin = seeded_id(MANAGED_ID, "security-profile", "Admin")
    local.add_user("ann.admin", SecurityProfileIds=[admin])
    local.add_user("lee.lead", SecurityProfileIds=[lead["SecurityProfileId"]])
    local.add_user("mary.major")
    return local


def access(cli: Runner, local: Local, *words: str) -> Ran:
    """Runs the command against the store."""
    where = ["--endpoint", "local", "--store", str(local.path), "--instance", MANAGED_ARN]
    return cli("access", *where, words=words)


def test_terminal_says_by_capability_and_by_person_who_can_do_what(
    cli: Runner, local: Local
) -> None:
    ran = access(cli, local)

    assert ran.code == 0
    lines = [" ".join(line.split()) for line in ran.out.splitlines()]
    assert "become-admin 2 ann.admin, lee.lead" in lines
    assert "edit-security-profiles 1 ann.admin" in lines
    assert any("become Admin in 1 step" in line and "lee.lead" in line for line in lines)
    assert "reset the password of ann.admin and log in" in lines
    assert "mary@example.org" not in ran.out


def test_question_about_one_capability_is_answered_with_its_holders(
    cli: Runner, local: Local
) -> None:
    ran = access(cli, local, "--can", "listen-to-recordings", "--format", "csv")

    rows = list(csv.DictReader(io.StringIO(ran.out)))
    assert {row["username"] for row in rows} == {"ann.admin", "lee.lead"}
    assert {row["capability"] for row in rows} == {"listen-to-recordings"}


def test_page_has_everyone_and_loads_nothing(cli: Runner, local: Local, tmp_path: Path) -> None:
    file = tmp_path / "access.html"

    assert access(cli, local, "-o", str(file)).code == 0

    page = file.read_text()
    assert all(one in page for one in ("ann.admin", "lee.lead", "Team Lead", "in 1 step"))
    assert "<link" not in page
    assert "src=" not in page
    assert "default-src 'none'" in page


def test_record_of_earlier_shows_who_gained_and_lost(
    cli: Runner, local: Local, tmp_path: Path
) -> None:
    file = tmp_path / "earlier.json"
    access(cli, local, "-o", str(file))
    ids = local.ids(MANAGED_ID)
    local.client.update_security_profile(
        InstanceId=MANAGED_ID,
        SecurityProfileId=local.client.describe_user(InstanceId=MANAGED_ID, UserId=ids["lee.lead"])[
            "User"
        ]["SecurityProfileIds"][0],
        Permissions=["ManagerListenIn", "DeleteCallRecordings"],
    )
    local.client.delete_user(InstanceId=MANAGED_ID, UserId=ids["mary.major"])

    found = json.loads(access(cli, local, "--since", str(file), "--format", "json").out)

    gone, lead = sorted(found["differences"], key=lambda one: not one["deleted"])
    assert (gone["username"], gone["deleted"]) == ("mary.major", True)
    assert lead["gained"] == ["delete recordings and transcripts"]
    assert "become Admin in 1 step" in lead["lost"]
    same = access(cli, local, "-o", str(file))
    again = json.loads(access(cli, local, "--since", str(file), "--format", "json").out)
    assert same.code == 0
    assert again["differences"] == []


def test_gate_closes_until_everyone_is_reviewed_and_again_after_a_change(
    cli: Runner, local: Local, tmp_path: Path
) -> None:
    file = tmp_path / "sign-off.yaml"
    access(cli, local, "-o", str(file))
    gate = ("--sign-off", str(file), "--fail-on", "unreviewed")

    open_ = access(cli, local, *gate)
    text = file.read_text().replace("decision: open", "decision: keep")
    file.write_text(text.replace("reviewer: ''", "reviewer: li.juan"))
    decided = access(cli, local, *gate)
    local.client.update_user_security_profiles(
        InstanceId=MANAGED_ID,
        UserId=local.ids(MANAGED_ID)["mary.major"],
        SecurityProfileIds=[seeded_id(MANAGED_ID, "security-profile", "QualityAnalyst")],
    )
    local.add_user("new.hire")
    changed = access(cli, local, *gate, "--format", "json")

    assert (open_.code, decided.code, changed.code) == (3, 0, 3)
    assert "is not decided: ann.admin, lee.lead, mary.major" in " ".join(open_.out.split())
    assert set(json.loads(changed.out)["unreviewed"]) == {"mary.major", "new.hire"}
    assert "2 people are unreviewed: mary.major, new.hire" in changed.err
    # The file is continued: what holds stays decided.
    access(cli, local, "--sign-off", str(file), "-o", str(file))
    assert file.read_text().count("decision: open") == 2


def test_permissions_that_cannot_be_read_close_the_gate(
    cli: Runner, local: Local, tmp_path: Path
) -> None:
    file = tmp_path / "sign-off.yaml"
    access(cli, local, "-o", str(file))
    text = file.read_text().replace("decision: open", "decision: keep")
    file.write_text(text.replace("reviewer: ''", "reviewer: li.juan"))
    local.store.control(
        faults=[{"operation": "ListSecurityProfilePermissions", "kind": "access-denied"}]
    )

    ran = access(cli, local, "--sign-off", str(file), "--fail-on", "unreviewed")

    assert ran.code == 3
    assert "Permissions could not be read" in ran.out
    assert "connect:ListSecurityProfilePermissions" in ran.err
    assert "may have more: a security profile could not be read" in " ".join(ran.out.split())


def test_mistakes_in_a_sign_off_file_are_told_at_once(
    cli: Runner, local: Local, tmp_path: Path
) -> None:
    file = tmp_path / "sign-off.yaml"
    file.write_text(
        "reviews:\n"
        "  - {username: lee.lead, reviewer: '', date: 2026-11-28, decision: keep, "
        "capabilities: a}\n"
        "  - {username: mary.major, reviewer: li, date: soon, decision: yes, capabilities: a}\n"
        "  - username: ann.admin\n"
        "    because: she asked\n"
        "  - ann.admin\n"
    )

    ran = access(cli, local, "--sign-off", str(file))

    assert ran.code == 2
    for line, words in (
        (2, "reviewer is empty"),
        (3, "date must be a day"),
        (3, "decision must be keep"),
        (4, "reviewer, date, decision, capabilities missing"),
        (5, "unknown key"),
        (6, "an entry has"),
    ):
        assert f"sign-off.yaml:{line}: {words}" in ran.err


@pytest.mark.parametrize("content", ["[]", '{"version": 2}', "no json", PARTIAL])
def test_record_that_is_none_is_refused(
    cli: Runner, local: Local, tmp_path: Path, content: str
) -> None:
    file = tmp_path / "earlier.json"
    file.write_text(content)

    ran = access(cli, local, "--since", str(file))

    assert ran.code == 2
    assert "reading an earlier review" in ran.err


def test_record_of_another_instance_is_refused(cli: Runner, local: Local, tmp_path: Path) -> None:
    file = tmp_path / "earlier.json"
    access(cli, local, "-o", str(file))
    file.write_text(file.read_text().replace(MANAGED_ARN, SAML_ARN))

    ran = access(cli, local, "--since", str(file))

    assert ran.code == 2
    assert "Give a review of the same instance" in " ".join(ran.err.split())


@pytest.mark.parametrize(
    "words",
    [["--fail-on", "unreviewed"], ["--can", "edit-users", "--format", "sign-off"]],
)
def test_options_that_do_not_fit_are_refused(cli: Runner, local: Local, words: list[str]) -> None:
    assert access(cli, local, *words).code == 2


def test_usernames_are_hidden_on_request(cli: Runner, local: Local) -> None:
    out = access(cli, local, "--hide", "usernames", "--format", "json").out

    assert "lee.lead" not in out
    assert "ann.admin" not in out
    assert label("lee.lead") in out
