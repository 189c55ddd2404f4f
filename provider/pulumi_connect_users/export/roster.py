"""Writes the roster file that adopts the exported users of one instance. Pure."""

from collections.abc import Sequence
from typing import Final

from ..core.properties import Properties
from ..model.attributes import top_level
from ..model.facts import Role
from ..roster.writing import Form, Members, Written, written_roster
from .program import Export

FORMS: Final[dict[str, Form]] = {
    "roster": "yaml",
    "csv": "csv",
    "json": "json",
    "console": "console",
}
"""The forms of rosters by the formats of exports."""


def roster_file(export: Export, form: Form, template: Sequence[str] | None = None) -> Written:
    """The roster in a form; ValueError for users of more than one instance."""
    if len(export.instances) > 1:
        raise ValueError(
            f"writing a roster: the users are in {len(export.instances)} instances, and a roster "
            "has one. Use --instance for each, or --format python."
        )
    arn = export.instances[0] if export.instances else "ARN"
    head = [
        "Users of Amazon Connect, adopted as they are: written by `connect-users export`.",
        f'connect.UserRoster("users", instance="{arn}",',
        '    users=connect.read_roster("FILE.yaml"))',
        "The first `pulumi up` marks them by two tags each, and changes nothing else.",
    ]
    head += [f"Not in it, by user id: {i}: {why}" for i, why in sorted(export.skipped.items())]
    users = {str(user.bag["username"]): _entry(user.bag, form) for user in export.users}
    notes = {
        str(user.bag["username"]): [f"Left alone: {why}." for why in user.left_out]
        for user in export.users
    }
    return written_roster(Members(users), form, notes=notes, head=head, template=template)


def _entry(bag: Properties, form: Form) -> Properties:
    """A user; the console has no word for what this project does with it."""
    options = () if form == "console" else ("adopt",)
    kept = {a.wire for a in top_level(Role.ATTRIBUTE, Role.NAME)} - {"instanceArn", "username"}
    return {wire: value for wire, value in bag.items() if wire in kept or wire in options}
