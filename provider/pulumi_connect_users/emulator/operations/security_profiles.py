"""Security profiles and their permissions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .. import ids
from ..call import Call
from ..errors import in_use
from ..records import resources, tags, users
from ..records.resources import Resource
from . import operation
from .crud import change, chosen, create
from .paging import listing, named
from .references import resource_in

_SHOWN = (
    "Description",
    "AllowedAccessControlTags",
    "TagRestrictedResources",
    "HierarchyRestrictedResources",
    "AllowedAccessControlHierarchyGroupId",
    "GranularAccessControlConfiguration",
)
_KEPT = (*_SHOWN, "Permissions", "Applications", "AllowedFlowModules", "AllowedAIAgents")


@operation("CreateSecurityProfile")
def create_security_profile(call: Call) -> Mapping[str, Any]:
    """Create a security profile."""
    doc = {"Permissions": [], "Type": "CUSTOMER_MANAGED", **chosen(call.params, *_KEPT)}
    name = call.params["SecurityProfileName"]
    profile_id = create(call, ids.SECURITY_PROFILE, name, doc, quota="securityProfiles")
    return {
        "SecurityProfileId": profile_id,
        "SecurityProfileArn": call.arn(ids.SECURITY_PROFILE, profile_id),
    }


@operation("DescribeSecurityProfile")
def describe_security_profile(call: Call) -> Mapping[str, Any]:
    """A security profile without its permissions."""
    return {"SecurityProfile": described(call, _profile(call))}


@operation("ListSecurityProfiles")
def list_security_profiles(call: Call) -> Mapping[str, Any]:
    """The instance's security profiles, by page."""
    return listing(
        call,
        ids.SECURITY_PROFILE,
        "SecurityProfileSummaryList",
        lambda one: named(call, one) | {"Type": one.doc["Type"]},
    )


@operation("ListSecurityProfilePermissions")
def list_security_profile_permissions(call: Call) -> Mapping[str, Any]:
    """What a security profile permits, by page."""
    profile = _profile(call)
    return _page_of(call, profile, "Permissions", profile.doc["Permissions"])


@operation("ListSecurityProfileApplications")
def list_security_profile_applications(call: Call) -> Mapping[str, Any]:
    """The applications a security profile gives access to, by page."""
    profile = _profile(call)
    return _page_of(call, profile, "Applications", profile.doc.get("Applications", []))


@operation("UpdateSecurityProfile")
def update_security_profile(call: Call) -> Mapping[str, Any]:
    """Change the members that are given."""
    return change(call, _profile(call), doc=chosen(call.params, *_KEPT))


@operation("DeleteSecurityProfile")
def delete_security_profile(call: Call) -> Mapping[str, Any]:
    """Delete a security profile that no user has."""
    profile = _profile(call)
    user = users.holder_of_profile(call.tx, profile.id)
    if user:
        raise in_use("The security profile is assigned to a user.", "USER", user)
    resources.delete(call.tx, profile)
    return {}


def described(call: Call, profile: Resource) -> dict[str, Any]:
    """A profile as DescribeSecurityProfile shows it.

    SearchSecurityProfiles takes the members it has.
    """
    return {
        "Id": profile.id,
        "OrganizationResourceId": call.instance.id,
        "Arn": call.arn(ids.SECURITY_PROFILE, profile.id),
        "SecurityProfileName": profile.name,
        **chosen(profile.doc, *_SHOWN),
        "Tags": tags.get(call.tx, profile.id),
        "Type": profile.doc["Type"],
        **profile.changed,
    }


def _profile(call: Call) -> Resource:
    return resource_in(call, ids.SECURITY_PROFILE, call.params["SecurityProfileId"])


def _page_of(call: Call, profile: Resource, member: str, items: list[Any]) -> Mapping[str, Any]:
    after, size = call.page()
    return {
        member: items[after : after + size],
        "NextToken": call.next_token(after + size) if len(items) > after + size else None,
        **profile.changed,
    }
