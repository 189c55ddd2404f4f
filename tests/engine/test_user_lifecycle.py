"""`User` through the real engine: one resource, one user, and no call too many."""

from tests.support.harness import Stacks
from tests.support.programs import MARY, PASSWORD, program, updates


def test_user_is_created_changed_and_deleted_with_one_call_each(stacks: Stacks) -> None:
    """One CreateUser, one call for an edit, none for a second up, one DeleteUser."""
    stack = stacks(program=MARY)
    connect = stack.local
    stack.up()
    assert connect.changes() == ["CreateUser"]

    connect.mark()
    stack.up("--expect-no-changes")
    assert connect.changes() == []

    stack.edit('last_name="Major"', 'last_name="Stiles"')
    assert updates(stack.preview("--diff")) == {"mary": ["identityInfo.lastName"]}
    stack.up()
    assert connect.changes() == ["UpdateUserIdentityInfo"]

    connect.mark()
    stack.destroy()
    assert connect.changes() == ["DeleteUser"]
    assert stack.resources("connect:User") == []


def test_user_deleted_behind_pulumis_back_is_created_again_after_refresh(stacks: Stacks) -> None:
    """A refresh forgets what Connect says is gone; the next up makes it anew."""
    stack = stacks(program=MARY)
    stack.up()
    first = stack.outputs()["arn"]
    stack.local.client.delete_user(InstanceId=first.split("/")[1], UserId=first.rsplit("/", 1)[1])

    stack.refresh()
    assert stack.resources("connect:User") == []
    stack.up()

    assert first != stack.outputs()["arn"]
    assert len(stack.resources("connect:User")) == 1


def test_drift_is_shown_and_put_back(stacks: Stacks) -> None:
    """What somebody changed outside is previewed as an update of just that property."""
    stack = stacks(program=MARY)
    stack.up()
    arn = stack.outputs()["arn"]
    stack.local.client.update_user_identity_info(
        InstanceId=arn.split("/")[1],
        UserId=arn.rsplit("/", 1)[1],
        IdentityInfo={"FirstName": "Mary", "LastName": "Roe", "Email": "marym@example.com"},
    )

    stack.refresh()
    assert updates(stack.preview("--diff")) == {"mary": ["identityInfo.lastName"]}
    stack.up()
    stack.preview("--expect-no-changes")


def test_password_is_encrypted_in_state_and_survives_refresh_and_update(stacks: Stacks) -> None:
    stack = stacks(program=MARY)
    shown = [stack.up().text, stack.refresh().text]
    stack.edit('last_name="Major"', 'last_name="Stiles"')
    shown += [stack.preview("--diff", "--json").text, stack.preview("--diff").text]
    shown += [stack.up().text, stack.refresh().text, stack.preview("--expect-no-changes").text]

    assert [text for text in shown if PASSWORD in text] == []
    assert PASSWORD not in str(stack.export())
    user = stack.resources("connect:User")[0]
    secret = "4dabf18193072939515e22adb298388d"
    assert secret in user["inputs"]["password"]
    assert secret in user["outputs"]["password"]
    clear = stack.export(show_secrets=True)
    assert PASSWORD in str(clear)


def test_users_of_two_modes_live_in_one_stack(stacks: Stacks) -> None:
    """Each instance's own rules hold: no password for the one with SAML."""
    text = program('connect.User("mary", **MARY)', 'connect.User("li", **LI)')
    stack = stacks(program=text)

    stack.up()

    modes = {u["inputs"]["identityManagementType"] for u in stack.resources("connect:User")}
    assert {"CONNECT_MANAGED", "SAML"} == modes
    stack.preview("--expect-no-changes")
