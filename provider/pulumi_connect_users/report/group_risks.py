"""Risks that show only when the users of a preview are looked at together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from .id_names import bare_id
from .input.property_values import Marker
from .redact import Redactor
from .report import Risk
from .risks import Context
from .user_change import UserChange

TEAM: Final = 3
"""From how many users on a common move counts as a team's."""

_GROUPS: Final = {
    "hierarchyGroupId": "hierarchy group",
    "routingProfileId": "routing profile",
}


def group_risks(
    changes: Sequence[UserChange], context: Context, redactor: Redactor, *, complete: bool
) -> tuple[Risk, ...]:
    """The risks of several users together.

    `complete` says whether unchanged users are among the changes: without them a whole team's move
    and the last administrator's removal cannot be recognised.
    """
    users = [s for s in changes if s.kind == "user"]
    found = [
        *_case_changes(users, redactor),
        *(_last_privileged(users, context) if complete else ()),
        *_moves(users, context, redactor, complete=complete),
    ]
    return tuple(sorted(found, key=lambda risk: risk.level != "high"))


def _moves(
    users: Sequence[UserChange], context: Context, redactor: Redactor, *, complete: bool
) -> Iterator[Risk]:
    for key, word in _GROUPS.items():
        members: dict[str, int] = defaultdict(int)
        moving: dict[tuple[str, str], int] = defaultdict(int)
        for user in users:
            old = (user.old or {}).get(key)
            if not isinstance(old, str):
                continue
            members[bare_id(old)] += 1
            new = (user.new or {}).get(key)
            if user.op not in ("update", "replace", "drift") or isinstance(new, Marker):
                continue  # the target is unknown: the user may stay
            target = bare_id(new) if isinstance(new, str) else ""
            # Of an instance that is not made yet, the name stands in for the id.
            if context.names.get(target, target) != context.names.get(bare_id(old), bare_id(old)):
                moving[bare_id(old), target] += 1
        for (old, new), count in sorted(moving.items()):
            if count < TEAM:
                continue
            whole = complete and count == members[old]
            team = f'"{_named(old, context, redactor)}"'
            target = f'"{_named(new, context, redactor)}"' if new else "none"
            who = f"the whole of {word} {team} ({count} users)" if whole else f"{count} users"
            source = "" if whole else f" from {word} {team}"
            yield Risk(
                kind="team-move",
                level="high" if whole else "medium",
                text=f"{who} moves to {target}" if whole else f"{who} move{source} to {target}",
            )


def _named(identifier: str, context: Context, redactor: Redactor) -> str:
    return redactor.text(context.names.get(identifier, identifier))


def _last_privileged(users: Sequence[UserChange], context: Context) -> Iterator[Risk]:
    before = [u for u in users if context.privileged(u.old or (u.new if u.op == "same" else None))]
    after = [u for u in users if context.privileged(u.new)]
    if before and not after:
        yield Risk(
            kind="last-privileged",
            level="high",
            text="no user in this stack keeps a privileged security profile: make sure that "
            "another administrator remains",
        )


def _case_changes(users: Sequence[UserChange], redactor: Redactor) -> Iterator[Risk]:
    """A deleted and a created user whose usernames differ only in case: a rename."""
    going = {u.username.casefold(): u for u in users if u.op == "delete" and u.username}
    for user in users:
        gone = going.get(user.username.casefold()) if user.op == "create" else None
        if gone is None or gone.username == user.username:
            continue
        if "SAML" in ((u.new or u.old or {}).get("identityManagementType") for u in (user, gone)):
            yield Risk(
                kind="saml-case",
                level="high",
                text=f"{redactor.username(gone.username)} is replaced by "
                f"{redactor.username(user.username)}: with SAML the username must match "
                "RoleSessionName exactly (case-sensitive)",
            )
