"""After every run, interrupted or not: nobody lost, nobody doubled, and a plain `up` mends it."""

from collections.abc import Sequence

import pytest

from tests.engine.interruptions import VICTIMS, Boundary, Walk, boundaries
from tests.support.harness import Stacks
from tests.support.programs import program

_USERS = """
BASE = dict(
    instance=MANAGED,
    password=PASSWORD,
    identity_info=dict(first_name="Mary", last_name="Major", email="marym@example.com"),
    phone_config=dict(phone_type="SOFT_PHONE", after_contact_work_time_limit=60),
    routing_profile="Basic Routing Profile",
    security_profiles=["Agent", "QualityAnalyst"],
    hierarchy_group="AMER/West/Team 1",
    proficiencies=[
        connect.Proficiency("language", "Spanish", level=4),
        connect.Proficiency("language", "French", level=2),
    ],
    tags={"site": "west", "team": "one"},
)
OTHER = {
    **BASE,
    "identity_info": dict(first_name="Mary", last_name="Stiles", email="marys@example.com"),
    "phone_config": dict(phone_type="SOFT_PHONE", after_contact_work_time_limit=30),
    "routing_profile": "Second Profile",
    "security_profiles": ["Agent"],
    "hierarchy_group": "EMEA/Dublin/Team 4",
    "proficiencies": [
        connect.Proficiency("language", "German", level=1),
        connect.Proficiency("language", "French", level=5),
    ],
    "tags": {"site": "north", "floor": "two"},
}
REPLACED = {**BASE, "password": "An0therHorse", "on_password_change": "replace"}
"""


_HALVES = (0, 1)
_DYNAMIC = [(victim, False) for victim in VICTIMS]
_PROVIDER, _COMMAND_LINE = ("provider", True), ("command line", True)
"""The native plugin ends with its command line: every boundary is walked with one of the two."""


def _program(users: Sequence[tuple[str, str]]) -> str:
    """A program with a user for each name and set of arguments."""
    statements = [
        f'connect.User("{name}", username="{name}", **{arguments})' for name, arguments in users
    ]
    return program(_USERS, *statements)


def _walk(stacks: Stacks, users: Sequence[tuple[str, str]], *, native: bool = False) -> Walk:
    walk = Walk(stacks(program=_program(users), native=native))
    walk.stack.local.add_routing_profile("Second Profile")
    return walk


def _told(action: str, victim: str, places: Sequence[Boundary]) -> None:
    """The count stands in the output (pytest -rP) for whoever wants to know what was walked."""
    assert places
    print(f"{action}, {victim} killed at {len(places)} boundaries:", *places, sep="\n  ")  # noqa: T201


def _repairs(place: Boundary, victim: str) -> bool:
    """Whether a plain `up` follows; else the next interrupted run takes over the mess as it is.

    A look-up leaves none. Killed before a call or after the one before it is the same to Connect,
    unless an orphaned provider still makes the call.
    """
    return place.mutating and (place.when == "after" or victim == "command line")


@pytest.mark.parametrize(("victim", "native"), [*_DYNAMIC, _PROVIDER])
def test_create_interrupted_at_any_call_ends_in_one_user(
    stacks: Stacks, victim: str, native: bool
) -> None:
    """The next `up` adopts what was made, makes what was not, and touches nobody else."""
    users = [("user0", "BASE")]
    walk = _walk(stacks, users, native=native)
    walk.run()
    places = boundaries(walk.calls)
    wanted = walk.settle()["user0"]
    users.append(("user1", "BASE"))
    for place in places:
        walk.stack.write_program(_program(users))
        walk.interrupt(place, victim)
        if _repairs(place, victim):
            walk.run()
            assert {name: wanted for name, _ in users} == walk.settle(), place
            users.append((f"user{len(users)}", "BASE"))
    walk.run()
    walk.stack.preview("--expect-no-changes")
    _told("create", victim, places)


