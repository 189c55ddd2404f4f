"""Records what the real `pulumi` prints: `python -m tests.report.record` makes all of it anew.

The recordings lack what differs from run to run and from machine to machine (times, ids, stack
traces), and the debugging messages of the SDK; nothing else is changed.
"""

import json
import re
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pulumi_connect_users.emulator import seeded_id
from tests.report import programs
from tests.report.builders import UNKNOWN
from tests.support.command import Result
from tests.support.harness import Stack
from tests.support.local_connect import Local
from tests.support.programs import MANAGED_ARN, SAML_ARN

HERE = Path(__file__).parent
RECORDINGS = HERE / "recordings"
_PACK = ("--policy-pack", str(HERE / "house_rules"))
_INSTANCE = MANAGED_ARN.rsplit("/", 1)[1]
_VARYING = {
    "config",
    "created",
    "duration",
    "modified",
    "sequence",
    "sourcePosition",
    "stackTrace",
    "timestamp",
}
_UUID = re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\b")
_PATH = re.compile(r"/[\w./+-]*/(?=project/|site-packages/|lib/python|local\.db|house_rules)")


def record(folder: Path) -> dict[str, str]:
    """Runs every scenario with the real engine; returns a text for each recording's name."""
    with Stack(folder, program=programs.TEAM, project="contact-centre") as stack:
        connect = Local(stack.store)
        texts = {"created.jsonl": _events(stack.preview(*_PACK))}
        stack.up()
        texts["unchanged.jsonl"] = _events(stack.preview(*_PACK))
        destroy = ("destroy", "--preview-only", "--json")
        texts["destroyed.json"] = _digest(stack.run(*destroy, expect=None))

        _hire_terry_by_hand(connect)
        stack.write_program(programs.CHANGED)
        texts["changed.jsonl"] = _events(stack.preview(*_PACK, expect=None))
        texts["changed.json"] = _digest(stack.preview("--json"))

        stack.write_program(programs.REFUSED)
        texts["refused.jsonl"] = _events(stack.preview(expect=None))
        texts["refused.json"] = _digest(stack.preview("--json", expect=None))
        stack.write_program(programs.CRASHED)
        texts["crashed.jsonl"] = _events(stack.preview(expect=None))

        _meddle(connect)
        stack.write_program(programs.TEAM)
        refresh = ("refresh", "--preview-only")
        texts["drifted.jsonl"] = _events(stack.run(*refresh))
        texts["drifted.json"] = _digest(stack.run(*refresh, "--json"))
    return texts | _of_roster(folder / "roster")


def _of_roster(folder: Path) -> dict[str, str]:
    with Stack(folder, program=programs.ROSTER, project="contact-centre") as stack:
        stack.up()
        stack.write_program(programs.ROSTER_CHANGED)
        return {"roster.jsonl": _events(stack.preview())}


def _hire_terry_by_hand(connect: Local) -> None:
    """A user that exists before the program knows of it."""
    connect.add_user(
        "terry.whitlock",
        IdentityInfo={"FirstName": "Terry", "LastName": "W.", "Email": "terryw@example.com"},
        PhoneConfig={"PhoneType": "SOFT_PHONE", "AfterContactWorkTimeLimit": 30},
        SecurityProfileIds=[seeded_id(_INSTANCE, "security-profile", "QualityAnalyst")],
    )


def _meddle(connect: Local) -> None:
    """What a supervisor does at night, behind Pulumi's back."""
    client = connect.client
    found = {user["Username"]: user for user in connect.users(_INSTANCE)}
    admin = seeded_id(_INSTANCE, "security-profile", "Admin")

    def of(username: str) -> dict[str, Any]:
        return {"InstanceId": _INSTANCE, "UserId": found[username]["Id"]}

    client.delete_user(**of("richard.roe"))
    client.update_user_security_profiles(SecurityProfileIds=[admin], **of("john.stiles"))
    client.update_user_identity_info(
        IdentityInfo={"FirstName": "Jane", "LastName": "Doe", "Email": "janed@example.com"},
        **of("jane.roe"),
    )
    client.update_user_hierarchy(**of("mateo.jackson"))


def _events(result: Result) -> str:
    """The events without the SDK's debugging, a line each."""
    kept = [
        event
        for event in result.events
        if event.get("diagnosticEvent", {}).get("severity") != "debug"
    ]
    return _normalised("".join(json.dumps(_without_varying(event)) + "\n" for event in kept))


def _digest(result: Result) -> str:
    return _normalised(json.dumps(_without_varying(result.json), indent=1) + "\n")


def _without_varying(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {k: _without_varying(v) for k, v in value.items() if k not in _VARYING}
    if isinstance(value, list):
        return [_without_varying(entry) for entry in value]
    return value


def _normalised(text: str) -> str:
    """Without the machine's folders, and with ids that count from one."""
    seen: dict[str, str] = {}

    def counted(match: re.Match[str]) -> str:
        found = match.group()
        if found in _FIXED:
            return found
        return seen.setdefault(found, str(uuid.UUID(int=len(seen) + 1)))

    return _UUID.sub(counted, _PATH.sub("/", text))


_FIXED = {_INSTANCE, SAML_ARN.rsplit("/", 1)[1], UNKNOWN}


def main() -> None:
    """Writes the recordings, then the golden files that are made of them."""
    RECORDINGS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, text in record(Path(folder)).items():
            (RECORDINGS / name).write_text(text)
            sys.stderr.write(f"{name}: {len(text):,} characters\n")
    golden = ["pytest", "-q", "--snapshot-update", str(HERE / "test_golden.py")]
    sys.exit(subprocess.run([sys.executable, "-m", *golden], check=False).returncode)


if __name__ == "__main__":
    main()
