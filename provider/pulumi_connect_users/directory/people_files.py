"""Reads the user lists that Okta and Microsoft Entra export, as CSV.

Columns are recognised by their names, whatever their case, spaces and `_`; a list's other columns
are of no interest. A list of one group's members (`GROUP=FILE`) need not say more than who they
are: what several files say about one user name is put together.

Sources of the names: Entra's bulk download of users (learn.microsoft.com, users-bulk-download:
`userPrincipalName`, `accountEnabled`, ...) and of group members (groups-bulk-download-members:
"User principal name"), Okta's user profile (`login`, `firstName`, ...) and its statuses, as its API
and its pages spell them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from ..core.messages import counted
from ..core.people import Person
from ..core.privacy import similar
from .mapping import FIELDS, DirectoryMapping, PersonField
from .refusal import ImportRefused
from .table import Table, letters, read_table

COLUMNS: Final[Mapping[PersonField, tuple[str, ...]]] = {
    "userName": ("userName", "userPrincipalName", "UPN", "login", "Okta username"),
    "email": ("email", "mail", "Primary email", "Email address"),
    "externalId": ("externalId",),
    "givenName": ("givenName", "firstName"),
    "familyName": ("surname", "lastName", "familyName"),
    "mobile": ("mobilePhone", "mobile"),
    "active": ("accountEnabled", "status", "active", "Okta user status", "User status"),
    "groups": ("groups", "group", "Group names", "memberOf"),
}
_KNOWN: Final = frozenset(letters(name) for names in COLUMNS.values() for name in names)
_ACTIVE: Final = frozenset(
    {
        *("active", "enabled", "true", "yes"),
        *("provisioned", "pendinguseraction", "recovery", "passwordreset"),
        *("lockedout", "passwordexpired"),
    }
)
_INACTIVE: Final = frozenset(
    {
        *("inactive", "disabled", "false", "no"),
        *("staged", "suspended", "deprovisioned", "deactivated"),
    }
)
_MEMBERS: Final[Mapping[PersonField, str]] = {
    "userName": "user_name",
    "email": "email",
    "externalId": "external_id",
    "givenName": "given_name",
    "familyName": "family_name",
    "mobile": "mobile",
}


class PeopleFile(NamedTuple):
    """One file, as it was given."""

    name: str
    text: str
    group: str | None = None
    """The group whose members it lists."""


@dataclass
class People:
    """Everyone in some files, and what has to be said about reading them."""

    by_name: dict[str, Person] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)

    def add(self, person: Person) -> None:
        """Puts together what files say of one user name."""
        known = self.by_name.setdefault(person.user_name.casefold(), person)
        self.by_name[person.user_name.casefold()] = replace(
            known,
            **{name: getattr(known, name) or getattr(person, name) for name in _MEMBERS.values()},
            active=known.active and person.active,
            groups=known.groups | person.groups,
        )


class _List(NamedTuple):
    """A file with its columns."""

    file: PeopleFile
    table: Table
    columns: dict[PersonField, int]
    """The number of each field's column."""


def read_people(files: Sequence[PeopleFile], mapping: DirectoryMapping) -> People:
    """Reads files; raises ImportRefused with all mistakes in groups, columns, or rows."""
    mistakes = _group_mistakes(files, mapping)
    lists = []
    for file in files:
        table = read_table(file.name, file.text, _KNOWN)
        columns, ambiguous = _columns(file, table, mapping)
        mistakes += ambiguous
        lists.append(_List(file, table, columns))
    mistakes += _missing(lists, mapping)
    people = People()
    for one in lists if not mistakes else ():
        mistakes += _read(one, people)
    if mistakes:
        raise ImportRefused(mistakes)
    if not any("active" in one.columns for one in lists):
        people.notices.append(
            "no column says whose account is active: everyone in the files is taken as active."
        )
    return people