@pytest.mark.parametrize(
    ("victim", "native", "half"),
    [
        # Killing both at once differs from these only while a user has no id yet.
        *((victim, False, half) for victim in VICTIMS[:2] for half in _HALVES),
        (*_PROVIDER, _HALVES[0]),
        (*_COMMAND_LINE, _HALVES[1]),
    ],
)
def test_update_interrupted_at_any_call_is_continued(
    stacks: Stacks, victim: str, half: int, native: bool
) -> None:
    """The next `up` makes what is left; what was made already does no harm when made again."""
    state = {"anna": "BASE", "bert": "BASE"}
    walk = _walk(stacks, [("anna", "BASE"), ("bert", "OTHER")], native=native)
    walk.run()
    found = walk.settle()
    wanted = {"BASE": found["anna"], "OTHER": found["bert"]}
    walk.stack.write_program(_program(list(state.items())))
    walk.settled.pop("bert")
    walk.run()
    walk.settle()
    places = boundaries(walk.calls)
    middle = len(places) // 2 // 2 * 2
    places = places[:middle] if half == 0 else places[middle:]
    # Two users in turn: whoever is not changed shows that a second run changes nothing.
    name = "anna"
    state[name] = "OTHER"
    for place in places:
        walk.stack.write_program(_program(list(state.items())))
        walk.settled.pop(name, None)
        walk.interrupt(place, victim)
        if _repairs(place, victim):
            walk.run()
            assert {n: wanted[arguments] for n, arguments in state.items()} == walk.settle(), place
            name = "bert" if name == "anna" else "anna"
            state[name] = "OTHER" if state[name] == "BASE" else "BASE"
    walk.run()
    walk.stack.preview("--expect-no-changes")
    _told("update", victim, places)


@pytest.mark.parametrize(("victim", "native"), [*_DYNAMIC, _COMMAND_LINE])
def test_delete_interrupted_at_any_call_ends_in_no_user(
    stacks: Stacks, victim: str, native: bool
) -> None:
    """The next `up` deletes what is still there and forgets what is gone."""
    users = [(f"user{number}", "BASE") for number in range(6)]
    walk = _walk(stacks, users, native=native)
    walk.run()
    walk.settle()
    users.pop()
    walk.stack.write_program(_program(users))
    walk.settled.pop("user5")
    walk.run()
    places = boundaries(walk.calls)
    wanted = walk.settle()
    leaving, _ = users.pop()
    for place in places:
        walk.stack.write_program(_program(users))
        walk.settled.pop(leaving, None)
        walk.interrupt(place, victim)
        if _repairs(place, victim):
            walk.run()
            assert {name: wanted[name] for name, _ in users} == walk.settle(), place
            leaving, _ = users.pop()
    walk.run()
    walk.stack.preview("--expect-no-changes")
    _told("delete", victim, places)


_CALLS_OF_UPDATE = (
    "UpdateUserSecurityProfiles",
    "DisassociateUserProficiencies",
    "UpdateUserIdentityInfo",
    "UpdateUserPhoneConfig",
    "UpdateUserRoutingProfile",
    "AssociateUserProficiencies",
    "UpdateUserProficiencies",
    "TagResource",
    "UntagResource",
    "UpdateUserHierarchy",
)
_LOST = (
    ("reset", "before"),
    ("reset", "after"),
    ("timeout", "before"),
    ("timeout", "after"),
    ("truncate", "after"),
    ("server-error", "before"),
    ("server-error", "after"),
    ("throttle", "before"),
)


@pytest.mark.parametrize(("kind", "when"), _LOST, ids=lambda value: str(value))
def test_calls_without_an_answer_are_made_good_within_the_run(
    stacks: Stacks, kind: str, when: str
) -> None:
    """Each mutating call of a create, an update and a delete loses one answer; nobody notices."""

    def lose(*operations: str) -> None:
        rules = [{"operation": o, "kind": kind, "when": when, "nth": 1} for o in operations]
        walk.store.control(clear=True, faults=rules)

    def struck() -> list[int]:
        return [rule["fired"] for rule in walk.store.controls()["faults"]]

    walk = _walk(stacks, [("anna", "BASE")])
    lose("CreateUser", "AssociateUserProficiencies")
    walk.run()
    assert struck() == [1, 1]
    assert list(walk.settle()) == ["anna"]

    walk.stack.write_program(_program([("anna", "OTHER")]))
    walk.settled.clear()
    lose(*_CALLS_OF_UPDATE)
    walk.run()
    assert [1] * len(_CALLS_OF_UPDATE) == struck()
    assert [u["IdentityInfo"]["LastName"] for u in walk.settle().values()] == ["Stiles"]

    walk.stack.write_program(_program([]))
    walk.settled.clear()
    lose("DeleteUser")
    walk.run()
    assert struck() == [1]
    assert walk.settle() == {}


def test_new_users_and_old_names_may_take_a_while(stacks: Stacks) -> None:
    """A user not visible yet, and a name that a deleted user still holds, are waited for."""
    walk = _walk(stacks, [("anna", "BASE")])
    walk.store.control(
        faults=[
            {"kind": "late-visibility", "calls": 3},
            {"operation": "CreateUser", "kind": "reset", "when": "after", "nth": 1},
        ]
    )
    walk.run()
    assert list(walk.settle()) == ["anna"]

    walk.store.control(clear=True, faults=[{"kind": "late-disappearance", "seconds": 0.5}])
    walk.stack.write_program(_program([("anna", "REPLACED")]))
    walk.settled.clear()
    walk.run()
    assert list(walk.settle()) == ["anna"]


