"""A roster's users have a time: outside it they are not in the roster."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pulumi_connect_users.aws.session import ConnectSession
from pulumi_connect_users.core.errors import InvalidRoster
from pulumi_connect_users.roster.batch import BatchInputs
from pulumi_connect_users.roster.files import read_roster
from pulumi_connect_users.roster.in_time import in_time
from pulumi_connect_users.roster.partition import canonical
from pulumi_connect_users.users.allowance import Allowance
from pulumi_connect_users.users.deletion_limit import DeletionLimit
from tests.roster.test_check import USER, batch
from tests.support.batches import check_batch, plan_batch

LAST_DAY = datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC)
AFTER = datetime(2027, 1, 1, tzinfo=UTC)
TEMP = USER | {"expires": "2026-12-31"}


def test_user_leaves_at_the_end_of_the_last_day(session: ConnectSession) -> None:
    """An unchanged program: a warning as for every leaver, and the same to count."""
    raw = batch(mary=USER, temp=TEMP)
    before = check_batch(None, raw, session, now=LAST_DAY)
    assert sorted(before.inputs["users"]) == ["mary", "temp"]
    assert check_batch(before.inputs, raw, session, now=LAST_DAY).inputs == before.inputs

    after = check_batch(before.inputs, raw, session, now=AFTER)

    assert sorted(after.inputs["users"]) == ["mary"]
    assert after.warnings == ["1 user will be deleted: temp"]
    refused = check_batch(
        before.inputs,
        raw,
        session,
        now=AFTER,
        deletion_limit=DeletionLimit(Allowance("maxDeletes", 0)),
    )
    assert [line for line in refused.failures if "maxDeletes" in line]
    kept = check_batch(before.inputs, {**raw, "onRemove": "retain"}, session, now=AFTER)
    assert kept.warnings == []


def test_user_comes_on_the_first_day(session: ConnectSession) -> None:
    raw = batch(mary=USER, newcomer=USER | {"starts": "2027-01-01"})
    before = check_batch(None, raw, session, now=LAST_DAY)
    assert sorted(before.inputs["users"]) == ["mary"]

    after = check_batch(before.inputs, raw, session, now=AFTER)

    assert sorted(after.inputs["users"]) == ["mary", "newcomer"]
    assert after.failures == after.warnings == []


def test_changed_end_changes_state_alone(session: ConnectSession) -> None:
    before = check_batch(None, batch(temp=TEMP), session, now=LAST_DAY)
    longer = batch(temp=USER | {"expires": "2027-06-30"})

    after = check_batch(before.inputs, longer, session, now=LAST_DAY)

    assert plan_batch({**before.inputs, "userIds": {"temp": "1" * 36}}, after.inputs).changes
    assert sorted(check_batch(after.inputs, longer, session, now=AFTER).inputs["users"]) == ["temp"]


def test_grants_of_rosters_end_in_an_unchanged_program(session: ConnectSession) -> None:
    """The short cut for unchanged users does not keep them."""
    grant = {"securityProfile": "Admin", "until": "2026-12-31"}
    raw = batch(mary=USER | {"grants": [grant]})
    before = check_batch(None, raw, session, now=LAST_DAY)
    assert '"Admin"' in before.inputs["users"]["mary"]
    assert check_batch(before.inputs, raw, session, now=LAST_DAY).inputs == before.inputs

    after = check_batch(before.inputs, raw, session, now=AFTER)

    assert after.inputs["users"]["mary"] != before.inputs["users"]["mary"]
    assert '"securityProfileNames":["Agent","QualityAnalyst"]' in _sorted_names(after.inputs)


def _sorted_names(inputs: dict[str, Any]) -> str:
    import json

    user = json.loads(inputs["users"]["mary"])
    return canonical({**user, "securityProfileNames": sorted(user["securityProfileNames"])})


def test_passwords_leave_with_their_users() -> None:
    inputs = BatchInputs(
        users={"mary": "{}", "temp": '{"expires":"2026-12-31"}'},
        passwords={"mary": "a", "temp": "b"},
    )

    left = in_time(inputs, AFTER)

    assert (left.users, left.passwords) == ({"mary": "{}"}, {"mary": "a"})
    assert in_time(inputs, LAST_DAY) is inputs


@pytest.mark.parametrize("text", ['{"expires":"soon"}', '{"tags":{"expires":"2020-01-01"}}', "[]"])
def test_what_says_no_time_stays_for_check(text: str) -> None:
    inputs = BatchInputs(users={"mary": text})

    assert in_time(inputs, AFTER) is inputs


CSV = """\
username,expires,starts,grants
mary,2026-12-31,,Admin until 2026-12-31 (cover; nights)|Admin from 2027-01-01 until 2027-02-01
li,31.12.2026,,
ana,2026-02-30,,
zoe,2026-01-01,2026-02-01,
bob,,tomorrow,Admin till June
"""


def test_bad_dates_of_a_csv_come_at_once_with_their_lines(tmp_path: Path) -> None:
    file = tmp_path / "west.csv"
    file.write_text(CSV)

    with pytest.raises(InvalidRoster) as raised:
        read_roster(file)

    lines = str(raised.value).splitlines()[1:]
    form = "must be a date (2026-12-31), or a date and time with an offset"
    places = [line.strip().partition(": ")[0] for line in lines]
    assert places == [
        "west.csv, line 3, column expires",
        "west.csv, line 4, column expires",
        "west.csv, line 6, column grants",
        "west.csv, line 6, column starts",
    ]
    assert sum(form in line for line in lines) == 3
    assert "PROFILE until DATE (REASON)" in str(raised.value)


def test_csv_yaml_and_json_say_the_same(tmp_path: Path) -> None:
    """Dates without quotes are texts, in YAML too."""
    csv, yaml, json_file = (tmp_path / f"west.{form}" for form in ("csv", "yaml", "json"))
    csv.write_text("\n".join(CSV.splitlines()[:2]))
    yaml.write_text(
        "users:\n  mary:\n    expires: 2026-12-31\n    grants:\n"
        "      - {security_profile: Admin, until: 2026-12-31, reason: cover; nights}\n"
        "      - {security_profile: Admin, starts: 2027-01-01, until: 2027-02-01}\n"
    )
    users = read_roster(yaml)
    assert dict(read_roster(csv)) == dict(users)
    json_file.write_text(
        '{"users": {"mary": {"expires": "2026-12-31", "grants": ['
        '{"security_profile": "Admin", "until": "2026-12-31", "reason": "cover; nights"},'
        '{"security_profile": "Admin", "starts": "2027-01-01", "until": "2027-02-01"}]}}}'
    )
    assert dict(read_roster(json_file)) == dict(users)


@pytest.mark.parametrize(
    ("grant", "said"),
    [
        ("{security_profile: Admin, until: 2026-12-31}", 'grants: "Admin" is outside may ('),
        (
            "{security_profile_id: 6bf4ed63-a18d-5a64-905b-b77d51ee3910, until: 2020-01-01}",
            "grants: 6bf4ed63-a18d-5a64-905b-b77d51ee3910 is an id that may (",
        ),
    ],
)
def test_grant_passes_no_limit(tmp_path: Path, grant: str, said: str) -> None:
    """A team that may give Agent only cannot make an administrator for a day."""
    file = tmp_path / "west.yaml"
    file.write_text(
        f"may: {{security_profiles: [Agent]}}\nusers:\n  mary:\n    grants:\n      - {grant}\n"
    )

    with pytest.raises(InvalidRoster) as raised:
        read_roster(file)

    assert said in str(raised.value)
    assert "west.yaml, line 5: user mary: " in str(raised.value)
