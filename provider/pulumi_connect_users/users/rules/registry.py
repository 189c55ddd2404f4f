"""The rules that the model cannot state: each a function with its kind, modes and source."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from ...core.check_failure import Failure, Finding, Kind
from ...core.properties import split
from ...core.unknowns import Path
from ...model.attributes import by_wire
from ...model.user import IdentityManagementType
from ..declared_user import DeclaredUser

_API: Final = "https://docs.aws.amazon.com/connect/latest/APIReference/"
_ADMIN: Final = "https://docs.aws.amazon.com/connect/latest/adminguide/"

CREATE_USER: Final = _API + "API_CreateUser.html"
UPDATE_CONFIG: Final = _API + "API_UpdateUserConfig.html"
UPDATE_SECURITY: Final = _API + "API_UpdateUserSecurityProfiles.html"
IDENTITY_INFO: Final = _API + "API_UserIdentityInfo.html"
PHONE_CONFIG: Final = _API + "API_UserPhoneConfig.html"
PROFICIENCY: Final = _API + "API_UserProficiency.html"
TAGGING: Final = _API + "API_TagResource.html"
QUOTAS: Final = _ADMIN + "amazon-connect-service-limits.html"
SAML: Final = _ADMIN + "configure-saml.html"
PASSWORD_RESET: Final = _ADMIN + "password-reset.html"
DIRECTORY: Final = _ADMIN + "directory-service.html"
ROLE_SESSION: Final = (
    "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithSAML.html"
)

ALL_MODES: Final[tuple[IdentityManagementType, ...]] = (
    "CONNECT_MANAGED",
    "SAML",
    "EXISTING_DIRECTORY",
)

Check = Callable[[DeclaredUser], Iterator[Failure]]


@dataclass(frozen=True)
class Rule:
    """One rule of a user."""

    name: str
    doc: str
    source: str
    check: Check
    modes: tuple[IdentityManagementType, ...] = ALL_MODES
    kind: Kind = "enforced"
    making: bool = False
    """Whether it is about the making of a user, and never judges one that exists."""

    def judge(self, user: DeclaredUser) -> Iterator[Finding]:
        """What the rule says of a user; nothing where the identity mode is not one of its own."""
        if self.modes != ALL_MODES and user.identity_type not in self.modes:
            return
        if self.making and (user.exists or (user.may_exist and self.kind != "enforced")):
            return
        for failure in self.check(user):
            yield Finding(self.name, self.kind, failure)


RULES: list[Rule] = []


def rule(
    doc: str,
    source: str,
    *,
    modes: tuple[IdentityManagementType, ...] = ALL_MODES,
    kind: Kind = "enforced",
    making: bool = False,
) -> Callable[[Check], Check]:
    """Adds a function to the rules; its name becomes the rule's name."""

    def register(check: Check) -> Check:
        name = check.__name__.replace("_", "-")
        RULES.append(Rule(name, doc, source, check, modes, kind, making))
        return check

    return register


def missing(wire: str) -> Failure:
    """A refusal because an attribute is missing."""
    return refuse(wire, "is missing", by_wire()[wire].facts.remedy or "Give it.")


def refuse(path: str | Path, cause: str, remedy: str) -> Failure:
    """A refusal of the value at a wire path."""
    return Failure(split(path) if isinstance(path, str) else path, cause, remedy)