def test_full_quota_fails_at_once_and_names_itself(stacks: Stacks) -> None:
    """LimitExceeded is no throttling: one attempt, the quota's name, and nothing left behind."""
    walk = _walk(stacks, [("anna", "BASE")])
    walk.store.control(faults=[{"operation": "CreateUser", "kind": "limit-exceeded"}])

    result = walk.stack.up(expect="failure")

    assert len(walk.store.requests(operation="CreateUser")) - 1 == 1  # the stranger's is the other
    said = result.one_line
    assert "creating user anna: CreateUser: the quota 'users per instance' is full" in said
    walk.store.control(clear=True)
    walk.run()
    assert list(walk.settle()) == ["anna"]


def test_user_whose_proficiencies_were_refused_is_completed_by_the_next_up(stacks: Stacks) -> None:
    """Nobody who was made stays out of state, and no run that left skills out ends in exit 0."""
    walk = _walk(stacks, [("anna", "BASE")])
    before = "anna"
    for late in ("zoe", "zora", "zita"):
        # Each waits for the one before it: none is left out, however late it is.
        options = f"pulumi.ResourceOptions(depends_on=[{before}])"
        base = "**{**BASE, 'proficiencies': []}"
        statement = f'{late} = connect.User("{late}", username="{late}", opts={options}, {base})'
        with (walk.stack.folder / "__main__.py").open("a") as file:
            file.write(f"{statement}\n")
        before = late
    walk.stack.edit('connect.User("anna"', 'anna = connect.User("anna"')
    refusal = {"operation": "AssociateUserProficiencies", "kind": "error"}
    walk.store.control(faults=[{**refusal, "code": "AccessDeniedException"}])

    failed = walk.stack.up(expect="failure")

    said = failed.one_line
    users = {u["urn"].rpartition("::")[2]: u for u in walk.stack.resources("connect:User")}
    assert sorted(users) == ["anna", "zita", "zoe", "zora"]
    anna, zoe = users["anna"], users["zoe"]
    reason = f"completing user anna, {anna['id'].rpartition('/')[2]}: AssociateUserProficiencies"
    assert [reason in text for text in failed.diagnostics].count(True) == 1
    assert "The user exists without proficiencies; the next `pulumi up` adds them." in said
    assert "Traceback" not in said
    assert "unfinished" not in zoe["outputs"]
    walk.stack.refresh()
    assert walk.stack.preview("--json").json["changeSummary"] == {"same": 4, "update": 1}
    walk.store.control(clear=True)
    since = walk.store.last_request()
    walk.run()
    assert walk.stack.mutations(since) == ["AssociateUserProficiencies"]
    assert all("unfinished" not in u["outputs"] for u in walk.stack.resources("connect:User"))
    walk.stack.preview("--expect-no-changes")


def test_roster_says_whose_proficiencies_the_next_up_completes(stacks: Stacks) -> None:
    """One user is named, the others are done, and the run fails."""
    spanish = '"proficiencies": [connect.Proficiency("language", "Spanish", level=4)]'
    roster = f"""
roster = connect.UserRoster("west", instance=SAML, users={{
    "anna": {{"identity_info": {{"first_name": "Anna", "last_name": "Major"}}, {spanish}}},
    "zoe": {{"identity_info": {{"first_name": "Zoe", "last_name": "Major"}}}},
}}, defaults={{"routing_profile": "Basic Routing Profile", "security_profiles": ["Agent"]}})
"""
    stack = stacks(program=program(roster))
    refusal = {"operation": "AssociateUserProficiencies", "kind": "error"}
    stack.connect.control(faults=[{**refusal, "code": "AccessDeniedException"}])

    failed = stack.up(expect="failure")

    told = [text for text in failed.diagnostics if "completing user " in text]
    assert [text.partition(",")[0] for text in told] == ["completing user anna"]
    batches = stack.resources("connect:UserBatch")
    assert sorted(n for b in batches for n in b["outputs"]["userIds"]) == ["anna", "zoe"]
    stack.connect.control(clear=True)
    since = stack.connect.last_request()
    stack.up()
    assert stack.mutations(since) == ["AssociateUserProficiencies"]
    stack.preview("--expect-no-changes")
