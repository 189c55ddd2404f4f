"""A whole centre changes at once: 5,000 users, as a report of every kind."""

from __future__ import annotations

import json
import time
from typing import Any

from pulumi_connect_users.report import assemble, read_preview
from pulumi_connect_users.report.budget import length
from pulumi_connect_users.report.writers import FORMATS, write
from pulumi_connect_users.report.writers.markdown import GITHUB_LIMIT

USERS = 5_000
_URN = "urn:pulumi:prod::contact-centre::"
_TYPE = "pulumi-python:dynamic/connect:User"
_INSTANCE = "arn:aws:connect:us-west-2:000000000000:instance/11111111-1111-4111-8111-111111111111"


def _inputs(number: int, team: int) -> dict[str, Any]:
    return {
        "__provider": "gASVMgAAAAAAAACMHHB1bHVtaV9jb25uZWN0X3VzZXJzLmR5bmFtaWOU",
        "identityInfo": {
            "email": f"agent{number}@example.com",
            "firstName": f"First{number}",
            "lastName": f"Last{number}",
        },
        "identityManagementType": "CONNECT_MANAGED",
        "instanceArn": _INSTANCE,
        "ownership": f"organization/contact-centre/prod#{number:08x}",
        "password": {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270"},
        "phoneConfig": {"afterContactWorkTimeLimit": 60, "phoneType": "SOFT_PHONE"},
        "hierarchyGroupId": f"00000000-0000-4000-8000-{team:012}",
        "hierarchyPath": f"AMER/West/Team {team}",
        "routingProfileId": "00000000-0000-4000-8000-999999999999",
        "routingProfileName": "Basic Routing Profile",
        "securityProfileIds": ["00000000-0000-4000-8000-111111111111"],
        "securityProfileNames": ["Agent"],
        "tags": {"Cost_Center": str(team), "Site": "West"},
        "username": f"agent.{number:05}",
    }


def _event(number: int) -> str:
    """Every user changes team and tags; one in a hundred goes, and one is complained about."""
    urn = f"{_URN}{_TYPE}::agent-{number:05}"
    old, new = _inputs(number, number % 50), _inputs(number, number % 50 + 1)
    gone = number % 100 == 0
    metadata = {
        "op": "delete" if gone else "update",
        "urn": urn,
        "type": _TYPE,
        "old": {"inputs": old, "outputs": old},
        "new": None if gone else {"inputs": new, "outputs": old},
    }
    lines = [json.dumps({"resourcePreEvent": {"metadata": metadata, "planning": True}})]
    if number % 100 == 1:
        event = {
            "resourceUrn": urn,
            "message": f"Agents have a supervisor.\nFirst{number} Last{number} has none.",
            "policyName": "connect-user-hierarchy-required",
            "policyPackName": "guard",
            "enforcementLevel": "advisory",
            "severity": "medium",
        }
        lines.append(json.dumps({"policyEvent": event}))
    return "\n".join(lines)


def main() -> None:
    """Prints what each part takes, and how long its text is."""
    ended = {"result": "succeeded", "resourceChanges": {"update": 4_950, "delete": 50}}
    summary = json.dumps({"summaryEvent": ended})
    text = "\n".join([*map(_event, range(USERS)), summary])
    print(f"report of {USERS:,} changed users, {len(text) / 1e6:.1f} MB of events")
    start = time.process_time()
    preview = read_preview(text)
    read = time.process_time()
    report = assemble(preview)
    made = time.process_time()
    print(f"  read {read - start:.2f} s of CPU, judge and mask {made - read:.2f} s")
    for target in FORMATS:
        start = time.process_time()
        written = write(report, target)
        taken = time.process_time() - start
        print(f"  {target:<9} {taken:.2f} s, {len(written):>10,} characters")
        if target == "markdown":
            assert length(written) < GITHUB_LIMIT, "longer than a comment of GitHub's may be"
    print(f"  {report.verdict_text}")


if __name__ == "__main__":
    main()
