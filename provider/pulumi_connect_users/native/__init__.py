"""The native plugin: Pulumi's gRPC service over the engine, for every Pulumi language.

Python programs import the package's classes and functions from here, with the plugin behind them.
Names are imported when they are first used: the plugin's own process needs none of them.
"""
# ruff: noqa: I001 - one import statement for the names that are the package's own

from importlib import import_module
from typing import TYPE_CHECKING

from .. import __all__ as __all__

if TYPE_CHECKING:
    from .. import (
        AfterContactWorkConfig as AfterContactWorkConfig,
        AfterContactWorkConfigPerChannel as AfterContactWorkConfigPerChannel,
        AutoAcceptConfig as AutoAcceptConfig,
        CurrentContact as CurrentContact,
        CurrentStatus as CurrentStatus,
        CurrentUserData as CurrentUserData,
        Grant as Grant,
        HierarchyPath as HierarchyPath,
        IdentityInfo as IdentityInfo,
        InitialPassword as InitialPassword,
        Instance as Instance,
        InstanceDetails as InstanceDetails,
        PersistentConnectionConfig as PersistentConnectionConfig,
        PhoneConfig as PhoneConfig,
        PhoneNumberConfig as PhoneNumberConfig,
        Proficiency as Proficiency,
        Reference as Reference,
        RosterUsers as RosterUsers,
        UserArguments as UserArguments,
        UserDetails as UserDetails,
        VoiceEnhancementConfig as VoiceEnhancementConfig,
        get_current_user_data as get_current_user_data,
        get_current_user_data_output as get_current_user_data_output,
        get_instance as get_instance,
        get_instance_output as get_instance_output,
        get_user as get_user,
        get_user_output as get_user_output,
        get_users as get_users,
        get_users_output as get_users_output,
        iter_current_user_data as iter_current_user_data,
        read_roster as read_roster,
    )
    from ..resources.native_resources import (
        User as User,
        UserRoster as UserRoster,
        UserStatus as UserStatus,
    )

_OWN = ("User", "UserRoster", "UserStatus")


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = import_module("..resources.native_resources" if name in _OWN else "..", __name__)
    value = globals()[name] = getattr(home, name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
