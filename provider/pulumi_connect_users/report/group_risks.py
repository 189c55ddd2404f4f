"""Risks that show only when the users of a preview are looked at together."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from .id_names import bare_id
from .input.property_values import Marker
from .redact import Redactor
from .report import Risk
from .risks import Context
from .user_changes import UserChange

TEAM: Final = 3
"""From how many users on a common move counts as a team's."""

_GROUPS: Final = {
    "hierarchyGroupId": "hierarchy group",
    "routingProfileId": "routing profile",
}


_MOVING: Final = ("update", "replace", "drift")


def group_risks(
    changes: Sequence[UserChange], context: Context, redactor: Redactor, *, complete: bool
) -> tuple[Risk, ...]:
    """The risks of several users together.

    `complete` says whether unchanged users are among the changes: without them a whole team's move
    and the last administrator's removal cannot be recognised.
    """
    users = [s for s in changes if s.kind == "user"]
    risks = [
        *_case_changes(users, redactor),
        *(_last_privileged(users, context) if complete else ()),
        *_moves(users, context, redactor, complete=complete),
    ]
    return tuple(sorted(risks, key=lambda risk: risk.level != "high"))


def _moves(
    users: Sequence[UserChange], context: Context, redactor: Redactor, *, complete: bool
) -> Iterator[Risk]:
    for key, word in _GROUPS.items():
        olds = [user.old.get(key) for user in users if user.old]
        members = Counter(bare_id(old) for old in olds if isinstance(old, str))
        moving = Counter(move for user in users if (move := _move(user, key, context)))
        for (old, new), count in sorted(moving.items()):
            if count < TEAM:
                continue
            team = f'{word} "{_named(old, context, redactor)}"'
            target = f'"{_named(new, context, redactor)}"' if new else f"no {word}"
            if complete and count == members[old]:
                text = f"all {count} users of {team} move to {target}"
                yield Risk(kind="team-move", level="high", text=text)
            else:
                text = f"{count} users move from {team} to {target}"
                yield Risk(kind="team-move", level="medium", text=text)


def _move(user: UserChange, key: str, context: Context) -> tuple[str, str] | None:
    """The ids of a user's old and new group; None where the user stays, or may stay."""
    old, new = ((wire or {}).get(key) for wire in (user.old, user.new))
    if user.op not in _MOVING or not isinstance(old, str) or isinstance(new, Marker):
        return None
    source, target = bare_id(old), bare_id(new) if isinstance(new, str) else ""
    # Of an instance that is not created yet, the name stands in for the id.
    names = {context.names.get(identifier, identifier) for identifier in (source, target)}
    return (source, target) if len(names) > 1 else None


def _named(identifier: str, context: Context, redactor: Redactor) -> str:
    return redactor.text(context.names.get(identifier, identifier))


def _last_privileged(users: Sequence[UserChange], context: Context) -> Iterator[Risk]:
    before = [u for u in users if context.privileged(u.old or (u.new if u.op == "same" else None))]
    after = [u for u in users if context.privileged(u.new)]
    if before and not after:
        yield Risk(
            kind="last-privileged",
            level="high",
            text=("no user in this stack keeps a privileged profile: keep another administrator"),
        )


def _case_changes(users: Sequence[UserChange], redactor: Redactor) -> Iterator[Risk]:
    """A deleted and a created user whose usernames differ only in case: a rename."""
    deleted = {u.username.casefold(): u for u in users if u.op == "delete" and u.username}
    for user in users:
        old = deleted.get(user.username.casefold()) if user.op == "create" else None
        if old is None or old.username == user.username or not (_is_saml(old) or _is_saml(user)):
            continue
        yield Risk(
            kind="saml-case",
            level="high",
            text=f"{redactor.username(old.username)} is replaced by "
            f"{redactor.username(user.username)}: with SAML the username must match "
            "RoleSessionName exactly (case-sensitive)",
        )


def _is_saml(user: UserChange) -> bool:
    return (user.new or user.old or {}).get("identityManagementType") == "SAML"
