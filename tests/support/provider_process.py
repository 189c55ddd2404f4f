"""One provider process over an embedded Connect: what it is asked, and what it says."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

from pulumi_connect_users.aws.instance import InstanceClient
from pulumi_connect_users.aws.session import ConnectSession
from pulumi_connect_users.aws.settings import read_settings
from pulumi_connect_users.core.run_hooks import SILENT, RunHooks
from pulumi_connect_users.emulator.app import Application
from pulumi_connect_users.users.check import check
from pulumi_connect_users.users.inputs import KnownInputs
from pulumi_connect_users.users.ports import Snapshot
from pulumi_connect_users.users.service import InstanceUsers
from tests.support.local_connect import Local
from tests.support.programs import MANAGED_ARN
from tests.support.valid_users import OURS, bag_of

INSTANCE_ID = MANAGED_ARN.rsplit("/", 1)[1]


@dataclass
class Process:
    """A provider process; `before_change` may be set to what its engine does."""

    local: Local
    settings: Mapping[str, str] = field(default_factory=dict)
    before_change: Callable[[], None] = lambda: None
    warned: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        hooks = RunHooks(self.warned.append, before_change=lambda: self.before_change())
        self.session = session_over(self.local.path, hooks, **self.settings)

    @property
    def connect(self) -> InstanceClient:
        """The instance with identities of its own."""
        return self.session.connect(MANAGED_ARN)

    @property
    def users(self) -> InstanceUsers:
        """The users of that instance."""
        return users_of(self.session, MANAGED_ARN)

    def inputs(self, **changes: Any) -> KnownInputs:
        """What check makes of a valid user, with changes by wire path."""
        bag = bag_of("CONNECT_MANAGED", MANAGED_ARN, {"ownership": OURS, **changes})
        return check(None, bag, self.session).inputs.known()

    def faults(self, *rules: Mapping[str, Any]) -> None:
        """Sets these faults and no others."""
        self.local.store.control(clear=True, faults=[dict(rule) for rule in rules])

    def live(self) -> dict[str, Any]:
        """DescribeUser's answer for the one user there is."""
        (user,) = self.local.users(INSTANCE_ID)
        return user


def session_over(store: Path, hooks: RunHooks = SILENT, **settings: str) -> ConnectSession:
    """What one provider process knows, over a store."""
    local = {"endpoint": "local", "localStore": str(store)}
    return ConnectSession(read_settings({**local, **settings}.get, {}), hooks)


def users_of(
    session: ConnectSession, arn: str, snapshots: Callable[[str], Snapshot] | None = None
) -> InstanceUsers:
    """The users of an instance, as a front end has them."""
    api = session.connect(arn)
    return InstanceUsers(api, api.live_data, api.run, session, snapshots)


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
