"""Someone who reads a guide and types what it says, with only what `make dist` made."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.docs.blocks import DOCS, Block, blocks
from tests.support.harness import engine
from tests.support.release import constraints, dist
from tools.checkout import ROOT

DIST = "/home/mary/pulumi-connect-users/dist"
"""How the guides name the folder that `make dist` fills."""
_GO = ROOT / "examples" / "languages" / "go"
_TEMPLATES = {
    # With the modules of the example, by hash: no later one is fetched.
    "go": {
        "Pulumi.yaml": "runtime: go\n",
        "go.mod": re.sub(r"\t.*/sdk/go v.*\n", "", (_GO / "go.mod").read_text()),
        "go.sum": (_GO / "go.sum").read_text(),
    },
    "python": {
        "Pulumi.yaml": "runtime:\n  name: python\n  options:\n    toolchain: pip\n"
        "    virtualenv: venv\n",
        "requirements.txt": "pulumi>=3.0.0,<4.0.0\n",
        "__main__.py": "import pulumi\n",
    },
    "typescript": {
        "Pulumi.yaml": "runtime:\n  name: nodejs\n  options:\n    packagemanager: npm\n",
        "index.ts": 'import * as pulumi from "@pulumi/pulumi";\n',
        "package.json": '{"name": "${PROJECT}", "main": "index.ts", "devDependencies": '
        '{"@types/node": "^22", "typescript": "^5"}, "dependencies": {"@pulumi/pulumi": "^3"}}\n',
        "tsconfig.json": (ROOT / "examples/languages/typescript/tsconfig.json").read_text(),
    },
    "yaml": {"Pulumi.yaml": "runtime: yaml\n"},
}
"""What `pulumi new` copies, much as in Pulumi's own repository of templates."""
_SAVE = """\
trap 'export -p > "$READER/variables"; pwd > "$READER/place"' EXIT
[ ! -e "$READER/variables" ] || . "$READER/variables"
[ ! -e "$READER/place" ] || cd "$(cat "$READER/place")"
set -e
"""


class Reader:
    """Types the blocks of one page in a folder outside the checkout."""

    def __init__(
        self,
        folder: Path,
        session: Path,
        page: str,
        *,
        instead: Mapping[str, str] = {},
        path: Sequence[Path] = (),
        variables: Mapping[str, str] = {},
    ) -> None:
        """Opens a page.

        Args:
            folder: a new folder, the test's own.
            session: a folder that all workers of this run share.
            page: a page of docs/.
            instead: what this reader types for words of the page: places and names of their own.
            path: folders of commands that the page takes for granted, besides Pulumi.
            variables: further environment variables.
        """
        self.page = page
        self.folder = folder / "agents"
        self._notes = folder / "reader"
        self.dist = dist(session)
        state = folder / "state"
        for made in (self.folder, self._notes, state):
            made.mkdir(parents=True)
        self._typed: set[int] = set()
        # The state of `--local` would be the developer's own.
        login = {"login --local": f"login {state.as_uri()}"}
        self.instead = {DIST: str(self.dist), **login, **instead}
        self._environment = {
            **_inherited(),
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "PATH": os.pathsep.join([*map(str, path), str(engine()), os.environ["PATH"]]),
            "PIP_CONSTRAINT": str(constraints(session)),
            "PULUMI_CONNECT_USERS_PYTHON": sys.executable,  # for a stand-in language host alone
            "PULUMI_DISABLE_REGISTRY_RESOLVE": "true",
            "PULUMI_HOME": str(folder / "pulumi-home"),
            "PULUMI_IGNORE_AMBIENT_PLUGINS": "true",
            "PULUMI_SKIP_CONFIRMATIONS": "true",
            "PULUMI_SKIP_UPDATE_CHECK": "true",
            "PULUMI_TEMPLATE_BRANCH": "main",
            "PULUMI_TEMPLATE_GIT_REPOSITORY": _templates(folder / "templates").as_uri(),
            "READER": str(self._notes),
            "UV_CONSTRAINT": str(constraints(session)),
            "npm_config_prefer_offline": "true",
            **variables,
        }

    def blocks(self, language: str = "console") -> list[Block]:
        """The page's blocks of a language."""
        return [block for block in blocks(language) if block.file == DOCS / self.page]

    def page_text(self) -> str:
        """The whole page."""
        return (DOCS / self.page).read_text(encoding="utf-8")

    def write(self, file: str, text: str) -> None:
        """Writes a file, usually a block, into the folder."""
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self._own(text), encoding="utf-8")

    def type_block(self, number: int, *, code: int = 0, leave_out: str = "") -> str:
        """Types the page's block of commands with this number, and returns what was printed.

        Args:
            number: from 0.
            code: the exit code of the block's last command that runs.
            leave_out: the beginning of commands that this reader does without.
        """
        self._typed.add(number)
        lines = self.blocks()[number].text.splitlines()
        commands = [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]
        kept = [one for one in commands if not (leave_out and one.startswith(leave_out))]
        return self.type("\n".join(kept), code=code)

    def type(self, commands: str, *, code: int = 0) -> str:
        """Types commands of the page's text in the shell that earlier ones were typed in."""
        done = subprocess.run(
            ["bash", "-c", _SAVE + self._own(commands)],
            cwd=self.folder,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert done.returncode == code, f"{commands}\n{done.stdout}"
        return done.stdout

    def shown(self, number: int) -> list[str]:
        """What the page shows of the answers to a block's commands."""
        lines = self.blocks()[number].text.splitlines()
        return [line for line in lines if not line.startswith("$ ")]

    @contextmanager
    def beside(self, command: str) -> Iterator[str]:
        """Runs a command of the page in a second shell; yields the first line that it prints."""
        with subprocess.Popen(
            ["bash", "-c", f"exec {self._own(command)}"],
            cwd=self.folder,
            env=self._environment,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdout is not None
            try:
                yield process.stdout.readline()
            finally:
                process.terminate()

    def untyped(self) -> list[str]:
        """The places of the blocks of commands that were not typed."""
        return [b.place for n, b in enumerate(self.blocks()) if n not in self._typed]

    def _own(self, text: str) -> str:
        for words, own in self.instead.items():
            text = text.replace(words, own)
        return text


def _inherited() -> dict[str, str]:
    """This process's variables, but for those of developers' tools."""
    foreign = ("AWS_", "PULUMI_", "CONNECT_USERS_", "PYTHON", "VIRTUAL_ENV", "PIP_CONSTRAINT")
    return {name: value for name, value in os.environ.items() if not name.startswith(foreign)}


def _templates(folder: Path) -> Path:
    """Makes the git repository that `pulumi new` reads."""
    for name, files in _TEMPLATES.items():
        (folder / name).mkdir(parents=True)
        for file, text in files.items():
            (folder / name / file).write_text(text)
        project = folder / name / "Pulumi.yaml"
        head = "name: ${PROJECT}\ndescription: ${DESCRIPTION}\n"
        project.write_text(f"{head}{project.read_text()}template:\n  description: minimal\n")
    git = ["git", "-C", str(folder), "-c", "user.name=reader", "-c", "user.email=r@example.com"]
    for command in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "All"]):
        subprocess.run([*git, *command], check=True)
    return folder
