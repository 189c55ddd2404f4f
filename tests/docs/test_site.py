"""The documentation cannot rot: it builds, its links lead somewhere, its code is real."""

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple

import click
import pytest
import yaml

import pulumi_connect_users as connect
from pulumi_connect_users.cli.root import root
from pulumi_connect_users.core import errors
from pulumi_connect_users.resources.output_attributes import ResourceOutput
from pulumi_connect_users.resources.outputs import UserOutputs
from tests.docs.blocks import DOCS, Block, blocks, pages
from tools import site
from tools.checkout import ROOT

_LOADED = re.compile(
    r"""(?:src=|<link rel="?stylesheet"? href=|url\()["']?(?:https?:)?//[^"'> ]+"""
)
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")


@pytest.mark.slow
def test_site_builds_is_searchable_and_loads_nothing_from_elsewhere(tmp_path: Path) -> None:
    """`mkdocs build --strict`: links lead to pages and headings, the navigation to every page."""
    mkdocs = Path(sys.executable).with_name("mkdocs")
    command = [str(mkdocs), "build", "--strict", "--site-dir", str(tmp_path)]
    quiet = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=quiet, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
    assert "WARNING" not in done.stdout + done.stderr
    texts = [page.read_text(encoding="utf-8") for page in tmp_path.rglob("*.html")]
    assert len(texts) >= len(list(DOCS.rglob("*.md")))
    assert [found for text in texts for found in _LOADED.findall(text)] == []
    found = _search_index(tmp_path)
    assert "password" in found["passwords/"].title
    assert "Import" in found["import/"].title
    assert _arguments_and_outputs() - set(found["python/#pulumi_connect_users.User"].words) == set()
    assert [k.__name__ for k in _api_errors() if not _found_by_remedy(k, found)] == []


class Section(NamedTuple):
    """What a search finds."""

    title: str
    text: str

    @property
    def words(self) -> list[str]:
        """Without punctuation."""
        return re.findall(r"\w+", self.text)


def _search_index(site: Path) -> dict[str, Section]:
    """By address. The texts are HTML."""
    index = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))
    return {
        doc["location"]: Section(doc["title"], re.sub(r"<[^>]+>", "", unescape(doc["text"])))
        for doc in index["docs"]
    }


def _arguments_and_outputs() -> set[str]:
    outputs = {n for n, value in vars(UserOutputs).items() if isinstance(value, ResourceOutput)}
    return {*connect.UserArguments.__annotations__, *outputs, "user_arn", "user_id"}


def _found_by_remedy(kind: type[errors.ApiError], found: Mapping[str, Section]) -> bool:
    """The last sentence of a message leads to the section of its class."""
    words = re.findall(r"\w+", kind.remedy)
    return " ".join(words) in " ".join(found[f"errors/#{kind.__name__.lower()}"].words)


def test_reference_has_every_public_name_once() -> None:
    page = (DOCS / "python.md").read_text(encoding="utf-8")

    names = re.findall(r"^::: pulumi_connect_users\.(\w+)$", site.referenced(page), re.MULTILINE)

    assert sorted(names) == sorted(connect.__all__)


def test_programs_in_several_languages_have_tabs() -> None:
    """One for each language, in the order of all pages; the rest of the page stays."""
    page = (DOCS / "_index.md").read_text(encoding="utf-8")

    shown = site.tabbed(page)

    assert re.findall(r'^=== "(\w+)"$', shown, re.MULTILINE) == [
        "Python",
        "TypeScript",
        "Go",
        "YAML",
    ]
    unindented = re.sub(r'^(?:    |=== "\w+"\n\n)', "", shown, flags=re.MULTILINE)
    assert sorted(unindented.split("```")) == sorted(page.split("```"))


def test_two_programs_in_one_language_stay_as_they_are() -> None:
    page = "".join(f"```{language}\npass\n```\n\n" for language in ("python", "go", "python"))

    assert site.tabbed(page) == page


def test_links_of_the_repository_lead_to_pages_of_the_site_or_are_text() -> None:
    source = ROOT / "policies" / "README.md"
    uris = {source: "policies/running.md", DOCS / "migration.md": "migration.md"}
    text = "[a](../docs/migration.md#b), [c](README.md), [d](../Makefile), [e](https://example.com)"

    shown = site.linked(text, "policies/running.md", source, uris)

    assert shown == "[a](../migration.md#b), [c](running.md), d, [e](https://example.com)"


