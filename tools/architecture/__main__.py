"""`python -m tools.architecture`: writes the drawing and the table of docs/architecture.md."""

import sys

from tools.architecture.page import DRAWING, PAGE, drawn, with_table


def main() -> int:
    """Writes both and returns the exit code."""
    DRAWING.write_text(drawn(), encoding="utf-8")
    PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
