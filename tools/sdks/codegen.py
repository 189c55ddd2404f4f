"""The engine's own generators of SDKs, as built by tools.engine."""

import subprocess
from functools import cache
from pathlib import Path

from tools.engine import EngineError
from tools.engine.build import build_codegen
from tools.engine.locate import locate, recipe
from tools.engine.place import cache_folder
from tools.folders import keep

COMMAND = "pulumi-codegen"


def generate(schema: str, language: str, out: Path) -> None:
    """Writes the SDK of a schema into a folder.

    Args:
        schema: the schema's JSON.
        language: `nodejs`, `go` or `python`.
        out: the folder, which is made.

    Raises:
        EngineError: there is no generator, or it refuses the schema.
    """
    out.mkdir(parents=True, exist_ok=True)
    generated = subprocess.run(
        [_command(), "sdk", language, "/dev/stdin", out],
        input=schema,
        text=True,
        capture_output=True,
        check=False,
    )
    if generated.returncode:
        raise EngineError(f"Generating the SDK for {language}: {generated.stderr.strip()}")


@cache
def _command() -> Path:
    """Returns the command: beside an engine that was built here, else built alone.

    What it writes does not depend on which Pulumi is installed.
    """
    beside = locate() / COMMAND
    if beside.exists():
        return beside
    return keep(cache_folder() / "codegen" / recipe(), build_codegen) / COMMAND
