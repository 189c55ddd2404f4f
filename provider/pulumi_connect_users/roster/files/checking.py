"""Checks roster files alone, without a program and without Connect."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from ...core.errors import InvalidRoster
from ...core.privacy import display_name, shorten
from ...core.properties import Properties
from ...core.unknowns import UNKNOWN
from ...model.user import IdentityManagementType
from ..program_check import ProgramCheck
from .document import Document
from .reading import FORMS, place_of, read_document
from .users import Remark

_NAMED = 3


@dataclass
class Checked:
    """What is said about some files, and how many users they hold."""

    users: int = 0
    remarks: list[Remark] = field(default_factory=list)

    @property
    def mistakes(self) -> int:
        """How many mistakes there are: remarks that are not only notices or warnings."""
        return sum(remark.level == "error" for remark in self.remarks)


def roster_files(folder: Path) -> list[Path]:
    """The files in a folder that can be rosters, sorted; hidden ones and schemas cannot."""
    ends = tuple(FORMS.replace(" or ", ", ").split(", "))
    return sorted(
        file
        for file in folder.iterdir()
        if file.name.lower().endswith(ends)
        and not file.name.startswith(".")
        and not file.name.endswith(".schema.json")
    )


def check_rosters(
    files: Sequence[Path], identity_type: IdentityManagementType | None = None
) -> Checked:
    """Checks files together: a user can be in one of them only."""
    checked = Checked()
    check = ProgramCheck(identity_type)
    places: dict[str, str] = {}
    for file in files:
        try:
            document, users = read_document(file, alone=True)
        except InvalidRoster as error:
            text = str(error).removeprefix(f"reading roster {file}: ")
            checked.remarks.append(Remark(file, "line 1", text))
            continue
        for name in users:
            own = document.users[name].place(())
            if name in places:
                document.problem(own, f"user {display_name(name)}: is already in {places[name]}.")
            places.setdefault(name, document.at(own))
        checked.users += len(users)
        remarks = [*document.problems, *document.notices, *_broken(document, users, check)]
        checked.remarks += sorted(remarks, key=lambda remark: remark.line)
    return checked


def _broken(
    document: Document, users: dict[str, Properties], check: ProgramCheck
) -> Iterator[Remark]:
    """The broken rules; users that share place and reason share a remark."""
    place = partial(place_of, document)
    names: dict[tuple[str, str], list[str]] = {}
    for name, user in users.items():
        for mistake in check.judge(name, {**user, "ownership": UNKNOWN}):
            if mistake.certain and mistake.identity_type is None:
                where = place(name, mistake.failure.path) or document.at("line 1")
                found = names.setdefault((where, str(mistake.failure)), [])
                found.append(f"user {display_name(name)}")
    for (where, reason), subjects in names.items():
        at = where.removeprefix(f"{document.path.name}, ")
        yield Remark(document.path, at, f"{shorten(subjects, _NAMED)}: {reason}")
