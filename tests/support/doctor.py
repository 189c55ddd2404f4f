"""What `connect-users doctor` finds, as data."""

import json
from typing import Any

from tests.support.command_line import Ran, Runner
from tests.support.local_connect import Local
from tests.support.programs import MANAGED_ARN

INSTANCE = MANAGED_ARN.split("/")[1]


def examined(cli: Runner, *words: str) -> tuple[Ran, list[dict[str, Any]]]:
    """The run, and its findings."""
    ran = cli("doctor", "--json", words=words)
    assert "Traceback" not in ran.err
    return ran, json.loads(ran.out)


def failures(found: list[dict[str, Any]], status: str = "failure") -> list[tuple[str, str]]:
    """Check and message of the findings of a status; what is not well has a remedy."""
    assert all(f["remedy"] for f in found if f["status"] in ("failure", "warning"))
    return [(f["check"], f["message"]) for f in found if f["status"] == status]


def here(local: Local) -> list[str]:
    """The options that lead to the managed instance of a store."""
    return ["--instance", MANAGED_ARN, "--endpoint", "local", "--local-store", str(local.path)]
