"""What a rule evaluates: a user, a security profile, an instance, or a whole stack."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar, overload

from .absent import MISSING, UNKNOWN, Absent, Value
from .property_values import Properties, Property, get
from .user_resources import OWN_USERS, PART, ROSTERS


@dataclass(frozen=True, kw_only=True)
class Resource:
    """A resource as the engine shows it to a policy, its properties as plain Python."""

    urn: str
    type: str
    bag: Properties
    protect: bool = False
    ignore_changes: tuple[str, ...] = ()
    depends_on: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """For each property, the types of the resources that its value comes from (stacks only)."""

    @property
    def name(self) -> str:
        """The name in the program, the last part of the URN."""
        return self.urn.rpartition("::")[2]

    def ignores(self, key: str) -> bool:
        """Whether changes of a property are ignored, by its name or with all others."""
        return any(path in (key, f'["{key}"]', "*") for path in self.ignore_changes)


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What a rule evaluates, in one shape for every resource type.

    `bag` has the members of this project's own users (`username`, `identityInfo.firstName`,
    `securityProfileIds`, ...); an adapter translates what other types call differently.
    """

    kind: ClassVar[str] = "resource"
    name_path: ClassVar[str] = ""
    """What a message calls it, and where its name stands."""

    resource: Resource
    bag: Properties
    member: str | None = None
    """The username under which a roster holds this user; None for a resource of its own."""
    hidden: bool = False
    """Whether only its name is known: a roster's user who is unknown as a whole."""

    @property
    def urn(self) -> str:
        """The URN of the resource."""
        return self.resource.urn

    @property
    def checked(self) -> bool:
        """Whether check evaluated the user with its instance's identity management type."""
        mode = get(self.bag, "identityManagementType")
        return self.resource.type in (*OWN_USERS, *ROSTERS) and isinstance(mode, str)

    @property
    def address(self) -> str:
        """The URN, and behind a `#` the username where one resource holds many users."""
        return self.urn if self.member is None else f"{self.urn}#{self.member}"

    @property
    def display_name(self) -> str:
        """The name for a message; where there is none yet, the resource's."""
        name = self.text(self.name_path)
        return name if isinstance(name, str) else self.resource.name

    @cached_property
    def stack(self) -> str:
        """`project/stack`, which stand in every URN: `urn:pulumi:STACK::PROJECT::TYPE::NAME`."""
        parts = self.urn.split(":", 2)[-1].split("::")
        return f"{parts[1]}/{parts[0]}" if len(parts) > 2 else ""

    @cached_property
    def instance(self) -> Value[str]:
        """The id of the instance, from its ARN or id."""
        return last_segment(self.text("instanceArn"))

    def get(self, path: str) -> Property:
        """The value at a dotted path."""
        return get(self.bag, path)

    def text(self, path: str) -> Value[str]:
        """A text; an empty one is missing, any other value unknown."""
        value = self.get(path)
        if value is MISSING or isinstance(value, str):
            return value
        return UNKNOWN

    def texts(self, path: str) -> Value[tuple[Value[str], ...]]:
        """A list of texts; single entries may be unknown."""
        value = self.get(path)
        if value is MISSING:
            return MISSING
        if not isinstance(value, Sequence) or isinstance(value, str):
            return UNKNOWN
        return tuple(entry if isinstance(entry, str) else UNKNOWN for entry in value)

    def entries(self, path: str) -> Value[tuple[Properties, ...]]:
        """A list of structures; UNKNOWN if one of them is."""
        value = self.get(path)
        if value is MISSING:
            return MISSING
        if not isinstance(value, Sequence) or not all(isinstance(e, Mapping) for e in value):
            return UNKNOWN
        return tuple(entry for entry in value if isinstance(entry, Mapping))

    def mapping(self, path: str) -> Value[Properties]:
        """A map with free keys; any other value is unknown."""
        value = self.get(path)
        return value if value is MISSING or isinstance(value, Mapping) else UNKNOWN

    def tag(self, key: str) -> Value[str]:
        """The value of one tag; its key may hold dots, so it is not a path."""
        tags = self.mapping("tags")
        if isinstance(tags, Absent):
            return tags
        value = tags.get(key, MISSING)
        return value if value is MISSING or isinstance(value, str) else UNKNOWN


