"""A hook of mkdocs: links to files of the repository that are no pages of the site become text.

They lead somewhere where the pages are read in the repository; the site has no such files.
"""

import re
from pathlib import Path
from typing import Any

_LINK = re.compile(r"(?<!!)\[([^\]]*)\]\(([^)\s#]+)(#[^)\s]*)?\)")


def on_page_markdown(markdown: str, page: Any, config: Any, **_: Any) -> str:
    """Called by mkdocs for the text of each page."""
    docs = Path(config["docs_dir"]).resolve()
    folder = Path(page.file.abs_src_path).resolve().parent

    def replaced(match: re.Match[str]) -> str:
        target = (folder / match[2]).resolve()
        leaves = not target.is_relative_to(docs) and target.exists()
        return match[1] if leaves else match[0]

    return _LINK.sub(replaced, markdown)
