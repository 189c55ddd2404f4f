"""`connect-users iam`: what is printed suffices, and nothing of it can be missing unnoticed."""

import json
import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from pulumi_connect_users.aws import secrets_manager as secrets
from pulumi_connect_users.core.errors import ConnectUsersError
from pulumi_connect_users.core.properties import structures
from pulumi_connect_users.emulator.operations import implemented
from pulumi_connect_users.engine.functions import get_instance, get_user, get_users
from pulumi_connect_users.engine.messages import FrontEnd
from pulumi_connect_users.engine.run import Run
from pulumi_connect_users.iam.operations import RESOURCES, ROLES, Role, operations
from pulumi_connect_users.iam.policy import policy_document
from pulumi_connect_users.iam.usage import Usage, read_usage
from tests.support.command_line import Runner
from tests.support.local_connect import Local
from tests.support.programs import MANAGED_ARN, MANAGED_ID, SAML_ARN
from tests.support.project import NIKKI, STEPS, Project, populate, stack_export, with_fleet

_FOR_OTHERS = {"DescribeRoutingProfile"}
"""What no call needs but the authorization of SearchRoutingProfiles."""
_OF_OTHERS = {"CreateQuickConnect"}
"""What the scenario does as somebody else."""


@pytest.fixture
def local(tmp_path: Path) -> Local:
    """A populated store."""
    populate(tmp_path / "local.db")
    return Local(tmp_path / "local.db")


def _project(role: Role, local: Local) -> Project:
    return with_fleet(local.path) if role == "refresh" else Project(local.path)


def _deny(local: Local, names: Iterable[str]) -> None:
    local.store.control(faults=[{"operation": n, "kind": "access-denied"} for n in names])


@pytest.mark.parametrize("role", ROLES)
def test_policy_allows_just_what_a_role_does(role: Role, local: Local) -> None:
    project = _project(role, local)
    local.mark()

    for step in STEPS[role]:
        step(project)

    assert set(local.calls()) - _OF_OTHERS == operations(role, Usage()) - _FOR_OTHERS


@pytest.mark.parametrize("role", ROLES)
def test_printed_policy_suffices(role: Role, local: Local, cli: Runner) -> None:
    """With every other action denied, all steps of the role succeed."""
    printed = json.loads(cli("iam", "--role", role).out)
    actions = [a for s in printed["Statement"] for a in s["Action"]]
    allowed = {a.removeprefix("connect:") for a in actions} | _OF_OTHERS
    project = _project(role, local)
    _deny(local, implemented().keys() - allowed)

    for step in STEPS[role]:
        step(project)

    assert [text for text in project.told if "AccessDenied" in text] == []


_SILENT = {
    ("apply", "DescribeSecurityProfile"),
    ("refresh", "DescribeSecurityProfile"),
    ("refresh", "ListRoutingProfiles"),
    ("refresh", "ListSecurityProfilePermissions"),
    ("refresh", "ListSecurityProfiles"),
    ("refresh", "SearchUserHierarchyGroups"),
}
"""What only readers, reports and policies lack, which say so: a run goes on without it."""


@pytest.mark.slow  # a run for each of sixty operations
@pytest.mark.parametrize(
    ("role", "operation"),
    [(r, o) for r in ROLES for o in sorted(operations(r, Usage()) - _FOR_OTHERS)],
)
def test_denied_operation_is_named_at_once(role: Role, operation: str, local: Local) -> None:
    """Each in turn: an error or warning names the action; it is not tried again and again."""
    project = _project(role, local)
    local.mark()
    _deny(local, [operation])

    said = ""
    for step in STEPS[role]:
        try:
            step(project)
        except ConnectUsersError as error:
            said = str(error)
            break
    said += " ".join(project.told)
    asked = [r for r in local.store.requests() if r.operation == operation and r.error_code]

    if (role, operation) not in _SILENT:
        assert f"connect:{operation}" in said
    assert "Traceback" not in said
    # Once for each step that could not do without it, and once more for each that could.
    assert 1 <= len(asked) <= 3


