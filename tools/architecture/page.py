"""What is generated in docs/architecture.md."""

from tools.architecture.drawing import drawing
from tools.architecture.imports import purposes, read_arrows
from tools.checkout import ROOT
from tools.markdown import between_marks

PACKAGE = ROOT / "provider" / "pulumi_connect_users"
PAGE = ROOT / "docs" / "architecture.md"
DRAWING = ROOT / "docs" / "images" / "architecture.svg"


def drawn() -> str:
    """The drawing of the imports as they are now."""
    return drawing(read_arrows(PACKAGE))


def with_table(page: str) -> str:
    """The page with the table of the imports as they are now, between its two marks."""
    return between_marks(page, _table())


def _table() -> str:
    arrows = read_arrows(PACKAGE)
    rows = [
        f"| `{name}` | {purpose} | {', '.join(f'`{one}`' for one in sorted(arrows[name])) or '-'} |"
        for name, purpose in purposes(PACKAGE).items()
    ]
    return "\n".join(["| Part | What it is | Imports |", "|---|---|---|", *rows])
