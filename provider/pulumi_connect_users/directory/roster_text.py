"""Changes a roster's text: joiners, movers and leavers in place, everything else byte for byte.

No round-trip library is used: ruamel.yaml (0.19) writes the whole file again, and so wraps long
lines, changes blanks in braces, indentation and line ends, and removes the comments below a removed
user. Here the changed entries are spliced into the text by the places that YAML's parser gives. The
new text is read again and must say the same as the old one with the changes, so that nothing is
written that another reader of YAML would take for something else.
"""

from bisect import bisect
from collections.abc import Mapping
from pathlib import Path

import yaml

from ..core.documents import UnreadableDocument
from ..core.properties import Properties, Value, texts
from ..core.yaml_documents import compose_yaml
from ..roster.files.document import Document
from ..roster.files.json_file import read_json_roster
from ..roster.files.yaml_file import read_yaml
from .changes import Changes, PathInUser, edited, merged
from .splices import NotEditable, Splices
from .wanted import PROFILES
from .yaml_entries import Entries
from .yaml_values import flow, scalar

_USERS = "users"
_STEP = 2


def read_roster_text(path: Path, text: str) -> Document:
    """The roster of a text; its mistakes are among the document's problems.

    Raises NotEditable for a form that is not edited.
    """
    document = Document(path, path.name)
    if path.suffix.lower() == ".json":
        read_json_roster(document, text or "{}")
    elif path.suffix.lower() not in (".yaml", ".yml"):
        raise NotEditable(
            "only YAML and JSON rosters are edited. Convert it: `connect-users roster convert`."
        )
    elif _has_content(text):
        read_yaml(document, text)
    return document


def _has_content(text: str) -> bool:
    try:
        return compose_yaml(text) is not None
    except UnreadableDocument:
        return True


def changed_text(path: Path, text: str, changes: Changes) -> str:
    """The text after the changes; raises NotEditable where it cannot be changed safely."""
    if not changes:
        return text
    try:
        new = _Roster(text, quote='"' if path.suffix.lower() == ".json" else "").change(changes)
    except UnreadableDocument as error:
        raise NotEditable(f"{error}. Write it as plain YAML, then run again.") from None
    if not _says(read_roster_text(path, new), read_roster_text(path, text), changes):
        raise NotEditable(
            "the change would alter something else. Write the users that change without anchors, "
            "aliases and other special forms of YAML, then run again."
        )
    return new


def _says(new: Document, old: Document, changes: Changes) -> bool:
    """Whether a document is the old one with the changes, and nothing else."""
    users: dict[str, Properties] = {
        name: edited(entry.content, changes.movers.get(name, {}))
        for name, entry in old.users.items()
        if name not in changes.leavers
    }
    users |= {name: joiner.values for name, joiner in changes.joiners.items()}
    return (
        not new.problems
        and _shared_values(old) == _shared_values(new)
        and {name: entry.content for name, entry in new.users.items()} == users
    )


def _shared_values(document: Document) -> dict[str, Properties | None]:
    """All but the users."""
    teams = {f"team {name}": entry for name, entry in document.teams.items()}
    shared = {"defaults": document.defaults, "may": document.may, **teams}
    return {name: entry.content if entry else None for name, entry in shared.items()}


