"""Everything there is of a live user, in the form of state: for look-ups, imports and exports."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ..core.described_user import DescribedUser
from ..core.lookups import InstanceFacts
from ..core.ownership import without_mark
from ..core.properties import Properties, Value, entries, structures
from ..model.attributes import Attribute, Shape, top_level
from ..model.facts import Role
from .flex import entry_key, flatten
from .inputs import UserInputs
from .ports import UserApi
from .state import UserState, after_read


@dataclass(frozen=True)
class ReadUser:
    """What Connect returns for a user."""

    described: DescribedUser
    proficiencies: list[Properties] = field(default_factory=list)


def read_whole_user(described: DescribedUser, api: UserApi, instance: InstanceFacts) -> UserState:
    """The whole user that `describe` or `find` returned, with the names of profiles and group."""
    user = ReadUser(described, api.proficiencies(described.id))
    return with_names(user, api, instance)


def with_names(user: ReadUser, api: UserApi, instance: InstanceFacts) -> UserState:
    """The user in the form of state, named as far as names can be looked up."""
    whole = whole_user(user, instance)
    inputs = whole.with_attributes(api.names_of(whole.attributes)).known()
    modified = after_read(inputs, user.described.last_modified)
    return replace(UserState.of(inputs, user.described.arn), last_modified=modified)


def whole_user(user: ReadUser, instance: InstanceFacts) -> UserInputs:
    """Every attribute that the user has, sets and lists in state's order; without names.

    More than a program may declare: see `declarable`.
    """
    described = user.described
    elsewhere: Properties = {"Tags": own_tags(described.tags), "Proficiencies": user.proficiencies}
    live = {**described.attributes, **elsewhere}
    attributes: dict[str, Value] = {}
    for attribute in top_level(Role.ATTRIBUTE):
        value = flatten(attribute.wire, live.get(attribute.api_name))
        value = _without_empty(_in_order(attribute, value))
        if value is not None and attribute.facts.change != "never":
            attributes[attribute.wire] = value
    attributes.pop("instanceArn", None)
    username = attributes.pop("username", None)
    return UserInputs(
        attributes=attributes,
        instance_arn=instance.arn,
        username=username if isinstance(username, str) else None,
        identity_type=instance.identity_management_type,
        mark=described.mark,
    )


def own_tags(tags: Mapping[str, str]) -> dict[str, str]:
    """Neither our mark nor AWS's own tags, which only AWS can set."""
    own = without_mark(tags)
    return {k: own[k] for k in sorted(own) if not k.casefold().startswith("aws:")}


def _in_order(attribute: Attribute, value: Value) -> Value:
    """A value whose order says nothing, in the order that state has."""
    if attribute.shape is Shape.SET:
        return sorted(entries(value), key=str)
    if attribute.shape is Shape.KEYED_LIST:
        keyed = [([str(k) for k in entry_key(attribute, e)], e) for e in structures(value)]
        return [entry for _, entry in sorted(keyed, key=lambda pair: pair[0])]
    return value


def _without_empty(value: Value) -> Value:
    """The value without empty members, None if nothing is left."""
    if isinstance(value, Mapping):
        kept = {k: _without_empty(v) for k, v in value.items()}
        return {k: v for k, v in kept.items() if v is not None} or None
    if isinstance(value, list):
        return [entry for v in value if (entry := _without_empty(v)) is not None] or None
    return None if value == "" else value
