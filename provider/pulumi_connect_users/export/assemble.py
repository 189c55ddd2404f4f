"""Assembles an export from users as they were read: named, verified, with what is skipped. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from ..core.lookups import Lookups
from ..users.whole_user import ReadUser
from .declare import declare
from .names import names_by_id, unique
from .program import Export, ExportedUser
from .reading import ReadInstance
from .state_user import StateUser
from .verify import Unadoptable, verify

NameOf = Callable[[ReadUser], str]


def by_id(instances: Sequence[ReadInstance]) -> NameOf:
    """Names that are not personal data."""
    names = names_by_id(user.described.id for instance in instances for user in instance.users)
    return lambda user: names[user.described.id]


def by_username(user: ReadUser) -> str:
    """The username, which often is a person's name or e-mail address: only when asked for."""
    return user.described.username


def assemble(
    instances: Sequence[ReadInstance],
    lookups: Lookups,
    *,
    name_of: NameOf,
    state: Mapping[str, StateUser] | None = None,
    managed_too: bool = False,
    strict: bool = False,
) -> Export:
    """The export of what was read; `state`, by user id, has names and protection."""
    users: list[ExportedUser] = []
    skipped: dict[str, str] = {}
    for instance in instances:
        skipped |= dict.fromkeys(instance.missing, "it does not exist.")
        for user in instance.users:
            described, mark = user.described, user.described.mark
            if mark is not None and not managed_too:
                skipped[described.id] = f"the stack {mark.stack} manages it already."
                continue
            bag = declare(user, instance.facts, instance.catalogs)
            verified = verify(bag, user, instance.facts, lookups, strict=strict)
            if isinstance(verified, Unadoptable):
                skipped[described.id] = verified.reason
                continue
            exported = ExportedUser(name_of(user), described.arn, verified.bag, verified.left_out)
            if known := (state or {}).get(described.id):
                exported = replace(
                    exported, resource_name=known.resource_name, protect=known.protect
                )
            users.append(exported)
    names = unique(user.resource_name for user in users)
    return Export(
        [replace(u, resource_name=name) for name, u in zip(names, users, strict=True)], skipped
    )
