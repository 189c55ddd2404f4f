"""A report of 5,000 changed users, in every format."""

import json
import time
from collections.abc import Iterator
from typing import Any

from benchmarks.measure import Row, medians, paired, ratios, say
from pulumi_connect_users.report import assemble, read_preview
from pulumi_connect_users.report.budget import length
from pulumi_connect_users.report.renderers import FORMATS, render
from pulumi_connect_users.report.renderers.markdown import GITHUB_LIMIT

USERS = 5_000
PAIRS = 5
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
    """Every user changes team and tags; 1 % are deleted, and 1 % have a policy violation."""
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


def rows() -> Iterator[Row]:
    """Rows of the time to make a report, and of its length."""
    ended = {"result": "succeeded", "resourceChanges": {"update": 4_950, "delete": 50}}
    summary = json.dumps({"summaryEvent": ended})
    lines = [*map(_event, range(USERS)), summary]
    text = "\n".join(lines)
    say(f"report: {USERS:,} changed users, {len(text) / 1e6:.1f} MB of events")
    written = dict.fromkeys(FORMATS, "")

    def reported() -> float:
        start = time.process_time()
        found = assemble(read_preview(text))
        written.update((target, render(found, target)) for target in FORMATS)
        return time.process_time() - start

    def parsed() -> float:
        start = time.process_time()
        for line in text.splitlines():
            json.loads(line)
        return time.process_time() - start

    pairs = paired(reported, parsed, PAIRS, "report, all formats; its JSON parsed")
    whole, reading = medians(pairs)
    yield Row(
        f"CPU time of a report of {USERS:,} changed users, all formats",
        "parsing the preview's JSON",
        ratios(pairs),
        "",
        f"{whole:.1f} s / {reading:.2f} s",
    )
    characters = length(written["markdown"])
    assert characters < GITHUB_LIMIT, "longer than a comment on GitHub may be"
    yield Row(
        "length of that report in Markdown",
        "GitHub's limit for a comment",
        [characters / GITHUB_LIMIT],
        "at most 1",
        f"{characters:,} / {GITHUB_LIMIT:,} characters",
    )
