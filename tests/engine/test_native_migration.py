"""From the dynamic provider to the native plugin: one import changes, and no user is replaced."""

from collections import Counter

from tests.support.harness import Stack, Stacks
from tests.support.local_connect import Local
from tests.support.programs import SAML_ID, program

_USERS = program(
    'PROFILES = dict(routing_profile="Basic Routing Profile", security_profiles=["Agent"])',
    "users = [",
    '    connect.User(f"user-{n}", instance=SAML, username=f"user.{n}",',
    '        identity_info=dict(first_name="Ana", last_name=f"Silva {n}"), **PROFILES)',
    "    for n in range(3)",
    "]",
    'status = connect.UserStatus("status", user=users[0], agent_status="Available")',
    'pulumi.export("arns", [user.user_arn for user in users])',
)
_ROSTER = program(
    'PROFILES = dict(routing_profile="Basic Routing Profile", security_profiles=["Agent"])',
    'DEFAULTS = dict(identity_info=dict(first_name="Ana", last_name="Silva"), **PROFILES)',
    "roster = connect.UserRoster(",
    '    "west", instance=SAML, users={f"user.{n}": {} for n in range(200)}, defaults=DEFAULTS,',
    ")",
    'pulumi.export("ids", roster.user_ids)',
)


def _move(stack: Stack) -> Local:
    stack.install_plugin()
    stack.edit("import pulumi_connect_users as", "import pulumi_connect_users.native as")
    local = stack.local
    local.mark()
    return local


def test_users_and_statuses_are_taken_over_in_place(stacks: Stacks) -> None:
    """Aliases make it an update; only the marks change, as the types are part of them."""
    stack = stacks(program=_USERS)
    stack.up()
    arns = stack.outputs()

    local = _move(stack)
    preview = stack.preview()
    planned = {s["urn"].rpartition("::")[2]: s["op"] for s in preview.steps if "User" in s["urn"]}
    assert planned == {**dict.fromkeys(["user-0", "user-1", "user-2"], "update"), "status": "same"}
    stack.up()

    assert Counter(local.changes()) == {"TagResource": 3}
    assert stack.outputs() == arns
    assert stack.resources("connect:User") == []
    stack.preview("--expect-no-changes")
    stack.refresh("--expect-no-changes")


def test_users_go_back_to_the_dynamic_provider(stacks: Stacks) -> None:
    """The dynamic classes name no native type: the program gives the alias."""
    stack = stacks(program=_USERS.replace("connect_users as", "connect_users.native as"))
    stack.install_plugin()
    stack.up()
    arns = stack.outputs()

    stack.edit("import pulumi_connect_users.native as", "import pulumi_connect_users as")
    alias = "opts=pulumi.ResourceOptions(aliases=[pulumi.Alias(type_='connect-users:index:{}')])"
    stack.edit("**PROFILES)", f"**PROFILES, {alias.format('User')})")
    stack.edit('"Available")', f'"Available", {alias.format("UserStatus")})')
    local = stack.local
    local.mark()
    stack.up()

    assert Counter(local.changes()) == {"TagResource": 3}
    assert stack.outputs() == arns
    stack.preview("--expect-no-changes")


def test_users_of_a_roster_are_recognised_by_their_marks(stacks: Stacks) -> None:
    """One resource comes and 64 batches leave, and no user notices; no deletion is counted."""
    stack = stacks(program=_ROSTER, config={"connect:maxDeletes": "1"})
    stack.up()
    ids = stack.outputs()["ids"]

    local = _move(stack)
    stack.up()

    assert Counter(local.changes()) == {"TagResource": 200}
    assert stack.outputs()["ids"] == ids
    assert local.ids(SAML_ID) == ids
    assert stack.resources("connect:UserBatch") == []
    stack.preview("--expect-no-changes")
