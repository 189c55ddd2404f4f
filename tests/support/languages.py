"""One user in each Pulumi language, on the native plugin and ready to run."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import yaml

from pulumi_connect_users.native.schema import schema_text
from tests.support.harness import Stack, Stacks
from tests.support.programs import MANAGED_ARN, PASSWORD
from tools.sdks import go, nodejs

LANGUAGES = ("yaml", "typescript", "go", "python")
PYTHON = """
    import pulumi
    import pulumi_connect_users.native as connect

    config = pulumi.Config()
    mary = connect.User(
        "mary-major",
        instance=connect.Instance(config.require("instanceArn")),
        username="mary.major",
        identity_info=connect.IdentityInfo(
            first_name="Mary", last_name="Major", email="marym@example.com"
        ),
        password=config.require_secret("maryPassword"),
        phone_config=connect.PhoneConfig(
            phone_type="SOFT_PHONE", auto_accept=True, after_contact_work_time_limit=60
        ),
        routing_profile="Basic Routing Profile",
        security_profiles=["Agent"],
        hierarchy_group="AMER/West/Team 1",
        tags={"Cost_Center": "42"},
    )
    pulumi.export("mary", mary.user_arn)
"""
"""The program of the other languages' examples; the Python example has a subject of its own."""


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
    return Needs({"yaml": "Pulumi.yaml", "python": "__main__.py"}[language])


def language_stack(
    stacks: Stacks,
    language: str,
    *,
    config: Mapping[str, str | None] = {},
    path: tuple[Path, ...] = (),
) -> Stack:
    """Makes a stack of a language's program, with the plugin and the SDK that it needs.

    Args:
        stacks: the fixture.
        language: one of LANGUAGES.
        config: further plain config values; the plugin's are `connect-users:...`.
        path: further folders of commands, e.g. for a policy pack in another language.
    """
    needed = needs(language)
    python = language == "python"
    stack: Stack = stacks(
        **({"program": PYTHON} if python else {"example": f"languages/{language}"}),
        native=True,
        config={"instanceArn": MANAGED_ARN, **config},
        secrets={"maryPassword": PASSWORD},
        path=(*needed.path, *path),
        environment=needed.variables,
    )
    add_sdk(language, stack.folder)
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
