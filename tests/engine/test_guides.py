"""The guides, typed from top to bottom where nothing is but Pulumi and what `make dist` made."""

import json
import re
import textwrap
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.docs.blocks import DOCS, blocks
from tests.support.accounts import LOCAL, front_door, instance_of
from tests.support.local_connect import Local
from tests.support.programs import MANAGED_ARN, MANAGED_ID, SAML_ARN, SAML_ID
from tests.support.reader import Reader
from tests.support.release import VERSION, environment
from tools.checkout import venv_bin
from tools.sdks import go, nodejs

pytestmark = pytest.mark.slow
REAL = "arn:aws:connect:eu-west-2:123456789012:instance/ID"
"""The instance of AWS in the guides."""
ACCOUNT = REAL.split(":")[4]
PROD_ID = "44444444-4444-4444-8444-444444444444"
PREVIEWED = {"pulumi up": "pulumi up --skip-preview"}
"""For pages that preview first."""
LOGIN = """\
export PULUMI_CONFIG_PASSPHRASE=correct-horse-battery-staple
pulumi login --local
"""


@pytest.fixture
def installed(session: Path) -> Path:
    """The commands of an environment that has the wheels of `make dist`."""
    return venv_bin(environment(session))


def _block(page: str, language: str = "python", number: int = 0) -> str:
    return [block.text for block in blocks(language) if block.file == DOCS / page][number]


def _store(reader: Reader) -> Local:
    return Local(reader.folder / ".connect-users" / "local.db")


def _project(
    reader: Reader, folder: str = ".", *, stack: str = "dev", name: str = "agents"
) -> None:
    """Makes a project with a stack, as someone has who did not begin with this page."""
    reader.write(f"{folder}/Pulumi.yaml", f"name: {name}\nruntime: python\n")
    reader.type(f"{LOGIN}cd {folder}\npulumi stack init {stack}")


def test_first_steps_in_python(tmp_path: Path, session: Path) -> None:
    """From an empty folder to a user, and on to what misses for an instance of AWS."""
    reader = Reader(tmp_path, session, "first-steps.md")
    reader.type_block(0)
    reader.write("__main__.py", _block("index.md"))
    printed = reader.type_block(1)
    assert printed.count("CreateUser") == 1
    assert "Corr3ctHorse" not in printed
    [mary] = _store(reader).users(MANAGED_ID)
    assert mary["Username"] == "mary.major"
    reader.type("pulumi up --expect-no-changes")
    where = reader.type("python -c 'import pulumi_connect_users as it; print(it.__file__)'")
    assert where.startswith(str(reader.folder))

    reader.type("pulumi state unprotect --all\npulumi destroy")
    assert _store(reader).users(MANAGED_ID) == []
    assert "✗ credentials: GetCallerIdentity: no AWS credentials" in reader.type_block(3, code=1)


@pytest.mark.parametrize(
    ("language", "file"),
    [("typescript", "index.ts"), ("go", "main.go"), ("yaml", "Pulumi.yaml")],
)
def test_first_steps_in_another_language(
    tmp_path: Path, session: Path, language: str, file: str
) -> None:
    """The plugin without Python, the SDK as npm's tarball or as Go's module."""
    reader = Reader(
        tmp_path,
        session,
        "first-steps.md",
        instead={"pulumi new typescript": f"pulumi new {language}"},
        path=(nodejs.commands(), go.commands()),
        # Types are checked by `tsc`, once.
        variables={"PULUMI_NODEJS_TRANSPILE_ONLY": "true", **go.variables()},
    )
    reader.type(f'export DIST="{reader.dist}"\n{LOGIN}')
    reader.type_block(2, leave_out="" if language == "typescript" else "npm")
    reader.write(file, _block("_index.md", language))
    if language == "go":
        [sdk] = [b.text for b in blocks("console") if "connect-users-sdk-go" in b.text]
        # `tidy` would fetch what the tests of all modules need.
        [module] = re.findall(r"-replace=(\S+)=", sdk)
        require = f"go mod edit -require={module}@v{VERSION}"
        reader.type(sdk.replace("$ ", "").replace("go mod tidy", require))
    reader.type("pulumi up")

    [mary] = _store(reader).users(SAML_ID)
    assert mary["Username"] == "mary.major"


