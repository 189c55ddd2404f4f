"""The `connect-users` command: each subcommand is a module, imported only when it is used."""

import sys
from typing import NoReturn

COMMANDS = {
    "access": "Review who can do what in an instance.",
    "policy": "List the policy rules, and check a policy configuration.",
    "export": "Write a program, roster or import file that takes over existing users.",
    "roster": "Check and convert roster files, and import the company's directory.",
    "iam": "Print the IAM policy that a role needs.",
    "orphans": "Find a stack's users that are in no state.",
    "purge": "Delete users that were suspended long ago.",
    "doctor": "Check the setup, and suggest a fix for each problem.",
    "plugin": "Install the native plugin, for programs in every language.",
    "emulator": "Run and inspect the embedded Connect.",
    "status": "Show the agents at work and what they do.",
    "put-status": "Set an agent's status.",
    "report": "Report what a preview will do to users.",
}
"""Subcommands with a line of help."""

DONE, FAILED, USAGE, GATE_CLOSED = 0, 1, 2, 3
"""Exit codes of every subcommand; GATE_CLOSED where a requested gate did not pass."""


def main() -> NoReturn:
    """The console script: runs the command line and exits."""
    try:
        from pulumi_connect_users.cli.root import run
    except ModuleNotFoundError as missing:
        if missing.name not in ("click", "rich"):
            raise
        print(
            f"connect-users: {missing.name} is not installed. "
            "Run: pip install 'pulumi-connect-users[cli]'.",
            file=sys.stderr,
        )
        sys.exit(FAILED)
    sys.exit(run())


__all__ = ["COMMANDS", "DONE", "FAILED", "GATE_CLOSED", "USAGE", "main"]
