"""The whole schema."""

import json
from importlib.metadata import version
from pathlib import Path
from typing import Final

from ...core.properties import Properties
from ...core.public_home import HOME_URL, PUBLIC_HOME
from ...model.attributes import attributes
from .enums import ENUMS
from .functions import function_types, functions
from .provider import provider_inputs, setting_types
from .resources import resources, roster_types
from .shapes import PACKAGE, Spec, structure_of_model, token

_DISTRIBUTION: Final = "pulumi-connect-users"
_EXAMPLES: Final = Path(__file__).with_name("examples")


def schema() -> Properties:
    """The schema as a plain structure."""
    inputs = provider_inputs()
    return {
        "name": PACKAGE,
        "displayName": "Amazon Connect Users",
        "version": version(_DISTRIBUTION),
        "description": "Users of Amazon Connect: agents, supervisors and administrators.",
        "keywords": ["amazon-connect", "contact-center", "kind/native", "category/cloud"],
        "homepage": HOME_URL,
        "repository": HOME_URL,
        "license": "Apache-2.0",
        "publisher": "The pulumi-connect-users authors",
        "pluginDownloadURL": f"{HOME_URL}/releases",
        "language": _languages(),
        "config": {"variables": inputs},
        "provider": {
            "description": "Where Amazon Connect is, and how it is used.",
            "inputProperties": inputs,
        },
        "types": {token(name): spec for name, spec in sorted(_types().items())},
        "resources": _with_examples(resources()),
        "functions": _with_examples(functions()),
    }


def schema_text() -> str:
    """The schema as JSON."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def _languages() -> Spec:
    """What the generators of SDKs need; Python programs use this package itself."""
    common: Spec = {"respectSchemaVersion": True}
    return {
        "nodejs": {**common, "packageName": f"@{_DISTRIBUTION}/{PACKAGE}"},
        "python": {
            **common,
            "packageName": "pulumi_connect_users_sdk",
            "pyproject": {"enabled": True},
        },
        "go": {**common, "importBasePath": f"{PUBLIC_HOME}/sdk/go/{PACKAGE.replace('-', '')}"},
    }


def _types() -> dict[str, Spec]:
    models = {a.model for a in attributes() if a.model is not None}
    return {
        **{model.__name__: structure_of_model(model) for model in models},
        **setting_types(),
        **{enum.name: enum.spec for enum in ENUMS.values()},
        **roster_types(),
        **function_types(),
    }


def _with_examples(specs: dict[str, Spec]) -> Spec:
    """By token, each description with the program of its file, which generators filter."""
    documented: Spec = {}
    for name, spec in specs.items():
        example = (_EXAMPLES / f"{name}.md").read_text(encoding="utf-8")
        example = example.replace("PUBLIC_HOME", PUBLIC_HOME)
        doc, heading, rest = str(spec["description"]).partition("\n\n## Import")
        doc = (
            f"{doc}\n\n{{{{% examples %}}}}\n## Example Usage\n\n{{{{% example %}}}}\n\n{example}"
            f"\n{{{{% /example %}}}}\n{{{{% /examples %}}}}{heading}{rest}"
        )
        documented[token(name)] = {**spec, "description": doc}
    return documented
