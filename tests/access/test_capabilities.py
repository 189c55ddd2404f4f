"""The table of capabilities: each permission gives it, and only those do."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_connect_users.access.capabilities import BECOME_ADMIN, CAPABILITIES, TEXTS, Capability
from pulumi_connect_users.access.profiles import Reach, joined, powers, scope_of
from pulumi_connect_users.core.security_profile import Scope, SecurityProfile

ALL = sorted({permission for one in CAPABILITIES for permission in one.permissions})


def profile(
    *permissions: str, tags: dict[str, str] | None = None, restricts: tuple[str, ...] = ()
) -> SecurityProfile:
    """A security profile that is restricted by tags."""
    return SecurityProfile(
        "p",
        "Team Lead",
        frozenset(permissions),
        allowed_tags=frozenset((tags or {}).items()),
        tag_restricted=frozenset(restricts),
    )


@pytest.mark.parametrize("capability", CAPABILITIES, ids=lambda one: one.name)
def test_each_permission_gives_the_capability_and_no_other_does(capability: Capability) -> None:
    others = set(ALL) - set(capability.permissions)

    assert all(capability.name in powers([profile(one)]) for one in capability.permissions)
    assert capability.name not in powers([profile(*others)])
    assert capability.name not in powers([profile()])


@pytest.mark.parametrize("capability", CAPABILITIES, ids=lambda one: one.name)
def test_each_capability_names_its_sources(capability: Capability) -> None:
    guide = "https://docs.aws.amazon.com/connect/latest/adminguide/"

    assert capability.sources
    assert all(source.startswith(guide) for source in capability.sources)
    assert all(re.fullmatch(r"[A-Z][A-Za-z.]+", one) for one in capability.permissions)
    assert list(TEXTS) == [BECOME_ADMIN, *(one.name for one in CAPABILITIES)]


def test_access_control_tags_narrow_what_they_name_and_nothing_else() -> None:
    west = profile(
        "Users.Edit", "Queues.Edit", "ManagerListenIn", tags={"Team": "West"}, restricts=("User",)
    )

    found = powers([west])

    assert found["edit-users"] == {Scope("User", frozenset({("Team", "West")}))}
    assert found["change-routing"] == {Scope("Queue")}
    assert found["monitor-live-contacts"] == {Scope("")}


def test_profile_without_tags_wins_over_one_with_them() -> None:
    """Administrator guide, Apply tag-based access control, Configuration limitations."""
    west = profile("Users.Edit", tags={"Team": "West"}, restricts=("User",))
    east = profile("Users.Edit", tags={"Team": "East"}, restricts=("User",))

    assert len(powers([west, east])["edit-users"]) == 2
    assert powers([west, profile("Users.Edit"), east])["edit-users"] == {Scope("User")}


_TAGS = st.frozensets(st.sampled_from([("Team", "West"), ("Team", "East"), ("Site", "A")]))
_PROFILES = st.lists(
    st.builds(
        SecurityProfile,
        st.just("p"),
        st.just("P"),
        st.none() | st.frozensets(st.sampled_from(ALL), max_size=6),
        allowed_tags=_TAGS,
        tag_restricted=st.frozensets(
            st.sampled_from(["User", "SecurityProfile", "Queue", "RoutingProfile"])
        ),
        hierarchy_restricted=st.frozensets(st.just("User")),
        hierarchy_group=st.sampled_from(["", "west"]),
    ),
    max_size=4,
)


@given(_PROFILES, _PROFILES)
def test_power_of_a_union_of_profiles_is_the_union(
    some: list[SecurityProfile], others: list[SecurityProfile]
) -> None:
    left, right = powers(some), powers(others)

    nothing = Reach()
    assert powers([*some, *others]) == {
        name: joined(left.get(name, nothing) | right.get(name, nothing))
        for name in left.keys() | right.keys()
    }


@given(_PROFILES)
def test_no_profile_takes_power_away(profiles: list[SecurityProfile]) -> None:
    found = powers(profiles)

    for one in profiles:
        for capability in CAPABILITIES:
            for permission in capability.permissions:
                if permission in (one.permissions or ()):
                    scope = scope_of(one, permission)
                    assert any(wide.includes(scope) for wide in found[capability.name])
