"""`--filter KIND=VALUE`: chooses users. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..core.arns import is_id, last_part
from ..core.described_user import DescribedUser
from ..core.globs import fits
from ..core.lookups import REFERENCES, Catalog, Kind
from ..core.privacy import similar
from ..core.properties import texts
from ..model.attributes import camel_to_pascal

_KINDS = {kind.value.replace(" ", "-"): kind for kind in REFERENCES}
KINDS = ("username", *_KINDS, "tag")
HELP = (
    "username=PATTERN (with * and ?), routing-profile=NAME, security-profile=NAME, "
    "hierarchy-group=PATH (groups below included), tag=KEY or tag=KEY:VALUE"
)


@dataclass(frozen=True)
class Filter:
    """One condition on a user."""

    kind: str
    value: str


def parse_filters(texts: Sequence[str]) -> list[Filter]:
    """The conditions; ValueError naming every invalid text."""
    filters, wrong = [], []
    for text in texts:
        kind, equals, value = text.partition("=")
        if kind in KINDS and equals and value:
            filters.append(Filter(kind, value))
        else:
            wrong.append(f"{text!r} is not a filter")
    if wrong:
        raise ValueError(f"{'; '.join(wrong)}. A filter is one of: {HELP}.")
    return filters


def check_names(filters: Sequence[Filter], catalogs: Mapping[Kind, Catalog]) -> None:
    """Raises ValueError naming every filter by something that the instance does not have."""
    wrong = []
    for one in filters:
        kind = _KINDS.get(one.kind)
        known = catalogs[kind].names.values() if kind else ()
        if kind and _plain(one, catalogs) not in known:
            near = similar(one.value, known)
            hint = f" Did you mean {near[0]}?" if near else ""
            wrong.append(f"the {kind.value} {one.value!r} does not exist.{hint}")
    if wrong:
        raise ValueError(" ".join(wrong))


def _plain(one: Filter, catalogs: Mapping[Kind, Catalog]) -> str:
    """The name or path; an id in any form stands for its name."""
    kind = _KINDS.get(one.kind)
    if kind and is_id(one.value):
        return catalogs[kind].names.get(last_part(one.value), one.value)
    return one.value.strip("/") if one.kind == "hierarchy-group" else one.value


def matches(
    user: DescribedUser, filters: Sequence[Filter], catalogs: Mapping[Kind, Catalog]
) -> bool:
    """Whether a row of SearchUsers meets all conditions; case-sensitive."""
    return all(_meets(user, one, catalogs) for one in filters)


def _meets(user: DescribedUser, one: Filter, catalogs: Mapping[Kind, Catalog]) -> bool:
    if one.kind == "username":
        return fits(user.username, one.value)
    if one.kind == "tag":
        key, colon, value = one.value.partition(":")
        # A key may hold colons itself.
        return one.value in user.tags or (bool(colon) and user.tags.get(key) == value)
    kind, wanted = _KINDS[one.kind], _plain(one, catalogs)
    reference = REFERENCES[kind]
    ids = user.get(camel_to_pascal(reference.id))
    names = [catalogs[kind].names.get(i, "") for i in texts(ids if reference.many else [ids])]
    if kind is Kind.HIERARCHY_GROUP:
        return any(path == wanted or path.startswith(wanted + "/") for path in names)
    return wanted in names
