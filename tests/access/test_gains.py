"""What each person gains and loses, compared with what they can do before and after."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from pulumi_connect_users.access.admin import Centre
from pulumi_connect_users.access.capabilities import BECOME_ADMIN
from pulumi_connect_users.access.changes import LEADING, Account
from pulumi_connect_users.access.gains import Gains, gains
from pulumi_connect_users.access.profiles import powers
from pulumi_connect_users.access.reading import Reading, User
from pulumi_connect_users.access.review import Reviewer
from pulumi_connect_users.core.security_profile import SecurityProfile, Tags

WEST: Tags = frozenset({("Team", "West")})
ADMIN = SecurityProfile("admin", "Admin", frozenset({*LEADING, "ManagerListenIn"}))
_PERMISSIONS = st.frozensets(
    st.sampled_from([*sorted(LEADING), "ManagerListenIn", "ContactSearch.View"]), max_size=3
)
_RESTRICTED = st.frozensets(st.sampled_from(["User", "SecurityProfile"]))


class Change(NamedTuple):
    """Security profiles, and users before and after."""

    profiles: dict[str, SecurityProfile]
    before: list[User]
    after: list[User]


@st.composite
def changes(draw: st.DrawFn) -> Change:
    """Four people, of whom some come, leave, or get other profiles and tags."""
    profiles = {
        name: SecurityProfile(
            name,
            name,
            draw(_PERMISSIONS),
            tags=draw(st.sampled_from([Tags(), WEST])),
            allowed_tags=WEST,
            tag_restricted=draw(_RESTRICTED),
        )
        for name in "abc"
    }
    held = st.frozensets(st.sampled_from(["a", "b", "c", "admin"]), max_size=2)
    users = st.builds(
        User,
        st.sampled_from("wxyz"),
        st.just(""),
        held,
        st.sampled_from([Tags(), WEST, WEST | {("Cost_Center", "1")}]),
    )
    sides = st.lists(users, max_size=4, unique_by=lambda user: user.id)
    before, after = ([replace(u, username=u.id) for u in draw(sides)] for _ in range(2))
    kept = draw(st.lists(st.sampled_from(before), unique_by=lambda u: u.id)) if before else []
    after = [*kept, *(u for u in after if u.id not in {k.id for k in kept})]
    return Change({**profiles, "admin": ADMIN}, before, after)


def _gains(change: Change, profiles: dict[str, SecurityProfile]) -> dict[str, Gains]:
    reviewer = Reviewer(instance="i", taken=datetime(2026, 1, 1, tzinfo=UTC), with_passwords=True)
    readings = [Reading(profiles, users, {}, {}) for users in (change.before, change.after)]
    return {one.username: one for one in gains(readings[0], readings[1], reviewer)}


def _abilities(profiles: dict[str, SecurityProfile], users: list[User]) -> dict[str, set[str]]:
    """Username -> what the person can do, one after the other."""
    accounts = {user.username: Account(user.profiles, user.tags) for user in users}
    centre = Centre(profiles, {a: name for name, a in accounts.items()}, with_passwords=True)
    return {name: set(_of(centre, account)) for name, account in accounts.items()}


def _of(centre: Centre, account: Account) -> Iterator[str]:
    yield from powers(centre.profiles[i] for i in account.profiles)
    if centre.way(account) is not None:
        yield BECOME_ADMIN


@given(changes())
@settings(max_examples=300, deadline=None)
def test_gains_and_losses_are_the_difference_of_two_reviews(change: Change) -> None:
    before, after = (_abilities(change.profiles, of) for of in (change.before, change.after))

    found = _gains(change, change.profiles)

    for name in {*before, *after}:
        old, new = before.get(name, set()), after.get(name, set())
        one = found.get(name, Gains(name))
        assert new - old <= one.gained.keys() <= new
        assert {*one.lost} == old - new
        assert one.uncertain == ()


@given(changes(), st.sampled_from(["a", "b", "c"]))
@settings(max_examples=300, deadline=None)
def test_nothing_is_gained_unsaid_where_a_profile_could_not_be_read(
    change: Change, unread: str
) -> None:
    """Whatever the unread profile permits: a gain is said, or said to be possible."""
    before, after = (_abilities(change.profiles, of) for of in (change.before, change.after))
    known = {**change.profiles, unread: SecurityProfile(unread, unread, None)}

    found = _gains(change, known)

    for name, new in after.items():
        one = found.get(name, Gains(name))
        assert new - before.get(name, set()) <= {*one.gained, *one.uncertain}


def _reading(*users: User, **profiles: SecurityProfile) -> Reading:
    return Reading({"admin": ADMIN, **profiles}, list(users), {}, {})


def test_wider_reach_is_a_gain_and_a_narrower_one_is_none() -> None:
    own = frozenset({"User"})
    edit = frozenset({"Users.Delete"})
    narrow = SecurityProfile("n", "N", edit, allowed_tags=WEST, tag_restricted=own)
    wide = SecurityProfile("w", "W", edit)
    had, has = User("1", "lee", frozenset({"n"})), User("1", "lee", frozenset({"w"}))
    before, after = (_reading(one, n=narrow, w=wide) for one in (had, has))
    reviewer = Reviewer(instance="i", taken=datetime(2026, 1, 1, tzinfo=UTC), with_passwords=True)

    assert gains(before, after, reviewer) == [Gains("lee", gained={"delete-users": ""})]
    assert gains(after, before, reviewer) == []


def test_harmless_change_is_certain_although_another_profile_is_unread() -> None:
    """An agent more, like those that there are, opens no way."""
    secret = SecurityProfile("s", "Secret", None)
    agent = SecurityProfile("g", "Agent", frozenset({"BasicAgentAccess"}))
    lee, ann = User("1", "lee", frozenset({"s"})), User("2", "ann", frozenset({"g"}))
    bob = replace(ann, id="3", username="bob")
    before = _reading(lee, ann, s=secret, g=agent)
    reviewer = Reviewer(instance="i", taken=datetime(2026, 1, 1, tzinfo=UTC), with_passwords=True)

    assert gains(before, replace(before, users=[lee, ann, bob]), reviewer) == []
