"""Records what earlier commits left behind: a state, and the Connect that it speaks of.

    .venv/bin/python -m tests.engine.recorder            # all of RECORDED
    .venv/bin/python -m tests.engine.recorder 84d3f18    # one of them

Each commit is checked out beside this checkout and runs a program of its own time, with the real
engine and this environment's libraries. A recording holds no paths of the machine; its secrets are
encrypted with the passphrase of the tests.
"""

import gzip
import json
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.support.harness import Stack
from tests.support.programs import MANAGED_ARN, PASSWORD, SAML_ARN
from tools.checkout import ROOT

FOLDER: Final = Path(__file__).with_name("recorded")
CONFIG: Final[Mapping[str, Mapping[str, str]]] = {
    "plain": {},
    "secret": {"connect:personalData": "secret"},
}
"""What each kind of recording is made with."""
RECORDED: Final[Mapping[str, Collection[str]]] = {
    # Eighteen minutes after the first resource, with hierarchy groups in the embedded Connect: the
    # marks are maps, ids stand beside ARNs.
    "e3f0bb4": (),
    # The last one whose marks are maps; rosters, statuses and made-up passwords are there.
    "84d3f18": ("roster", "status", "initial password"),
    # The mark is one text, the ARN still an output; batches without users do not exist.
    "05c33f9": ("roster", "status", "initial password"),
    # The first version: what a state without a number of its format is read as.
    "0469dcc": ("roster", "status", "initial password"),
    # Outputs with the number of their format; usernames in full.
    "8b5e2e1": ("roster", "status", "initial password"),
}
"""What each commit can do beyond users."""
_STORE: Final = "the embedded Connect's file"
"""Stands for its path, which the default provider's inputs hold."""

_HEADER: Final = f'''\
import pulumi
import pulumi_connect_users as connect

MANAGED = connect.Instance("{MANAGED_ARN}")
SAML = connect.Instance("{SAML_ARN}")
AGENT = dict(routing_profile="Basic Routing Profile", security_profiles=["Agent"])
'''
_PLAIN: Final = f"""
full = connect.User(
    "full",
    instance=MANAGED,
    username="mary.major",
    password="{PASSWORD}",
    identity_info=connect.IdentityInfo(
        first_name="Mary",
        last_name="Major",
        email="marym@example.com",
        secondary_email="mary@example.org",
        mobile="+12065550100",
    ),
    phone_config=connect.PhoneConfig(phone_type="DESK_PHONE", desk_phone_number="+12065550101"),
    routing_profile="Basic Routing Profile",
    security_profiles=["QualityAnalyst", "Agent"],
    hierarchy_group="AMER/West/Team 1",
    proficiencies=[connect.Proficiency("language", "Spanish", level=4)],
    tags={{"Cost_Center": "42"}},
)
minimal = connect.User(
    "minimal",
    instance=SAML,
    username="li.juan",
    identity_info=connect.IdentityInfo(first_name="Li", last_name="Juan"),
    **AGENT,
)


class Team(pulumi.ComponentResource):
    def __init__(self, name):
        super().__init__("app:index:Team", name)


below = connect.User(
    "below",
    instance=SAML,
    username="jane.doe",
    identity_info=connect.IdentityInfo(first_name="Jane", last_name="Doe"),
    opts=pulumi.ResourceOptions(parent=Team("team")),
    **AGENT,
)
drifting = connect.User(
    "drifting",
    instance=SAML,
    username="john.doe",
    identity_info=connect.IdentityInfo(first_name="John", last_name="Doe"),
    ignore_drift=["routing_profile", "identity_info.last_name"],
    **AGENT,
)
"""
_SECRET: Final = f"""
full = connect.User(
    "full",
    instance=SAML,
    username="maria.garcia@example.com",
    identity_info=connect.IdentityInfo(
        first_name="Maria", last_name="Garcia", secondary_email="maria@example.org"
    ),
    phone_config=connect.PhoneConfig(phone_type="DESK_PHONE", desk_phone_number="+12065550102"),
    **AGENT,
)
managed = connect.User(
    "managed",
    instance=MANAGED,
    username="martha.rivera",
    password="{PASSWORD}",
    identity_info=connect.IdentityInfo(
        first_name="Martha", last_name="Rivera", email="martha@example.com"
    ),
    **AGENT,
)
"""
_MORE: Final[Mapping[tuple[str, str], str]] = {
    ("plain", "roster"): """
roster = connect.UserRoster(
    "west",
    instance=SAML,
    users={
        f"agent.{number:02}": {"identity_info": {"first_name": f"A{number}", "last_name": "Agent"}}
        for number in range(70)
    },
    defaults=AGENT,
)
""",
    ("plain", "status"): """
status = connect.UserStatus("status", user=minimal, agent_status="Available", triggers=["shift"])
""",
    ("plain", "initial password"): """
generated = connect.User(
    "generated",
    instance=MANAGED,
    username="kwesi.manu",
    identity_info=connect.IdentityInfo(
        first_name="Kwesi", last_name="Manu", email="kwesi@example.com"
    ),
    initial_password=connect.InitialPassword.generate(),
    **AGENT,
)
""",
    ("secret", "roster"): f"""
roster = connect.UserRoster(
    "east",
    instance=MANAGED,
    users={{
        "nikki@example.com": {{
            "identity_info": {{"first_name": "Nikki", "last_name": "W", "email": "n@example.com"}}
        }},
        "saanvi.sarkar": {{
            "identity_info": {{"first_name": "Saanvi", "last_name": "S", "email": "s@example.com"}}
        }},
    }},
    passwords={{"nikki@example.com": "{PASSWORD}", "saanvi.sarkar": "{PASSWORD}"}},
    defaults=AGENT,
)
""",
    ("secret", "status"): """
status = connect.UserStatus("status", user=full, agent_status="Available")
""",
}


