"""What a review reads of an instance, in bulk, through a port."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from ..core.security_profile import SecurityProfile, Tags


@dataclass(frozen=True, slots=True)
class User:
    """One user, as far as power depends on it."""

    id: str
    username: str
    profiles: frozenset[str]
    tags: Tags = frozenset()
    hierarchy_group: str = ""


class AccessApi(Protocol):
    """The look-ups in one instance; each raises an ApiError where Connect refuses it."""

    def profiles(self) -> Mapping[str, SecurityProfile]:
        """All security profiles by id; one that cannot be read has no permissions (None)."""

    def users(self) -> list[User]:
        """All users."""

    def groups(self) -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, str]]:
        """Id of each hierarchy group -> ids from the top to it, and -> its path of names."""


@dataclass(frozen=True, slots=True)
class Reading:
    """An instance's profiles, users and hierarchy groups."""

    profiles: Mapping[str, SecurityProfile]
    users: list[User]
    groups: Mapping[str, tuple[str, ...]]
    group_names: Mapping[str, str]


def read(api: AccessApi) -> Reading:
    """Reads it all; hierarchy groups only where a profile is restricted by them."""
    profiles = api.profiles()
    users = api.users()
    restricted = any(profile.hierarchy_restricted for profile in profiles.values())
    groups, names = api.groups() if restricted else ({}, {})
    return Reading(profiles, users, groups, names)
