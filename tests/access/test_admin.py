"""Ways to Admin, step by step."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_connect_users.access.admin import Centre
from pulumi_connect_users.access.changes import LEADING, Account
from pulumi_connect_users.core.security_profile import SecurityProfile, Tags

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


def test_tags_of_an_unreadable_profile_may_be_any() -> None:
    """The lead can give what is tagged West, and nothing says that the profile is not."""
    secret = SecurityProfile("secret", "Secret", None)
    profile = lead(
        "Users.EditPermission", tag_restricted=frozenset({"SecurityProfile"}), allowed_tags=WEST
    )
    start = Account(frozenset({"lead"}))
    known = {"admin": ADMIN, "lead": profile, "secret": secret}
    centre = Centre(known, {start: "lee"}, with_passwords=True)

    assert centre.way(start) is None
    assert centre.assuming_the_worst().way(start) is not None


_LEADING = ("Users.EditPermission", "SecurityProfiles.Edit", "Users.Edit")
_PROFILE = st.tuples(
    st.frozensets(st.sampled_from(_LEADING), max_size=2),
    st.frozensets(st.sampled_from(["User", "SecurityProfile"])),
    st.booleans(),
)
_USER = st.tuples(st.frozensets(st.sampled_from("ab"), min_size=1), st.booleans())


@given(_PROFILE, _PROFILE, st.lists(_USER, min_size=1, max_size=3), st.booleans())
def test_way_is_the_shortest_of_all_sequences_of_changes(
    a: tuple[frozenset[str], frozenset[str], bool],
    b: tuple[frozenset[str], frozenset[str], bool],
    users: list[tuple[frozenset[str], bool]],
    admin_is_west: bool,
) -> None:
    """Compared with a search that tries the changes one after the other, in every order."""
    profiles = {
        name: SecurityProfile(
            name,
            name,
            permissions,
            tags=WEST if tagged else frozenset(),
            allowed_tags=WEST,
            tag_restricted=restricted,
        )
        for name, (permissions, restricted, tagged) in {"a": a, "b": b}.items()
    } | {"admin": ADMIN}
    accounts = list(
        dict.fromkeys(Account(held, WEST if west else frozenset()) for held, west in users)
    )
    accounts.append(Account(frozenset({"admin"}), WEST if admin_is_west else frozenset()))
    names = {one: f"user.{number}" for number, one in enumerate(accounts)}

    found = Centre(profiles, names, with_passwords=True).way(accounts[0])

    assert (None if found is None else len(found)) == _fewest(profiles, accounts)


State = frozenset[tuple[str, int, str]]
"""Accounts that are controlled, the profiles that each account has, and the edited profiles."""


def _fewest(profiles: dict[str, SecurityProfile], accounts: list[Account]) -> int | None:
    held = {("has", i, p) for i, one in enumerate(accounts) for p in one.profiles}
    states: set[State] = {frozenset({("is", 0, ""), *held})}
    seen = set(states)
    for changes in range(20):
        if any(_is_admin(state) for state in states):
            return changes
        states = {
            state | {change} for state in states for change in _next(state, profiles, accounts)
        } - seen
        seen |= states
    return None


def _is_admin(state: State) -> bool:
    return any(
        kind == "has"
        and ("is", account, "") in state
        and (profile == "admin" or ("full", 0, profile) in state)
        for kind, account, profile in state
    )


def _next(
    state: State, profiles: dict[str, SecurityProfile], accounts: list[Account]
) -> Iterable[tuple[str, int, str]]:
    for actor in range(len(accounts)):
        if ("is", actor, "") not in state:
            continue
        own = [profiles[p] for kind, one, p in state if kind == "has" and one == actor]
        reached = {
            p.id
            for mine in own
            for p in profiles.values()
            if _within(mine, "SecurityProfile", p.tags)
            if mine.permissions and any(n != "BasicAgentAccess" for n in mine.permissions)
        }
        for mine in own:
            has = mine.permissions or frozenset()
            for target, account in enumerate(accounts):
                if _within(mine, "User", account.tags):
                    if "Users.Edit" in has:
                        yield "is", target, ""
                    if "Users.EditPermission" in has:
                        yield from (("has", target, p) for p in reached)
            if "SecurityProfiles.Edit" in has:
                for p in profiles.values():
                    if _within(mine, "SecurityProfile", p.tags):
                        yield "full", 0, p.id


def _within(profile: SecurityProfile, resource: str, tags: Tags) -> bool:
    return resource not in profile.tag_restricted or profile.allowed_tags <= tags
