"""`python -m tools.structure [CHECKOUT]`: prints the figures of a checkout, this one by default."""

import subprocess
import sys
from pathlib import Path

from tools.checkout import ROOT
from tools.structure.code import Code, median, percentile, read_code
from tools.structure.rooms import PACKAGE, read_rooms

_CORE = ("users", "roster", "live_data", "model", "core", "aws", "lifecycle", "gateway")


def main() -> int:
    """Prints the table and returns the exit code."""
    checkout = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT).resolve()
    package = checkout / "provider" / PACKAGE
    if not package.is_dir():
        print(f"Measuring {checkout}: it has no provider/{PACKAGE}.", file=sys.stderr)
        return 2
    print(f"{'':24}{'modules':>8}{'lines':>8}{'median':>8}{'max':>6}{'functions':>11}", end="")
    print(f"{'median':>8}{'p95':>5}{'over 40':>9}{'complexity':>12}{'max':>5}{'Any/1000':>10}")
    for name, folder in _folders(checkout, package):
        if files := sorted(f for f in folder.rglob("*.py") if "__pycache__" not in f.parts):
            _print(name, read_code(files))
    rooms = read_rooms(package)
    print(f"\nrooms {len(rooms.names)}, arrows {len(rooms.arrows)}, circles {rooms.circles or 0}")
    print(f"loose modules at the top: {', '.join(rooms.loose)}")
    for passage in ("create", "report"):
        print(f"modules that one {passage} passes through: {_passed(checkout, passage)}")
    return 0


def _folders(checkout: Path, package: Path) -> list[tuple[str, Path]]:
    inside = [(f"  {p.name}", p) for p in sorted(package.iterdir()) if (p / "__init__.py").exists()]
    core = [(f"* {p.name}", p) if p.name in _CORE else (name, p) for name, p in inside]
    others = [(name, checkout / name) for name in ("policies", "tools", "tests", "benchmarks")]
    return [("provider", package), *core, *others]


def _print(name: str, code: Code) -> None:
    long = sum(lines > 40 for lines in code.functions)
    mean = sum(code.complexities) / max(len(code.complexities), 1)
    print(
        f"{name:24}{len(code.modules):8}{code.lines:8}{median(code.modules):8.0f}"
        f"{max(code.modules):6}{len(code.functions):11}{median(code.functions):8.0f}"
        f"{percentile(code.functions, 0.95):5}{long:9}{mean:12.1f}"
        f"{max(code.complexities, default=0):5}{code.untyped_per_thousand:10.1f}"
    )


def _passed(checkout: Path, passage: str) -> str:
    """The number, counted in a process that imports the measured checkout's package."""
    script = Path(__file__).with_name("passages.py")
    path = f"import sys; sys.path.insert(0, {str(checkout / 'provider')!r}); "
    run = f"sys.argv = [{str(script)!r}, {passage!r}]; import runpy; "
    code = path + run + f"runpy.run_path({str(script)!r}, run_name='__main__')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    return done.stdout.strip() or f"not counted ({done.stderr.strip().splitlines()[-1]})"


if __name__ == "__main__":
    sys.exit(main())
