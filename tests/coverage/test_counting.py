"""Coverage equals what counting one by one gives, whatever the centre and the change."""

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from pulumi_connect_users.coverage.centre import Agent, Agents, Centre, Lane, RoutingProfile, Skill
from pulumi_connect_users.coverage.counting import Count, S, count, skills_in_question

_CHANNELS = ("VOICE", "CHAT", "TASK", "EMAIL")
_QUEUES = [f"Queue {number}" for number in range(5)]
_NAMES = [f"agent.{number}" for number in range(12)]
_GROUPS = {
    "amer": ("amer",),
    "west": ("amer", "west"),
    "team": ("amer", "west", "team"),
    "emea": ("emea",),
}
_LANES = st.builds(
    lambda queue, channel: Lane(queue, f"id of {queue}", channel),
    st.sampled_from(_QUEUES),
    st.sampled_from(_CHANNELS),
)
_PROFILES = st.builds(
    RoutingProfile,
    # A channel may be absent, and have no room for a contact.
    concurrency=st.dictionaries(st.sampled_from(_CHANNELS), st.integers(0, 2), max_size=4),
    queues=st.lists(_LANES, max_size=8).map(tuple),
)
_SKILLS = st.dictionaries(
    st.tuples(st.sampled_from(["language", "product"]), st.sampled_from(["A", "B"])),
    st.integers(1, 5),
    max_size=3,
).map(lambda held: frozenset(Skill(*key, level) for key, level in held.items()))


@dataclass(frozen=True)
class Change:
    """A centre before and after."""

    centre: Centre
    before: Agents
    after: Agents


@st.composite
def changes(draw: st.DrawFn) -> Change:
    """Any centre; some users change, come and leave."""
    profiles = draw(st.dictionaries(st.sampled_from(["p0", "p1", "p2", "p3"]), _PROFILES))
    agents = st.builds(
        Agent,
        id=st.just("id"),
        # One may refer to what is not known, or to nothing.
        routing_profile=st.sampled_from([*profiles, "elsewhere", ""]),
        hierarchy_group=st.sampled_from([*_GROUPS, "elsewhere", ""]),
        skills=_SKILLS,
    )
    before = draw(st.dictionaries(st.sampled_from(_NAMES), agents))
    changed = draw(st.dictionaries(st.sampled_from(_NAMES), agents | st.none(), max_size=5))
    after = {name: agent for name, agent in {**before, **changed}.items() if agent is not None}
    return Change(Centre(profiles=profiles, groups=_GROUPS), before, after)


def _serves(change: Change, agent: Agent, lane: Lane) -> bool:
    profile = change.centre.profiles.get(agent.routing_profile)
    if profile is None or profile.concurrency.get(lane.channel, 0) == 0:
        return False
    return any(one == lane for one in profile.queues)


def _has(agent: Agent, asked: Skill) -> bool:
    return any(
        (held.attribute, held.value) == (asked.attribute, asked.value) and held.level >= asked.level
        for held in agent.skills
    )


def _belongs(agent: Agent, group: str) -> bool:
    own = agent.hierarchy_group
    return group in _GROUPS[own] if own in _GROUPS else own == group


def _is(row: Count[S], before: list[str], after: list[str]) -> bool:
    return (row.before, row.after, row.leaving, row.joining) == (
        len(before),
        len(after),
        tuple(sorted({*before} - {*after})),
        tuple(sorted({*after} - {*before})),
    )


@settings(max_examples=settings().max_examples * 2, deadline=None)
@given(changes())
def test_counts_are_those_of_asking_every_agent(change: Change) -> None:
    compare(change)


def compare(change: Change) -> None:
    """Asks every agent before and after; the benchmarks do it for more centres."""
    counts = count(change.centre, change.before, change.after)
    sides = (change.before, change.after)

    served = {one for p in change.centre.profiles.values() for one in p.queues}
    lanes = {row.subject: row for row in counts.lanes}
    for lane in served:
        who = [[n for n, a in sorted(side.items()) if _serves(change, a, lane)] for side in sides]
        assert (lane in lanes) == any(who)
        assert lane not in lanes or _is(lanes[lane], *who)
    assert lanes.keys() <= served

    skills = {row.subject: row for row in counts.skills}
    for skill in skills_in_question(change.before, change.after):
        who = [[n for n, a in sorted(side.items()) if _has(a, skill)] for side in sides]
        assert _is(skills[skill], *who)
    assert skills.keys() <= skills_in_question(change.before, change.after)

    groups = {row.subject: row for row in counts.groups}
    for group in (*_GROUPS, "elsewhere"):
        who = [[n for n, a in sorted(side.items()) if _belongs(a, group)] for side in sides]
        assert (group in groups) == any(who)
        assert group not in groups or _is(groups[group], *who)

    pairs = {row.subject: row for row in counts.pairs}
    for lane in served:
        for skill in skills:
            who = [
                [n for n, a in sorted(side.items()) if _serves(change, a, lane) and _has(a, skill)]
                for side in sides
            ]
            assert ((lane, skill) in pairs) == bool({*who[0]} - {*who[1]})
            assert (lane, skill) not in pairs or _is(pairs[lane, skill], *who)


def test_channel_is_taken_with_room_for_a_contact() -> None:
    """Concurrency 0, and a channel that a profile does not list, mean that it is not offered."""
    lanes = tuple(Lane("Billing", "b", channel) for channel in _CHANNELS)
    profile = RoutingProfile({"VOICE": 1, "CHAT": 0, "TASK": 10}, lanes)

    assert {lane.channel for lane in profile.lanes} == {"VOICE", "TASK"}


def test_higher_level_counts_for_a_lower_one() -> None:
    """A routing step asks for a level or a higher one."""
    four, five = (frozenset({Skill("language", "Spanish", level)}) for level in (4, 5))
    before = {"mary": Agent(skills=four), "ben": Agent(skills=five)}
    raised = {**before, "mary": Agent(skills=five)}

    (at_four, at_five) = count(Centre(), before, raised).skills

    assert (at_four.subject.level, at_four.before, at_four.after) == (4, 2, 2)
    assert (at_five.subject.level, at_five.before, at_five.after) == (5, 1, 2)
