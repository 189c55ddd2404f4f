"""Checks roster files alone, without a program and without Connect."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ...core.garbage import without_collection
from ...core.privacy import display_name
from ...core.unknowns import UNKNOWN
from ...model.user import IdentityManagementType
from ...users.run.usernames import differs_in_case
from ..program_check import ProgramCheck
from .document import Document
from .reading import read_together
from .users import Place, Remark


@dataclass
class Checked:
    """What is said about some files, and how many users they hold."""

    files: list[Path]
    users: int
    remarks: list[Remark]

    @property
    def mistakes(self) -> int:
        """How many mistakes there are: remarks that are not only notices or warnings."""
        return sum(remark.level == "error" for remark in self.remarks)


@without_collection()
def check_rosters(
    paths: Sequence[Path], identity_type: IdentityManagementType | None = None
) -> Checked:
    """Checks files, and those in folders, together: a user can be in one of them only.

    Raises:
        InvalidRoster: A folder has no roster files, or cannot be read.
    """
    read = read_together(paths, alone=True)
    check = ProgramCheck(identity_type)
    remarks = list(read.remarks)
    _warn_of_cases(read.rosters)
    for roster in read.rosters:
        roster.problems_of(_broken(roster, check))
    for document in (*read.others, *read.rosters):
        own = [*document.problems, *document.notices]
        remarks += sorted(own, key=lambda remark: remark.line)
    users = sum(len(roster.whole_users) for roster in read.rosters)
    return Checked([roster.path for roster in read.rosters], users, remarks)


def _broken(document: Document, check: ProgramCheck) -> Iterator[tuple[Place, str, str]]:
    """The broken rules: place, user and reason."""
    for name, user in document.whole_users.items():
        for mistake in check.judge(name, {**user, "ownership": UNKNOWN}):
            if mistake.certain and mistake.identity_type is None:
                place = document.place_of(name, mistake.failure.path)
                yield place, document.users[name].subject, str(mistake.failure)


def _warn_of_cases(rosters: Sequence[Document]) -> None:
    """Warns of users whose names differ only in case: they are different users."""
    first: dict[str, tuple[str, str]] = {}
    for roster in rosters:
        for name, entry in roster.users.items():
            place = entry.place(())
            other, at = first.setdefault(name.casefold(), (name, roster.at(place)))
            if other != name:
                text = differs_in_case([f"{display_name(other)} ({at})"])
                roster.notice(place, f"{entry.subject}: {text}.", "warning")
