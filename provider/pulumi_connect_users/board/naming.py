"""Looks up the names on a board once; without a name the id is shown."""

from collections.abc import Callable, Mapping

from ..core.errors import LookUpUnavailable
from ..core.lookups import Kind, Lookups
from ..core.privacy import display_name
from .board import Names


def look_up_names(
    lookups: Lookups, instance_arn: str, shown: Callable[[str], str] = display_name
) -> Names:
    """One list of each kind; `lookups` keeps them, so a watched board lists once."""

    def names(kind: Kind) -> Mapping[str, str]:
        try:
            return lookups.catalog(instance_arn, kind).names
        except LookUpUnavailable:
            return {}

    return Names(
        users=names(Kind.USER),
        queues=names(Kind.QUEUE),
        routing_profiles=names(Kind.ROUTING_PROFILE),
        hierarchy_groups=names(Kind.HIERARCHY_GROUP),
        shown=shown,
    )
