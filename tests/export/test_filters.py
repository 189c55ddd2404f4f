"""Which users a filter means, and what those who are exported are called."""

import json
from pathlib import Path

import pytest

from pulumi_connect_users.core.described_user import DescribedUser
from pulumi_connect_users.core.lookups import Catalog, Kind
from pulumi_connect_users.export.filters import check_names, matches, parse_filters
from pulumi_connect_users.export.names import names_by_id, unique
from tests.support.command_line import Runner
from tests.support.local_connect import Local
from tests.support.programs import MANAGED_ARN
from tests.support.states import terraform_state

GROUPS = {"g-1": "EMEA/North", "g-2": "EMEA/North/Blue", "g-3": "EMEA/Northwest", "g-4": "EMEA"}
CATALOGS = {Kind.HIERARCHY_GROUP: Catalog(GROUPS)}


@pytest.mark.parametrize("wanted", ["EMEA/North", "/EMEA/North/"])
def test_filter_of_a_group_takes_those_below_and_none_beside(wanted: str) -> None:
    """`Northwest` begins with `North` and is another group."""
    chosen = parse_filters([f"hierarchy-group={wanted}"])
    users = [DescribedUser.decode({"HierarchyGroupId": group}) for group in (*GROUPS, "g-9")]

    matching = [user.get("HierarchyGroupId") for user in users if matches(user, chosen, CATALOGS)]

    assert matching == ["g-1", "g-2"]


@pytest.mark.parametrize("form", ["{id}", "{arn}/{kind}/{id}", "{instance}:{id}"])
@pytest.mark.parametrize(
    ("filter_kind", "kind", "arn_kind", "member", "name"),
    [
        ("routing-profile", Kind.ROUTING_PROFILE, "routing-profile", "RoutingProfileId", "Night"),
        ("hierarchy-group", Kind.HIERARCHY_GROUP, "agent-group", "HierarchyGroupId", "EMEA/North"),
    ],
)
def test_filter_by_an_id_in_any_form_is_that_by_its_name(
    filter_kind: str, kind: Kind, arn_kind: str, member: str, name: str, form: str
) -> None:
    """Whoever has `aws.connect.RoutingProfile.id` at hand need not look its name up."""
    instance = MANAGED_ARN.rsplit("/", 1)[1]
    one = "5e6f7a8b-0000-4000-8000-000000000001"
    catalogs = {kind: Catalog({one: name, "other": "Other"})}
    given = form.format(id=one, arn=MANAGED_ARN, kind=arn_kind, instance=instance)
    chosen = parse_filters([f"{filter_kind}={given}"])

    check_names(chosen, catalogs)

    users = [DescribedUser.decode(row) for row in ({member: one}, {member: "other"}, {})]
    assert [matches(user, chosen, catalogs) for user in users] == [True, False, False]


@pytest.mark.parametrize(
    ("condition", "meets"),
    [("tag=a:b", True), ("tag=a:b:c", True), ("tag=a", False), ("tag=a:b:d", False)],
)
def test_filter_of_a_tag_takes_keys_that_hold_colons(condition: str, meets: bool) -> None:
    user = DescribedUser.decode({"Tags": {"a:b": "x", "a:b:c": "y"}})

    assert matches(user, parse_filters([condition]), {}) is meets


def test_ids_that_begin_alike_are_written_out() -> None:
    """A name must tell two users apart, and be the same in the next export."""
    ids = ["1a2b3c4d-1", "1a2b3c4d-2", "5e6f7a8b-3"]

    assert names_by_id(ids) == {
        "1a2b3c4d-1": "user-1a2b3c4d-1",
        "1a2b3c4d-2": "user-1a2b3c4d-2",
        "5e6f7a8b-3": "user-5e6f7a8b",
    }


def test_names_that_stand_twice_are_numbered() -> None:
    """Two instances may have the same username; a number that is taken is passed over."""
    assert unique(["mary", "mary-2", "mary", "mary"]) == ["mary", "mary-2", "mary-3", "mary-4"]


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("hierarchy-group=EMEA/Nroth", "'EMEA/Nroth' does not exist. Did you mean EMEA/North?"),
        ("routing-profile=Évenin", "'Évenin' does not exist. Did you mean Évening?"),
        ("security-profile=xyz", "the security profile 'xyz' does not exist."),
    ],
)
def test_filter_by_a_name_that_does_not_exist_is_refused(
    cli: Runner, store: Path, tmp_path: Path, condition: str, said: str
) -> None:
    """A slip would write a program without users over the one that is there."""
    program = tmp_path / "__main__.py"
    program.write_text("a program")
    words = ["--instance", MANAGED_ARN, "--endpoint", "local", "--local-store", str(store)]

    ran = cli("export", "--filter", condition, "-o", str(program), words=words)

    assert ran.code == 2
    error = " ".join(ran.err.split())
    assert "reading --filter: the " in error
    assert said in error
    assert program.read_text() == "a program"


def test_filter_of_a_state_is_refused(cli: Runner, store: Path, tmp_path: Path) -> None:
    """All users of a state are taken over, since --removals forgets all of them."""
    state, _ = terraform_state(Local(store).users(MANAGED_ARN.split("/")[1]))
    (tmp_path / "users.tfstate").write_text(json.dumps(state))
    words = ["--endpoint", "local", "--local-store", str(store)]

    ran = cli(
        "export", "--from-state", "users.tfstate", "--filter", "username=agent-000?", words=words
    )

    assert ran.code == 2
    assert "--filter excludes --from-state" in " ".join(ran.err.split())
