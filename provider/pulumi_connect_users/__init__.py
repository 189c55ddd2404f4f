"""Amazon Connect users as Pulumi resources."""

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
from .resources.initial_password import InitialPassword
from .resources.instance import Instance
from .resources.user import User
from .resources.user_roster import UserRoster
from .resources.user_status import UserStatus
from .roster.files import RosterUsers, read_roster

__all__ = [
    "AfterContactWorkConfig",
    "AfterContactWorkConfigPerChannel",
    "AutoAcceptConfig",
    "CurrentContact",
    "CurrentStatus",
    "CurrentUserData",
    "HierarchyPath",
    "IdentityInfo",
    "InitialPassword",
    "Instance",
    "PersistentConnectionConfig",
    "PhoneConfig",
    "PhoneNumberConfig",
    "Proficiency",
    "Reference",
    "RosterUsers",
    "User",
    "UserArguments",
    "UserRoster",
    "UserStatus",
    "VoiceEnhancementConfig",
    "get_current_user_data",
    "get_current_user_data_output",
    "iter_current_user_data",
    "read_roster",
]
