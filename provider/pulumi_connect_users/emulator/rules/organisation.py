"""The instance around its users: hierarchy, profiles, queues, attributes, quick connects."""

import re

from ..call import Call
from ..errors import invalid_parameter, invalid_request
from . import rule

LEVELS = ("LevelOne", "LevelTwo", "LevelThree", "LevelFour", "LevelFive")
_CONCURRENCY = {"VOICE": (1, 1), "CHAT": (1, 10), "TASK": (1, 10), "EMAIL": (1, 10)}
_ATTRIBUTE = re.compile(r"(?!(aws:|connect:))[\w\s.:/=+\-@']+")
_QUICK_CONNECT_CONFIG = {
    "USER": "UserConfig",
    "QUEUE": "QueueConfig",
    "PHONE_NUMBER": "PhoneConfig",
    "FLOW": "FlowConfig",
}


@rule(
    "CreateUserHierarchyGroup",
    "UpdateUserHierarchyGroupName",
    source="API reference, CreateUserHierarchyGroup, Name",
)
def hierarchy_group_name_fits(call: Call) -> None:
    """A hierarchy group's name has 1 to 100 characters (the model has no limit)."""
    if not 1 <= len(call.params.text("Name")) <= 100:
        raise invalid_parameter("Name must have 1 to 100 characters.")


@rule("UpdateUserHierarchyStructure", source="API reference, HierarchyLevelUpdate, Name")
def hierarchy_level_name_fits(call: Call) -> None:
    """A hierarchy level's name has 1 to 50 characters (the model has no limit)."""
    structure = call.params.part("HierarchyStructure")
    for level in map(structure.part, structure):
        if level and not 1 <= len(level.text("Name")) <= 50:
            raise invalid_parameter("A level's Name must have 1 to 50 characters.")


@rule("UpdateUserHierarchyStructure", source="Administrator guide, Set up agent hierarchies")
def hierarchy_levels_have_no_gap(call: Call) -> None:
    """A hierarchy level exists only below another one."""
    given = [bool(call.params.part("HierarchyStructure").get(level)) for level in LEVELS]
    if given != sorted(given, reverse=True):
        raise invalid_request("A hierarchy level needs every level above it.")


@rule(
    "CreateRoutingProfile",
    "UpdateRoutingProfileConcurrency",
    source="API reference, MediaConcurrency, Concurrency",
)
def concurrency_fits_the_channel(call: Call) -> None:
    """An agent has one voice contact at a time, and 1 to 10 of the other channels.

    Each channel once.
    """
    concurrencies = call.params.parts("MediaConcurrencies")
    named = [one.text("Channel") for one in concurrencies]
    if len(named) != len(set(named)):
        raise invalid_parameter("MediaConcurrencies names a channel twice.")
    for channel, one in zip(named, concurrencies, strict=True):
        low, high = _CONCURRENCY[channel]
        if not low <= one.whole("Concurrency", low) <= high:
            raise invalid_parameter(f"Concurrency of {channel} must be {low} to {high}.")


@rule("DisassociateRoutingProfileQueues", source="API reference, DisassociateRoutingProfileQueues")
def at_most_ten_queues_are_disassociated(call: Call) -> None:
    """A request disassociates at most 10 queue references."""
    names = ("QueueReferences", "ManualAssignmentQueueReferences")
    if any(len(call.params.parts(name)) > 10 for name in names):
        raise invalid_parameter("At most 10 queue references can be disassociated at once.")


@rule(
    "CreatePredefinedAttribute",
    source="Administrator guide, Create predefined attributes (important things to know)",
)
def predefined_attribute_has_only_allowed_characters(call: Call) -> None:
    """Names and values of a predefined attribute match the documented pattern.

    The beginnings aws: and connect: are reserved.
    """
    values = call.params.part("Values").texts("StringList")
    for text in (call.params.text("Name"), *values):
        if not _ATTRIBUTE.fullmatch(text):
            raise invalid_parameter("A name or value of a predefined attribute is not allowed.")


@rule(
    "CreateQuickConnect",
    "UpdateQuickConnectConfig",
    source="API reference, QuickConnectConfig",
)
def quick_connect_config_fits_its_type(call: Call) -> None:
    """A quick connect has the configuration its type requires."""
    config = call.params.part("QuickConnectConfig")
    required = _QUICK_CONNECT_CONFIG[config.text("QuickConnectType")]
    if not config.get(required):
        raise invalid_request(f"{required} is required for this type of quick connect.")


@rule(
    "CreateSecurityProfile",
    "UpdateSecurityProfile",
    source="API reference, CreateSecurityProfile, HierarchyRestrictedResources",
)
def hierarchies_restrict_only_users(call: Call) -> None:
    """A security profile restricts by hierarchy the resource User, and no other."""
    if set(call.params.texts("HierarchyRestrictedResources")) - {"User"}:
        raise invalid_parameter("HierarchyRestrictedResources can only have User.")
