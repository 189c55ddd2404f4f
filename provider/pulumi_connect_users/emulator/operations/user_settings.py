"""Changing a user: one operation per group of attributes."""

from dataclasses import replace

from .. import contact_handling, ids
from ..call import Call
from ..document import Document, Json, Members
from ..records import users
from ..records.users import User
from . import operation
from .references import id_of, ids_of, user_of
from .users import hierarchy_group_id, identity_info


@operation("UpdateUserIdentityInfo")
def update_user_identity_info(call: Call) -> Members:
    """Replace the whole identity: what is left out is removed.

    Whether AWS clears or keeps an absent e-mail address or number is not documented; a client that
    sends everything is right either way.
    """
    user = user_of(call)
    identity = identity_info(call)
    if call.instance.identity_type == "EXISTING_DIRECTORY":
        owned = user.doc.part("IdentityInfo").pick("FirstName", "LastName", "Email")
        identity = {**owned, **identity}
    return _store(call, user, IdentityInfo=identity)


@operation("UpdateUserPhoneConfig")
def update_user_phone_config(call: Call) -> Members:
    """Replace the phone settings, and every channel's after contact work time."""
    user = user_of(call)
    channels, phone = user.doc.part("Channels"), call.params.part("PhoneConfig")
    return _store(call, user, Channels=contact_handling.with_phone_config(channels, phone))


@operation("UpdateUserConfig")
def update_user_config(call: Call) -> Members:
    """Change the settings of the channels that are named."""
    user = user_of(call)
    channels = contact_handling.with_configs(user.doc.part("Channels"), call.params)
    return _store(call, user, Channels=channels)


@operation("UpdateUserRoutingProfile")
def update_user_routing_profile(call: Call) -> Members:
    """Give a user another routing profile."""
    user = user_of(call)
    profile_id = id_of(call, ids.ROUTING_PROFILE, "RoutingProfileId")
    return _store(call, replace(user, routing_profile_id=profile_id))


@operation("UpdateUserSecurityProfiles")
def update_user_security_profiles(call: Call) -> Members:
    """Replace a user's security profiles."""
    user = user_of(call)
    profiles = ids_of(call, ids.SECURITY_PROFILE, call.params.texts("SecurityProfileIds"))
    return _store(call, user, SecurityProfileIds=profiles)


@operation("UpdateUserHierarchy")
def update_user_hierarchy(call: Call) -> Members:
    """Move a user to a hierarchy group, or out of every one where none is given."""
    user = user_of(call)
    return _store(call, replace(user, hierarchy_group_id=hierarchy_group_id(call)))


def _store(call: Call, user: User, **members: Json) -> Members:
    doc = Document({**user.doc, **members})
    users.update(call.tx, replace(user, doc=doc, modified=call.stamp, modified_region=call.region))
    return {}
