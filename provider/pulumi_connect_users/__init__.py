"""Amazon Connect users as Pulumi resources."""

from .arguments import (
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
from .current_user_data import (
    get_current_user_data,
    get_current_user_data_output,
    iter_current_user_data,
)
from .initial_password import InitialPassword
from .instance import Instance
from .lifecycle.live.data import (
    CurrentContact,
    CurrentStatus,
    CurrentUserData,
    HierarchyPath,
    Reference,
)
from .roster import RosterUsers, read_roster
from .user import User
from .user_roster import UserRoster
from .user_status import UserStatus

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
