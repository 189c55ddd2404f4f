"""What ends within 14 days, from what a preview shows."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pulumi_connect_users.cli.root import run
from pulumi_connect_users.model.in_time import TODAY
from pulumi_connect_users.report import Options, assemble, read_preview
from pulumi_connect_users.report.renderers import FORMATS, render
from pulumi_connect_users.report.report import Ending, Report
from tests.report.builders import USER_BATCH, admin, digest, report, shown, step, user

GRANT = {"securityProfile": "Admin", "until": "2026-12-31", "reason": "Cover"}


def _batch(**ends: str) -> dict[str, Any]:
    users = {n: json.dumps(user(username=n, expires=end)) for n, end in ends.items()}
    return {"users": users}


def _report(today: str, *steps: Any) -> Report:
    now = datetime.fromisoformat(today).replace(tzinfo=UTC)
    return assemble(read_preview(digest(*steps)), Options(now=now))


def _li(*grants: Any) -> Any:
    bag = user(username="li", grants=list(grants))
    return step("same", bag, bag, name="li")


def test_users_and_grants_are_listed_in_the_order_of_their_ends() -> None:
    batch = _batch(ann="2026-12-20", temp="2026-12-18T10:00Z", later="2027-06-30")
    found = _report(
        "2026-12-17", step("same", batch, batch, kind=USER_BATCH, name="west-01"), _li(GRANT)
    )

    assert found.endings == (
        Ending(username="temp", until="2026-12-18T10:00Z"),
        Ending(username="ann", until="2026-12-20"),
    )
    assert found.notes[0] == (
        "Ends within 14 days: temp in the roster until 2026-12-18T10:00Z; "
        "ann in the roster until 2026-12-20."
    )


@pytest.mark.parametrize(
    ("today", "listed"),
    [
        ("2026-12-17T23:59:59", False),
        ("2026-12-18", True),
        ("2026-12-31T23:59:59", True),
        ("2027-01-01", False),
    ],
)
def test_fortnight_ends_with_the_last_day(today: str, *, listed: bool) -> None:
    found = _report(today, _li(GRANT))

    grant = Ending(username="li", until="2026-12-31", security_profile="Admin", reason="Cover")
    assert found.endings == ((grant,) if listed else ())


def test_grant_by_id_has_the_name_that_the_input_shows() -> None:
    found = _report("2026-12-20", _li({"securityProfileId": "s-1", "until": "2026-12-31"}))

    assert [ending.security_profile for ending in found.endings] == ["Agent"]


def test_leavers_and_what_is_not_a_date_are_left_out() -> None:
    gone = step("delete", user(username="li", grants=[GRANT]), name="li")

    assert _report("2026-12-20", gone).endings == ()
    assert _report("2026-12-20", _li({**GRANT, "until": "soon"}, "x")).endings == ()


def test_new_grant_is_shown_with_its_end_and_its_reason() -> None:
    """Beside the security profile that the user gets by it."""
    found = report(digest(step("update", user(), admin(grants=[GRANT]))))

    assert shown(found)["mary"] == {
        "security_profiles": ("Agent (s-1)", "Admin (s-9), Agent (s-1)"),
        "grants[Admin].until": ("<absent>", "2026-12-31"),
        "grants[Admin].reason": ("<absent>", "Cover"),
    }


def test_every_form_of_the_report_shows_it() -> None:
    found = _report("2026-12-20", _li(GRANT))

    for form in FORMATS:
        assert "2026-12-31" in render(found, form), form
        assert "Cover" in render(found, form), form


def test_clock_of_a_rehearsal_is_the_reports_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "events.json"
    file.write_text(digest(_li(GRANT)))
    monkeypatch.setenv(TODAY, "2026-12-20")
    assert run(["report", str(file)]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "Ends within 14 days: li Admin until 2026-12-31 (Cover)." in shown

    monkeypatch.setenv(TODAY, "20.12.2026")
    assert run(["report", str(file)]) == 2
    assert f"{TODAY} must be a date" in capsys.readouterr().err
