"""Ways to Admin, step by step."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_connect_users.access.admin import LEADING, Account, Centre
from pulumi_connect_users.access.profiles import SecurityProfile, Tags

WEST: Tags = frozenset({("Team", "West")})
EVERYTHING = frozenset({*LEADING, "BasicAgentAccess", "ContactFlows.Edit"})
ADMIN = SecurityProfile("admin", "Admin", EVERYTHING)
AGENT = SecurityProfile("agent", "Agent", frozenset({"BasicAgentAccess"}))


def lead(*permissions: str, **restrictions: object) -> SecurityProfile:
    """The security profile Team Lead."""
    return SecurityProfile("lead", "Team Lead", frozenset(permissions), **restrictions)  # type: ignore[arg-type]


def way(
    *profiles: SecurityProfile,
    others: Iterable[Account] = (),
    start: Account | None = None,
    with_passwords: bool = True,
) -> tuple[str, ...] | None:
    """The way of a team lead; another user is Admin."""
    start = start or Account(frozenset({"lead"}))
    names = {Account(frozenset({"admin"})): "ann.admin", start: "lee.lead"}
    names |= {one: f"user.{number}" for number, one in enumerate(others)}
    known = {one.id: one for one in (ADMIN, AGENT, *profiles)}
    return Centre(known, names, with_passwords=with_passwords).way(start)


@pytest.mark.parametrize(
    ("permissions", "changes"),
    [
        (["Users.EditPermission"], ("give themself the security profile Admin",)),
        (["SecurityProfiles.Edit"], ("give the security profile Team Lead every permission",)),
        (["Users.Edit"], ("reset the password of ann.admin and log in",)),
        (["Users.Create"], ("create a user with the security profile Admin and log in",)),
        (["SecurityProfiles.Create"], None),
        (["SecurityProfiles.Delete", "Users.View", "Users.Delete"], None),
    ],
)
def test_one_permission_leads_to_admin_in_one_step(
    permissions: list[str], changes: tuple[str, ...] | None
) -> None:
    assert way(lead(*permissions)) == changes


def test_admin_and_a_copy_of_it_need_no_step() -> None:
    assert way(lead(), start=Account(frozenset({"admin"}))) == ()
    assert way(lead(*EVERYTHING, "Users.View")) == ()


def test_restricted_copy_of_admin_is_not_admin() -> None:
    own = frozenset({"User", "SecurityProfile"})

    assert way(lead(*EVERYTHING, tag_restricted=own, allowed_tags=WEST)) != ()


def test_passwords_count_only_where_connect_keeps_them() -> None:
    assert way(lead("Users.Edit", "Users.Create"), with_passwords=False) is None


def test_new_security_profile_is_created_and_given_in_two_steps() -> None:
    """Admin itself is out of reach: it does not have the tag."""
    profile = lead(
        "Users.EditPermission",
        "SecurityProfiles.Create",
        tag_restricted=frozenset({"SecurityProfile"}),
        allowed_tags=WEST,
    )

    assert way(profile) == (
        "create a security profile with every permission",
        "give themself the new security profile",
    )


def test_tags_that_exclude_admin_and_the_own_profile_close_the_way() -> None:
    restricted = frozenset({"User", "SecurityProfile"})
    profile = lead(
        "Users.Edit",
        "Users.EditPermission",
        "SecurityProfiles.Edit",
        tag_restricted=restricted,
        allowed_tags=WEST,
    )

    assert way(profile) is None


def test_way_leads_through_another_user() -> None:
    """The supervisor of the own team edits security profiles; the lead resets the password."""
    supervisor = SecurityProfile("super", "Supervisor", frozenset({"SecurityProfiles.Edit"}))
    other = Account(frozenset({"super"}), WEST)
    profile = lead("Users.Edit", tag_restricted=frozenset({"User"}), allowed_tags=WEST)

    assert way(profile, supervisor, others=[other]) == (
        "reset the password of user.0 and log in",
        "give the security profile Supervisor every permission",
    )


def test_two_users_of_whom_one_gives_and_one_is_taken_over() -> None:
    """Neither power suffices alone: one gives a user Admin, the other resets the password."""
    clerk = SecurityProfile(
        "clerk",
        "Clerk",
        frozenset({"Users.Edit"}),
        tag_restricted=frozenset({"User"}),
        allowed_tags=WEST,
    )
    giver = lead(
        "Users.EditPermission",
        tag_restricted=frozenset({"User"}),
        allowed_tags=WEST,
    )
    member = Account(frozenset({"agent"}), WEST)
    both = Account(frozenset({"lead", "clerk"}))

    assert way(giver, others=[member]) is None
    assert way(giver, clerk, others=[member], start=both) == (
        "reset the password of user.0 and log in",
        "give user.0 the security profile Admin",
    )


@pytest.mark.parametrize(("group", "reached"), [("team", True), ("site", True), ("other", False)])
def test_hierarchy_restriction_holds_for_groups_below(group: str, *, reached: bool) -> None:
    profile = lead("Users.Edit", hierarchy_restricted=frozenset({"User"}), hierarchy_group=group)
    admin = Account(frozenset({"admin"}), frozenset(), ("site", "team"))
    start = Account(frozenset({"lead"}))
    centre = Centre(
        {"admin": ADMIN, "lead": profile}, {admin: "ann", start: "lee"}, with_passwords=True
    )

    assert (centre.way(start) is not None) is reached


@pytest.mark.parametrize(
    ("own", "reached"), [(("site",), True), (("site", "east"), False), ((), True)]
)
def test_own_group_is_that_of_the_person(own: tuple[str, ...], *, reached: bool) -> None:
    profile = lead("Users.Edit", hierarchy_restricted=frozenset({"User"}))
    admin = Account(frozenset({"admin"}), frozenset(), ("site", "team"))
    start = Account(frozenset({"lead"}), frozenset(), own)
    centre = Centre(
        {"admin": ADMIN, "lead": profile}, {admin: "ann", start: "lee"}, with_passwords=True
    )

    assert (centre.way(start) is not None) is reached


def test_unreadable_profile_is_judged_as_the_worst() -> None:
    secret = SecurityProfile("lead", "Team Lead", None)
    start = Account(frozenset({"lead"}))
    centre = Centre({"admin": ADMIN, "lead": secret}, {start: "lee"}, with_passwords=True)

    assert centre.way(start) is None
    assert centre.assuming_the_worst().way(start) is not None


_PERMISSIONS = st.frozensets(st.sampled_from(sorted(LEADING)), max_size=3)
_RESTRICTED = st.frozensets(st.sampled_from(["User", "SecurityProfile"]))
_CENTRES = st.tuples(
    st.lists(st.tuples(_PERMISSIONS, _RESTRICTED, st.booleans()), min_size=2, max_size=4),
    st.lists(
        st.tuples(st.frozensets(st.integers(0, 3), max_size=2), st.booleans()),
        min_size=1,
        max_size=4,
    ),
)


@given(_CENTRES)
def test_another_profile_never_makes_the_way_longer(
    drawn: tuple[
        list[tuple[frozenset[str], frozenset[str], bool]],
        list[tuple[frozenset[int], bool]],
    ],
) -> None:
    """Whoever can become Admin still can with one profile more."""
    profiles, users = drawn
    known = {
        str(i): SecurityProfile(
            str(i),
            f"P{i}",
            permissions,
            tags=WEST if tagged else frozenset(),
            allowed_tags=WEST,
            tag_restricted=restricted,
        )
        for i, (permissions, restricted, tagged) in enumerate(profiles)
    } | {"admin": ADMIN}
    accounts = [
        Account(frozenset(str(i) for i in held if str(i) in known), WEST if west else frozenset())
        for held, west in users
    ]
    names = {one: str(one) for one in accounts} | {Account(frozenset({"admin"})): "ann"}
    start = accounts[0]
    before = Centre(known, names, with_passwords=True).way(start)
    for more in known:
        after = Account(start.profiles | {more}, start.tags)
        found = Centre(known, names, with_passwords=True).way(after)
        assert before is None or found is not None
    if before is not None:
        assert len(set(before)) == len(before)