def test_saml_then_scaling(tmp_path: Path, session: Path, installed: Path) -> None:
    """The user of one page, then the roster of the other, in one stack."""
    reader = Reader(tmp_path, session, "scaling.md", path=(installed,))
    _project(reader)
    reader.type(
        f"pulumi config set connect:endpoint local\npulumi config set instanceArn {SAML_ARN}"
    )
    reader.write("__main__.py", _block("saml.md"))
    reader.type("pulumi up")
    assert [user["Username"] for user in _store(reader).users(SAML_ID)] == ["li.juan@example.com"]

    reader.type(f"pulumi config set instanceArn {MANAGED_ARN}")
    reader.type(
        "for who in mary.major li.juan; do pulumi config set --secret $who Corr3ctHorse; done"
    )
    reader.write("__main__.py", _block("scaling.md"))
    reader.write("west.yaml", _block("scaling.md", "yaml"))
    reader.type("pulumi up")
    users = [user["Username"] for user in _store(reader).users(MANAGED_ID)]
    assert (users, _store(reader).users(SAML_ID)) == (["li.juan", "mary.major"], [])

    reader.type("pulumi config set connect:requestsPerSecond 10")
    reader.type_block(0)
    assert reader.untyped() == []


def test_ci(tmp_path: Path, session: Path, installed: Path) -> None:
    """Each step of each job, as the runner types it."""
    reader = Reader(tmp_path, session, "ci.md", path=(installed,))
    _project(reader, stack="prod")
    reader.type(
        f"pulumi config set connect:endpoint local\npulumi config set instanceArn {MANAGED_ARN}"
    )
    reader.type("pulumi config set --secret maryPassword Corr3ctHorseBattery")
    reader.write("__main__.py", _block("index.md"))
    wheels = {file.name.partition("-")[0]: file for file in reader.dist.glob("*.whl")}
    provider, guard = wheels["pulumi_connect_users"], wheels["connect_users_guard"]
    reader.write("requirements.txt", f"{provider}[all]\n{guard}\n")
    files = dict(re.findall(r"^\| `(poli.*)` \| [^`]*(?:`(.*)`)? \|$", reader.page_text(), re.M))
    reader.write("policy-config.json", files["policy-config.json"])
    reader.write("policies/PulumiPolicy.yaml", files["policies/PulumiPolicy.yaml"])
    reader.write("policies/__main__.py", _block("ci.md"))

    reader.type(
        "git init -q -b main\ngit add policies policy-config.json\n"
        "git -c user.name=mary -c user.email=marym@example.com commit -q -m All\n"
        'git remote add origin "file://$PWD"\nexport GITHUB_BASE_REF=main'
    )
    for name, job in yaml.safe_load(_block("ci.md", "yaml"))["jobs"].items():
        for step in job["steps"]:
            variables = "".join(f"{k}={v} " for k, v in step.get("env", {}).items())
            reader.type(f"export {variables}READER\n{step['run']}")
        assert len(_store(reader).users(MANAGED_ID)) == (0 if name == "preview" else 1)
    assert "mary-major" in (reader.folder / "report.md").read_text(encoding="utf-8")


@pytest.fixture
def account(tmp_path: Path) -> Iterator[tuple[Local, dict[str, str]]]:
    """Amazon Connect with users in the account of the guides; what reaches it."""
    local = Local(tmp_path / "account.db")
    people = {MANAGED_ID: ["arnav.desai", "nikki.wolf"], SAML_ID: ["mary", "li", "jane"]}
    names = {"firstName": "Mary", "lastName": "Major"}
    users = {key: [{"username": one, **names} for one in all_] for key, all_ in people.items()}
    local.store.seed({"instances": [{"id": key, "users": all_} for key, all_ in users.items()]})
    with front_door({ACCOUNT: local.path}) as url:
        keys = {"AWS_ACCESS_KEY_ID": ACCOUNT, "AWS_SECRET_ACCESS_KEY": "none"}
        yield local, {"AWS_ENDPOINT_URL_CONNECT": url, **keys}


