"""Reads roster files: every mistake of all of them at once, each with its place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ...core.errors import InvalidRoster
from ...core.garbage import without_collection
from ...core.properties import Properties
from ...core.unknowns import Path as PropertyPath
from .document import WHOLE_FILE, Document
from .folders import files_at
from .layers import Layers, lay
from .opening import open_document
from .users import Remark, RosterUsers

_SHOWN = 50


def read_roster(
    path: str | Path,
    *,
    defaults: Properties | None = None,
    teams: Mapping[str, Properties] | None = None,
) -> RosterUsers:
    """Reads the users in a YAML, JSON or CSV file, each over the defaults and its team's values.

    Of a folder, those in all such files in it and below it: a user can be in one of them only.
    `may` in a file, and `roster-limits.yaml` above it, limit what its users can have.
    `UserRoster` reports what was guessed about a CSV file (separators, names of columns), and which
    files of a folder were not read.

    Args:
        path: A file that ends in `.yaml`, `.yml`, `.json`, `.csv` or `.tsv`, or a folder.
        defaults: Values of every user, unless its team or the user has others; a file's own
            `defaults` override them.
        teams: The same by team, for the users whose `team` it is.

    Raises:
        InvalidRoster: Every mistake, one line each, with the file's line and without values.
    """
    path = Path(path)
    read = read_together([path], defaults, teams)
    if read.problems:
        raise InvalidRoster(_message(path, read.problems))
    return read.users()


@dataclass
class Rosters:
    """Files that were read together."""

    rosters: list[Document]
    others: list[Document]
    """What the program gives, and limits files."""
    remarks: list[Remark]
    """What is said about folders."""

    @property
    def problems(self) -> list[Remark]:
        """The mistakes in all files, by line in each."""
        read = (*self.others, *self.rosters)
        return [p for document in read for p in sorted(document.problems, key=lambda p: p.line)]

    def users(self) -> RosterUsers:
        """The users of all files."""
        homes = {name: roster for roster in self.rosters for name in roster.whole_users}
        whole = {name: roster.whole_users[name] for name, roster in homes.items()}
        notices = [notice for roster in self.rosters for notice in roster.notices]

        def place(username: str, path: PropertyPath) -> str | None:
            if username not in homes:
                return None
            return homes[username].at(homes[username].place_of(username, path))

        return RosterUsers(whole, place, [*self.remarks, *notices])


@without_collection()
def read_together(
    paths: Sequence[Path],
    defaults: Properties | None = None,
    teams: Mapping[str, Properties] | None = None,
    *,
    alone: bool = False,
) -> Rosters:
    """Reads files, and those in folders; `alone` means without their program.

    Raises:
        InvalidRoster: A folder has no roster files, or cannot be read.
    """
    # Programs import this module: what needs the model waits for a file.
    from .limits import limits_of, refuse_outside
    from .limits_files import LimitsFiles

    files, remarks = files_at(paths)
    program = Document(paths[0], paths[0].name)
    layers = Layers.of_program(defaults or {}, teams or {}, program)
    above = LimitsFiles()
    rosters: list[Document] = []
    for file in files:
        roster = open_document(file.path, file.label)
        if roster.may is not None:
            roster.limits.append(limits_of(roster.may, roster))
        roster.limits += above.limits(roster)
        lay(roster, layers, alone=alone)
        refuse_outside(roster)
        rosters.append(roster)
    _refuse_duplicates(rosters)
    return Rosters(rosters, [program, *above.documents()], remarks)


def _refuse_duplicates(rosters: Sequence[Document]) -> None:
    first: dict[str, str] = {}
    for roster in rosters:
        for name, entry in roster.users.items():
            place = entry.place(())
            if name in first:
                roster.problem(place, f"{entry.subject}: is already in {first[name]}.")
            else:
                first[name] = roster.at(place)


def _message(path: Path, problems: list[Remark]) -> str:
    subject = f"reading roster {path}"
    if len(problems) == 1 and problems[0].place == WHOLE_FILE and not path.is_dir():
        return f"{subject}: {problems[0].text}"
    more = f"\n  and {len(problems) - _SHOWN} more" if len(problems) > _SHOWN else ""
    count = "1 mistake" if len(problems) == 1 else f"{len(problems)} mistakes"
    return f"{subject}: {count}:\n  " + "\n  ".join(map(str, problems[:_SHOWN])) + more
