"""The columns of CSV rosters: their names, and what else people and Connect's console call them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from ...core.privacy import similar
from ...model.attributes import Shape, members_of
from .entry import members
from .users import TEAM

USERNAME: Final = "username"
PASSWORD: Final = "password"  # noqa: S105 - a column
_SHORT: Final = ("identity_info", "phone_config")
"""Structures whose members have columns of their own."""
_LEVELS: Final = "user_hierarchy_1|user_hierarchy_2"
_CONSOLE_LOGIN: Final = "user login"
_TAG = re.compile(r"tags?\s*[.:]\s*(?P<key>.+)\Z", re.IGNORECASE)
_ASIDE = re.compile(r"\(.*|[\W_]")

OTHER_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    USERNAME: (_CONSOLE_LOGIN, "login", "login name", "user"),
    "first_name": ("given name", "forename"),
    "last_name": ("surname", "family name"),
    "email": ("email address", "mail", "primary email"),
    "secondary_email": ("secondary email address",),
    "mobile": ("mobile number", "mobile phone", "cell phone"),
    "phone_type": ("phone type (soft/desk)",),
    "auto_accept": ("soft phone auto accept (yes/no)", "soft phone auto accept yes/no)"),
    "after_contact_work_time_limit": (
        "ACW timeout (seconds)",
        "acw",
        "acw time limit",
        "acw seconds",
        "after contact work",
        "after contact work timeout",
    ),
    "desk_phone_number": ("phone number", "desk phone", "desk number"),
    "routing_profile": ("routing profile name",),
    "security_profiles": (
        "security_profile_name_1|security_profile_name_2",
        "security profile",
        "security profile name",
        "security profile names",
    ),
    "hierarchy_group": ("agent hierarchy", "UserHierarchy", "hierarchy", "hierarchy path", _LEVELS),
    "voice_enhancement_configs": ("audio enhancement(none/isolate voice/suppress noise)",),
    "proficiencies": ("proficiency",),
    "grants": ("grant",),
    "starts": ("start date", "valid from"),
    "expires": ("expiry", "expiry date", "last day", "valid until"),
}
"""By column. Case, spaces, `_`, `-` and what is in brackets make no difference."""

ColumnPath = tuple[str, ...]


@dataclass(frozen=True)
class Column:
    """One column of a file."""

    name: str
    path: ColumnPath | None
    """What it sets, in program names; None for an unknown column."""
    exact: bool = True
    """Whether its name is the documented one."""

    @property
    def label(self) -> str:
        """Its name in messages."""
        return ".".join(self.path) if self.path and self.exact else self.name


def column(name: str) -> Column:
    """The column of a name in a header."""
    if path := columns().get(name):
        return Column(name, path)
    head, dot, rest = name.partition(".")
    if dot and head in members():
        return Column(name, (head, rest))
    if name in members() or name == PASSWORD:
        return Column(name, (name,))
    if tag := _TAG.match(name):
        return Column(name, ("tags", tag["key"]), exact=False)
    return Column(name, _by_letters().get(_letters(name)), exact=False)


@cache
def columns() -> Mapping[str, ColumnPath]:
    """Every column by its name; that of a tag is `tags.KEY`."""
    return dict(_columns())


def _columns() -> Iterator[tuple[str, ColumnPath]]:
    yield USERNAME, (USERNAME,)
    yield TEAM, (TEAM,)
    for name, attribute in members().items():
        if attribute.shape is Shape.STRUCTURE:
            for member in members_of(attribute.wire):
                own = member.program_path
                yield own[-1] if name in _SHORT else member.program, own
        elif attribute.model is None or name in OTHER_NAMES:
            yield name, (name,)


def meant(name: str) -> str:
    """What a person may have meant by the name of an unknown column, or an empty text."""
    near = similar(_letters(name), _by_letters())
    return next((c for c, path in columns().items() if near and path == _by_letters()[near[0]]), "")


def is_of_console(header: list[str]) -> bool:
    """Whether a header is that of the template for the console's bulk upload."""
    return _CONSOLE_LOGIN in header


@cache
def _by_letters() -> Mapping[str, ColumnPath]:
    names = {_letters(name): path for name, path in columns().items()}
    others = {_letters(o): columns()[name] for name, more in OTHER_NAMES.items() for o in more}
    return {**others, **names}


def _letters(name: str) -> str:
    first, several, _ = name.partition("|")
    if several:
        # The console names a column after the first entries of its list, however many.
        name = first.rstrip("0123456789")
    return _ASIDE.sub("", name.casefold())