def _group_mistakes(files: Sequence[PeopleFile], mapping: DirectoryMapping) -> list[str]:
    """With files by group, every mapped group needs one: else its members would leave."""
    given = {file.group for file in files if file.group is not None}
    if not given:
        return []
    known = ", ".join(mapping.groups)
    return [
        f"group {name}: is not in the mapping. Known: {known}."
        for name in sorted(given - mapping.groups.keys())
    ] + [
        f"group {name}: no file has its members. Add {name}=FILE."
        for name in mapping.groups
        if name not in given
    ]


def _columns(
    file: PeopleFile, table: Table, mapping: DirectoryMapping
) -> tuple[dict[PersonField, int], list[str]]:
    """The recognised columns, and mistakes where several are one field's."""
    columns: dict[PersonField, int] = {}
    ambiguous: list[str] = []
    for name in FIELDS:
        chosen = mapping.columns.get(name)
        accepted = [letters(one) for one in ([chosen] if chosen else COLUMNS[name])]
        found = [at for at, one in enumerate(table.names) if one and letters(one) in accepted]
        if name == "groups" and file.group is not None:
            continue
        if len(found) > 1:
            several = ", ".join(table.names[at] for at in found)
            ambiguous.append(
                f"{table.header}: several columns are {name}: {several}. Name one in the "
                f"mapping, columns: {{ {name}: {table.names[found[0]]} }}."
            )
        if found:
            columns[name] = found[0]
    return columns, ambiguous


def _missing(lists: Sequence[_List], mapping: DirectoryMapping) -> Iterator[str]:
    """User names are in every list, what else is needed in one of them."""
    for one in lists:
        if "userName" not in one.columns:
            yield _no_column(one.table, "userName", mapping)
    needed: set[PersonField] = {mapping.username, *mapping.columns}
    if all(one.file.group is None for one in lists):
        needed.add("groups")
    for name in FIELDS:
        if name in needed - {"userName"} and not any(name in one.columns for one in lists):
            yield _no_column(lists[0].table, name, mapping)


def _no_column(table: Table, name: PersonField, mapping: DirectoryMapping) -> str:
    chosen = mapping.columns.get(name)
    near = similar(chosen or name, [one for one in table.names if one])
    hint = f" Did you mean {near[0]}?" if near else ""
    if chosen:
        return f"{table.header}: the column {chosen} ({name}) is missing.{hint}"
    also = ", or give files by group (GROUP=FILE)" if name == "groups" else ""
    return (
        f"{table.header}: no column is {name} ({', '.join(COLUMNS[name])}).{hint} Name it in the "
        f"mapping, columns: {{ {name}: ... }}{also}."
    )


def _read(one: _List, people: People) -> Iterator[str]:
    """Adds a list's people; yields mistakes in its rows."""
    table, columns = one.table, one.columns
    chosen = ", ".join(f"{name} from {table.names[at]}" for name, at in columns.items())
    people.notices.append(f"{one.file.name}{table.separated}: {chosen}.")
    nameless = 0
    for line, row in table.rows:
        cells = {name: row[at] if at < len(row) else "" for name, at in columns.items()}
        place = f"{one.file.name}:{line}"
        status = letters(cells.get("active", ""))
        if not cells["userName"]:
            nameless += 1
        elif "active" in columns and status not in _ACTIVE | _INACTIVE:
            known = "ACTIVE, SUSPENDED, DEPROVISIONED, True, False"
            yield f"{place}: {cells['userName']}: its status is unknown. Known: {known}, ..."
        else:
            people.add(
                Person(
                    **{member: cells.get(name, "") for name, member in _MEMBERS.items()},
                    active=status not in _INACTIVE,
                    groups=frozenset([one.file.group] if one.file.group else _groups(cells)),
                    place=place,
                )
            )
    if nameless:
        people.notices.append(
            f"{one.file.name}: {counted(nameless, 'row')} without a user name passed over."
        )


def _groups(cells: Mapping[PersonField, str]) -> list[str]:
    cell = cells.get("groups", "")
    parts = cell.split("|" if "|" in cell else ";")
    return [part.strip() for part in parts if part.strip()]
