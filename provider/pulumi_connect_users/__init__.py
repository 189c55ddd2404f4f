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
from .instance import Instance
from .user import User

__all__ = [
    "AfterContactWorkConfig",
    "AfterContactWorkConfigPerChannel",
    "AutoAcceptConfig",
    "IdentityInfo",
    "Instance",
    "PersistentConnectionConfig",
    "PhoneConfig",
    "PhoneNumberConfig",
    "Proficiency",
    "User",
    "UserArguments",
    "VoiceEnhancementConfig",
]
