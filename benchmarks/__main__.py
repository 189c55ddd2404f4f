"""Runs all benchmarks, or some: one table, printed and written into the documentation.

    python -m benchmarks            all (three quarters of an hour); writes docs/benchmarks.md
    python -m benchmarks up pace    only these; prints the table

Use an otherwise idle machine.
"""

import os
import platform
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import click

from benchmarks.measure import HEADER, Row, say
from tools.checkout import ROOT

PAGE = ROOT / "docs" / "benchmarks.md"
BEGIN, END = "<!-- benches -->", "<!-- /benches -->"
NAMES = sorted(
    file.stem.removeprefix("bench_") for file in Path(__file__).parent.glob("bench_*.py")
)


@click.command(
    help="Runs benchmarks and prints a table; a full run also writes docs/benchmarks.md."
)
@click.argument("names", nargs=-1, type=click.Choice(NAMES))
def main(names: tuple[str, ...]) -> None:
    """Runs the benchmarks."""
    rows: list[Row] = []
    for name in names or NAMES:
        say(f"== {name}")
        rows += import_module(f"benchmarks.bench_{name}").rows()
    text = table(rows)
    click.echo(text)
    if not names:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
        after = rest.partition(END)[2]
        PAGE.write_text(f"{before}{BEGIN}\n{machine()}\n\n{text}\n{END}{after}", encoding="utf-8")
        say(f"written to {PAGE.relative_to(ROOT)}")


def table(rows: list[Row]) -> str:
    """The rows as Markdown."""
    lines = [HEADER, ["---"] * len(HEADER), *(row.cells() for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def machine() -> str:
    """The machine and versions, without a host name."""
    return (
        f"{os.cpu_count()} cores ({platform.machine()}, {platform.system()}), "
        f"Python {platform.python_version()}, Pulumi SDK {version('pulumi')}, "
        f"boto3 {version('boto3')}."
    )


if __name__ == "__main__":
    main()
