"""The structure of the package: who may import whom, and what is frozen for ever."""

from __future__ import annotations

import ast
import pickle
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import pulumi_connect_users
from pulumi_connect_users.dynamic import UserBatchProvider, UserProvider, UserStatusProvider
from pulumi_connect_users.model.attributes import attributes
from pulumi_connect_users.resources.user import PERSONAL_PATHS
from tools import arguments

PACKAGE = Path(pulumi_connect_users.__file__).parent
_ABOVE = (".cli", ".dynamic", ".emulator", ".resources")
_PURE = ("pulumi", "boto3", "botocore", ".aws", ".engine", *_ABOVE)
FORBIDDEN = {
    "core": (*_PURE, ".users", ".roster", ".live_data", ".report"),
    "model": (*_PURE, ".core", ".users", ".roster", ".live_data", ".report"),
    "users": (*_PURE, ".roster", ".report"),
    "live_data": (*_PURE, ".users", ".roster", ".report"),
    "roster": (*_PURE, ".report"),
    "aws": ("pulumi", ".cli", ".dynamic", ".resources", ".engine", ".report"),
    "engine": ("boto3", "botocore", ".cli", ".dynamic", ".resources", ".report"),
    "emulator": ("pulumi", "boto3", ".aws", ".core", ".dynamic", ".engine", ".model", ".users"),
    "board": ("pulumi", "boto3", "botocore", ".aws", *_ABOVE),
    "export": ("pulumi", "boto3", "botocore", *_ABOVE),
    "iam": ("pulumi", "boto3", "botocore", *_ABOVE),
    "doctor": ("boto3", "botocore", *_ABOVE),
    "report": ("pulumi", "boto3", "botocore", ".aws", ".engine", *_ABOVE),
}


def _modules(part: str) -> list[Path]:
    return sorted((PACKAGE / part).rglob("*.py"))


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


@pytest.mark.parametrize("part", sorted(FORBIDDEN))
def test_dependencies_point_one_way(part: str) -> None:
    """No part imports what stands above it."""
    broken = [
        f"{file.relative_to(PACKAGE)} imports {name}"
        for file in _modules(part)
        for name in _imports(file)
        if any(name == f or name.startswith(f + ".") for f in FORBIDDEN[part])
    ]

    assert broken == []


def test_only_dynamic_imports_pulumi_dynamic() -> None:
    """Pulumi's dynamic providers are known to one module and the resource classes above it."""
    users = [f.name for f in PACKAGE.glob("*.py") if "ResourceProvider" in f.read_text()]

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


def test_hidden_paths_are_the_models_personal_attributes() -> None:
    """connect:personalData hides every attribute that the model calls personal."""
    personal = {a.path for a in attributes() if a.facts.personal}

    assert personal == set(PERSONAL_PATHS)


def test_importing_the_package_needs_neither_boto3_nor_pydantic() -> None:
    """A program starts quickly: what is slow to import is the provider's."""
    code = (
        "import pulumi_connect_users, sys;"
        "print([m for m in ('boto3', 'pydantic', 'click') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
