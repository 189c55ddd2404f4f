"""`python -m tools.sdks.lock`: resolves the packages of tools/sdks/nodejs again.

npm writes where it fetched each package, and where to send money for it; the hashes are enough.
"""

import json

from tools.sdks.commands import run
from tools.sdks.nodejs import LOCK, commands

FILE = LOCK / "npm-shrinkwrap.json"


def main() -> None:
    """Writes the file that `npm ci` reads."""
    run(["npm", "install", "--package-lock-only", "--ignore-scripts"], LOCK, commands())
    locked = json.loads(FILE.read_text())
    for package in locked["packages"].values():
        package.pop("resolved", None)
        package.pop("funding", None)
    FILE.write_text(json.dumps(locked, indent=4) + "\n")


if __name__ == "__main__":
    main()