@dataclass(frozen=True)
class Recording:
    """What one commit left behind, with or without `connect:personalData: secret`."""

    commit: str
    kind: str

    @property
    def name(self) -> str:
        """As its files and its test are named."""
        return f"{self.commit}-{self.kind}"

    @property
    def program(self) -> str:
        """The program, as that commit and every later one runs it."""
        more = [_MORE.get((self.kind, part), "") for part in RECORDED[self.commit]]
        return "".join((_HEADER, _PLAIN if self.kind == "plain" else _SECRET, *more))

    @property
    def config(self) -> Mapping[str, str]:
        """The stack's configuration beyond what the harness sets."""
        return CONFIG[self.kind]

    def state(self, store: Path) -> dict[str, Any]:
        """The deployment, for a stack with this store."""
        text = _read(self._file("json")).replace(json.dumps(_STORE), json.dumps(str(store)))
        deployment: dict[str, Any] = json.loads(text)
        return deployment

    def restore_store(self, path: Path) -> None:
        """Makes the embedded Connect that the deployment speaks of."""
        with sqlite3.connect(path) as store:
            store.executescript(_read(self._file("sql")))
        store.close()

    def save(self, deployment: Mapping[str, Any], store: Path) -> None:
        """Writes both files, without what belongs to the machine or changes nothing."""
        for resource in deployment["resources"]:
            for key in ("stackTrace", "sourcePosition"):
                resource.pop(key, None)
        text = json.dumps(deployment, sort_keys=True, separators=(",", ":"))
        text = text.replace(json.dumps(str(store)), json.dumps(_STORE))
        assert str(ROOT) not in text, "a path of this machine is left"
        assert tempfile.gettempdir() not in text, "a path of this machine is left"
        _write(self._file("json"), text)
        with sqlite3.connect(store) as copy:
            copy.execute("DELETE FROM requests")
            copy.execute("DELETE FROM sqlite_sequence")
            version = copy.execute("PRAGMA user_version").fetchone()[0]
            copy.commit()
            lines = [*copy.iterdump(), f"PRAGMA user_version = {version};"]
        copy.close()
        _write(self._file("sql"), "\n".join(lines))

    def _file(self, kind: str) -> Path:
        return FOLDER / f"{self.name}.{kind}.gz"


def recordings() -> list[Recording]:
    """All of them, the oldest first."""
    return [Recording(commit, kind) for commit in RECORDED for kind in CONFIG]


def _read(path: Path) -> str:
    return gzip.decompress(path.read_bytes()).decode()


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(gzip.compress(text.encode(), mtime=0))


@contextmanager
def _checkout(commit: str, folder: Path) -> Iterator[Path]:
    """The commit's own files, for as long as they are needed."""
    tree = folder / "tree"
    git = ("git", "-C", ROOT, "worktree")
    subprocess.run([*git, "add", "--quiet", "--detach", tree, commit], check=True)
    try:
        yield tree
    finally:
        subprocess.run([*git, "remove", "--force", tree], check=True)


def record(recording: Recording) -> None:
    """Runs the program at its commit, and keeps what it leaves behind."""
    with (
        tempfile.TemporaryDirectory() as name,
        _checkout(recording.commit, Path(name)) as tree,
        Stack(
            Path(name) / "stack",
            program=recording.program,
            config=recording.config,
            environment={"PYTHONPATH": str(tree / "provider")},
        ) as stack,
    ):
        stack.up()
        stack.preview("--expect-no-changes")
        recording.save(stack.export(), stack.store)


def main() -> None:
    """Records the commits that are named, or all."""
    wanted = sys.argv[1:]
    for recording in recordings():
        if not wanted or recording.commit in wanted:
            record(recording)
            sys.stdout.write(f"recorded {recording.name}\n")


if __name__ == "__main__":
    main()
