"""Amazon Connect users as Pulumi resources.

Names are imported when they are first used: code of the package that does not need Pulumi must not
import it either.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .live_data.model import (
        CurrentContact,
        CurrentStatus,
        CurrentUserData,
        HierarchyPath,
        Reference,
    )
    from .resources.arguments import (
        AfterContactWorkConfig,
        AfterContactWorkConfigPerChannel,
        AutoAcceptConfig,
        Grant,
        IdentityInfo,
        PersistentConnectionConfig,
        PhoneConfig,
        PhoneNumberConfig,
        Proficiency,
        UserArguments,
        VoiceEnhancementConfig,
    )
    from .resources.current_user_data import (
        get_current_user_data,
        get_current_user_data_output,
        iter_current_user_data,
    )
    from .resources.dynamic_resources import User, UserRoster, UserStatus
    from .resources.initial_password import InitialPassword
    from .resources.instance import Instance
    from .resources.lookups import (
        InstanceDetails,
        UserDetails,
        get_instance,
        get_instance_output,
        get_user,
        get_user_output,
        get_users,
        get_users_output,
    )
    from .roster.files import RosterUsers, read_roster

__all__ = [
    "AfterContactWorkConfig",
    "AfterContactWorkConfigPerChannel",
    "AutoAcceptConfig",
    "CurrentContact",
    "CurrentStatus",
    "CurrentUserData",
    "Grant",
    "HierarchyPath",
    "IdentityInfo",
    "InitialPassword",
    "Instance",
    "InstanceDetails",
    "PersistentConnectionConfig",
    "PhoneConfig",
    "PhoneNumberConfig",
    "Proficiency",
    "Reference",
    "RosterUsers",
    "User",
    "UserArguments",
    "UserDetails",
    "UserRoster",
    "UserStatus",
    "VoiceEnhancementConfig",
    "get_current_user_data",
    "get_current_user_data_output",
    "get_instance",
    "get_instance_output",
    "get_user",
    "get_user_output",
    "get_users",
    "get_users_output",
    "iter_current_user_data",
    "read_roster",
]

_MODULES = {
    "InitialPassword": "resources.initial_password",
    "Instance": "resources.instance",
    **dict.fromkeys(("User", "UserRoster", "UserStatus"), "resources.dynamic_resources"),
    **dict.fromkeys(("RosterUsers", "read_roster"), "roster.files"),
    **dict.fromkeys(
        ("CurrentContact", "CurrentStatus", "CurrentUserData", "HierarchyPath", "Reference"),
        "live_data.model",
    ),
    **dict.fromkeys(
        ("get_current_user_data", "get_current_user_data_output", "iter_current_user_data"),
        "resources.current_user_data",
    ),
    **dict.fromkeys(
        (
            "InstanceDetails",
            "UserDetails",
            "get_instance",
            "get_instance_output",
            "get_user",
            "get_user_output",
            "get_users",
            "get_users_output",
        ),
        "resources.lookups",
    ),
}
"""Where names are; all others are arguments."""


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = import_module(f".{_MODULES.get(name, 'resources.arguments')}", __name__)
    value = globals()[name] = getattr(module, name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
