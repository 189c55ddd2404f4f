"""Deploys every team's stack in parallel, and prints one summary.

    python deploy.py preview | up | refresh | destroy [TEAM ...]

Backend, passphrase and credentials come from the environment, as for `pulumi` itself.
"""

# ruff: noqa: T201 - a command: printing is its job

import sys
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from difflib import get_close_matches
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
    people: Counter[str] = field(default_factory=Counter)
    """How many users are created, changed and deleted."""
    error: str = ""

    def note(self, event: automation.EngineEvent) -> None:
        """Counts the users of one resource: a roster is 64 of them, each with some users."""
        done = event.res_outputs_event
        if done is None:
            return
        before, after = _users(done.metadata.old), _users(done.metadata.new)
        self.people["created"] += len(after.keys() - before.keys())
        self.people["deleted"] += len(before.keys() - after.keys())
        self.people["changed"] += sum(after[name] != before[name] for name in after & before.keys())


def _users(state: automation.StepEventStateMetadata | None) -> Mapping[str, Any]:
    users = (state.outputs or state.inputs or {}).get("users") if state else None
    return users if isinstance(users, dict) else {}


def deploy(team: str, action: str) -> Outcome:
    """Runs one action on a team's stack, which is created if needed."""
    try:
        stack = automation.create_or_select_stack(stack_name=team, work_dir=str(HERE))

        def run(what: str) -> Outcome:
            outcome = Outcome(team)
            step: Callable[..., Any] = getattr(stack, what)
            step(
                on_output=lambda line: print(f"{team:12} {line}", flush=True),
                on_event=outcome.note,
            )
            return outcome

        if action == "up":
            # The Automation API's `up` makes no preview, and what a roster refuses, such as too
            # many removals, must be refused before the first user is deleted.
            run("preview")
        return run(action)
    except automation.CommandError as error:
        errors = [line.strip() for line in str(error).splitlines() if "error:" in line]
        return Outcome(team, error=errors[-1] if errors else "failed; see its output above")


def main(arguments: list[str]) -> int:
    """Runs the action on all teams, or on the named ones."""
    action, *chosen = arguments or [""]
    if action not in ("preview", "up", "refresh", "destroy"):
        print(__doc__, file=sys.stderr)
        return 2
    known = sorted(path.stem for path in (HERE / "rosters").iterdir())
    for team in [team for team in chosen if team not in known]:
        near = " or ".join(get_close_matches(team, known) or known)
        print(f"team {team} has no file in rosters/. Did you mean {near}?", file=sys.stderr)
    if not set(chosen) <= set(known):
        return 2
    teams = chosen or known
    with ThreadPoolExecutor(AT_ONCE) as pool:
        outcomes = list(pool.map(lambda team: deploy(team, action), teams))
    print(f"\n{action} of {len(outcomes)} stacks")
    to_be = "to be " if action == "preview" else ""
    for outcome in outcomes:
        counts = ", ".join(f"{n} {to_be}{what}" for what, n in outcome.people.items() if n)
        print(f"  {outcome.team:12} {outcome.error or counts or 'nothing to do'}")
    return 1 if any(outcome.error for outcome in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