def test_migration(
    tmp_path: Path, session: Path, installed: Path, account: tuple[Local, dict[str, str]]
) -> None:
    """Users that no tool manages, all taken over by their tags."""
    local, variables = account
    reader = Reader(
        tmp_path,
        session,
        "migration.md",
        instead={REAL: instance_of(ACCOUNT)},
        path=(installed,),
        variables=variables,
    )
    local.mark()
    _project(reader)
    reader.type_block(0)
    assert Counter(local.changes()) == {"TagResource": 2}
    assert reader.untyped() == []


def test_other_tools(
    tmp_path: Path, session: Path, installed: Path, account: tuple[Local, dict[str, str]]
) -> None:
    """Users of `aws`, `awscc`, `aws.connect.User` and CloudFormation, and two of them back."""
    local, variables = account
    tools = tmp_path / "tools"
    reader = Reader(
        tmp_path,
        session,
        "other-tools.md",
        instead={"INSTANCE_ARN": instance_of(ACCOUNT), "west-*": "arnav*", **PREVIEWED},
        path=(installed, tools),
        variables=variables,
    )
    mary, li, jane = (_facts(local, name) for name in ("mary", "li", "jane"))
    local.mark()
    _command(tools / "terraform", json.dumps(_terraform(mary, li)))
    _project(reader, "../moved", name="moved")
    reader.type_block(0)
    assert reader.type_block(1).splitlines() == reader.shown(1)
    reader.type_block(2)
    assert Counter(local.changes()) == {"TagResource": 2}

    _project(reader, "../team", stack="old", name="team")
    _project(reader, "../users", name="users")
    reader.write("../state.json", json.dumps(_state(jane)))
    reader.type("cd ../team\npulumi stack import --stack old --file ../state.json")
    removals = reader.type_block(3).splitlines()
    assert removals == reader.shown(3)
    reader.type("cd ../users")
    reader.type_block(4)
    reader.type(f"cd ../team\n{removals[0]}\ncd ../users\npulumi up")
    assert Counter(local.changes()) == {"TagResource": 3}

    _project(reader, "../stack", name="stack")
    reader.type_block(5)
    reader.type("pulumi up\npulumi up --expect-no-changes")
    assert Counter(local.changes()) == {"TagResource": 4}
    reader.type("cd ../moved")
    reader.type_block(6)
    assert "mary" not in reader.type("pulumi stack export")
    assert Counter(local.changes()) == {"TagResource": 4}
    assert reader.untyped() == []


def test_dev_to_prod(
    tmp_path: Path, session: Path, installed: Path, account: tuple[Local, dict[str, str]]
) -> None:
    """All that prod lacks in one preview, before a user is made; then equal users, by name."""
    local, variables = account
    dev, prod = (instance_of(ACCOUNT).replace(MANAGED_ID, one) for one in (SAML_ID, PROD_ID))
    instead = {"DEV_ARN": dev, "PROD_ARN": prod, **PREVIEWED}
    reader = Reader(
        tmp_path, session, "dev-to-prod.md", instead=instead, path=(installed,), variables=variables
    )
    parts = {
        "hierarchyLevels": ["Region", "Area"],
        "hierarchyGroups": ["EMEA/North"],
        "routingProfiles": [{"name": "Night"}],
        "securityProfiles": [{"name": "Night shift"}],
        "predefinedAttributes": {"skill": ["Cards"]},
    }
    zhang = {
        "username": "zhang.wei",
        "firstName": "Zhang",
        "lastName": "Wei",
        "routingProfile": "Night",
        "hierarchyGroup": "EMEA/North",
        "securityProfiles": ["Agent", "Night shift"],
        "proficiencies": [{"attribute": "skill", "value": "Cards", "level": 5}],
    }
    empty = {"id": PROD_ID, "alias": "prod", "identityManagementType": "SAML"}
    local.store.seed({"instances": [{"id": SAML_ID, **parts, "users": [zhang]}, empty]})

    local.mark()
    reader.write("Pulumi.yaml", "name: agents\nruntime: python\n")
    reader.write("__main__.py", textwrap.dedent(_block("dev-to-prod.md")))
    reader.type_block(0)
    assert local.changes() == []
    reader.type(LOGIN)
    refused = " ".join(reader.type_block(1, code=1).split())
    assert Counter(local.changes()) == {"TagResource": 4}
    for line in textwrap.dedent(_block("dev-to-prod.md", "text")).splitlines():
        assert line.partition("): ")[2].removesuffix(" ...") in refused
    assert 'security_profiles: "Night shift" does not exist in this instance' in refused

    local.store.seed({"instances": [{**empty, **parts}]})
    reader.type_block(2)
    reader.type("pulumi up --expect-no-changes")
    exports = [_exported(reader, arn) for arn in (dev, prod)]
    assert exports[0] == exports[1].replace(prod, dev).replace("Stage: prod", "Stage: dev")
    assert "Night shift" in exports[0]
    assert reader.untyped() == []


