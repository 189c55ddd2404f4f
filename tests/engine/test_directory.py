"""A company of 300 people, and three nights of its directory: one import and one `up` each."""

import difflib
from collections import Counter

import pytest

from tests.support.command_line import Runner
from tests.support.harness import Stack, Stacks
from tests.support.identity_center import STORE, IdentityCenter, identity_center
from tests.support.programs import SAML_ID

WEST, EAST, LEADS = "Connect Agents West", "Connect Agents East", "Connect Supervisors"


def _name(number: int) -> str:
    return f"agent.{number:03}@example.com"


def _import(cli: Runner, stack: Stack, *options: str) -> Counter[str]:
    """Imports; the lines by sign that changed in the roster."""
    roster = stack.folder / "roster.yaml"
    before = roster.read_text().splitlines(keepends=True)
    ran = cli(
        *("roster", "import", "identity-center", "--identity-store-id", STORE, *options),
        *("--mapping", str(stack.folder / "mapping.yaml"), str(roster)),
    )
    assert ran.code == 0, ran.err
    after = roster.read_text().splitlines(keepends=True)
    changed = list(difflib.unified_diff(before, after, n=0))[2:]
    return Counter(line[0] for line in changed if line[0] in "+-")


def _up(stack: Stack) -> Counter[str]:
    """Deploys; what that changes in Connect."""
    since = stack.connect.last_request()
    stack.up()
    return Counter(stack.mutations(since))


def _company(center: IdentityCenter) -> None:
    for group in (WEST, EAST, LEADS):
        center.add_group(group)
    for number in range(300):
        center.add(_name(number), WEST if number % 2 else EAST)
    for number in range(0, 300, 30):
        center.join(_name(number), LEADS)


def test_three_nights_of_a_directory(
    stacks: Stacks, cli: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each changes the lines and the users that it has to, and nothing else."""
    stack = stacks(example="directory")
    hand_written = (stack.folder / "roster.yaml").read_text()
    with identity_center() as center:
        for name, value in center.environment.items():
            monkeypatch.setenv(name, value)
        _company(center)

        assert _import(cli, stack) == {"+": 300 * 3 + 10}
        head, _, kept = hand_written.partition("  # Not in the directory")
        text = (stack.folder / "roster.yaml").read_text()
        assert text.startswith(head)
        assert all(line in text for line in kept.splitlines(keepends=True))
        assert _up(stack) == {"CreateUser": 302}

        for number in range(300, 305):
            center.add(_name(number), EAST)
        for number in (1, 3, 5):
            center.leave(_name(number), WEST)
            center.join(_name(number), EAST)
        for number in (7, 8):
            center.remove(_name(number))
        assert _import(cli, stack) == {"+": 5 * 3 + 3, "-": 2 * 3 + 3}
        assert _up(stack) == {"CreateUser": 5, "UpdateUserHierarchy": 3, "DeleteUser": 2}

        center.join(_name(9), LEADS)
        center.leave(_name(30), LEADS)
        assert _import(cli, stack) == {"+": 1, "-": 1}
        assert _up(stack) == {"UpdateUserSecurityProfiles": 2}

        center.add(_name(7), WEST)
        center.leave(_name(11), WEST)
        assert _import(cli, stack) == {"+": 3, "-": 3}
        assert _up(stack) == {"CreateUser": 1, "DeleteUser": 1}

        assert _import(cli, stack, "--check") == {}
    assert len(stack.local.ids(SAML_ID)) == 305