class _Roster:
    """A roster's nodes, and the splices of its text."""

    def __init__(self, text: str, quote: str) -> None:
        self._text = Splices(text)
        self._quote = quote
        # JSON may hold tabs between values, where YAML takes blanks.
        root = compose_yaml(text.replace("\t", " ") if quote else text)
        self._root = root if isinstance(root, yaml.MappingNode) else None
        self._shared = _shared(root)

    def change(self, changes: Changes) -> str:
        """The text after the changes."""
        users = self._member(self._root, _USERS) if self._root else None
        if users is None:
            self._begin(changes)
        else:
            key, node = users
            for index, name in enumerate(_names(node)):
                if name in changes.movers:
                    self._move(node.value[index], changes.movers[name])
            self._list(key, node, changes)
        return self._text.result()

    def _list(self, key: yaml.Node, node: yaml.Node, changes: Changes) -> None:
        """Joiners and leavers."""
        names = _names(node)
        removed = {i for i, name in enumerate(names) if name in changes.leavers}
        if not changes.joiners and not removed:
            return
        entries = self._entries(key, node)
        if not entries.is_flow and len(removed) == len(names) and not changes.joiners:
            at = self._text.text.index(":", key.end_mark.index) + 1
            self._text.replace(at, at, " {}")
        if entries.is_flow and not names and not self._quote:
            # `users: {}` begins with a block, as people write it.
            start, end = node.start_mark.index, node.end_mark.index
            self._text.replace(self._text.trimmed(start), end, "")
            at = self._text.line_end(end)
            self._text.replace(at, at, self._block(changes))
            return
        folded = [name.casefold() for name in names]
        is_sorted = folded == sorted(folded)
        step = self._step(node)
        added: list[tuple[int, str]] = []
        for name, joiner in changes.joiners.items():
            before = bisect(folded, name.casefold()) if is_sorted else len(names)
            if entries.is_flow:
                pair = f"{scalar(name, self._quote)}: {flow(joiner.values, self._quote)}"
                added.append((before - 1, pair))
            else:
                added.append((before - 1, _user(name, joiner.values, step)))
        entries.change(removed, added)

    def _step(self, users: yaml.Node) -> int:
        """How much deeper a user's values are than the user."""
        for key, value in users.value:
            if isinstance(value, yaml.MappingNode) and not value.flow_style and value.value:
                column = int(value.value[0][0].start_mark.column)
                return max(1, column - int(key.start_mark.column))
        return _STEP

    def _begin(self, changes: Changes) -> None:
        """The first users of a file."""
        if self._quote:
            raise NotEditable('the file has no "users". Add "users": {}, then run again.')
        end = len(self._text.text)
        line_break = self._text.line_break
        missing = line_break if end and self._text.text[-1] not in "\r\n" else ""
        self._text.replace(end, end, f"{missing}users:{self._block(changes)}{line_break}")

    def _block(self, changes: Changes) -> str:
        lines = [
            f"{' ' * _STEP}{line}"
            for name, joiner in changes.joiners.items()
            for line in _user(name, joiner.values, _STEP).split("\n")
        ]
        return "".join(self._text.line_break + line for line in lines)

    def _move(self, user: tuple[yaml.Node, yaml.Node], edits: Mapping[PathInUser, Value]) -> None:
        """One user's new values."""
        key, node = user
        entries = self._entries(key, node)
        names = _names(node)
        removed: set[int] = set()
        added: list[tuple[int, str]] = []
        for path, value in edits.items():
            name, *rest = path
            if rest:
                self._change_member(node.value[names.index(name)], rest[0], value)
            elif name not in names:
                added.append((len(names) - 1, f"{scalar(name, self._quote)}: {self._flow(value)}"))
            elif value is None:
                removed.add(names.index(name))
            elif name == PROFILES:
                self._change_list(node.value[names.index(name)], texts(value))
            else:
                self._change_scalar(node.value[names.index(name)], value)
        if removed or added:
            entries.change(removed, added)

    def _change_member(
        self, structure: tuple[yaml.Node, yaml.Node], name: str, value: Value
    ) -> None:
        key, node = structure
        entries = self._entries(key, node)
        member = self._member(node, name)
        if member is not None:
            self._change_scalar(member, value)
        else:
            new = f"{scalar(name, self._quote)}: {self._flow(value)}"
            entries.change(set(), [(len(node.value) - 1, new)])

    def _change_list(self, pair: tuple[yaml.Node, yaml.Node], wants: list[str]) -> None:
        key, node = pair
        if not isinstance(node, yaml.SequenceNode):
            self._change_scalar(pair, [*wants])
            return
        entries = self._entries(key, node)
        if any(id(entry) in self._shared for entry in node.value):
            raise self._text.refusal(
                key.start_mark.index, "an alias is in this list", "Write it out"
            )
        has = [str(entry.value) for entry in node.value]
        removed = {i for i, name in enumerate(has) if name not in wants}
        new = merged(has, wants)[len(has) - len(removed) :]
        dash = "" if entries.is_flow else "- "
        added = [(len(has) - 1, f"{dash}{scalar(name, self._quote)}") for name in new]
        entries.change(removed, added)

    def _change_scalar(self, pair: tuple[yaml.Node, yaml.Node], value: Value) -> None:
        key, node = pair
        start, end = node.start_mark.index, node.end_mark.index
        if not isinstance(node, yaml.ScalarNode) or id(node) in self._shared:
            raise self._special(key)
        if start == end:
            self._text.replace(start, start, f" {self._flow(value)}")
            return
        quote = node.style or ""
        if quote not in ("", '"', "'") or self._text.text[start] in "&!*":
            raise self._special(key)
        new = scalar(value, quote) if isinstance(value, str) else self._flow(value)
        self._text.replace(start, end, new)

    def _special(self, key: yaml.Node) -> NotEditable:
        cause = "this value has a special form"
        return self._text.refusal(key.start_mark.index, cause, "Write it out")

    def _flow(self, value: Value) -> str:
        return flow(value, self._quote)

    def _entries(self, key: yaml.Node, node: yaml.Node) -> Entries:
        """The entries of a collection that stands here and nowhere else."""
        start = node.start_mark.index
        if not isinstance(node, yaml.CollectionNode) or id(node) in self._shared:
            raise self._text.refusal(
                key.start_mark.index, "its value is an alias, or has one", "Write it out"
            )
        if node.flow_style and self._text.text[start] not in "[{":
            raise self._text.refusal(start, "this value has an anchor or a tag", "Remove it")
        return Entries(self._text, node, key.end_mark.index)

    def _member(self, node: yaml.Node | None, name: str) -> tuple[yaml.Node, yaml.Node] | None:
        pairs = node.value if isinstance(node, yaml.MappingNode) else []
        return next(((k, v) for k, v in pairs if k.value == name), None)


def _user(name: str, values: Properties, step: int) -> str:
    """A new user's lines, from the column of its name."""
    lines = [f"{' ' * step}{key}: {flow(value)}" for key, value in values.items()]
    return "\n".join([f"{scalar(name)}:", *lines])


def _names(node: yaml.Node) -> list[str]:
    return [str(key.value) for key, _ in node.value] if isinstance(node, yaml.MappingNode) else []


def _shared(root: yaml.Node | None) -> set[int]:
    """The nodes that stand in several places: an alias's and what is in them."""
    seen: set[int] = set()
    shared: set[int] = set()
    todo: list[yaml.Node] = [root] if root is not None else []
    while todo:
        node = todo.pop()
        if id(node) in seen:
            shared.add(id(node))
            continue
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            todo += [part for pair in node.value for part in pair]
        elif isinstance(node, yaml.SequenceNode):
            todo += node.value
    return shared
