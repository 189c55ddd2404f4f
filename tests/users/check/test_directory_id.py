"""DirectoryUserId: declared with a directory, assigned by Connect on CONNECT_MANAGED instances."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from pulumi_connect_users.core.described_user import DescribedUser
from pulumi_connect_users.core.lookups import Catalog, InstanceFacts, Lookups
from pulumi_connect_users.core.unknowns import UNKNOWN
from pulumi_connect_users.export.declare import KINDS, declare
from pulumi_connect_users.model.user import IdentityManagementType
from pulumi_connect_users.users.check import Checked, check
from pulumi_connect_users.users.flex import create_parameters, flatten_user
from pulumi_connect_users.users.plan import plan
from pulumi_connect_users.users.whole_user import ReadUser
from tests.report.builders import USER_BATCH, actions, digest, report, step
from tests.support.bad_case import ABSENT

Bag = Callable[..., dict[str, Any]]
_ID = "directoryUserId"
_OURS, _THEIRS = "directory-7", "b52e8d01-5b4c-4a0c-8e6c-000000000007"


def _words(checked: Checked) -> list[str]:
    return [str(failure) for failure in checked.failures]


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("given", [_OURS, UNKNOWN])
def test_id_that_connect_assigns_is_neither_sent_nor_stored_where_it_is_written_down(
    bag: Bag, session: Lookups, given: Any, strict: bool
) -> None:
    """AWS gives each user of a managed instance one (Terraform's testAccUser_basic): one word."""
    plain = check(None, bag(), session, strict=strict)

    found = check(None, bag(directoryUserId=given), session, strict=strict)

    assert _words(found) == []
    assert found.inputs == plain.inputs
    assert "DirectoryUserId" not in create_parameters(found.inputs)
    assert [w for w in found.warnings if w not in plain.warnings] == [
        "directory_user_id: is assigned by Connect on an instance with CONNECT_MANAGED "
        "identities, so this value is not used. Remove it."
    ]


@pytest.mark.parametrize("now", [ABSENT, _OURS, _THEIRS])
def test_state_that_holds_an_assigned_id_previews_empty_and_lets_it_go(
    bag: Bag, session: Lookups, now: Any
) -> None:
    """Exports of former versions wrote it down; whoever removes it is not refused."""
    plain = check(None, bag(), session).inputs
    old = plain.known().with_attributes({_ID: _OURS})

    found = check(old, bag(directoryUserId=now), session)

    assert _words(found) == []
    assert found.inputs == plain
    assert [word for word in found.warnings if "directory" in word] == []
    assert not plan(old, found.inputs).changes


def test_assigned_id_is_no_drift(bag: Bag, session: Lookups) -> None:
    """What a state holds of it stays until the next update, whatever Connect says."""
    plain = check(None, bag(), session).inputs
    state = plain.with_attributes({_ID: _OURS})

    for answer in ({"DirectoryUserId": _THEIRS}, {}):
        live = DescribedUser.decode(answer)
        assert flatten_user(live, state).get(_ID) == _OURS
        assert flatten_user(live, plain).get(_ID) is None


def test_id_in_a_directory_is_managed(bag: Bag, session: Lookups) -> None:
    """It says whose account it is where Connect cannot look (CreateUser, DirectoryUserId)."""
    old = check(None, bag("EXISTING_DIRECTORY", directoryUserId=_OURS), session)

    assert (_words(old), old.inputs.get(_ID)) == ([], _OURS)
    assert create_parameters(old.inputs)["DirectoryUserId"] == _OURS
    new = check(
        old.inputs.known(), bag("EXISTING_DIRECTORY", directoryUserId=_THEIRS), session
    ).inputs
    live = DescribedUser.decode({"DirectoryUserId": _THEIRS})
    assert plan(old.inputs, new).replaces == (_ID,)
    assert flatten_user(live, old.inputs).get(_ID) == _THEIRS


def test_id_under_saml_is_refused(bag: Bag, session: Lookups) -> None:
    """CreateUser answers with an error where SAML is used (API reference, DirectoryUserId)."""
    assert _words(check(None, bag("SAML", directoryUserId=_OURS), session)) == [
        "directory_user_id: is not allowed on an instance with SAML identities. Remove it."
    ]


@pytest.mark.parametrize(
    ("mode", "said"),
    [("CONNECT_MANAGED", None), ("SAML", None), ("EXISTING_DIRECTORY", _THEIRS)],
)
def test_export_says_the_id_of_a_directory_alone(
    mode: IdentityManagementType, said: str | None
) -> None:
    """Awscli's describe-user example shows one for a user of whom nobody gave any."""
    described = DescribedUser.decode({"Username": "mary.major", "DirectoryUserId": _THEIRS})
    catalogs = {kind: Catalog() for kind in KINDS}

    found = declare(ReadUser(described), InstanceFacts("arn", mode), catalogs)

    assert found.get(_ID) == said


def test_report_does_not_tell_an_assigned_id_that_a_state_lets_go() -> None:
    """Neither as a change of a user nor as a replacement in a roster."""

    def batch(**more: Any) -> Mapping[str, Any]:
        return {
            "identityManagementType": "CONNECT_MANAGED",
            "users": {"mary": {"tags": {"a": "1"}, **more}},
        }

    kept = report(digest(step("update", batch(directoryUserId=_OURS), batch(), kind=USER_BATCH)))
    changed = report(
        digest(step("update", batch(directoryUserId=_OURS), batch(tags={}), kind=USER_BATCH))
    )

    assert actions(kept) == {}
    assert actions(changed) == {"mary": "update"}