def test_documents_name_the_instance_and_what_is_below_it(cli: Runner) -> None:
    words = ["--instance", MANAGED_ARN, "--instance", SAML_ARN]
    document = json.loads(cli("iam", "--role", "apply", words=words).out)

    by_sid = {s["Sid"]: s for s in document["Statement"]}
    assert by_sid["Users"]["Resource"] == [f"{MANAGED_ARN}/agent/*", f"{SAML_ARN}/agent/*"]
    everything = {r for s in document["Statement"] for r in s["Resource"]}
    assert "*" in by_sid["Directories"]["Resource"]
    foreign = [r for r in everything if not r.startswith((MANAGED_ARN, SAML_ARN, "*"))]
    assert all(r.startswith("arn:aws:secretsmanager:us-west-2:000000000000") for r in foreign)


def test_action_is_allowed_on_each_kind_of_resource_that_it_touches() -> None:
    """Just the pairs of the Service Authorization Reference, whatever the statements."""
    document = policy_document(["apply", "refresh"], Usage(), [MANAGED_ARN])
    pairs = {(a, r) for s in document["Statement"] for a in s["Action"] for r in s["Resource"]}
    needed = operations("apply", Usage()) | operations("refresh", Usage())

    assert {(a, r) for a, r in pairs if a.startswith("connect:")} == {
        (f"connect:{one}", f"{MANAGED_ARN}{kind}") for one in needed for kind in RESOURCES[one]
    }


@pytest.mark.parametrize(("count", "fits"), [(4, True), (8, False)])
def test_document_that_no_managed_policy_can_hold_is_told(
    cli: Runner, count: int, fits: bool
) -> None:
    """IAM refuses more than 6,144 characters; some instances are within that."""
    arns = [MANAGED_ARN.replace("11111111-", f"{number:08}-") for number in range(count)]
    words = [word for arn in arns for word in ("--instance", arn)]

    ran = cli("iam", "--role", "apply", "--role", "refresh", words=words)

    size = len(json.dumps(json.loads(ran.out), separators=(",", ":")))
    assert ran.code == 0
    assert (size <= 6_144) == fits
    assert ("a managed policy may have 6,144" in ran.err) == (not fits)


def test_first_passwords_get_what_secrets_manager_is_asked(cli: Runner) -> None:
    """Just the methods that the provider calls, on secrets of our own names."""
    source = Path(secrets.__file__).read_text()
    methods = set(re.findall(r'_call\(\s*"(\w+)"', source))
    called = {"".join(part.capitalize() for part in m.split("_")) for m in methods}
    document = json.loads(cli("iam", "--role", "apply", "--instance", MANAGED_ARN).out)
    (statement,) = [s for s in document["Statement"] if s["Sid"] == "InitialPasswords"]

    assert set(statement["Action"]) == {f"secretsmanager:{name}" for name in called}
    assert statement["Resource"] == [
        "arn:aws:secretsmanager:us-west-2:000000000000:secret:connect-users/*"
    ]
    preview = json.loads(cli("iam", "--role", "preview", "--instance", MANAGED_ARN).out)
    assert "secretsmanager" not in json.dumps(preview)


def test_project_of_plain_users_gets_no_more_than_it_uses(cli: Runner, tmp_path: Path) -> None:
    """No hierarchy, proficiencies, adoption or status: none of their actions."""
    file = tmp_path / "stack.json"
    file.write_text(
        stack_export(
            {
                "instanceArn": SAML_ARN,
                "username": "li",
                "identityInfo": {"firstName": "Li"},
                "routingProfileId": "a",
                "securityProfileIds": ["b"],
            }
        )
    )
    preview = json.loads(cli("iam", "--role", "preview", "--from", str(file)).out)
    apply = json.loads(cli("iam", "--role", "apply", "--from", str(file)).out)

    assert {s["Sid"]: s["Action"] for s in preview["Statement"]} == {
        "Instance": [
            "connect:DescribeInstance",
            "connect:ListRoutingProfiles",
            "connect:ListSecurityProfiles",
            "connect:ListUserProficiencies",
            "connect:SearchUsers",
        ],
        "Users": ["connect:DescribeUser", "connect:ListUserProficiencies"],
        "SecurityProfiles": [
            "connect:DescribeSecurityProfile",
            "connect:ListSecurityProfilePermissions",
        ],
        "Directories": ["ds:DescribeDirectories"],
    }
    actions = {a.removeprefix("connect:") for s in apply["Statement"] for a in s["Action"]}
    assert not actions & {"UpdateUserHierarchy", "PutUserStatus", "TagResource", "UpdateUserConfig"}
    assert {"CreateUser", "DeleteUser", "UpdateUserIdentityInfo"} <= actions
    assert all(SAML_ARN in r for s in preview["Statement"][:-1] for r in s["Resource"])


