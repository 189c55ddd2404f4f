"""The examples of languages other than Python, on the native plugin and ready to run."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import yaml

from pulumi_connect_users.native.schema import schema_text
from tests.support.harness import Stack, Stacks
from tests.support.programs import MANAGED_ARN, PASSWORD
from tools.sdks import go, nodejs

LANGUAGES = ("yaml", "typescript", "go")


class Needs(NamedTuple):
    """What programs of a language need."""

    program: str
    """The file that holds the program."""
    path: tuple[Path, ...] = ()
    variables: Mapping[str, str] = {}


def needs(language: str) -> Needs:
    """Returns what a language needs; what is missing on this machine is made once."""
    if language == "typescript":
        # Types are checked by `tsc`, once.
        variables = {"PULUMI_NODEJS_TRANSPILE_ONLY": "true"}
        return Needs("index.ts", (nodejs.commands(),), variables)
    if language == "go":
        return Needs("main.go", (go.commands(),), go.variables())
    return Needs("Pulumi.yaml")


def language_stack(stacks: Stacks, language: str, config: Mapping[str, str | None] = {}) -> Stack:
    """Makes a stack of the example of a language, with the plugin and the SDK that it needs.

    Args:
        stacks: the fixture.
        language: a folder of examples/languages.
        config: further plain config values; the plugin's are `connect-users:...`.
    """
    needed = needs(language)
    stack: Stack = stacks(
        example=f"languages/{language}",
        config={"instanceArn": MANAGED_ARN, **config},
        secrets={"maryPassword": PASSWORD},
        path=needed.path,
        environment=needed.variables,
    )
    add_sdk(language, stack.folder)
    stack.install_plugin()
    return stack


def add_sdk(language: str, project: Path) -> None:
    """Gives the SDK to the project of a program."""
    if language == "typescript":
        nodejs.add(project, schema_text())
    elif language == "go":
        go.add(project, schema_text())
        file = project / "Pulumi.yaml"
        described = yaml.safe_load(file.read_text())
        # What has not changed is not compiled again.
        described["runtime"] = {"name": "go", "options": {"buildTarget": "bin/program"}}
        file.write_text(yaml.safe_dump(described))
