"""Changing a user: one operation per group of attributes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from .. import contact_handling, ids
from ..call import Call
from ..records import users
from ..records.users import User
from . import operation
from .references import ids_in, resource_in, user_in
from .users import present


@operation("UpdateUserIdentityInfo")
def update_user_identity_info(call: Call) -> Mapping[str, Any]:
    """Replace the whole identity: what is left out is gone.

    Whether AWS clears or keeps an absent e-mail address or number is not documented; a client that
    sends everything is right either way.
    """
    user = user_in(call)
    identity = present(call.params["IdentityInfo"])
    if call.instance.mode == "EXISTING_DIRECTORY":
        owned = ("FirstName", "LastName", "Email")
        kept = {
            name: user.doc["IdentityInfo"][name]
            for name in owned
            if name in user.doc["IdentityInfo"]
        }
        identity = kept | identity
    return _store(call, user, doc=user.doc | {"IdentityInfo": identity})


@operation("UpdateUserPhoneConfig")
def update_user_phone_config(call: Call) -> Mapping[str, Any]:
    """Replace the phone settings, and every channel's after contact work time."""
    user = user_in(call)
    settings = contact_handling.with_phone_config(user.doc["Channels"], call.params["PhoneConfig"])
    return _store(call, user, doc=user.doc | {"Channels": settings})


@operation("UpdateUserConfig")
def update_user_config(call: Call) -> Mapping[str, Any]:
    """Change the settings of the channels that are named."""
    user = user_in(call)
    settings = contact_handling.with_configs(user.doc["Channels"], call.params)
    return _store(call, user, doc=user.doc | {"Channels": settings})


@operation("UpdateUserRoutingProfile")
def update_user_routing_profile(call: Call) -> Mapping[str, Any]:
    """Give a user another routing profile."""
    user = user_in(call)
    profile = resource_in(call, ids.ROUTING_PROFILE, call.params["RoutingProfileId"])
    return _store(call, user, routing_profile_id=profile.id)


@operation("UpdateUserSecurityProfiles")
def update_user_security_profiles(call: Call) -> Mapping[str, Any]:
    """Replace a user's security profiles."""
    user = user_in(call)
    profiles = ids_in(call, ids.SECURITY_PROFILE, call.params["SecurityProfileIds"])
    return _store(call, user, doc=user.doc | {"SecurityProfileIds": profiles})


@operation("UpdateUserHierarchy")
def update_user_hierarchy(call: Call) -> Mapping[str, Any]:
    """Move a user to a hierarchy group, or out of every one where none is given."""
    user = user_in(call)
    group = call.params.get("HierarchyGroupId")
    group_id = resource_in(call, ids.HIERARCHY_GROUP, group).id if group else None
    return _store(call, user, hierarchy_group_id=group_id)


def _store(call: Call, user: User, **changes: Any) -> Mapping[str, Any]:
    users.update(
        call.tx, replace(user, **changes, modified=call.stamp, modified_region=call.region)
    )
    return {}
