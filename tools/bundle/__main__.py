"""`python -m tools.bundle`: puts the plugin's archive for this platform into dist/."""

import argparse
import sys
import tempfile
from pathlib import Path

from tools.bundle.build import BundleError, bundle
from tools.checkout import ROOT, say
from tools.wheel import build_wheel


def main() -> int:
    """Makes the archive of the checkout as it is, and returns the exit code."""
    parser = argparse.ArgumentParser(prog="tools.bundle", description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="default: dist")
    out = parser.parse_args().out.resolve()
    try:
        with tempfile.TemporaryDirectory() as folder:
            made = bundle(build_wheel(ROOT, Path(folder)))
    except BundleError as error:
        say(str(error))
        return 1
    out.mkdir(parents=True, exist_ok=True)
    print(f"{made.copy_to(out, ROOT).stat().st_size:>10,}  {made.archive.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
