"""The CSV for the bulk upload of Connect's console.

Its first line must be that of the template which the console offers. AWS documents one; an earlier
one has columns for e-mail addresses and passwords, which only CONNECT_MANAGED instances have.
Sources: Administrator Guide, "Add users in bulk from a CSV file" (also the limits), and the samples
of AWS that write the earlier one.
"""

from collections.abc import Sequence
from typing import Final

from ...core.messages import counted
from ...core.properties import entries, members
from ..files.columns import PASSWORD, USERNAME, column
from .csv_text import Table
from .members import Members
from .written import Written

TEMPLATE: Final = (
    "first name",
    "last name",
    "user login",
    "agent hierarchy",
    "routing profile name",
    "security_profile_name_1|security_profile_name_2",
    "user_hierarchy_1|user_hierarchy_2",
    "phone type (soft/desk)",
    "phone number",
    "tags",
    "persistent connection",
    "audio enhancement(none/isolate voice/suppress noise)",
)
TEMPLATE_WITH_EMAIL: Final = (
    "first name",
    "last name",
    "email address",
    "password",
    "user login",
    "routing profile name",
    "security_profile_name_1|security_profile_name_2",
    "phone type (soft/desk)",
    "phone number",
    "soft phone auto accept (yes/no)",
    "ACW timeout (seconds)",
    "UserHierarchy",
)
_MOST_USERS: Final = 1000
_MOST_NAMES: Final = 100
_NAMED: Final = {
    "routingProfile": "routing profiles",
    "securityProfiles": "security profiles",
    "hierarchyGroup": "hierarchy groups",
}


def console_csv(users: Members, template: Sequence[str] | None = None) -> Written:
    """The text for the console, with the columns of a template."""
    with_email = any("email" in members(u.get("identityInfo")) for u in users.users.values())
    header = template or (TEMPLATE_WITH_EMAIL if with_email else TEMPLATE)
    return Table(header, is_ours=False).written(users, _remarks(users, header))


def check_template(header: Sequence[str]) -> None:
    """Raises ValueError naming the columns of a template that are unknown or missing."""
    paths = {name: column(name).path for name in header}
    if unknown := [name for name, path in paths.items() if path is None]:
        raise ValueError(f"unknown columns: {', '.join(unknown)}. Give the console's own template.")
    if (USERNAME,) not in paths.values():
        raise ValueError("it has no column for usernames. Give the console's own template.")


def _remarks(users: Members, header: Sequence[str]) -> list[str]:
    remarks = []
    if any(column(name).path == (PASSWORD,) for name in header):
        remarks.append(
            "the password column is empty, as passwords are in no roster. Fill it in for the "
            "upload, and delete the file afterwards."
        )
    if len(users.users) > _MOST_USERS:
        remarks.append(f"the console takes {_MOST_USERS:,} users at a time. Split the file.")
    for wire, noun in _NAMED.items():
        values = (user.get(wire) for user in users.users.values())
        count = len({name for value in values for name in entries(value) or [value] if name})
        if count > _MOST_NAMES:
            remarks.append(
                f"the file names {counted(count, noun[:-1])}: the console fails with more than "
                f"{_MOST_NAMES}. Split the file."
            )
    return remarks
