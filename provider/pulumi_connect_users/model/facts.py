"""What the project knows about one attribute of a user, written once, beside its type.

Everything else derives from these facts: the calls of an update and their order, the permissions
for them, what a preview may show, the attribute table of the documentation, the typed arguments.
"""

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
    ROSTER = "roster"
    """How a roster treats its user; a user of its own has none."""
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
    required: bool = False
    """Whether no user, or no entry of its list, can be without it."""
    default: str | int | bool | None = None
    """For an option: what holds where a program says nothing; left out of the inputs."""
    form: str | None = None
    """What a value that does not match the pattern must be."""
    remedy: str | None = None
    """What to do about a missing or empty value, where "give a value" is not enough."""

    calls: tuple[str, ...] = ()
    """The operations that change it, in the order in which an update makes them.

    A list by key has one call for whole entries, or three that remove, add and change them; a map
    has one that sets and one that removes; a structure has one, and for settings that each channel
    can have on its own a second one, which sets them channel by channel.
    """
    on_create: bool = True
    """Whether CreateUser takes it under its own name."""
    parameter: str | None = None
    """The parameter of the calls, where it is not the attribute's own name."""
    change: Change = "update"
    clears: bool = False
    """Whether a call exists that empties it."""
    grants: bool = False
    """Whether it gives rights: a change that does more than take some away is made last."""
    key: tuple[str, ...] = ()
    """For a list of structures: the members (wire names) that identify one entry."""
    needs: tuple[str, str] | None = None
    """The member beside it (wire name), and that member's only value with which it can exist."""
    per_channel: str | None = None
    """The wire path of the same setting of one channel; CreateUser takes one of the two."""
    voice_only: bool = False
    """Whether only the channel VOICE has it."""

    secret: bool = False
    personal: bool = False
    """Names, e-mail addresses and phone numbers: masked in everything that we write."""
    in_bulk: bool = True
    """Whether SearchUsers returns it; the rest is in DescribeUser alone."""
    kept: bool = False
    """For a fact: whether a refresh keeps it as it is."""
    saml: bool = True
    """Whether UpdateUser... calls take it from users who sign in with SAML."""
    of_directory: bool = False
    """Whether an existing directory owns it, so that Connect cannot change it."""

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


def option(doc: str, *, default: str | int | bool | None = None) -> Facts:
    """How the provider treats a user: in state alone."""
    return Facts(doc=doc, role=Role.OPTION, default=default)


def named(doc: str, remedy: str | None = None) -> Facts:
    """A name that check resolves to an id."""
    return Facts(doc=doc, role=Role.NAME, remedy=remedy)


def fact(doc: str, *, kept: bool = False) -> Facts:
    """What check finds out for policies and reports."""
    return Facts(doc=doc, role=Role.FACT, kept=kept)
