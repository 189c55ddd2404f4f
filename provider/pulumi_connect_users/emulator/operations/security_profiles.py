"""Security profiles and their permissions."""

from .. import ids
from ..call import Call
from ..document import Json, Members
from ..errors import in_use
from ..records import users
from ..records.resources import Resource
from . import operation
from .crud import ResourceType, given, register, requested
from .paging import page_by_offset


def _check_deletion(call: Call, profile: Resource) -> None:
    user = users.holder_of_profile(call.tx, profile.id)
    if user:
        raise in_use("The security profile is assigned to a user.", "USER", user)


_TYPE = ResourceType(
    kind=ids.SECURITY_PROFILE,
    noun="SecurityProfile",
    quota="securityProfiles",
    document=lambda call: {"Permissions": [], "Type": "CUSTOMER_MANAGED", **given(call)},
    details=lambda call, profile: {"OrganizationResourceId": call.instance.id},
    updates={"UpdateSecurityProfile": given},
    check_deletion=_check_deletion,
)
register(_TYPE)


@operation("ListSecurityProfilePermissions")
def list_security_profile_permissions(call: Call) -> Members:
    """What a security profile permits, by page."""
    profile = requested(call, _TYPE)
    permissions: list[Json] = [*profile.doc.texts("Permissions")]
    return {**page_by_offset(call, "Permissions", permissions), **profile.changed}


@operation("ListSecurityProfileApplications")
def list_security_profile_applications(call: Call) -> Members:
    """The applications a security profile gives access to, by page."""
    profile = requested(call, _TYPE)
    applications = profile.doc.parts("Applications")
    return {**page_by_offset(call, "Applications", applications), **profile.changed}
