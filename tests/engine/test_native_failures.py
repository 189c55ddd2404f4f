"""What a run over the native plugin refuses, what it keeps after a failure, and how it goes on."""

import pytest

from tests.support.harness import Stacks
from tests.support.programs import MANAGED_ID, SAML_ID, program

_MANY = program(
    'OTHERS = dict(instance=SAML, security_profiles=["Agent"])',
    "for n in range(COUNT):",
    '    profile = f"Claims {n}" if n < REFUSED else "Basic Routing Profile"',
    '    connect.User(f"user-{n}", username=f"user.{n}", routing_profile=profile,',
    '        identity_info=dict(first_name="Ana", last_name="Silva"), **OTHERS)',
)
_ROSTER = program(
    'PROFILES = dict(routing_profile="Basic Routing Profile", security_profiles=["Agent"])',
    'NAMES = ["ana", "ben", "cy"]',
    "users = {",
    '    n: dict(identity_info=dict(first_name=n, last_name="Silva"), tags={"Team": "1"})',
    "    for n in NAMES",
    "}",
    'connect.UserRoster("west", instance=SAML, defaults=PROFILES, users=users)',
)


@pytest.mark.parametrize(("refused", "count"), [(3, 3), (40, 60)])
def test_every_refused_user_is_reported_in_one_preview(
    stacks: Stacks, refused: int, count: int
) -> None:
    """At its resource; a real `up` refuses again before any call."""
    text = _MANY.replace("COUNT", str(count)).replace("REFUSED", str(refused))
    stack = stacks(program=text, native=True)

    said = stack.preview(expect="failure")

    assert [n for n in range(refused) if f'"Claims {n}" does not exist' not in said.text] == []
    assert f"and of {refused - 1} more" in said.one_line
    if refused == count:
        local = stack.local
        stack.up(expect="failure")
        assert local.changes() == []


def test_user_whose_proficiencies_were_refused_is_in_state_and_completed(stacks: Stacks) -> None:
    """The run fails; the next `up` makes what is missing, and nothing else."""
    stack = stacks(
        program=program(
            "skills = [connect.Proficiency('language', 'Spanish', level=4)]",
            'connect.User("mary", proficiencies=skills, **MARY)',
        ),
        native=True,
    )
    local = stack.local
    denied = {"operation": "AssociateUserProficiencies", "kind": "access-denied", "nth": 1}
    local.store.control(faults=[denied])

    said = stack.up(expect=1).one_line

    assert "The user exists without proficiencies; the next `pulumi up` adds them." in said
    (mary,) = stack.resources(":User")
    assert "proficiencies" not in mary["outputs"]
    local.mark()
    stack.up()
    assert local.changes() == ["AssociateUserProficiencies"]
    stack.preview("--expect-no-changes")


def test_update_that_failed_half_way_is_undone_by_putting_the_program_back(stacks: Stacks) -> None:
    """State holds what was made: no refresh is needed."""
    stack = stacks(program=program('connect.User("mary", tags={"Team": "1"}, **MARY)'), native=True)
    stack.up()
    local = stack.local
    (before,) = local.users(MANAGED_ID)
    local.store.control(faults=[{"operation": "TagResource", "kind": "access-denied", "nth": 1}])
    stack.edit('last_name="Major"', 'last_name="Stiles"')
    stack.edit('{"Team": "1"}', '{"Team": "2"}')

    said = stack.up(expect=1).one_line

    assert "Done before: UpdateUserIdentityInfo. To undo these changes" in said
    assert "--refresh" not in said
    (mary,) = stack.resources(":User")
    assert mary["outputs"]["identityInfo"]["lastName"] == "Stiles"
    assert mary["outputs"]["tags"] == {"Team": "1"}
    stack.edit('last_name="Stiles"', 'last_name="Major"')
    stack.edit('{"Team": "2"}', '{"Team": "1"}')
    local.mark()
    stack.up()
    assert local.changes() == ["UpdateUserIdentityInfo"]
    assert local.users(MANAGED_ID)[0]["IdentityInfo"] == before["IdentityInfo"]
    stack.preview("--expect-no-changes")


def test_roster_keeps_in_state_whom_a_failed_run_reached(stacks: Stacks) -> None:
    """One refused user stops the others no more than their own mistakes would."""
    stack = stacks(program=_ROSTER, native=True)
    stack.up()
    local = stack.local
    local.store.control(
        faults=[
            {
                "operation": "UpdateUserIdentityInfo",
                "kind": "error",
                "code": "InvalidParameterException",
                "nth": 2,
            }
        ]
    )
    stack.edit('last_name="Silva"', 'last_name="Santos"')
    stack.edit('["ana", "ben", "cy"]', '["ana", "cy", "dee"]')

    said = stack.up(expect=1).one_line

    assert "1 of 4 users failed" in said
    (roster,) = stack.resources(":UserRoster")
    assert sorted(roster["outputs"]["userIds"]) == ["ana", "cy", "dee"]
    assert sum("Santos" in text for text in roster["outputs"]["users"].values()) == 2
    local.mark()
    stack.up()
    assert local.changes() == ["UpdateUserIdentityInfo"]
    assert {u["IdentityInfo"]["LastName"] for u in local.users(SAML_ID)} == {"Santos"}
    stack.preview("--expect-no-changes")


def test_deletion_limit_counts_the_users_of_explicit_providers_too(stacks: Stacks) -> None:
    """Each explicit provider is a process of its own."""
    second = program(
        'config = pulumi.Config("connect-users")',
        "settings = dict(endpoint='local', localStore=config.require('localStore'),",
        "    maxDeletes=config.get('maxDeletes'))",
        'second = pulumi.ProviderResource("connect-users", "second", settings)',
        "options = [None, pulumi.ResourceOptions(provider=second)]",
        "for n, opts in enumerate(options):",
        '    connect.User(f"user-{n}", **{**LI, "username": f"user.{n}"}, opts=opts)',
    )
    stack = stacks(program=second, native=True, config={"connect:maxDeletes": "1"})
    stack.up()
    local = stack.local
    stack.write_program(second.replace("enumerate(options)", "enumerate([])"))

    stack.up(expect="failure")

    assert len(local.users(SAML_ID)) >= 1
    assert local.changes().count("DeleteUser") <= 1