def _exported(reader: Reader, arn: str) -> str:
    words = f"--instance {arn} --include-managed --format roster"
    return reader.type(f"connect-users export {words} 2>/dev/null")


def _terraform(single: dict[str, str], keyed: dict[str, str]) -> dict[str, object]:
    """A state with a user of `aws`, and one of `awscc` in a module."""
    module = {"module": 'module.agent["li.juan"]', "type": "awscc_connect_user", "name": "this"}
    by_key = {"index_key": "a/b", "attributes": {"user_arn": keyed["arn"]}}
    resources = [
        {"type": "aws_connect_user", "name": "mary", "instances": [{"attributes": single}]},
        {**module, "instances": [by_key]},
    ]
    managed = [{"mode": "managed", **resource} for resource in resources]
    return {"version": 4, "terraform_version": "1.9.0", "resources": managed}


def _facts(local: Local, username: str) -> dict[str, str]:
    """What states hold of a user."""
    (user,) = [user for user in local.users(SAML_ID) if user["Username"] == username]
    arn = user["Arn"].replace(LOCAL, ACCOUNT)
    return {"arn": arn, "instance_id": SAML_ID, "user_id": user["Id"], "name": username}


def _state(user: dict[str, str]) -> dict[str, object]:
    urn = "urn:pulumi:old::team::aws:connect/user:User::mary"
    made = {"urn": urn, "type": "aws:connect/user:User", "custom": True, "outputs": user}
    made["id"] = f"{user['instance_id']}:{user['user_id']}"
    return {"version": 3, "deployment": {"manifest": {}, "resources": [made]}}


def _command(file: Path, answer: str) -> None:
    """Makes a command that prints a text."""
    file.parent.mkdir()
    file.write_text(f"#!/bin/sh\ncat <<'END'\n{answer}\nEND\n", encoding="utf-8")
    file.chmod(0o755)


def test_emulator(tmp_path: Path, session: Path, installed: Path) -> None:
    """Seeded, served for the AWS CLI, with a fault and a day."""
    aws = tmp_path / "aws-cli"
    aws.mkdir()
    (aws / "aws").symlink_to(venv_bin() / "aws")
    reader = Reader(tmp_path, session, "emulator.md", path=(installed, aws))
    reader.write("Pulumi.yaml", "name: agents\nruntime: python\n")
    seed, day = (block.text for block in reader.blocks("yaml"))
    reader.write("seed.yaml", seed.replace("10000", "10"))
    reader.write("day.yaml", day)
    reader.write("own_test.py", _block("emulator.md"))
    reader.type("connect-users emulator seed seed.yaml\npython own_test.py")
    with reader.beside("connect-users emulator serve --port 0") as first:
        reader.instead["8585"] = re.findall(r":(\d+)", first)[0]
        listed = reader.type_block(0, leave_out="connect-users emulator serve")
    assert "local-managed" in listed
    reader.type("connect-users emulator day --script day.yaml")
    reader.type_block(1)
    assert "ListInstances" in reader.type("connect-users emulator log")
    assert reader.untyped() == []
