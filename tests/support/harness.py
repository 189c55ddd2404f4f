"""Runs the real `pulumi` on stacks of a test's own: nothing here is imitated.

A `Stack` has its own project folder, state, PULUMI_HOME, passphrase and embedded Connect, so that
any number of tests run at once. The engine is found or made by tools.engine, never skipped over.
"""

import functools
import json
import os
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

import yaml

from pulumi_connect_users.emulator import Store, open_store
from pulumi_connect_users.native.install import install
from tests.support.command import Result, Running
from tests.support.local_connect import Local
from tools.checkout import ROOT
from tools.engine.locate import locate

STACK = "dev"
_IMPORT = "import pulumi_connect_users as connect"
Expected = int | Literal["failure"] | None
"""The exit code to insist on: one number, any but 0, or (None) whatever comes."""


@functools.cache
def engine() -> Path:
    """Returns the folder of a complete Pulumi's commands, which is made if there is none."""
    return locate()


class Stack:
    """A project and its one stack, on the embedded Connect unless its config says otherwise."""

    def __init__(
        self,
        folder: Path,
        *,
        program: str | None = None,
        example: str | None = None,
        config: Mapping[str, str | None] = {},
        secrets: Mapping[str, str] = {},
        environment: Mapping[str, str] = {},
        path: Sequence[Path] = (),
        project: str = "engine-test",
        state: Path | None = None,
        store: Path | None = None,
        native: bool = False,
    ) -> None:
        """Makes the project in `folder`; the stack itself is made by the first command.

        Args:
            folder: a new or empty folder, the test's own.
            program: the text of __main__.py, or
            example: the name of a folder of examples/, which is copied.
            config: plain config values, by their whole keys (`connect:refresh`) or the project's
                own (`instanceArn`); None takes a default of this harness away.
            secrets: secret config values.
            environment: variables for every command of this stack.
            path: folders of commands that programs need, before those of PATH.
            project: the project's name, where the example does not bring its own.
            state: the folder of the file backend, for stacks that share one.
            store: the embedded Connect's file, for stacks that share one.
            native: whether programs import the native plugin's side of the package, with the same
                settings in its namespace.
        """
        self.folder = folder / "project"
        self.home = folder / "pulumi-home"
        self.state = state or folder / "state"
        self.store = store or folder / "local.db"
        self._runs = folder / "runs"
        self._count = 0
        self._running: list[Running] = []
        for made in (self.home, self.state, self._runs):
            made.mkdir(parents=True, exist_ok=True)
        defaults = {"connect:endpoint": "local", "connect:localStore": str(self.store)}
        merged = {**defaults, **config}
        self._config = {key: value for key, value in merged.items() if value is not None}
        self._native = native
        self._secrets = dict(secrets)
        self._environment = environment
        self._path = path
        self._made = False
        if native:
            self.install_plugin()
            self._config = {
                key.replace("connect:", "connect-users:"): value
                for key, value in self._config.items()
            }
        if example is not None:
            self._copy_example(example)
        else:
            self.folder.mkdir(parents=True)
            self._write_project({"name": project, "runtime": "python"})
        if program is not None:
            self.write_program(program)

    def write_program(self, text: str) -> None:
        """Writes __main__.py, dedented."""
        if self._native:
            text = text.replace(_IMPORT, "import pulumi_connect_users.native as connect")
        (self.folder / "__main__.py").write_text(textwrap.dedent(text))

    def install_plugin(self) -> None:
        """Installs the native plugin into this stack's PULUMI_HOME, and gives it its settings."""
        install(str(engine() / "pulumi"), self.variables())
        values = {"connect-users:endpoint": "local", "connect-users:localStore": str(self.store)}
        if self._made:
            self.set_config(values)
        else:
            self._config |= values

    def edit(self, old: str, new: str, *, file: str = "__main__.py") -> None:
        """Replaces a piece of text, which must be there, in a file of the project."""
        path = self.folder / file
        text = path.read_text()
        assert old in text, f"{file} holds no {old!r}"
        path.write_text(text.replace(old, new))

    def up(self, *arguments: str, expect: Expected = 0) -> Result:
        """Runs `pulumi up` (with its preview left out, unless `--skip-preview=false` is given)."""
        return self.run("up", "--yes", "--skip-preview", *arguments, expect=expect)

    def preview(self, *arguments: str, expect: Expected = 0) -> Result:
        """Runs `pulumi preview`, with `--json` where its digest is wanted."""
        return self.run("preview", *arguments, expect=expect)

    def refresh(self, *arguments: str, expect: Expected = 0) -> Result:
        """Runs `pulumi refresh`."""
        return self.run("refresh", "--yes", "--skip-preview", *arguments, expect=expect)

    def destroy(self, *arguments: str, expect: Expected = 0) -> Result:
        """Runs `pulumi destroy`."""
        return self.run("destroy", "--yes", "--skip-preview", *arguments, expect=expect)

    def cancel(self, *, expect: Expected = 0) -> Result:
        """Runs `pulumi cancel`, the one manual step that a killed command asks for."""
        return self.run("cancel", "--yes", expect=expect)

    def export(self, *, show_secrets: bool = False) -> dict[str, Any]:
        """Returns the deployment that is in state, secrets encrypted unless asked for."""
        shown = ("--show-secrets",) if show_secrets else ()
        exported: dict[str, Any] = self.run("stack", "export", *shown).json["deployment"]
        return exported

    def import_(self, deployment: Mapping[str, Any], *, expect: Expected = 0) -> Result:
        """Replaces the state by a deployment such as `export` returns."""
        file = self._runs / "import.json"
        file.write_text(json.dumps({"version": 3, "deployment": deployment}))
        return self.run("stack", "import", "--file", str(file), expect=expect)

    def resources(self, kind: str = "") -> list[dict[str, Any]]:
        """Returns the resources in state whose type ends in `kind`, e.g. `connect:User`."""
        return [r for r in self.export().get("resources", []) if r["type"].endswith(kind)]

    def outputs(self) -> dict[str, Any]:
        """Returns the stack's outputs in the clear."""
        outputs: dict[str, Any] = self.run("stack", "output", "--json", "--show-secrets").json
        return outputs

    @property
    def local(self) -> Local:
        """The embedded Connect behind Pulumi's back, from its first request on."""
        return Local(self.store)

    @functools.cached_property
    def connect(self) -> Store:
        """The embedded Connect of this stack: its request log, faults and controls."""
        return open_store(self.store)

    def mutations(self, since: int = 0) -> list[str]:
        """Returns the operations that were asked to change something, in order.

        Args:
            since: a number that `connect.last_request()` gave; what came before is left out.
        """
        return [r.operation for r in self.connect.requests(since=since) if r.mutating]

    def set_config(
        self, values: Mapping[str, str] = {}, *, secrets: Mapping[str, str] = {}
    ) -> None:
        """Sets plain and secret config values with one command."""
        plain = [word for k, v in values.items() for word in ("--plaintext", f"{k}={v}")]
        secret = [word for k, v in secrets.items() for word in ("--secret", f"{k}={v}")]
        self.run("config", "set-all", *plain, *secret)

    def remove_config(self, key: str) -> None:
        """Removes one config value."""
        self.run("config", "rm", key)

    def run(
        self, *command: str, expect: Expected = 0, environment: Mapping[str, str] = {}
    ) -> Result:
        """Runs any `pulumi` command on this stack, to its end.

        Args:
            command: the command and its options; stack and colours are added.
            expect: the exit code to insist on.
            environment: variables for this command alone.

        Raises:
            AssertionError: another exit code came; all that was printed is in the message.
        """
        result = self.start(*command, environment=environment).wait()
        right = result.code != 0 if expect == "failure" else expect in (None, result.code)
        if not right:
            raise AssertionError(
                f"pulumi {' '.join(command)}: exit code {result.code}, not {expect}\n{result.text}"
            )
        return result

    def start(self, *command: str, environment: Mapping[str, str] = {}) -> Running:
        """Starts a command and leaves it running; leaving the stack's `with` block ends it."""
        if not self._made:
            self._made = True
            self.run("stack", "init", STACK)
            self._configure()
        self._count += 1
        folder = self._runs / f"{self._count:02}-{command[0]}"
        folder.mkdir()
        events = folder / "events" if command[0] in _WITH_EVENTS else None
        logged = () if events is None else ("--event-log", str(events))
        arguments = [*command, *_named(command), *logged, "--color=never", "--non-interactive"]
        with (folder / "stdout").open("w") as stdout, (folder / "stderr").open("w") as stderr:
            process = subprocess.Popen(
                [engine() / "pulumi", *arguments],
                cwd=self.folder,
                env=self.variables() | dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=stdout,
                stderr=stderr,
                text=True,
                start_new_session=True,
            )
        running = Running(process, folder, events)
        self._running.append(running)
        return running

    def variables(self) -> dict[str, str]:
        """Returns the whole environment of this stack's commands.

        Nothing of the developer's own Pulumi or AWS configuration is in it: a test that loses its
        way ends at the embedded Connect, or nowhere.
        """
        inherited = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("AWS_", "PULUMI_", "CONNECT_USERS_", "PYTHON", "VIRTUAL_ENV"))
        }
        commands = (engine(), Path(sys.executable).parent, *self._path)
        return {
            **inherited,
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "PATH": os.pathsep.join([*map(str, commands), os.environ.get("PATH", "")]),
            "PULUMI_BACKEND_URL": self.state.as_uri(),
            "PULUMI_CONFIG_PASSPHRASE": "a passphrase for tests",
            "PULUMI_CONNECT_USERS_PYTHON": sys.executable,
            "PULUMI_DEBUG_COMMANDS": "true",  # --event-log is a debugging option
            "PULUMI_HOME": str(self.home),
            "PULUMI_IGNORE_AMBIENT_PLUGINS": "true",
            "PULUMI_PYTHON_CMD": sys.executable,
            "PULUMI_SKIP_UPDATE_CHECK": "true",
            "TERM": "dumb",
            **self._environment,
        }

    def __enter__(self) -> Self:
        """Returns the stack itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Ends every command that still runs, and what killed commands have left."""
        for running in self._running:
            running.stop()

    def _configure(self) -> None:
        """Sets the first configuration; one without secrets costs no command."""
        if self._secrets:
            self.set_config(self._config, secrets=self._secrets)
            return
        project = yaml.safe_load((self.folder / "Pulumi.yaml").read_text())["name"]
        values = {k if ":" in k else f"{project}:{k}": v for k, v in self._config.items()}
        file = self.folder / f"Pulumi.{STACK}.yaml"
        made = yaml.safe_load(file.read_text())
        file.write_text(yaml.safe_dump({**made, "config": values}))

    def _copy_example(self, name: str) -> None:
        ignored = shutil.ignore_patterns(".venv", "__pycache__", ".connect-users", "Pulumi.*.yaml")
        shutil.copytree(ROOT / "examples" / name, self.folder, ignore=ignored)
        own = self.folder / "Pulumi.yaml"
        # The quickstart's project file is the root's, whose `main` names its folder.
        project = yaml.safe_load((own if own.exists() else ROOT / "Pulumi.yaml").read_text())
        project.pop("main", None)
        self._write_project(project)

    def _write_project(self, project: dict[str, Any]) -> None:
        # Without `virtualenv`, every process takes the Python that runs the tests.
        runtime = project["runtime"]
        project["runtime"] = runtime if isinstance(runtime, str) else runtime["name"]
        (self.folder / "Pulumi.yaml").write_text(yaml.safe_dump(project, sort_keys=False))


Stacks = Callable[..., Stack]
"""Makes stacks of a test's own: the fixture `stacks`, with the arguments of `Stack`."""
_WITH_EVENTS: Sequence[str] = ("up", "preview", "refresh", "destroy")


def _named(command: Sequence[str]) -> Sequence[str]:
    """Returns the words that name the stack, for a command that does not."""
    if tuple(command[:2]) in (("stack", "init"), ("state", "move")):
        return ()
    return (STACK,) if command[0] == "cancel" else ("--stack", STACK)
