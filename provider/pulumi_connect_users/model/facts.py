"""What the project knows about one attribute of a user, written once, beside its type.

Everything else derives from these facts: which call changes an attribute, what a preview may
show, what a reset can clear, the attribute table of the documentation, and the typed arguments.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Literal


class Role(Enum):
    """Why an attribute exists."""

    ATTRIBUTE = "attribute"
    """A part of the user that Amazon Connect stores."""
    NAME = "name"
    """A name that stands for an id; check resolves it and drops it."""
    OPTION = "option"
    """How this project treats the user; never sent to Connect."""
    FACT = "fact"
    """Found by check for policies, reports and readers; never a reason for a change."""
    MARK = "mark"
    """Who owns the user; stored as two tags."""


Change = Literal["update", "replace", "never"]
"""What a changed value leads to: a call, a new user, or nothing that an API could do."""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """The facts of one attribute; lengths, ranges and patterns stand in its type."""

    doc: str
    """One sentence for people who write programs."""
    role: Role = Role.ATTRIBUTE
    calls: tuple[str, ...] = ()
    """The operations that change it after the creation, in the order in which they are made."""
    change: Change = "update"
    clears: bool = False
    """Whether a call exists that empties it."""
    secret: bool = False
    personal: bool = False
    """Names, e-mail addresses and phone numbers: masked in everything that we write."""
    key: tuple[str, ...] = ()
    """For a list of structures: the members (wire names) that identify one entry."""
    per_channel: str | None = None
    """The wire path of the per-channel list that excludes this attribute at CreateUser."""
    type_name: str | None = None
    """The type in the generated arguments, where it is not the model's own."""


UPDATE_CONFIG = "UpdateUserConfig"
UPDATE_HIERARCHY = "UpdateUserHierarchy"
UPDATE_IDENTITY = "UpdateUserIdentityInfo"
UPDATE_PHONE = "UpdateUserPhoneConfig"
UPDATE_ROUTING = "UpdateUserRoutingProfile"
UPDATE_SECURITY = "UpdateUserSecurityProfiles"
ASSOCIATE_PROFICIENCIES = "AssociateUserProficiencies"
UPDATE_PROFICIENCIES = "UpdateUserProficiencies"
DISASSOCIATE_PROFICIENCIES = "DisassociateUserProficiencies"
TAG = "TagResource"
UNTAG = "UntagResource"
