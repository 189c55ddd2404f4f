"""Users that AWS takes although its text says otherwise, through the real engine."""

from collections import Counter

from tests.support.command_line import Runner
from tests.support.harness import Stacks
from tests.support.programs import MANAGED_ARN, MANAGED_ID, SAML_ARN, SAML_ID, program
from tests.support.valid_users import DIRECTORY_ID

_TERRAFORM = (
    """
def user(resource, username, **more):
    connect.User(
        resource,
        instance=MANAGED,
        username=username,
        password=PASSWORD,
        identity_info=dict(first_name="example", last_name="example2"),
        phone_config=dict(phone_type="SOFT_PHONE", after_contact_work_time_limit=0),
        routing_profile="Basic Routing Profile",
        security_profiles=["Agent"],
        **more,
    )
""",
    'user("basic", "resource-test-terraform-" + "0123456789abcdef012")',
    'user("second", "resource-test-terraform-" + "0123456789abcdef013")',
)
_FROM_SALESFORCE = {
    "voice": "mmajor@005AB000001XyZqQAK@00DAB000000Wxyz",
    "government": "005AB000001XyZqQAL@00DAB000000Wxyz",
}
_SALESFORCE_USER = """
def agent(resource, username, **more):
    connect.User(
        resource,
        instance=SAML,
        username=username,
        identity_info=dict(first_name="Mary", last_name="Major"),
        routing_profile="Basic Routing Profile",
        security_profiles=["Agent"],
        **more,
    )
"""
_LATE = """
class Late(pulumi.dynamic.ResourceProvider):
    def create(self, props):
        return pulumi.dynamic.CreateResult("late", {"arn": props["source"]})

class Centre(pulumi.dynamic.Resource):
    arn: pulumi.Output[str]

    def __init__(self, name, source):
        super().__init__(Late(), name, {"arn": None, "source": source})
"""


def test_users_of_terraforms_acceptance_tests_get_one_warning_a_rule(stacks: Stacks) -> None:
    """No e-mail address, 43 characters of username, as aws_connect_user's own tests have them."""
    stack = stacks(program=program(*_TERRAFORM))

    said = [stack.preview().one_line, stack.up().one_line]
    names = [user["Username"] for user in stack.local.users(MANAGED_ID)]
    again = stack.up("--expect-no-changes")

    assert [len(name) for name in names] == [43, 43]
    for told in (text.partition("Diagnostics:")[2] for text in said):
        assert told.count("email: is missing: without it the password cannot be reset") == 1
        assert told.count("username: has more than the 20 characters that are documented") == 1
    assert "documents this" not in again.one_line


def test_user_with_a_directory_id_is_made_where_connect_manages_identities(stacks: Stacks) -> None:
    """Terraform's acceptance tests set directory_user_id on such an instance."""
    directory = f'user("directory", "directory", directory_user_id="{DIRECTORY_ID}")'
    stack = stacks(program=program(_TERRAFORM[0], directory))

    stack.up()
    stack.up("--expect-no-changes")

    assert len(stack.resources("connect:User")) == 1


def test_users_of_service_cloud_voice_are_made_and_kept_without_a_word(stacks: Stacks) -> None:
    """Salesforce Help, "Use Customized Usernames for Contact Centers"; strict or not."""
    users = [f"agent({name!r}, {username!r})" for name, username in _FROM_SALESFORCE.items()]
    stack = stacks(program=program(_SALESFORCE_USER, *users), config={"connect:strict": "true"})

    made = stack.up("--skip-preview=false")
    stack.up("--expect-no-changes")

    usernames = [user["Username"] for user in stack.local.users(SAML_ID)]
    assert usernames == sorted(_FROM_SALESFORCE.values())
    assert "warning" not in made.one_line


def test_exported_users_of_service_cloud_voice_are_taken_over(stacks: Stacks, cli: Runner) -> None:
    stack = stacks()
    other = stacks(
        store=stack.store,
        program=program(
            _SALESFORCE_USER,
            *(f"agent({name!r}, {username!r})" for name, username in _FROM_SALESFORCE.items()),
        ),
        config={"connect:ownership": "off"},
    )
    other.up()
    file = stack.folder / "agents.py"
    export = ("--endpoint", "local", "--local-store", str(stack.store), "--instance", SAML_ARN)

    ran = cli("export", *export, "--output", str(file), words=())
    stack.write_program("import agents")
    local = stack.local
    local.mark()
    taken = stack.up("--skip-preview=false")

    assert (ran.code, "not written" in ran.err) == (0, False), ran.err
    assert Counter(local.changes()) == {"TagResource": len(_FROM_SALESFORCE)}
    assert "warning" not in taken.one_line


def test_adopted_user_is_not_said_to_lack_the_address_that_connect_has(stacks: Stacks) -> None:
    """What a program does not declare is left alone; nothing was to be made."""
    stack = stacks()
    maker = stacks(
        store=stack.store,
        program=program('connect.User("mary", **MARY)'),
        config={"connect:ownership": "off"},
    )
    maker.up()
    stack.write_program(
        program(
            "names = dict(first_name='Mary', last_name='Major')",
            "adopted = {k: v for k, v in MARY.items() if k != 'password'}",
            "adopted |= dict(adopt=True, identity_info=names)",
            'connect.User("mary", **adopted)',
        )
    )

    previews = [stack.preview(), stack.up(), stack.preview("--expect-no-changes")]

    assert not any("email" in result.one_line for result in previews)


def test_instance_that_only_the_up_knows_fails_nobody_by_a_documented_rule(stacks: Stacks) -> None:
    """Its identities are not known at the preview: even with strict the clean preview holds."""
    late = [
        _LATE,
        f"centre = Centre('centre', {MANAGED_ARN!r})",
        "LATE = connect.Instance(centre.arn)",
    ]
    mary = "mary = {**MARY, 'instance': LATE, 'username': 'm' * 43}"
    shared = "{k: v for k, v in mary.items() if k not in ('instance', 'username', 'password')}"
    roster = f"connect.UserRoster('west', instance=LATE, users={{'l' * 43: {shared}}},"
    stack = stacks(
        program=program(
            *late,
            mary,
            "connect.User('mary', **mary)",
            roster,
            "    passwords={'l' * 43: PASSWORD})",
        ),
        config={"connect:strict": "true"},
    )

    stack.preview()
    made = stack.up()
    known = stack.preview(expect=None)

    assert "username: has more than the 20 characters that are documented" in made.one_line
    assert known.code == 0
    stack.up("--expect-no-changes")
    kept = [{**r["inputs"], **r.get("outputs", {})} for r in stack.resources() if "inputs" in r]
    assert not any("instanceFromResource" in properties for properties in kept)
