"""The structure of the package: who may import whom, and what is frozen permanently."""

import ast
import pickle
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

import pulumi_connect_users
from pulumi_connect_users.dynamic import UserBatchProvider, UserProvider, UserStatusProvider
from tests.support.processes import run_python
from tools import arguments

PACKAGE = Path(pulumi_connect_users.__file__).parent
ROOMS = {
    "core": {"model"},
    "model": set(),
    "live_data": {"core", "model"},
    "users": {"access", "core", "live_data", "model"},
    "roster": {"core", "model", "users"},
    "coverage": set(),
    "access": {"core"},
    "aws": {"access", "core", "coverage", "emulator", "live_data", "model", "users"},
    "engine": {"aws", "core", "live_data", "model", "roster", "users"},
    "dynamic": {"core", "engine"},
    "native": {"core", "engine", "live_data", "model", "resources", "roster", "users"},
    "resources": {"aws", "core", "dynamic", "engine", "live_data", "model", "roster"},
    "emulator": set(),
    "board": {"core", "live_data"},
    "iam": {"core", "engine", "model", "users"},
    "doctor": {"aws", "core", "engine", "iam", "orphans", "users"},
    "report": {"access", "core", "coverage", "model", "users"},
    "export": {"aws", "core", "engine", "model", "roster", "users"},
    "orphans": {"aws", "core"},
    "directory": {"core", "model", "roster"},
}
"""Whom each room may import; the command line (`cli`) may import all but the front ends."""
ALONE = {
    "pulumi": {"__init__", "dynamic", "native", "resources"},
    "boto3": {"aws", "cli"},
    "botocore": {"aws", "cli", "emulator"},
    "grpc": {"native"},
    "click": {"cli"},
}
"""Who may import a library that is slow to import, or that only one side of the house has."""


def _imports(file: Path) -> Iterator[str]:
    """Absolute names as they are; imports from the own package as `.part`."""
    package = ("pulumi_connect_users", *file.relative_to(PACKAGE).parts[:-1])
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            name = ".".join((*base, *((node.module or "").split(".") if node.module else ())))
            for alias in node.names:
                full = f"{name}.{alias.name}"
                yield full.removeprefix("pulumi_connect_users") if node.level else name


@cache
def _edges() -> list[tuple[str, str, Path]]:
    """(importing room, imported room or library, file); `.aws` is a room, `boto3` a library."""
    edges = []
    for file in sorted(PACKAGE.rglob("*.py")):
        own = file.relative_to(PACKAGE).parts[0].removesuffix(".py")
        for name in _imports(file):
            dot = "." if name.startswith(".") else ""
            other = dot + name.removeprefix(".").split(".")[0]
            if other != f".{own}":
                edges.append((own, other, file))
    return edges


def test_dependencies_point_one_way() -> None:
    above = {"cli": {"dynamic", "native", "resources"}}
    front = {"__all__", *pulumi_connect_users.__all__}
    broken = [
        f"{file.relative_to(PACKAGE)} imports {other}"
        for own, other, file in _edges()
        if own != "__init__" and other.startswith(".") and other[1:] not in front
        if other[1:] in above.get(own, ()) or (own in ROOMS and other[1:] not in ROOMS[own])
    ]

    assert broken == []


def test_types_of_boto3_are_imported_for_type_checks_only() -> None:
    """They are a dependency of development: an installed provider has none."""
    at_run_time = [
        str(file.relative_to(PACKAGE))
        for file in sorted(PACKAGE.rglob("*.py"))
        for node in ast.parse(file.read_text()).body
        if isinstance(node, ast.Import | ast.ImportFrom) and "types_boto3" in ast.unparse(node)
    ]

    assert at_run_time == []


def test_every_room_is_one_that_the_layers_know() -> None:
    """A new room takes its place among the others, and no loose module stands beside them."""
    rooms = {f.parent.name for f in PACKAGE.glob("*/__init__.py")}
    loose = {f.stem for f in PACKAGE.glob("*.py")} - {"__init__"}

    assert rooms | loose == {*ROOMS, "cli"}
    assert loose == {"dynamic", "orphans"}


