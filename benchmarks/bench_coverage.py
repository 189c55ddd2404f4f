"""Coverage and capabilities of 3,000 agents and 200 queues: what they add to a report.

Targets: under 2 s of processor time more than without, on either side of the socket this one; and
look-ups that follow the profiles in use, not the agents. Counts are compared with asking every
agent, for 1,000 generated centres.
"""

import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hypothesis import given, settings

from benchmarks.measure import Row, medians, paired, ratios, say
from pulumi_connect_users.aws.access_api import AccessReader
from pulumi_connect_users.aws.bulk_reads import BulkReads
from pulumi_connect_users.aws.centre_api import CentreReader
from pulumi_connect_users.aws.pagination import Call
from pulumi_connect_users.emulator import open_store, seeded_id
from pulumi_connect_users.report import assemble, read_preview
from pulumi_connect_users.report.instance import Instance
from pulumi_connect_users.report.renderers import FORMATS, render
from tests.coverage.test_counting import changes, compare
from tests.report.builders import INSTANCE, digest, step
from tests.support.help_desk import ID, desk
from tests.support.provider_process import session_over

AGENTS, QUEUES, DESKS, CHANGED, PROFILES = 3_000, 200, 60, 300, 30
PAIRS, CENTRES = 5, 1_000
_LANGUAGES = [f"Language {number}" for number in range(20)]


def _language(number: int) -> dict[str, Any]:
    return {"attribute": "language", "value": _LANGUAGES[number % 20], "level": 1 + number % 5}


def _seed() -> dict[str, Any]:
    """Each desk serves forty queues on two channels; agents have one of a hundred skills."""
    desks = [
        {
            "name": f"Desk {number}",
            "queues": [f"Queue {(number * 7 + place) % QUEUES}" for place in range(40)],
            "concurrency": {"VOICE": 1, "CHAT": 2},
        }
        for number in range(DESKS)
    ]
    agents = [
        {
            "username": f"agent.{number:05}",
            "routingProfile": f"Desk {number % DESKS}",
            "securityProfiles": [f"Role {number % PROFILES}"],
            "proficiencies": [_language(number // DESKS)],
        }
        for number in range(AGENTS)
    ]
    queues = [{"name": f"Queue {number}"} for number in range(QUEUES)]
    instance = {
        "id": ID,
        "queues": queues,
        "routingProfiles": desks,
        "securityProfiles": [_role(number) for number in range(PROFILES + 1)],
        "users": agents,
    }
    return {"instances": [{**instance, "predefinedAttributes": {"language": _LANGUAGES}}]}


def _role(number: int) -> dict[str, Any]:
    """A security profile; the last one leads to Admin, and no user has it before."""
    permissions = ["BasicAgentAccess", *(["ManagerListenIn"] if number % 3 else [])]
    leads = ["Users.EditPermission"] if number == PROFILES else []
    return {"name": f"Role {number}", "permissions": [*permissions, *leads]}


def _declared(number: int, on: int, role: int) -> dict[str, Any]:
    skill = _language(number // DESKS)
    return {
        "securityProfileIds": [seeded_id(ID, "security-profile", f"Role {role}")],
        "instanceArn": INSTANCE,
        "username": f"agent.{number:05}",
        "routingProfileId": desk(f"Desk {on}"),
        "proficiencies": [
            {
                "attributeName": skill["attribute"],
                "attributeValue": skill["value"],
                "level": skill["level"],
            }
        ],
    }


def _preview() -> str:
    """A tenth of the agents move to the next desk, every tenth of these leaves or can lead."""
    steps = []
    for number in range(0, AGENTS, AGENTS // CHANGED):
        own = number % PROFILES
        old, name = _declared(number, number % DESKS, own), f"agent-{number:05}"
        role = PROFILES if number % 100 == 10 else own
        new = None if number % 100 == 0 else _declared(number, (number + 1) % DESKS, role)
        steps.append(step("update" if new else "delete", old, new, name=name))
    return digest(*steps)


@contextmanager
def _served(path: Path) -> Iterator[str]:
    """The URL of the embedded Connect in a process of its own, whose time is not the report's."""
    command = [str(Path(sys.executable).with_name("connect-users")), "emulator", "serve"]
    words = [*command, "--port", "0", "--store", str(path)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip().rpartition("=")[2]
        finally:
            process.terminate()


def rows() -> Iterator[Row]:
    """Rows of the processor time, the look-ups, and the comparison."""
    text = _preview()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "local.db"
        store = open_store(path)
        store.seed(_seed())
        with _served(path) as url:
            connect = session_over(path, endpoint=url, requestsPerSecond="1e6").connect(INSTANCE)
            since = store.last_request()
            yield from _times(text, connect.call)
            calls = Counter(r.operation for r in store.requests(since=since))
    each = {operation: number // PAIRS for operation, number in sorted(calls.items())}
    least = sum(each.values())
    yield Row(
        f"look-ups of coverage and capabilities of {AGENTS:,} agents, {CHANGED} changed",
        "a DescribeUser and a ListUserProficiencies for each agent",
        [least / (2 * AGENTS)],
        "",
        ", ".join(f"{number} {operation}" for operation, number in each.items()),
    )
    settings(max_examples=CENTRES, deadline=None)(given(changes())(compare))()
    say(f"coverage: equal to asking every agent in {CENTRES:,} centres")


def _instance(call: Call) -> Instance:
    """The instance, of which nothing is read yet."""
    bulk = BulkReads(call)
    centre, access = CentreReader(call, bulk), AccessReader(call, say, bulk)
    return Instance(arn=INSTANCE, id=ID, centre=centre, access=access)


def _times(text: str, call: Call) -> Iterator[Row]:
    def reported(of: Instance | None) -> float:
        start = time.process_time()
        found = assemble(read_preview(text), None, of)
        for target in FORMATS:
            render(found, target)
        assert of is None or found.coverage.status == "computed", found.notes
        assert of is None or found.capabilities.gaining("become-admin") == AGENTS // 100
        return time.process_time() - start

    pairs = paired(
        lambda: reported(_instance(call)), lambda: reported(None), PAIRS, "with, without"
    )
    whole, alone = medians(pairs)
    yield Row(
        f"CPU time of a report of {CHANGED} changes with coverage and capabilities, all formats",
        "the same without --instance",
        ratios(pairs),
        "at most 2 s more",
        f"{whole:.2f} s / {alone:.2f} s",
    )
