"""A bench's table: printed, and written into the documentation between its two markers."""

from collections.abc import Sequence

from tools.checkout import ROOT

PAGE = ROOT / "docs" / "scaling.md"


def publish(name: str, header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Prints a Markdown table and puts it between `<!-- bench:NAME -->` and its end in the page."""
    lines = [header, ["---"] * len(header), *[[str(cell) for cell in row] for row in rows]]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    print(table, flush=True)
    begin, end = f"<!-- bench:{name} -->", f"<!-- /bench:{name} -->"
    text = PAGE.read_text() if PAGE.exists() else ""
    if begin in text and end in text:
        before, rest = text.split(begin, 1)
        _, after = rest.split(end, 1)
        PAGE.write_text(f"{before}{begin}\n{table}\n{end}{after}")