def test_look_ups_are_allowed_as_a_feature(local: Local, cli: Runner, tmp_path: Path) -> None:
    """No state shows them: with every other action denied they find all that there is."""
    file = tmp_path / "stack.json"
    user = local.users(MANAGED_ID)[0]
    file.write_text(stack_export({"instanceArn": MANAGED_ARN, "username": user["Username"]}))
    words = ["--from", str(file), "--feature", "look-ups"]
    printed = json.loads(cli("iam", "--role", "preview", words=words).out)
    actions = {a.removeprefix("connect:") for s in printed["Statement"] for a in s["Action"]}
    _deny(local, implemented().keys() - actions)
    run = Run(FrontEnd(lambda *_: None))
    run.configure({"endpoint": "local", "localStore": str(local.path)}.get, ())

    found = get_user(run, {"instanceArn": MANAGED_ARN, "userId": user["Id"]})
    users = get_users(run, {"instanceArn": MANAGED_ARN, "tags": user["Tags"]})
    instance = get_instance(run, {"instanceArn": MANAGED_ARN})

    assert found["securityProfileNames"]
    assert found["userId"] in {one["userId"] for one in structures(users["users"])}
    assert instance["queueIds"]


def test_state_and_preview_are_put_together(cli: Runner, tmp_path: Path) -> None:
    """A preview shows only users that change: the state has the others, and what they use."""
    plain = {"instanceArn": SAML_ARN, "username": "li", "routingProfileId": "a"}
    grouped = {"instanceArn": MANAGED_ARN, "hierarchyGroupId": "g"}
    (tmp_path / "stack.json").write_text(stack_export(plain))
    steps = [{"newState": {"type": "pulumi-python:dynamic/connect:User", "inputs": grouped}}]
    (tmp_path / "preview.json").write_text(json.dumps({"steps": steps}))
    words = ["--role", "apply", "--from", "stack.json", "--from", "preview.json"]

    document = json.loads(cli("iam", words=words).out)

    actions = {a for s in document["Statement"] for a in s["Action"]}
    assert {"connect:UpdateUserHierarchy", "connect:UpdateUserRoutingProfile"} <= actions
    assert "connect:UpdateUserPhoneConfig" not in actions
    resources = {r for s in document["Statement"] for r in s["Resource"]}
    assert {SAML_ARN, MANAGED_ARN} <= resources


@pytest.mark.parametrize(
    "key",
    [
        "arn:aws:kms:us-west-2:000000000000:key/0f1e",
        "0f1e",
        "alias/connect",
        "arn:aws:kms:us-west-2:000000000000:alias/connect",
    ],
)
def test_key_of_first_passwords_is_allowed_however_it_is_named(key: str) -> None:
    """ARN or id; an alias is a condition, since IAM has no such resource."""
    inputs = {**NIKKI, "initialPassword": {"kmsKeyId": key}}
    document = policy_document(["apply"], read_usage(stack_export(inputs)))
    (statement,) = [s for s in document["Statement"] if "kms:Decrypt" in s["Action"]]
    keys = "arn:aws:kms:us-west-2:000000000000:key/"

    if "alias" in key:
        assert statement["Resource"] == [f"{keys}*"]
        assert statement["Condition"] == {
            "ForAnyValue:StringEquals": {"kms:ResourceAliases": ["alias/connect"]}
        }
    else:
        assert statement["Resource"] == [f"{keys}0f1e"]
        assert "Condition" not in statement


def test_every_operation_has_its_resources() -> None:
    """No role makes a call that the table does not know, and the table knows no other."""
    made = frozenset[str]().union(*(operations(role, Usage()) for role in ROLES))

    assert made == set(RESOURCES)
    assert policy_document(["preview"], Usage())["Version"] == "2012-10-17"
