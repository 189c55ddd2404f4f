"""Declares a live user as a program does: its attributes, with names instead of ids. Pure."""

from collections.abc import Mapping

from ..core.lookups import REFERENCES, Catalog, InstanceFacts, Kind
from ..core.properties import Value
from ..users.declarable import declarable
from ..users.whole_user import ReadUser, whole_user

KINDS = tuple(REFERENCES)
"""The lists that a declaration needs."""

Catalogs = Mapping[Kind, Catalog]


def declare(user: ReadUser, instance: InstanceFacts, catalogs: Catalogs) -> dict[str, Value]:
    """The wire members of a program that declares a whole user and adopts it."""
    bag = dict(declarable(whole_user(user, instance)).properties)
    for computed in ("identityManagementType", "ownership"):
        bag.pop(computed, None)
    return _with_names({**bag, "adopt": True}, catalogs)


def _with_names(bag: dict[str, Value], catalogs: Catalogs) -> dict[str, Value]:
    """Names that resolve to the same ids, ids elsewhere."""
    for kind, reference in REFERENCES.items():
        value = bag.get(reference.id)
        ids = value if isinstance(value, list) else [value]
        names = [_name(catalogs[kind], i) for i in ids]
        if None not in names:
            del bag[reference.id]
            bag[reference.name] = sorted(filter(None, names)) if reference.many else names[0]
    return bag


def _name(catalog: Catalog, identifier: Value) -> str | None:
    if not isinstance(identifier, str):
        return None
    name = catalog.names.get(identifier)
    if not name or name != name.strip().strip("/") or catalog.ids_of(name) != [identifier]:
        return None
    return name
