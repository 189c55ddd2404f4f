"""`python3 -m tools.quickstart up|preview|refresh|down`: the root Pulumi.yaml on stack `dev`."""

import json
import secrets
import string
import subprocess
import sys
from pathlib import Path
from typing import Any

from tools import workspace
from tools.checkout import ROOT, say
from tools.engine import EngineError
from tools.engine.locate import locate

STACK = "dev"
CONFIG = ROOT / f"Pulumi.{STACK}.yaml"
PASSWORDS = ("maryPassword", "arnavPassword", "nikkiPassword")
USER_TYPE = "pulumi-python:dynamic/connect:User"
COMMANDS = {
    "up": ("up", "--yes"),
    "preview": ("preview", "--diff"),
    "refresh": ("refresh", "--yes", "--skip-preview"),
    "down": ("destroy", "--yes", "--skip-preview"),
}


class Quickstart:
    """The quickstart's stack, run by one engine."""

    def __init__(self, commands: Path) -> None:
        self._pulumi = str(commands / "pulumi")
        self._environment = workspace.environment(commands)

    def prepare(self, *, new_passphrase: bool) -> None:
        """Selects or makes the stack and gives it passwords for its users, once."""
        if new_passphrase and CONFIG.exists():
            kept = CONFIG.with_suffix(".yaml.old")
            CONFIG.replace(kept)
            say(f"{CONFIG.name} was encrypted with a passphrase that is gone: now {kept.name}.")
        self._run("stack", "select", "--create", STACK)
        configured = CONFIG.read_text() if CONFIG.exists() else ""
        for name in PASSWORDS:
            if name not in configured:
                self._run("config", "set", "--secret", name, typed=password())

    def run(self, command: str) -> int:
        """Runs one of COMMANDS with its output shown, and returns its exit code."""
        process = subprocess.Popen(
            [self._pulumi, *COMMANDS[command], "--stack", STACK], cwd=ROOT, env=self._environment
        )
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                # Pulumi was interrupted too: it ends what it has begun, and a second time at once.
                continue

    def users(self) -> list[tuple[str, str, str]]:
        """Returns (resource, username, ARN) of each user in the stack's state."""
        state: dict[str, Any] = json.loads(self._run("stack", "export", "--stack", STACK))
        return sorted(
            (entry["urn"].rsplit("::", 1)[1], entry["outputs"].get("username", ""), entry["id"])
            for entry in state["deployment"].get("resources", [])
            if entry["type"] == USER_TYPE
        )

    def _run(self, *arguments: str, typed: str | None = None) -> str:
        return subprocess.run(
            [self._pulumi, *arguments, "--non-interactive"],
            cwd=ROOT,
            env=self._environment,
            input=typed,
            stdin=subprocess.DEVNULL if typed is None else None,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        ).stdout


def password() -> str:
    """Makes a password of 24 characters with the kinds that Amazon Connect asks for."""
    kinds = (string.ascii_lowercase, string.ascii_uppercase, string.digits)
    letters = [secrets.choice(kinds[index % len(kinds)]) for index in range(24)]
    secrets.SystemRandom().shuffle(letters)
    return "".join(letters)


def ending(users: list[tuple[str, str, str]]) -> str:
    """Returns what `make up` says last: what there is now, and what to try."""
    widths = [max((len(user[column]) for user in users), default=0) for column in (0, 1)]
    lines = [f"  {name:<{widths[0]}}  {login:<{widths[1]}}  {arn}" for name, login, arn in users]
    count = "1 user is" if len(users) == 1 else f"{len(users)} users are"
    return "\n".join(
        [
            f"{count} in stack {STACK}:",
            *lines,
            "",
            "Try next:",
            "  1. change a last_name in examples/quickstart/__main__.py, then: make preview",
            "  2. source .connect-users/env && connect-users emulator log   # the requests",
            "  3. make down",
        ]
    )


def main(arguments: list[str]) -> int:
    """Runs one command and returns the exit code."""
    if len(arguments) != 1 or arguments[0] not in COMMANDS:
        say(f"Usage: python3 -m tools.quickstart {'|'.join(COMMANDS)}")
        return 2
    try:
        commands = locate()
    except EngineError as error:
        say(str(error))
        return 1
    new_passphrase = workspace.prepare()
    workspace.write_env_file(commands)
    stack = Quickstart(commands)
    try:
        stack.prepare(new_passphrase=new_passphrase)
        code = stack.run(arguments[0])
        if code == 0 and arguments[0] == "up":
            print(f"\n{ending(stack.users())}", flush=True)
    except subprocess.CalledProcessError as error:
        say(f"Running {' '.join(error.cmd)}: it ended with code {error.returncode}, as told above.")
        return 1
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
