"""The resource types of the package, and what of each the core does not know."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from ..core.arns import last_part
from ..core.messages import UNFINISHED
from ..core.ownership import (
    FILE_BACKEND_ORGANIZATION,
    FORMER,
    OwnershipMark,
    resource_hash,
    stack_label,
)
from ..core.privacy import hides_addresses, is_address
from ..core.properties import Properties, Value, members
from ..core.unknowns import UNKNOWN
from ..engine.program_settings import ProgramSettings
from ..engine.resource import Kind
from ..model.attributes import attributes
from .values import Path

PACKAGE: Final = "connect-users"
_DYNAMIC: Final = "dynamic/connect:"
"""As in the marks of dynamic resources; their types in state have the package before it."""

_SECRET: Final = frozenset(a.path for a in attributes() if a.facts.secret)
_PERSONAL: Final = frozenset(a.path for a in attributes() if a.facts.personal)


@dataclass(frozen=True)
class ResourceType:
    """One type of resource."""

    kind: Kind
    computed: Callable[[Value], dict[str, Value]]
    """The outputs that derive from the id; UNKNOWN while a preview does not know it."""
    hidden: Callable[[Properties], frozenset[Path]]
    """Where the secret values of a bag are, beside those that a program marks."""
    former: str | None = None
    """The dynamic type whose marks its users may have."""
    is_marked: bool = True
    """Whether it manages users, which get its mark."""
    declare: Callable[[Properties], Properties] = lambda declared: declared
    """A program's inputs as the core takes them."""

    def mark(self, urn: str, settings: ProgramSettings, organization: str | None) -> Properties:
        """The ownership mark of a resource as inputs; empty with `ownership` off.

        The URN says all but the organization. Below a parent the former mark is not known: it
        depends on the parent's name.
        """
        if not settings.keeps_marks or not self.is_marked:
            return {}
        qualified_type, name = urn.split("::", 3)[2:]
        stack = stack_of(urn, organization, settings.owner_id)
        mark = {"ownership": OwnershipMark(stack, resource_hash((qualified_type, name))).text}
        if self.former and "$" not in qualified_type:
            mark[FORMER] = resource_hash((self.former, name))
        return mark


def stack_of(urn: str, organization: str | None, owner_id: str) -> str:
    """The stack of a resource, as marks name it."""
    stack, project = urn.removeprefix("urn:pulumi:").split("::", 2)[:2]
    return stack_label(organization or FILE_BACKEND_ORGANIZATION, project, stack, owner_id)


def _of_user(arn: Value) -> dict[str, Value]:
    return {"userArn": arn, "userId": last_part(arn) if isinstance(arn, str) else UNKNOWN}


def _hidden_of_user(bag: Properties) -> frozenset[Path]:
    if not hides_addresses():
        return _SECRET
    username = {("username",)} if is_address(bag.get("username")) else set()
    return _SECRET | _PERSONAL | username | {(UNFINISHED,)}


def _hidden_of_roster(bag: Properties) -> frozenset[Path]:
    hidden = {("passwords",)}
    if hides_addresses():
        hidden |= {("users",), (UNFINISHED,)}
        if any(map(is_address, members(bag.get("users")))):
            hidden |= {("userIds",), ("lastModifiedTimes",), ("released",)}
    return frozenset(hidden)


def _hidden_of_status(bag: Properties) -> frozenset[Path]:
    hides = hides_addresses() and is_address(bag.get("username"))
    return frozenset({("username",)} if hides else ())


def _declared_roster(declared: Properties) -> Properties:
    from .roster import with_texts

    return with_texts(declared)


TYPES: Final[Mapping[str, ResourceType]] = {
    f"{PACKAGE}:index:User": ResourceType(
        "user", _of_user, _hidden_of_user, former=f"{_DYNAMIC}User"
    ),
    f"{PACKAGE}:index:UserRoster": ResourceType(
        "roster",
        lambda arn: {"userIds": UNKNOWN} if arn is UNKNOWN else {},
        _hidden_of_roster,
        former=f"{_DYNAMIC}UserBatch",
        declare=_declared_roster,
    ),
    f"{PACKAGE}:index:UserStatus": ResourceType(
        "status", lambda arn: {}, _hidden_of_status, is_marked=False
    ),
}
"""By token."""
