"""What `connect-users doctor` finds, as data."""

import json
from typing import Any

from tests.export.running import Ran, Runner


def examined(cli: Runner, *words: str) -> tuple[Ran, list[dict[str, Any]]]:
    """The run, and its findings."""
    ran = cli("doctor", "--json", words=words)
    assert "Traceback" not in ran.err
    return ran, json.loads(ran.out)


def failures(found: list[dict[str, Any]], status: str = "failure") -> list[tuple[str, str]]:
    """Check and message of the findings of a status; what is not well has a remedy."""
    assert all(f["remedy"] for f in found if f["status"] in ("failure", "warning"))
    return [(f["check"], f["message"]) for f in found if f["status"] == status]