def test_libraries_are_imported_where_they_belong() -> None:
    """The core needs neither Pulumi nor AWS's SDK."""
    broken = [
        f"{file.relative_to(PACKAGE)} imports {other}"
        for own, other, file in _edges()
        if other in ALONE and own not in ALONE[other]
    ]

    assert broken == []


def test_only_dynamic_implements_dynamic_providers() -> None:
    """Pulumi's dynamic providers are known to one module and the resource classes above it."""
    users = [
        str(f.relative_to(PACKAGE))
        for f in PACKAGE.rglob("*.py")
        if re.search(
            r"^    ResourceProvider,$|dynamic\.ResourceProvider", f.read_text(), re.MULTILINE
        )
    ]

    assert users == ["dynamic.py"]


@pytest.mark.parametrize("provider", [UserProvider, UserBatchProvider, UserStatusProvider])
def test_providers_pickle_by_reference_at_their_frozen_paths(
    provider: type[UserProvider | UserBatchProvider | UserStatusProvider],
) -> None:
    """State holds the class's path: moving or renaming it would strand every old stack."""
    pickled = pickle.dumps(provider(), protocol=4)

    assert b"pulumi_connect_users.dynamic" in pickled
    assert provider.__name__.encode() in pickled
    assert vars(provider()) == {}


def test_exports_are_sorted_and_real() -> None:
    """`__all__` is what a program may import."""
    names = pulumi_connect_users.__all__

    assert sorted(names) == names
    assert [n for n in names if not hasattr(pulumi_connect_users, n)] == []


def test_generated_arguments_are_those_of_the_model() -> None:
    """`make generate` has been run since the model last changed."""
    assert arguments.render() == arguments.TARGET.read_text()
    assert arguments.personal_data() == arguments.PERSONAL_DATA.read_text()


def _imported_by(code: str) -> set[str]:
    """The libraries that some code imports in a process of its own."""
    code += "; import sys; print(*{name.partition('.')[0] for name in sys.modules})"
    return set(run_python(code, check=True).stdout.split())


def test_importing_the_package_needs_neither_boto3_nor_pydantic() -> None:
    """A program starts quickly: what is slow to import is the provider's."""
    names = ", ".join(pulumi_connect_users.__all__)

    imported = _imported_by(f"from pulumi_connect_users import {names}")

    assert imported & {"boto3", "botocore", "pydantic", "click"} == set()


_WITHOUT_PULUMI = "access core coverage directory engine live_data model roster users report"


def test_importing_the_core_needs_no_pulumi() -> None:
    """What a second front end and the commands use is free of the first one."""
    modules = [
        f"pulumi_connect_users.{'.'.join(file.relative_to(PACKAGE).with_suffix('').parts)}"
        for room in _WITHOUT_PULUMI.split()
        for file in sorted((PACKAGE / room).rglob("*.py"))
        if file.stem != "__init__"
    ]

    assert "pulumi_connect_users.users.plan" in modules
    assert _imported_by(f"import {', '.join(modules)}") & {"pulumi", "boto3", "grpc"} == set()


def test_public_names_are_where_type_checkers_look_for_them() -> None:
    """A name is imported when it is first used, from the module that type checkers read."""
    tree = ast.parse((PACKAGE / "__init__.py").read_text())
    declared = {
        alias.name: node.module or ""
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.level
        for alias in node.names
    }

    assert sorted(declared) == sorted(pulumi_connect_users.__all__)
    for name, module in declared.items():
        home = import_module(f"pulumi_connect_users.{module}")
        assert getattr(pulumi_connect_users, name) is getattr(home, name), name
    with pytest.raises(AttributeError, match="has no attribute 'Usre'"):
        _ = pulumi_connect_users.Usre