@dataclass(frozen=True)
class Profile:
    """One security profile of a user: its id, and its name where that is known."""

    id: Value[str]
    name: Value[str]

    @property
    def label(self) -> str:
        """What a message calls it."""
        for known in (self.name, self.id):
            if isinstance(known, str):
                return known
        return "?"


@dataclass(frozen=True, kw_only=True)
class UserView(Subject):
    """One user of Amazon Connect, of whatever resource type."""

    kind: ClassVar[str] = "user"
    name_path: ClassVar[str] = "username"

    username_generated: bool = False
    """Whether the provider generated the username, since the program gives none."""

    @property
    def is_part(self) -> bool:
        """Whether only a part of an existing user is declared; others set the rest."""
        return isinstance(self.bag.get(PART), Mapping)

    def tag(self, key: str) -> Value[str]:
        """The value of one tag; one that a part does not declare is not known."""
        value = super().tag(key)
        return UNKNOWN if value is MISSING and self.is_part else value

    @property
    def display_name(self) -> str:
        """The username for a message, or its label where the state hides it."""
        label = self.text("label")
        return label if isinstance(label, str) else self.member or super().display_name

    def profiles(self, names: Mapping[str, str]) -> Value[tuple[Profile, ...]]:
        """The security profiles; `names` (id: name) adds the names that the resource lacks."""
        ids, facts = self.texts("securityProfileIds"), self.texts("securityProfileNames")
        if isinstance(facts, tuple) and (not isinstance(ids, tuple) or len(ids) != len(facts)):
            return tuple(Profile(UNKNOWN, name) for name in facts)
        if not isinstance(ids, tuple):
            return ids
        found = []
        for index, written in enumerate(ids):
            id_ = last_segment(written)
            name: Value[str] = facts[index] if isinstance(facts, tuple) else MISSING
            if name is MISSING and isinstance(id_, str):
                name = names.get(id_, MISSING)
            found.append(Profile(id_, name))
        return tuple(found)


@dataclass(frozen=True, kw_only=True)
class ProfileView(Subject):
    """A security profile that the stack manages."""

    kind: ClassVar[str] = "security profile"
    name_path: ClassVar[str] = "securityProfileName"


@dataclass(frozen=True, kw_only=True)
class InstanceView(Subject):
    """An instance that the stack manages."""

    kind: ClassVar[str] = "instance"
    name_path: ClassVar[str] = "instanceAlias"


@dataclass(frozen=True, kw_only=True)
class Stack:
    """All that a stack holds of Amazon Connect."""

    users: tuple[UserView, ...] = ()
    profiles: tuple[ProfileView, ...] = ()
    instances: tuple[InstanceView, ...] = ()

    @classmethod
    def of(cls, subjects: Sequence[Subject]) -> Stack:
        """The subjects by what they are."""
        return cls(
            users=tuple(s for s in subjects if isinstance(s, UserView)),
            profiles=tuple(s for s in subjects if isinstance(s, ProfileView)),
            instances=tuple(s for s in subjects if isinstance(s, InstanceView)),
        )

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """All of it."""
        return (*self.users, *self.profiles, *self.instances)


@overload
def last_segment(arn_or_id: str) -> str: ...
@overload
def last_segment(arn_or_id: Value[str]) -> Value[str]: ...
def last_segment(arn_or_id: Value[str]) -> Value[str]:
    """The id in an ARN (`.../agent/ID`) or in `INSTANCE:ID`, or the id itself."""
    if not isinstance(arn_or_id, str):
        return arn_or_id
    pair = _PAIR.fullmatch(arn_or_id)
    return pair["id"] if pair else arn_or_id.rpartition("/")[2]


_PAIR = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}:(?P<id>[^:/\s]+)", re.IGNORECASE)
"""The `id` of `aws.connect.SecurityProfile`, `RoutingProfile`, ..."""