def test_links_to_files_lead_somewhere() -> None:
    broken = []
    for page in pages():
        targets = [link.partition("#")[0] for link in _LINK.findall(page.read_text())]
        local = [t for t in targets if t and not re.match(r"[a-z]+:", t)]
        broken += [
            f"{page.relative_to(ROOT)}: {t}" for t in local if not (page.parent / t).exists()
        ]

    assert broken == []


@pytest.mark.slow
def test_python_blocks_are_right_for_a_type_checker(tmp_path: Path) -> None:
    """Whole programs and excerpts: arguments, names and types as they are now."""
    found = [b for b in blocks("python") if "import pulumi_connect_users" in b.text]
    assert found
    for number, block in enumerate(found):
        (tmp_path / f"block_{number}.py").write_text(f"# {block.place}\n{block.text}")
    command = [sys.executable, "-m", "mypy", "--no-error-summary", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, f"{[b.place for b in found]}\n{done.stdout}{done.stderr}"


def test_blocks_are_well_formed() -> None:
    """Python compiles, JSON and YAML parse; what does not is named with its place."""
    readers: dict[str, tuple[Callable[[Block], Any], type[Exception]]] = {
        "python": (lambda block: compile(block.text, block.place, "exec"), SyntaxError),
        "json": (lambda block: json.loads(block.text), ValueError),
        "yaml": (lambda block: list(yaml.safe_load_all(block.text)), yaml.YAMLError),
    }
    count, broken = 0, []
    for language, (read, error) in readers.items():
        for block in blocks(language):
            count += 1
            try:
                if not read(block):
                    broken.append(f"{block.place}: empty")
            except error as problem:
                broken.append(f"{block.place}: {problem}")

    assert count > 300
    assert broken == []


def _commands() -> list[tuple[str, str]]:
    """Every `connect-users` command line of the documentation, with its place."""
    lines = []
    for block in blocks("console"):
        for line in block.text.splitlines():
            if line.strip().startswith("$ connect-users "):
                lines.append((block.place, line.strip().removeprefix("$ ")))
    return lines


def test_command_lines_exist() -> None:
    lines = _commands()

    assert len(lines) > 10
    assert [wrong for place, line in lines for wrong in _wrong_words(place, line)] == []


def _wrong_words(place: str, line: str) -> list[str]:
    """The words of a command line that its command does not know."""
    words = shlex.split(re.split(r" [|>] ?| *#", line)[0])[1:]
    command: click.Command = root
    context = click.Context(root)
    while isinstance(command, click.Group):
        name = words.pop(0)
        found = command.get_command(context, name)
        if found is None:
            return [f"{place}: {name}"]
        command = found
    known = {option for p in command.params for option in (*p.opts, *p.secondary_opts)}
    options = [word for word in words if word.startswith("-")]
    return [f"{place}: {word}" for word in options if word.split("=")[0] not in known]


def _leaves(command: click.Command, context: click.Context) -> Iterator[click.Context]:
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None
            yield from _leaves(found, click.Context(found, context, info_name=name))
    else:
        yield context


def test_every_command_explains_itself() -> None:
    """Each has a text, and the marks by which click lays it out do not show."""
    contexts = list(_leaves(root, click.Context(root, info_name="connect-users")))
    silent = [c.command_path for c in contexts if not c.command.help]
    marked = [c.command_path for c in contexts if "\\b" in c.command.get_help(c)]

    assert len(contexts) > 10
    assert (silent, marked) == ([], [])


def _tree(kind: type[Exception]) -> list[type[Exception]]:
    return [one for child in kind.__subclasses__() for one in (child, *_tree(child))]


def _api_errors() -> list[type[errors.ApiError]]:
    return [k for k in _tree(errors.ApiError) if issubclass(k, errors.ApiError)]


def test_every_error_is_documented_with_its_remedy() -> None:
    """docs/errors.md has a heading for each class, and the words that the class has."""
    page = (DOCS / "errors.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^### `(\w+)`$(.*?)(?=^##)", page, re.MULTILINE | re.DOTALL))
    kinds = [k for k in _tree(errors.ConnectUsersError) if k.__module__ == errors.__name__]

    assert sorted(sections) == sorted(k.__name__ for k in kinds if k is not errors.ApiError)
    wrong = [
        kind.__name__
        for kind in _api_errors()
        if kind.remedy not in " ".join(sections[kind.__name__].split())
    ]
    assert wrong == []
