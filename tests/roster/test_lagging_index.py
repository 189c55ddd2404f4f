"""A search index that lags behind: what it shows is believed only where nothing hangs on it."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pulumi_connect_users.aws.snapshot import StackSnapshot
from pulumi_connect_users.core.ownership import OwnershipMark
from pulumi_connect_users.core.run_hooks import RunHooks
from pulumi_connect_users.users.check import check
from pulumi_connect_users.users.service import InstanceUsers
from pulumi_connect_users.users.state import UserState
from tests.support.local_connect import Local
from tests.support.programs import SAML_ARN
from tests.support.provider_process import session_over, users_of

INSTANCE_ID = SAML_ARN.rsplit("/", 1)[1]
_SPANISH = {"attributeName": "language", "attributeValue": "Spanish", "level": 4}


class Centre:
    """An instance whose search tells what was true when it was last indexed."""

    def __init__(self, store: Path) -> None:
        self.local = Local(store)
        self.warned: list[str] = []
        self.session = session_over(store, RunHooks(warn=self.warned.append))
        self.connect = self.session.connect(SAML_ARN)
        self.snapshot = StackSnapshot(self.connect.call, "o/p/s", RunHooks(self.warned.append))

    def index(self) -> None:
        """All later reads of this process see what the search tells now."""
        self.snapshot.rows()

    @property
    def users(self) -> InstanceUsers:
        """The users, read in bulk."""
        return users_of(self.session, SAML_ARN, lambda _: self.snapshot)

    def made(self, username: str = "mary.major", **more: Any) -> UserState:
        """A user of the stack, made by another process; returns the outputs."""
        words = {
            "instanceArn": SAML_ARN,
            "username": username,
            "identityInfo": {"firstName": "Mary", "lastName": "Major"},
            "routingProfile": "Basic Routing Profile",
            "securityProfiles": ["Agent"],
            "ownership": "o/p/s#r",
            **more,
        }
        session = session_over(self.local.path)
        checked = check(None, words, session)
        assert checked.failures == []
        return users_of(session, SAML_ARN).create(checked.inputs.known())

    def ids(self, state: UserState) -> Any:
        """How a client names the user."""
        return {"InstanceId": INSTANCE_ID, "UserId": state.user_id}

    def rename(self, state: UserState, last_name: str) -> None:
        """Somebody gives the user another last name."""
        names: Any = {"FirstName": "Mary", "LastName": last_name}
        self.local.client.update_user_identity_info(**self.ids(state), IdentityInfo=names)


@pytest.fixture
def centre(store: Path) -> Centre:
    """A contact centre of this test's own."""
    return Centre(store)


def test_user_that_is_not_indexed_yet_is_not_gone(centre: Centre) -> None:
    centre.index()
    state = centre.made()

    assert centre.users.read(state) == state


def test_change_that_is_not_indexed_yet_is_no_drift(centre: Centre) -> None:
    """The last run has renamed the user, the index still has the old name."""
    state = centre.made()
    centre.index()
    centre.rename(state, "Stiles")
    renamed = state.with_attributes({"identityInfo": {"firstName": "Mary", "lastName": "Stiles"}})

    assert centre.users.read(renamed) == renamed


def test_user_that_this_process_has_changed_is_looked_at(centre: Centre) -> None:
    """What is indexed is what state says, and both are older than our own change."""
    state = centre.made()
    centre.index()
    names = {"FirstName": "Mary", "LastName": "Stiles"}
    centre.connect.call("UpdateUserIdentityInfo", UserId=state.user_id, IdentityInfo=names)

    found = centre.users.read(state)

    assert found is not None
    assert found.get("identityInfo.lastName") == "Stiles"


def test_user_that_was_given_back_before_it_was_indexed_is_ours_without_a_warning(
    centre: Centre,
) -> None:
    state = centre.made(ownership="o/p/s#other")
    centre.index()
    centre.local.client.tag_resource(
        resourceArn=state.user_arn, tags={"pulumi-connect-users:resource": "r"}
    )

    mark = OwnershipMark("o/p/s", "r")
    found = centre.users.read(replace(state, mark=mark))

    assert found is not None
    assert found.mark == mark
    assert centre.warned == []


def test_other_value_at_the_same_level_is_seen(centre: Centre) -> None:
    """A proficiency is a name, a value and a level: all three are searched for."""
    state = centre.made(proficiencies=[_SPANISH])
    for number in range(5):
        centre.made(f"agent.{number}", ownership=f"o/p/s#{number}", proficiencies=[_SPANISH])
    client = centre.local.client
    client.disassociate_user_proficiencies(
        **centre.ids(state),
        UserProficiencies=[{"AttributeName": "language", "AttributeValue": "Spanish"}],
    )
    client.associate_user_proficiencies(
        **centre.ids(state),
        UserProficiencies=[{"AttributeName": "language", "AttributeValue": "French", "Level": 4}],
    )

    found = centre.users.read(state)

    assert found is not None
    assert found.get("proficiencies") is None


def test_searches_for_a_level_ask_for_just_that_level(centre: Centre) -> None:
    """Both ends of the range: what AWS makes of one alone is not documented."""
    asked: list[Any] = []

    def call(operation: str, **parameters: Any) -> Mapping[str, Any]:
        asked.append(parameters.get("SearchCriteria"))
        return {"Users": [{"Id": str(number)} for number in range(9)]}

    read = StackSnapshot(call, "o/p/s", RunHooks(centre.warned.append))
    read.row("1")
    read.has("1", [{"AttributeName": "language", "AttributeValue": "Spanish", "Level": 3}])

    (number,) = [
        condition["NumberCondition"]
        for condition in asked[-1]["ListCondition"]["Conditions"]
        if "NumberCondition" in condition
    ]
    assert (number["MinValue"], number["MaxValue"]) == (3, 3)


def test_users_of_two_stacks_are_each_read_by_their_own_search(centre: Centre) -> None:
    """One process may hold users of several marks: neither hides the other's."""
    states = [centre.made("mary.major"), centre.made("li.juan", ownership="o/p/other#r")]
    users = users_of(
        centre.session, SAML_ARN, lambda stack: centre.session.snapshot(SAML_ARN, stack)
    )
    centre.local.mark()

    assert [users.read(s) for s in states] == states

    assert centre.local.calls() == ["SearchUsers", "SearchUsers"]
