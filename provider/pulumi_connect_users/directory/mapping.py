"""The mapping file: which groups of a directory lead to which teams, profiles and groups.

`mapping.schema.json` is its JSON Schema for editors, written by `make generate`.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Final, Literal, get_args

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from ..core.documents import UnreadableDocument
from ..core.people import Person
from ..core.yaml_documents import compose_yaml, read_yaml
from .refusal import ImportRefused

SCHEMA_FILE: Final = Path(__file__).with_name("mapping.schema.json")

UsernameSource = Literal["userName", "email", "externalId"]
Identity = Literal["first_name", "last_name", "email", "secondary_email", "mobile"]
PersonField = Literal[
    "userName", "email", "externalId", "givenName", "familyName", "mobile", "active", "groups"
]
FIELDS: Final[tuple[PersonField, ...]] = get_args(PersonField)
"""What a file can say of a person, in SCIM's words."""
Name = Annotated[str, Field(min_length=1, strict=True)]

_USERNAMES: Final[Mapping[UsernameSource, str]] = {
    "userName": "user_name",
    "email": "email",
    "externalId": "external_id",
}
_IDENTITY: Final[Mapping[Identity, str]] = {
    "first_name": "given_name",
    "last_name": "family_name",
    "email": "email",
    "secondary_email": "email",
    "mobile": "mobile",
}


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class GroupMapping(_Strict):
    """What the members of one group get."""

    team: Name | None = Field(None, description="Their team in the roster.")
    routing_profile: Name | None = Field(None, description="Name of their routing profile.")
    security_profiles: Annotated[list[Name], Field(min_length=1)] | None = Field(
        None, description="Names of security profiles; those of several groups are united."
    )
    hierarchy_group: Name | None = Field(None, description="Path of their hierarchy group.")

    @model_validator(mode="after")
    def _says_something(self) -> "GroupMapping":
        if not self.model_fields_set:
            raise ValueError("gives nothing. Give a team, or remove the group")
        return self


class DirectoryMapping(_Strict):
    """The whole file."""

    username: UsernameSource = Field(
        "userName", description="What the identity provider sends as RoleSessionName."
    )
    identity_info: list[Identity] = Field(
        ["first_name", "last_name"],
        description="Personal data to write; both e-mail addresses take the directory's.",
    )
    groups: Annotated[dict[Name, GroupMapping], Field(min_length=1)] = Field(
        description="Groups by name; people in none of them are not in the roster."
    )
    keep: list[Name] = Field([], description="Usernames that the import leaves alone.")
    columns: dict[PersonField, Name] = Field({}, description="Names of a CSV file's columns.")

    @property
    def teams(self) -> frozenset[str]:
        """The teams whose users are managed."""
        return frozenset(group.team for group in self.groups.values() if group.team)

    def username_of(self, person: Person) -> str:
        """What the identity provider sends; empty where the directory has none."""
        return str(getattr(person, _USERNAMES[self.username]))

    def identity_of(self, person: Person) -> dict[str, str]:
        """The personal data that the directory has, by the names of `identity_info`."""
        values = {name: str(getattr(person, _IDENTITY[name])) for name in self.identity_info}
        return {name: value for name, value in values.items() if value}


def read_mapping(path: Path, text: str) -> DirectoryMapping:
    """Reads a mapping; raises ImportRefused with every mistake and its line."""
    try:
        content, root = read_yaml(text), compose_yaml(text)
    except UnreadableDocument as error:
        raise ImportRefused([f"{path}:{error.line or 1}: {error.cause}."]) from None
    try:
        return DirectoryMapping.model_validate(content)
    except ValidationError as error:
        mistakes = []
        for details in error.errors(include_url=False, include_input=False):
            where = tuple(part for part in details["loc"] if part != "[key]")
            cause = details["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
            if details["type"] == "extra_forbidden":
                cause = f"unknown key. Known: {', '.join(_known(where))}"
            elif details["msg"].startswith("Input should be"):
                cause = f"must be {cause}"
            name = ".".join(map(str, where)) or "mapping"
            mistakes.append(f"{path}:{_line(root, where)}: {name}: {cause}.")
        raise ImportRefused(mistakes) from None


def _known(where: tuple[int | str, ...]) -> list[str]:
    return list((DirectoryMapping if len(where) == 1 else GroupMapping).model_fields)


def _line(node: yaml.Node | None, where: tuple[int | str, ...]) -> int:
    """The line of the innermost part that is in the file."""
    line = 1
    for part in where:
        if isinstance(node, yaml.MappingNode):
            pairs = [(key, value) for key, value in node.value if key.value == part]
            if not pairs:
                break
            (key, node), *_ = pairs
            line = key.start_mark.line + 1
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            node = node.value[part]
            line = node.start_mark.line + 1
    return line


def schema_text() -> str:
    """The schema as its file holds it."""
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **DirectoryMapping.model_json_schema(),
        "title": "The mapping of a directory's groups to pulumi-connect-users",
    }
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    SCHEMA_FILE.write_text(schema_text(), encoding="utf-8")
