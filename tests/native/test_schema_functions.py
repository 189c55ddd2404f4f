"""The functions of the schema are those of the engine: arguments and results."""

from pathlib import Path
from typing import Any

import pytest

from pulumi_connect_users.core.errors import ConnectUsersError
from pulumi_connect_users.engine.functions import FUNCTIONS
from pulumi_connect_users.engine.messages import FrontEnd
from pulumi_connect_users.engine.run import Run
from tests.support.contact_centre import ARN, at_work
from tests.support.local_connect import Local
from tests.support.package_schema import SCHEMA, bag_misfits, of

INSTANCE = {"instanceArn": ARN}
ROSTER = (
    "users:\n  mary.major:\n    identity_info: {first_name: Mary}\n    security_profiles: [Agent]\n"
)


@pytest.fixture
def run(local: Local) -> Run:
    """A process, and five people, four of them at work."""
    at_work(local.path)
    run = Run(FrontEnd(lambda *_: None))
    run.configure({"endpoint": "local", "localStore": str(local.path)}.get, ())
    return run


def test_functions_are_those_of_the_engine() -> None:
    assert {token.rpartition(":")[2] for token in SCHEMA["functions"]} == set(FUNCTIONS)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_arguments_are_known_to_the_engine(run: Run, name: str) -> None:
    """It refuses these values, and every argument that it does not know."""
    spec = of("functions", name)["inputs"]

    with pytest.raises(ConnectUsersError) as refused:
        FUNCTIONS[name](run, {**dict.fromkeys(spec["properties"], 7), "other": 7})

    assert str(refused.value).count("unknown argument") == 1
    assert set(spec["required"]) <= set(spec["properties"])


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("getUser", {**INSTANCE, "username": "nikki.wolf"}),
        ("getUsers", INSTANCE),
        ("getInstance", INSTANCE),
        ("getCurrentUserData", INSTANCE),
        ("readRoster", {"path": "west.yaml"}),
    ],
)
def test_results_are_what_the_schema_says(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, arguments: Any
) -> None:
    """Names, types and what is always there."""
    monkeypatch.chdir(tmp_path)
    Path("west.yaml").write_text(ROSTER, encoding="utf-8")
    outputs = of("functions", name)["outputs"]

    result = FUNCTIONS[name](run, arguments)

    assert list(bag_misfits(arguments, of("functions", name)["inputs"]["properties"], ())) == []
    assert list(bag_misfits(result, outputs["properties"], outputs["required"])) == []
    assert all(
        result.get(key) for key in outputs["required"] if key not in ("proficiencies", "tags")
    )
