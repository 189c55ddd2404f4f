"""From users as they were read to an export: named, proven, and what is not in it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ..core.lookups import Lookups
from ..core.ownership import mark_of_tags
from .declaration import declaration
from .names import names_by_id, unique
from .program import Export, ExportedUser
from .proof import Unadoptable, prove
from .read_user import ReadUser
from .reading import ReadInstance
from .state_file import StateUser

NameOf = Callable[[ReadUser], str]


def by_id(instances: Sequence[ReadInstance]) -> NameOf:
    """Names that are no personal data."""
    users = [user for instance in instances for user in instance.users]
    names = names_by_id(str(user.described["Id"]) for user in users)
    return lambda user: names[str(user.described["Id"])]


def by_username(user: ReadUser) -> str:
    """The username, which often is a person's name or e-mail address: only when asked for."""
    return str(user.described["Username"])


def assemble(
    instances: Sequence[ReadInstance],
    lookups: Lookups,
    *,
    name_of: NameOf,
    state: Mapping[str, StateUser] | None = None,
    managed_too: bool = False,
    strict: bool = False,
) -> Export:
    """The export of instances that were read.

    With `state` (by user id) names and protection come from there. A user that a stack manages
    already is left where it is, unless `managed_too`.
    """
    users: list[ExportedUser] = []
    skipped: dict[str, str] = {}
    for instance in instances:
        skipped |= dict.fromkeys(instance.missing, "it does not exist.")
        for user in instance.users:
            user_id = str(user.described["Id"])
            mark = mark_of_tags(user.described.get("Tags") or {})
            if mark is not None and not managed_too:
                skipped[user_id] = f"the stack {mark.stack} manages it already."
                continue
            bag = declaration(
                user.described,
                user.proficiencies,
                instance_arn=instance.facts.arn,
                mode=instance.facts.identity_management_type,
                catalogs=instance.catalogs,
            )
            proven = prove(
                bag, user.described, user.proficiencies, instance.facts, lookups, strict=strict
            )
            if isinstance(proven, Unadoptable):
                skipped[user_id] = proven.reason
                continue
            known = (state or {}).get(user_id)
            name = known.resource_name if known else name_of(user)
            protect = bool(known and known.protect)
            users.append(ExportedUser(name, proven.bag, proven.left_out, protect))
    names = unique(user.resource_name for user in users)
    renamed = [
        ExportedUser(name, u.bag, u.left_out, u.protect)
        for name, u in zip(names, users, strict=True)
    ]
    return Export(renamed, skipped)
