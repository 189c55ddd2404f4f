"""One provider process over an embedded Connect: what it is asked, and what it says."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

from pulumi_connect_users.aws.instance import InstanceClient
from pulumi_connect_users.aws.session import ConnectSession
from pulumi_connect_users.aws.settings import read_settings
from pulumi_connect_users.core.run_hooks import RunHooks
from pulumi_connect_users.emulator.app import Application
from pulumi_connect_users.users.check import check
from pulumi_connect_users.users.inputs import KnownInputs
from pulumi_connect_users.users.service import InstanceUsers
from tests.support.local_connect import Local
from tests.support.programs import MANAGED_ARN
from tests.support.valid_users import bag_of

INSTANCE_ID = MANAGED_ARN.rsplit("/", 1)[1]
OURS = "organization/p/s#r"
THEIRS = "organization/other/s#r"
SPANISH = {"attributeName": "language", "attributeValue": "Spanish", "level": 4}


@dataclass
class Process:
    """A provider process; `before_change` may be set to what its engine does."""

    local: Local
    settings: Mapping[str, str] = field(default_factory=dict)
    before_change: Callable[[], None] = lambda: None
    warned: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        local = {"endpoint": "local", "localStore": str(self.local.path)}
        self.session = ConnectSession(
            read_settings({**local, **self.settings}.get, {}),
            RunHooks(self.warned.append, before_change=lambda: self.before_change()),
        )

    @property
    def connect(self) -> InstanceClient:
        """The instance with identities of its own."""
        return self.session.connect(MANAGED_ARN)

    @property
    def users(self) -> InstanceUsers:
        """The users of that instance."""
        return self.users_of()

    def users_of(self, arn: str = MANAGED_ARN, *, in_bulk: bool = False) -> InstanceUsers:
        """The users of an instance, each read by itself or all together."""
        snapshots = partial(self.session.snapshot, arn) if in_bulk else None
        return InstanceUsers(self.session.connect(arn), self.session, snapshots=snapshots)

    def inputs(
        self, mode: str = "CONNECT_MANAGED", instance: str = MANAGED_ARN, **changes: Any
    ) -> KnownInputs:
        """What check makes of a valid user, with changes by wire path.

        Somebody may take the username after a preview: that it is taken is no matter here.
        """
        checked = check(None, bag_of(mode, instance, {"ownership": OURS, **changes}), self.session)
        assert [f for f in map(str, checked.failures) if "is taken by" not in f] == []
        return checked.inputs.known()

    def faults(self, *rules: Mapping[str, Any]) -> None:
        """Sets these faults and no others."""
        self.local.store.control(clear=True, faults=[dict(rule) for rule in rules])

    def live(self) -> dict[str, Any]:
        """DescribeUser's answer for the one user there is."""
        (user,) = self.local.users(INSTANCE_ID)
        return user

    def levels(self) -> dict[str, int]:
        """The levels of the one user's proficiencies by value."""
        rows = self.connect.proficiencies(str(self.live()["Id"]))
        return {str(row["AttributeValue"]): int(float(str(row["Level"]))) for row in rows}


def made_by_hand(local: Local, username: str = "mary.major", **more: Any) -> str:
    """A user that somebody made in the console; returns the id."""
    client = local.client
    routing = client.list_routing_profiles(InstanceId=INSTANCE_ID)["RoutingProfileSummaryList"]
    security = client.list_security_profiles(InstanceId=INSTANCE_ID)["SecurityProfileSummaryList"]
    made = client.create_user(
        InstanceId=INSTANCE_ID,
        Username=username,
        Password="Corr3ctHorse",
        IdentityInfo={"FirstName": "Mary", "LastName": "Roe", "Email": "mary@example.org"},
        RoutingProfileId=routing[0]["Id"],
        SecurityProfileIds=[next(s["Id"] for s in security if s["Name"] == "Agent")],
        **more,
    )
    return str(made["UserId"])


def instance_of_a_directory(local: Local) -> str:
    """An instance whose users are a directory's; returns the ARN."""
    made = local.client.create_instance(
        IdentityManagementType="EXISTING_DIRECTORY",
        DirectoryId="d-1234567890",
        InstanceAlias="directory",
        InboundCallsEnabled=True,
        OutboundCallsEnabled=True,
    )
    return str(made["Arn"])


class _Quiet(WSGIRequestHandler):
    """Logs nothing. It answers HTTP/1.0, so that no connection stays open for a later request."""

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


@contextmanager
def closing_server(local: Local) -> Iterator[str]:
    """Serves an embedded Connect on loopback for a while; yields the URL."""
    application = Application(local.store)
    with make_server("127.0.0.1", 0, application, handler_class=_Quiet) as server:
        serving = threading.Thread(target=server.serve_forever)
        serving.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            serving.join()
