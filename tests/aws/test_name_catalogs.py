"""What one process looks up: kept while it holds, looked up anew where it may not."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ConnectTimeoutError, ProxyConnectionError, SSLError

from pulumi_connect_users.aws.api import ApiClient
from pulumi_connect_users.aws.clients import Clients
from pulumi_connect_users.aws.error_mapping import translate
from pulumi_connect_users.aws.live_data import LiveDataClient
from pulumi_connect_users.aws.name_catalogs import NameCatalogs
from pulumi_connect_users.aws.rate_limit import RateLimiter
from pulumi_connect_users.aws.settings import read_settings
from pulumi_connect_users.core.arns import LOCAL_ACCOUNT
from pulumi_connect_users.core.errors import UNREACHABLE, ApiError, ServiceFailure, WrongInstance
from pulumi_connect_users.core.lookups import Kind
from tests.support.local_connect import Local
from tests.support.programs import MANAGED_ARN, REGION
from tests.support.provider_process import INSTANCE_ID, Process, closing_server

_ROUTING, _SECURITY = "ListRoutingProfiles", "ListSecurityProfiles"


class Watched:
    """Catalogs on a clock that only the test moves."""

    def __init__(self, local: Local) -> None:
        settings = read_settings({"endpoint": "local", "localStore": str(local.path)}.get, {})
        client = Clients(settings).client(REGION, LOCAL_ACCOUNT)
        caller = ApiClient(client, RateLimiter(None), scope="test", pause=lambda _: None)
        self.now = 0.0
        self.local = local
        call = partial(caller.call, InstanceId=INSTANCE_ID)
        self.catalogs = NameCatalogs(call, clock=lambda: self.now)

    def names(self, *, fresh: bool = False) -> list[str]:
        """The routing profiles that are known."""
        return sorted(self.catalogs.catalog(Kind.ROUTING_PROFILE, fresh=fresh).names.values())


def test_list_is_made_once_and_anew_for_what_it_does_not_hold(local: Local) -> None:
    """A profile made a moment ago is found; 300 users with one wrong name make one list more."""
    watched = Watched(local)
    before = watched.names()
    watched.local.add_routing_profile("Night")
    local.mark()

    assert watched.names() == before
    watched.now = 1.0
    assert watched.names(fresh=True) == before, "a list of a second ago is fresh enough"
    watched.now = 3.0
    assert watched.names(fresh=True) == sorted([*before, "Night"])
    assert watched.names(fresh=True) == sorted([*before, "Night"])
    assert local.calls() == [_ROUTING]


def test_list_that_failed_is_not_asked_for_by_every_user(local: Local) -> None:
    """One time-out for all of them, and another try when it may have been mended."""
    watched = Watched(local)
    denial = {"operation": _ROUTING, "kind": "access-denied"}
    local.store.control(faults=[denial])
    for _ in range(3):
        with pytest.raises(ApiError):
            watched.names()
    assert local.calls() == [_ROUTING]
    local.store.control(clear=True)

    watched.now = 31.0

    assert "Basic Routing Profile" in watched.names()


def test_instance_of_another_account_is_refused(local: Local) -> None:
    """An id is found in the account of the credentials, whatever the ARN says: no user is lost."""
    with closing_server(local) as url:
        process = Process(local, {"endpoint": url})
        with pytest.raises(WrongInstance, match=f"it is {MANAGED_ARN}"):
            process.session.connect(MANAGED_ARN.replace(LOCAL_ACCOUNT, "123456789012"))


def test_regions_have_a_pace_of_their_own(
    local: Local, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Quotas are for each account and Region: one bucket for each operation and Region."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    abroad = Local(local.path, "eu-central-1").client.create_instance(
        IdentityManagementType="SAML",
        InstanceAlias="abroad",
        InboundCallsEnabled=True,
        OutboundCallsEnabled=True,
    )["Arn"]
    process = Process(local, {"requestsPerSecond": "1000"})

    for arn in (MANAGED_ARN, abroad):
        process.session.connect(arn).call("ListUsers")

    assert len(list((tmp_path / "state").rglob("*.json"))) == 4


def test_offline_status_is_that_of_its_type(local: Local) -> None:
    """Whatever it is called, and whatever stands before it."""
    statuses: list[Mapping[str, str]] = [
        {"Id": "1", "Name": "Available", "Type": "ROUTABLE"},
        {"Id": "2", "Name": "Feierabend", "Type": "OFFLINE"},
    ]
    asked: list[Mapping[str, Any]] = []

    def call(operation: str, **parameters: Any) -> Mapping[str, Any]:
        asked.append({"operation": operation, **parameters})
        wanted = parameters.get("AgentStatusTypes") or [s["Type"] for s in statuses]
        return {"AgentStatusSummaryList": [s for s in statuses if s["Type"] in wanted]}

    farewells = LiveDataClient(call)

    assert [farewells.offline_status() for _ in range(2)] == ["2", "2"]
    assert len(asked) == 1


def test_quick_connects_are_searched_for_anew_after_a_while() -> None:
    """A wait for an agent may take minutes: who was given one meanwhile is found."""
    now, asked = [0.0], list[str]()

    def call(operation: str, **_: Any) -> Mapping[str, Any]:
        asked.append(operation)
        leads = {"QuickConnectType": "USER", "UserConfig": {"UserId": "u-1"}}
        row = {"QuickConnectId": "q-1", "Name": "Mary", "QuickConnectConfig": leads}
        return {"QuickConnects": [row] if now[0] else []}

    farewells = LiveDataClient(call, clock=lambda: now[0])

    assert farewells.quick_connects("u-1") == []
    now[0] = 29.0
    assert farewells.quick_connects("u-1") == []
    now[0] = 31.0
    assert [quick.id for quick in farewells.quick_connects("u-1")] == ["q-1"]
    assert farewells.quick_connects("u-2") == []
    assert len(asked) == 2


@pytest.mark.parametrize(
    "raised",
    [
        ConnectTimeoutError(endpoint_url="https://connect"),
        ProxyConnectionError(proxy_url="http://proxy"),
        SSLError(endpoint_url="https://connect", error=ValueError("no")),
    ],
    ids=lambda raised: type(raised).__name__,
)
def test_request_that_never_left_is_no_unknown_outcome(raised: Exception) -> None:
    """Nothing was made: a creation may be repeated, and nobody waits for a user to appear."""
    error = translate(raised, "CreateUser", {})

    assert (type(error), error.code) == (ServiceFailure, UNREACHABLE)


def test_user_without_permission_to_list_is_created_from_ids(process: Process) -> None:
    """Names are for readers only."""
    inputs = process.inputs()
    process.faults(*({"operation": o, "kind": "access-denied"} for o in (_ROUTING, _SECURITY)))

    attributes = {k: v for k, v in inputs.attributes.items() if not k.endswith("Names")}
    process.users.create(replace(inputs, attributes=attributes))

    assert process.live()["Username"] == "mary.major"
