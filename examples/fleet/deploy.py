"""Deploys every team's stack in parallel, and prints one summary.

    python deploy.py preview | up | refresh | destroy [TEAM ...]

Backend, passphrase and credentials come from the environment, as for `pulumi` itself.
"""

# ruff: noqa: T201 - a command: printing is its job

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pulumi import automation

HERE = Path(__file__).parent
AT_ONCE = 4
"""Stacks at a time. They share one request rate on this machine, so more only use more memory."""


@dataclass(frozen=True)
class Outcome:
    """The result for one stack."""

    team: str
    changes: dict[str, int]
    error: str = ""


def deploy(team: str, action: str) -> Outcome:
    """Runs one action on a team's stack, which is created if needed."""
    try:
        stack = automation.create_or_select_stack(stack_name=team, work_dir=str(HERE))

        def run(what: str) -> Any:
            step: Callable[..., Any] = getattr(stack, what)
            return step(on_output=lambda line: print(f"{team:12} {line}", flush=True))

        if action == "up":
            # The Automation API's `up` makes no preview, and what a roster refuses, such as too
            # many removals, must be refused before the first user is deleted.
            run("preview")
        result = run(action)
        changes = result.change_summary if action == "preview" else result.summary.resource_changes
        return Outcome(team, {str(getattr(k, "value", k)): n for k, n in (changes or {}).items()})
    except automation.CommandError as error:
        errors = [line.strip() for line in str(error).splitlines() if "error:" in line]
        return Outcome(team, {}, errors[-1] if errors else "failed; see its output above")


def main(arguments: list[str]) -> int:
    """Runs the action on all teams, or on the named ones."""
    action, *chosen = arguments or [""]
    if action not in ("preview", "up", "refresh", "destroy"):
        print(__doc__, file=sys.stderr)
        return 2
    teams = chosen or sorted(path.stem for path in (HERE / "rosters").iterdir())
    with ThreadPoolExecutor(AT_ONCE) as pool:
        outcomes = list(pool.map(lambda team: deploy(team, action), teams))
    print(f"\n{action} of {len(outcomes)} stacks")
    for outcome in outcomes:
        counts = ", ".join(f"{n} {what}" for what, n in sorted(outcome.changes.items()))
        print(f"  {outcome.team:12} {outcome.error or counts or 'nothing to do'}")
    return 1 if any(outcome.error for outcome in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
