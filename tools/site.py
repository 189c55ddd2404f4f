"""Hooks of mkdocs: what the site has beyond docs/, whose pages are read in the repository too.

Pages that stand elsewhere in the repository join it; links to other files become text. Programs
that follow each other in different languages become tabs, and the names of the reference their
docstrings. The navigation gets the rules' pages.
"""

import posixpath
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from mkdocs.structure.files import File

from connect_users_guard.registry import FAMILIES, all_rules

PAGES: Final = {"policies/running.md": "policies/README.md", "contributing.md": "CONTRIBUTING.md"}
"""Pages of the site that are not in docs/: where they are in the site, and in the repository."""

_LINK: Final = re.compile(r"(?<!!)\[([^\]]*)\]\(([^)\s#]+)(#[^)\s]*)?\)")
_LANGUAGES: Final = {"python": "Python", "typescript": "TypeScript", "go": "Go", "yaml": "YAML"}
_BLOCK: Final = rf"```(?:{'|'.join(_LANGUAGES)})\n(?:(?!```).*\n)*```\n"
_BLOCKS: Final = re.compile(rf"^{_BLOCK}(?:\n+{_BLOCK})+", re.MULTILINE)

_NAME: Final = re.compile(r"^- `(\w+)`$", re.MULTILINE)
_NO_SIGNATURE: Final = "separate_signature: false, show_signature: false"
_OPTIONS: Final = {
    "User": _NO_SIGNATURE,
    "UserArguments": f"{_NO_SIGNATURE}, show_docstring_parameters: false, summary: false, "
    "members: false",
}
"""Of mkdocstrings: a signature of 30 arguments helps less than the list of them, given once."""


def on_config(config: Any) -> Any:
    """Called first: adds the families to the section of the policies."""
    (section,) = [entry["Policies"] for entry in config["nav"] if "Policies" in entry]
    section += [{family.capitalize(): _pages_of(family)} for family in FAMILIES]
    return config


def _pages_of(family: str) -> list[str]:
    return [f"policies/{r.what}.md" for r in all_rules().values() if r.family == family]


def on_files(files: Any, config: Any) -> Any:
    """Called with the files of docs/: adds the pages from elsewhere."""
    root = Path(config["config_file_path"]).parent
    for uri, source in PAGES.items():
        files.append(File.generated(config, uri, abs_src_path=str(root / source)))
    return files


def on_page_markdown(markdown: str, page: Any, files: Any, **_: Any) -> str:
    """Called for the text of each page."""
    if page.file.src_uri in {uri for family in FAMILIES for uri in _pages_of(family)}:
        page.meta["search"] = {"boost": 0.5}  # who searches for "password" wants the guide first
    if page.file.src_uri == "python.md":
        markdown = referenced(markdown)
    uris = {Path(file.abs_src_path).resolve(): file.src_uri for file in files}
    return tabbed(linked(markdown, page.file.src_uri, Path(page.file.abs_src_path), uris))


def linked(markdown: str, uri: str, source: Path, uris: Mapping[Path, str]) -> str:
    """The text with links to files of the site, given by their places; those to others are text."""

    def replaced(match: re.Match[str]) -> str:
        target = (source.parent / match[2]).resolve()
        if target in uris:
            path = posixpath.relpath(uris[target], posixpath.dirname(uri))
            return f"[{match[1]}]({path}{match[3] or ''})"
        return match[1] if target.exists() else match[0]

    return _LINK.sub(replaced, markdown)


def referenced(markdown: str) -> str:
    """The text with what mkdocstrings replaces by docstrings, instead of names in lists."""
    return _NAME.sub(
        lambda m: f"::: pulumi_connect_users.{m[1]}\n    options: {{{_OPTIONS.get(m[1], '')}}}\n",
        markdown,
    )


def tabbed(markdown: str) -> str:
    """The text with tabs instead of programs in different languages that follow each other."""
    return _BLOCKS.sub(lambda match: _tabs(re.findall(_BLOCK, match[0])) or match[0], markdown)


def _tabs(blocks: list[str]) -> str:
    """Nothing where two blocks have one language: they are not the same program then."""
    by_language = {block.partition("\n")[0].removeprefix("```"): block for block in blocks}
    if len(by_language) < len(blocks):
        return ""
    return "\n".join(
        f'=== "{name}"\n\n' + re.sub("^(?=.)", "    ", by_language[language], flags=re.MULTILINE)
        for language, name in _LANGUAGES.items()
        if language in by_language
    )
