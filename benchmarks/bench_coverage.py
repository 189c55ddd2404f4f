"""Coverage of 3,000 agents and 200 queues: what it adds to a report, and its look-ups.

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
from pulumi_connect_users.aws.centre_api import CentreReader
from pulumi_connect_users.emulator import open_store
from pulumi_connect_users.report import assemble, read_preview
from pulumi_connect_users.report.coverage_section import Instance
from pulumi_connect_users.report.renderers import FORMATS, render
from tests.coverage.test_counting import changes, compare
from tests.report.builders import INSTANCE, digest, step
from tests.support.help_desk import ID, desk
from tests.support.provider_process import session_over

AGENTS, QUEUES, DESKS, CHANGED = 3_000, 200, 60, 300
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
            "proficiencies": [_language(number // DESKS)],
        }
        for number in range(AGENTS)
    ]
    queues = [{"name": f"Queue {number}"} for number in range(QUEUES)]
    instance = {"id": ID, "queues": queues, "routingProfiles": desks, "users": agents}
    return {"instances": [{**instance, "predefinedAttributes": {"language": _LANGUAGES}}]}


def _declared(number: int, on: int) -> dict[str, Any]:
    skill = _language(number // DESKS)
    return {
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
    """A tenth of the agents move to the next desk, every tenth of these leaves."""
    steps = []
    for number in range(0, AGENTS, AGENTS // CHANGED):
        old, name = _declared(number, number % DESKS), f"agent-{number:05}"
        new = None if number % 100 == 0 else _declared(number, (number + 1) % DESKS)
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
            instance = Instance(arn=INSTANCE, id=ID, api=CentreReader(connect.call))
            since = store.last_request()
            yield from _times(text, instance)
            calls = Counter(r.operation for r in store.requests(since=since))
    each = {operation: number // PAIRS for operation, number in sorted(calls.items())}
    least = sum(each.values())
    yield Row(
        f"look-ups of the coverage of {AGENTS:,} agents on {QUEUES} queues, {CHANGED} changed",
        "a DescribeUser and a ListUserProficiencies for each agent",
        [least / (2 * AGENTS)],
        "",
        ", ".join(f"{number} {operation}" for operation, number in each.items()),
    )
    settings(max_examples=CENTRES, deadline=None)(given(changes())(compare))()
    say(f"coverage: equal to asking every agent in {CENTRES:,} centres")


def _times(text: str, instance: Instance) -> Iterator[Row]:
    def reported(of: Instance | None) -> float:
        start = time.process_time()
        found = assemble(read_preview(text), None, of)
        for target in FORMATS:
            render(found, target)
        assert of is None or found.coverage.status == "computed", found.notes
        return time.process_time() - start

    pairs = paired(lambda: reported(instance), lambda: reported(None), PAIRS, "with, without")
    whole, alone = medians(pairs)
    yield Row(
        f"CPU time of a report of {CHANGED} changes with coverage, all formats",
        "the same without coverage",
        ratios(pairs),
        "at most 2 s more",
        f"{whole:.2f} s / {alone:.2f} s",
    )
