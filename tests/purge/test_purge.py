"""`connect-users purge`: who was suspended long ago goes, and nobody else."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

import pulumi_connect_users.cli.purge as purge_command
from pulumi_connect_users.cli.root import root
from pulumi_connect_users.core.ownership import RESOURCE_TAG, STACK_TAG, SUSPENDED_TAG
from tests.support.local_connect import Local
from tests.support.programs import MANAGED_ARN, MANAGED_ID

_STACK = "organization/centre/dev"
_PROJECT = "name: centre\nruntime: python\n"


class Centre:
    """An embedded Connect with suspended users of several stacks, and what purge says."""

    def __init__(self, folder: Path) -> None:
        self.local = Local(folder / "local.db")
        self.profiles = self.local.add_suspension_profiles()

    def user(
        self, name: str, days: int | None, stack: str = _STACK, *, rights: bool = False
    ) -> str:
        """A user that was suspended so many days ago (None: never); returns the id."""
        tags = {STACK_TAG: stack, RESOURCE_TAG: name}
        more: dict[str, object] = {}
        if days is not None:
            tags[SUSPENDED_TAG] = str(datetime.now(UTC).date() - timedelta(days=days))
            security, routing = self.profiles
            more = {"RoutingProfileId": routing} | (
                {} if rights else {"SecurityProfileIds": [security]}
            )
        return self.local.add_user(name, Tags=tags, **more)

    def purge(self, *arguments: str, answer: str | None = None) -> tuple[int, str, str]:
        """Runs the command: exit code, standard output, standard error."""
        options = ["--endpoint", "local", "--store", str(self.local.path)]
        options += ["--instance", MANAGED_ARN]
        done = CliRunner().invoke(
            root, ["purge", *options, *arguments], standalone_mode=False, input=answer
        )
        if done.exception is not None:
            raise done.exception
        return int(done.return_value or 0), done.stdout, done.stderr

    def usernames(self) -> set[str]:
        """Who is there."""
        return set(self.local.ids(MANAGED_ID))


@pytest.fixture
def centre(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Centre:
    """An embedded Connect of this test's own, in the folder of a project."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "Pulumi.yaml").write_text(_PROJECT)
    (tmp_path / "Pulumi.dev.yaml").write_text("config: {}\n")
    return Centre(tmp_path)


def test_without_a_confirmation_it_only_lists(centre: Centre) -> None:
    """With the date, for people and for programs; users at work are no part of it."""
    gone = centre.user("mary.major", 40)
    centre.user("li.juan", 3)
    centre.user("nikki.wolf", None)
    centre.local.mark()

    code, out, err = centre.purge("--older-than", "30d", "--json")
    _, shown, _ = centre.purge("--older-than", "30d")

    (record,) = json.loads(out)
    assert (code, record["username"], record["stack"]) == (0, "mary.major", _STACK)
    assert record["userArn"] == f"{MANAGED_ARN}/agent/{gone}"
    assert record["suspended"] == str(datetime.now(UTC).date() - timedelta(days=40))
    assert "mary.major" in shown
    assert "li.juan" not in shown
    assert "Nothing was deleted. To delete them, add --yes." in err
    assert centre.local.changes() == []


def test_confirmed_users_are_deleted_and_counted(centre: Centre) -> None:
    """Those of the stack alone, unless all are asked for."""
    centre.user("mary.major", 40)
    centre.user("li.juan", 30)
    centre.user("arnav.desai", 29)
    centre.user("other", 90, "organization/centre/prod")

    code, _, err = centre.purge("--older-than", "30d", "--stack", "dev", "--yes")

    assert code == 0
    assert "2 users of the stack centre/dev suspended until" in err
    assert "2 of 2: li.juan deleted" in err
    assert centre.usernames() == {"arnav.desai", "other"}
    centre.purge("--older-than", "0d", "--stack", "dev", "--all-stacks", "--yes")
    assert centre.usernames() == set()


def test_user_with_rights_again_stays(centre: Centre) -> None:
    """Someone has put it back by hand, tag and all."""
    centre.user("mary.major", 40, rights=True)
    centre.user("li.juan", 40)

    code, _, err = centre.purge("--older-than", "30d", "--yes")

    assert code == 1
    assert "mary.major: stays: its security profile" in err
    assert centre.usernames() == {"mary.major"}


def test_user_who_is_taken_back_before_the_answer_stays(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list may be minutes old when it is confirmed."""
    user_id = centre.user("mary.major", 40)

    def confirmed(count: int, **options: bool) -> bool:
        arn = f"{MANAGED_ARN}/agent/{user_id}"
        centre.local.client.untag_resource(resourceArn=arn, tagKeys=[SUSPENDED_TAG])
        return count == 1

    monkeypatch.setattr(purge_command, "_confirmed", confirmed)

    code, _, err = centre.purge("--older-than", "30d")

    assert code == 1
    assert "it is not suspended any more" in err
    assert centre.usernames() == {"mary.major"}


def test_setting_that_suspends_does_not_stop_a_purge(
    centre: Centre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`connect:onDelete: suspend` is for leavers."""
    names = (
        "connect:suspendedSecurityProfile: Suspended, connect:suspendedRoutingProfile: Suspended"
    )
    (tmp_path / "Pulumi.dev.yaml").write_text(f"config: {{connect:onDelete: suspend, {names}}}\n")
    centre.user("mary.major", 40)

    centre.purge("--older-than", "30d", "--stack", "dev", "--yes")

    assert centre.usernames() == set()


def test_share_refers_to_the_users_of_the_stack_that_is_purged(
    centre: Centre, tmp_path: Path
) -> None:
    """Those at work and those suspended: 40% of ten, and no more than these."""
    (tmp_path / "Pulumi.dev.yaml").write_text("config: {connect:maxDeletes: 40%}\n")
    for n in range(10):
        centre.user(f"agent.{n}", 40 if n < 6 else None)
        centre.user(f"other.{n}", 40, "organization/other/dev")

    code, _, err = centre.purge("--older-than", "30d", "--stack", "dev", "--yes")

    assert code == 1
    assert "6 of 6: not deleted: connect:maxDeletes (40% of 10 users, at least 3) allows 4" in err
    assert len(centre.usernames()) == 10 + 6


@pytest.mark.parametrize("by", ["option", "variable", "setting"])
def test_receipt_has_each_deletion(
    centre: Centre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    """As a run's; a purge that only lists writes none."""
    user = centre.user("mary.major", 40)
    file = tmp_path / "receipts" / "purge.jsonl"
    options = ["--receipt", str(file)] if by == "option" else []
    if by == "variable":
        monkeypatch.setenv("CONNECT_USERS_RECEIPT", "receipts/purge.jsonl")
    if by == "setting":
        (tmp_path / "Pulumi.dev.yaml").write_text(
            "config: {connect:receipt: receipts/purge.jsonl}\n"
        )
    centre.local.mark()
    arguments = ["--older-than", "30d", "--stack", "dev", *options]

    centre.purge(*arguments)
    assert not file.exists()
    centre.purge(*arguments, "--yes")

    (line,) = [json.loads(text) for text in file.read_text().splitlines()]
    assert [line["operation"]] == centre.local.changes()
    assert (line["userId"], line["stack"], line["outcome"]) == (user, _STACK, "done")
    assert len(line["run"]) == 12


@pytest.mark.parametrize("given", ["30", "-1d", "1w", "", "99999d"])
def test_age_is_a_number_of_days(centre: Centre, given: str) -> None:
    """Anything else is a usage error."""
    with pytest.raises(Exception, match="number of days"):
        centre.purge("--older-than", given)
