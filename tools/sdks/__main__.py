"""`python -m tools.sdks`: copies the SDKs of the native plugin into the folder `sdks`."""

import shutil
import sys

from pulumi_connect_users.native.schema.package import schema_text
from tools.checkout import ROOT, say
from tools.engine import EngineError
from tools.sdks import go, nodejs

OUT = ROOT / "sdks"


def main() -> int:
    """Makes the SDKs and returns the exit code."""
    schema = schema_text()
    try:
        made = {"nodejs": nodejs.sdk(schema), "go": go.sdk(schema)}
    except EngineError as error:
        say(str(error))
        return 1
    shutil.rmtree(OUT, ignore_errors=True)
    for language, folder in made.items():
        shutil.copytree(folder, OUT / language)
        print(OUT / language)
    return 0


if __name__ == "__main__":
    sys.exit(main())
