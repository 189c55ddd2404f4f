"""The guides, typed from top to bottom where nothing is but Pulumi and what `make dist` made."""

import json
import re
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
    """Users of nobody, of Terraform and of `aws.connect.User`, all taken over by their tags."""
    local, variables = account
    tools = tmp_path / "tools"
    reader = Reader(
        tmp_path,
        session,
        "migration.md",
        instead={REAL: instance_of(ACCOUNT)},
        path=(installed, tools),
        variables=variables,
    )
    local.mark()
    _project(reader)
    reader.type_block(0)
    assert Counter(local.changes()) == {"TagResource": 2}

    mary, li, jane = (_facts(local, name) for name in ("mary", "li", "jane"))
    resource = {"mode": "managed", "type": "aws_connect_user"}
    resources = [
        {**resource, "name": "mary", "instances": [{"attributes": mary}]},
        {
            **{**resource, "module": "module.west", "name": "agents"},
            "instances": [{"index_key": "li", "attributes": li}],
        },
    ]
    _command(
        tools / "terraform",
        json.dumps({"version": 4, "terraform_version": "1.9.0", "resources": resources}),
    )
    _project(reader, "../moved", name="moved")
    reader.type_block(1)
    assert reader.type_block(2).splitlines() == reader.shown(2)
    reader.type_block(3)
    assert Counter(local.changes()) == {"TagResource": 4}

    _project(reader, "../team", stack="old", name="team")
    _project(reader, "../users", name="users")
    reader.write("../state.json", json.dumps(_state(jane)))
    reader.type("cd ../team\npulumi stack import --stack old --file ../state.json")
    removals = reader.type_block(4).splitlines()
    assert removals == reader.shown(4)
    reader.type("cd ../users")
    reader.type_block(5)
    reader.type(f"cd ../team\n{removals[0]}\ncd ../users\npulumi up")
    assert Counter(local.changes()) == {"TagResource": 5}
    assert reader.untyped() == []


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
