"""The profiles of suspended users, resolved at check: a deletion sees state alone."""

from collections.abc import Iterator

from ..core.check_failure import Remarks
from ..core.errors import LookUpUnavailable
from ..core.identifiers import Resolver, Unresolved, not_looked_up
from ..core.lookups import OF_SUSPENSION, Kind, Lookups
from ..core.unknowns import UNKNOWN
from .declared_user import DeclaredUser
from .resolve import Resolution
from .rules.registry import refuse
from .rules.suspension import SUSPEND


def resolve_suspension(user: DeclaredUser, lookups: Lookups) -> Resolution:
    """The ids of the profiles that the user names for its suspension."""
    return sum(_resolutions(user, lookups), Resolution())


def _resolutions(user: DeclaredUser, lookups: Lookups) -> Iterator[Resolution]:
    for wire, kind in OF_SUSPENSION.items():
        if user.absent(wire) and user.get("onDelete") == SUSPEND:
            remedy = f"Give it, or set connect:{wire}."
            missing = refuse(wire, f'is missing, and on_delete="{SUSPEND}" needs it', remedy)
            yield Resolution(remarks=Remarks.refusing(missing))
        if user.text(wire) is None:
            continue
        if not isinstance(user.instance_arn, str):
            yield Resolution({wire: UNKNOWN})
            continue
        try:
            yield Resolution({wire: _id(user, wire, kind, Resolver(user.instance_arn, lookups))})
        except Unresolved as error:
            yield Resolution(remarks=Remarks.refusing(refuse(wire, error.cause, error.remedy)))


def _id(user: DeclaredUser, wire: str, kind: Kind, resolver: Resolver) -> str:
    """The id; where it cannot be looked up, that of the last run."""
    try:
        return resolver.id_of(kind, user.text(wire) or "")
    except LookUpUnavailable as error:
        old = user.old(wire)
        if not isinstance(old, str):
            raise not_looked_up(error) from None
        return old
