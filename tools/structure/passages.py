"""Through how many of the package's modules one create, and one row of a report, pass.

Run by `tools.structure` in a process of its own, with the measured checkout's packages first on the
path: `python passages.py create|report`. It prints a number. Only frozen names of the package are
used, so that it runs on any commit.
"""

import io
import json
import os
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout, suppress
from pathlib import Path
from types import FrameType
from typing import Any

INSTANCE = "arn:aws:connect:us-west-2:000000000000:instance/11111111-1111-4111-8111-111111111111"
USER: dict[str, Any] = {
    "instanceArn": INSTANCE,
    "username": "mary.major",
    "password": "Corr3ctHorse",
    "identityInfo": {"firstName": "Mary", "lastName": "Major", "email": "marym@example.com"},
    "phoneConfig": {"phoneType": "SOFT_PHONE", "autoAccept": True},
    "routingProfile": "Basic Routing Profile",
    "securityProfiles": ["Agent"],
    "ownership": "organization/project/stack#0123456789abcdef",
}


def modules_of(work: Callable[[], object]) -> set[str]:
    """Does the work; returns the package's modules whose functions ran meanwhile."""
    entered: set[str] = set()

    def enter(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code.co_name != "<module>":
            entered.add(str(frame.f_globals.get("__name__", "")))

    threading.setprofile(enter)
    sys.setprofile(enter)
    try:
        work()
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
    return {
        name
        for name in entered
        if name.startswith("pulumi_connect_users.") and ".emulator" not in name
    }


def create() -> set[str]:
    """One user's `create`, checked before, on a new embedded Connect."""
    from pulumi.dynamic import Config, ConfigureRequest

    from pulumi_connect_users.dynamic import UserProvider

    settings = {
        "p:connect": "",
        "connect:endpoint": "local",
        "connect:localStore": str(Path(tempfile.mkdtemp(), "local.db")),
    }
    provider = UserProvider()
    provider.configure(ConfigureRequest(Config(settings, "p")))
    checked = provider.check({}, dict(USER))
    assert not checked.failures, [failure.reason for failure in checked.failures]
    return modules_of(lambda: provider.create(checked.inputs))


def report() -> set[str]:
    """A report, as Markdown, of a preview with one changed user."""
    from pulumi_connect_users.cli import main

    urn = "urn:pulumi:dev::p::pulumi-python:dynamic/connect:User::mary"
    kind = "pulumi-python:dynamic/connect:User"
    old = {key: value for key, value in USER.items() if key != "password"}
    new = {**old, "identityInfo": {**USER["identityInfo"], "lastName": "Stiles"}}
    state = {"urn": urn, "type": kind, "custom": True, "id": f"{INSTANCE}/agent/1"}
    steps = [
        {
            "op": "update",
            "urn": urn,
            "oldState": {**state, "inputs": old, "outputs": old},
            "newState": {**state, "inputs": new, "outputs": new},
            "diffReasons": ["identityInfo"],
        }
    ]
    preview = Path(tempfile.mkdtemp(), "preview.json")
    preview.write_text(json.dumps({"config": {}, "steps": steps, "changeSummary": {"update": 1}}))

    def run() -> None:
        sys.argv = ["connect-users", "report", str(preview)]
        with suppress(SystemExit):
            main()

    return modules_of(run)


if __name__ == "__main__":
    os.environ.pop("CONNECT_USERS_LOCAL_STORE", None)
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        passed = {"create": create, "report": report}[sys.argv[1]]()
    print(len(passed))
