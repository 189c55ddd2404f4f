"""Reads YAML texts that may be damaged or hostile.

PyYAML's own C loader ends in a segmentation fault where a text is nested deeply enough, and no
loader of it bounds what aliases grow to. Here the events (from the C parser, where PyYAML has it)
are composed in Python, within bounds.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from math import isfinite
from typing import TYPE_CHECKING, Any, TypeVar

from .documents import TOO_DEEP, TWICE, UnreadableDocument

if TYPE_CHECKING:
    import yaml
    from yaml.composer import Composer
    from yaml.constructor import SafeConstructor

T = TypeVar("T")

DEEPEST = 100
"""Levels of nesting."""
MOST_ALIASED = 250_000
"""Nodes that all aliases of a text stand for, aliases within aliases included."""
LONGEST_NUMBER = 64
"""Characters of a number: YAML's base 60 takes its time over long ones."""
_NUMBERS = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float")
_CONTROL = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufeff\uff00-\ufffd\U00010000-\U0010ffff]"
)


def read_yaml(text: str) -> Any:
    """The value of a YAML (or JSON) text, of YAML's plain types.

    Raises:
        UnreadableDocument: it is not YAML, is nested too deeply, within itself, grows beyond bounds
            by aliases, has a key twice, or a value that YAML cannot read.
    """
    return _read(text, _construct)


def compose_yaml(text: str) -> yaml.Node | None:
    """The nodes of a YAML text, each with its line; repeated keys are the caller's to refuse.

    Raises:
        UnreadableDocument: as `read_yaml`, values aside.
    """
    return _read(text, lambda loader: loader.get_single_node())


def scalar_value(node: yaml.Node) -> object:
    """The value of a composed scalar; UnreadableDocument where YAML cannot read it."""
    return _constructor_class()().construct_object(node)


def _read(text: str, read: Callable[[yaml.SafeLoader], T]) -> T:
    import yaml

    # The two parsers report it differently.
    control = _CONTROL.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        character = f"U+{ord(control[0]):04X}"
        raise UnreadableDocument(f"holds the character {character}. Remove it", line)
    loader = _loader_class()(text)
    try:
        return read(loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (mark.line + 1, mark.column + 1) if mark else ()
        cause = f"it is not YAML: {error.problem or error.context}"
        raise UnreadableDocument(cause, *place) from None
    except yaml.YAMLError:
        raise UnreadableDocument("it is not YAML") from None
    except RecursionError:
        raise UnreadableDocument(TOO_DEEP) from None
    finally:
        loader.dispose()


def _construct(loader: yaml.SafeLoader) -> object:
    node = loader.get_single_node()
    if node is None:
        return None
    _refuse_repeated_keys(node)
    return loader.construct_document(node)


def _refuse_repeated_keys(root: yaml.Node) -> None:
    import yaml

    todo, seen = [root], set()
    while todo:
        node = todo.pop()
        if id(node) in seen or isinstance(node, yaml.ScalarNode):
            continue
        seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            todo += node.value
            continue
        keys: set[tuple[str, str]] = set()
        for key, value in node.value:
            todo.append(value)
            if isinstance(key, yaml.ScalarNode):
                if (key.tag, key.value) in keys:
                    raise UnreadableDocument(f"a key {TWICE}", key.start_mark.line + 1)
                keys.add((key.tag, key.value))


@cache
def _constructor_class() -> type[SafeConstructor]:
    """PyYAML's safe constructor, with one kind of error for every value that it cannot read."""
    from yaml.constructor import SafeConstructor

    class Constructor(SafeConstructor):
        def construct_object(self, node: yaml.Node, deep: bool = False) -> object:  # noqa: FBT001,FBT002 - PyYAML's
            line = node.start_mark.line + 1
            try:
                value = super().construct_object(node, deep=deep)
            except UnreadableDocument:
                raise
            except (ValueError, TypeError, LookupError, AttributeError, OverflowError):
                raise UnreadableDocument("a value that YAML cannot read", line) from None
            if isinstance(value, float) and not isfinite(value):
                raise UnreadableDocument("a number is too large", line)
            return value

    return Constructor


@cache
def _bounded_class() -> type[Composer]:
    """Composing and constructing within bounds."""
    import yaml
    from yaml.composer import Composer
    from yaml.resolver import Resolver

    constructor = _constructor_class()

    class Bounded(Composer, constructor, Resolver):  # type: ignore[misc,valid-type]
        def begin(self) -> None:
            Composer.__init__(self)
            constructor.__init__(self)
            Resolver.__init__(self)
            self.depth = 0
            self.count = 0
            self.aliased = 0
            self.weights: dict[str, int] = {}

        def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
            event = self.peek_event()
            line = event.start_mark.line + 1
            anchor = getattr(event, "anchor", None)
            if isinstance(event, yaml.AliasEvent):
                if anchor in self.anchors and anchor not in self.weights:
                    raise UnreadableDocument("contains itself", line)
                weight = self.weights.get(anchor or "", 0)
                self.count += weight
                self.aliased += weight
                if self.aliased > MOST_ALIASED:
                    raise UnreadableDocument("its aliases expand too far", line)
            self.depth += 1
            if self.depth > DEEPEST:
                raise UnreadableDocument(TOO_DEEP, line)
            before = self.count
            self.count += 1
            node = super().compose_node(parent, index)
            self.depth -= 1
            if anchor is not None and not isinstance(event, yaml.AliasEvent):
                self.weights[anchor] = self.count - before
            return node

        def compose_scalar_node(self, anchor: Any) -> yaml.ScalarNode:
            node = super().compose_scalar_node(anchor)
            if node.tag in _NUMBERS and len(node.value) > LONGEST_NUMBER:
                raise UnreadableDocument("a number is too long", node.start_mark.line + 1)
            return node

    return Bounded


@cache
def _loader_class() -> type[yaml.SafeLoader]:
    """A safe loader within bounds: PyYAML's parts, some of them bounded."""
    import yaml
    from yaml.parser import Parser
    from yaml.reader import Reader
    from yaml.scanner import Scanner

    bounded: Any = _bounded_class()
    if yaml.__with_libyaml__:
        from yaml.cyaml import CParser  # type: ignore[attr-defined]

        class Fast(bounded, CParser):  # type: ignore[misc]
            def __init__(self, text: str) -> None:
                CParser.__init__(self, text)
                self.begin()

        return Fast

    class Plain(bounded, Reader, Scanner, Parser):  # type: ignore[misc]
        def __init__(self, text: str) -> None:
            Reader.__init__(self, text)
            Scanner.__init__(self)
            Parser.__init__(self)
            self.begin()

    return Plain
