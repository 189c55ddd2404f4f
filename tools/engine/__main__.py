"""`python3 -m tools.engine`: prints the folder of a complete Pulumi, made if need be."""

import sys

from tools.checkout import say
from tools.engine import EngineError
from tools.engine.locate import locate


def main() -> int:
    """Prints the folder and returns the exit code."""
    try:
        print(locate())
    except EngineError as error:
        say(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
