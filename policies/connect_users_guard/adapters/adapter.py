"""How one resource type is read, and where a remediation of it goes."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ..absent import UNKNOWN
from ..edit import Edit
from ..property_values import Properties
from ..remediation import Raw, apply
from ..subject import Resource, Subject
from ..user_resources import PART


@dataclass(frozen=True, kw_only=True)
class Adapter:
    """One resource type."""

    type: str
    read: Callable[[Resource], tuple[Subject, ...]]
    write: Callable[[Raw, list[Edit], Subject], bool] = lambda raw, edits, _: apply(raw, edits)
    """Applies edits of a subject to the resource's raw properties; says whether any did."""


def is_generated(resource: Resource, bag: Properties) -> bool:
    """Whether a provider generated the username, since the program gives none.

    A rule also sees what the provider's check has filled in, unmarked. Pulumi's generated names are
    the resource's name, a dash and seven random digits.
    """
    username, name = bag.get("username"), resource.urn.rpartition("::")[2]
    form = rf"{re.escape(name)}-[0-9a-f]{{7}}"
    return isinstance(username, str) and re.fullmatch(form, username) is not None


_LEFT_TO_OTHERS = ("routingProfileId", "securityProfileIds", "hierarchyGroupId")


def with_part(bag: Properties) -> Properties:
    """The bag of a part of a user with the ids that others decide, as Connect last had them."""
    part = bag.get(PART)
    if not isinstance(part, Mapping):
        return bag
    return {**dict.fromkeys(_LEFT_TO_OTHERS, UNKNOWN), **part, **bag}
