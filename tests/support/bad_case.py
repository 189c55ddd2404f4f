"""One bad input beside the nearest good one."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pulumi_connect_users.model.user import IdentityManagementType

MANAGED: IdentityManagementType = "CONNECT_MANAGED"
SAML: IdentityManagementType = "SAML"
DIRECTORY: IdentityManagementType = "EXISTING_DIRECTORY"
MODES = (MANAGED, SAML, DIRECTORY)
ABSENT = object()
"""Takes the attribute away."""


@dataclass(frozen=True)
class Case:
    """`attribute` is a wire path; `path` the program's spelling of the refused place."""

    name: str
    mode: IdentityManagementType
    attribute: str
    bad: Any
    good: Any
    path: str

    def __str__(self) -> str:
        return f"{self.mode}-{self.name}".replace(" ", "-")


def each(
    mode: IdentityManagementType, attribute: str, path: str, good: Any, bad: dict[str, Any]
) -> Iterator[Case]:
    """One case for each bad value of an attribute."""
    for name, value in bad.items():
        yield Case(f"{path} {name}", mode, attribute, value, good, path)


def everywhere(attribute: str, path: str, good: Any, bad: dict[str, Any]) -> Iterator[Case]:
    """The same in every identity mode."""
    for mode in MODES:
        yield from each(mode, attribute, path, good, bad)
