"""Writes the roster file (YAML) that adopts the exported users of one instance. Pure."""

import yaml

from ..core.properties import Properties, Value
from ..model.attributes import top_level
from ..model.facts import Role
from ..users.flex import program_names
from .program import Export

_WIDTH = 100


def roster_file(export: Export) -> str:
    """The text that `read_roster` reads; ValueError for users of more than one instance."""
    if len(export.instances) > 1:
        raise ValueError(
            f"writing a roster: the users are in {len(export.instances)} instances, and a roster "
            "has one. Use --instance for each, or --format python."
        )
    arn = export.instances[0] if export.instances else "ARN"
    head = [
        "# Users of Amazon Connect, adopted as they are: written by `connect-users export`.",
        f'# connect.UserRoster("users", instance="{arn}",',
        '#     users=connect.read_roster("FILE.yaml"))',
        "# The first `pulumi up` marks them by two tags each, and changes nothing else.",
    ]
    head += [f"# Not in it, by user id: {i}: {why}" for i, why in sorted(export.skipped.items())]
    text = "\n".join(head) + "\n" + _yaml({"defaults": {"adopt": True}})
    text += "users:\n" if export.users else "users: {}\n"
    for user in export.users:
        text += "".join(f"  # Left alone: {' '.join(why.split())}.\n" for why in user.left_out)
        entry = {str(user.bag["username"]): _entry(user.bag)}
        text += "".join(f"  {line}\n" for line in _yaml(entry).splitlines())
    return text


def _entry(bag: Properties) -> dict[str, Value]:
    written = top_level(Role.ATTRIBUTE, Role.NAME)
    left = ("instanceArn", "username")
    return program_names({a.wire: bag[a.wire] for a in written if a.wire in bag.keys() - left})


def _yaml(value: Value) -> str:
    return yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=_WIDTH)
