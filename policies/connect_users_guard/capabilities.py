"""The named capabilities: which permissions of security profiles give each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_GUIDE: Final = "https://docs.aws.amazon.com/connect/latest/adminguide/"
_LIST: Final = f"{_GUIDE}security-profile-list.html"
_USERS: Final = f"{_LIST}#users-permissions-list"
_ANALYTICS: Final = f"{_LIST}#analytics-list"
_RECORDINGS: Final = f"{_LIST}#recordings-and-transcripts-list"
_LEGACY: Final = f"{_LIST}#legacy-permissions"
_ROUTING: Final = f"{_LIST}#routing-permissions-list"
_FLOWS: Final = f"{_LIST}#numbers-flows-permissions-list"
_PRACTICES: Final = f"{_GUIDE}security-profile-best-practices.html"

EDIT_USERS: Final = "Users.Edit"
CREATE_USERS: Final = "Users.Create"
GIVE_PROFILES: Final = "Users.EditPermission"
EDIT_PROFILES: Final = "SecurityProfiles.Edit"
CREATE_PROFILES: Final = "SecurityProfiles.Create"
"""The permissions that lead to others, as ListSecurityProfilePermissions returns them."""

BECOME_ADMIN: Final = "become-admin"
"""A capability that no permission gives alone: see `admin`."""


@dataclass(frozen=True, slots=True)
class Capability:
    """What a person can do with any one of the permissions."""

    name: str
    text: str
    """Continues "can ...": `listen to recordings`."""
    permissions: tuple[str, ...]
    sources: tuple[str, ...]
    """Pages of AWS that say what the permissions do."""
    with_passwords: bool = False
    """Whether it exists only where Amazon Connect keeps the passwords (CONNECT_MANAGED)."""


CAPABILITIES: Final = (
    Capability(
        "listen-to-recordings",
        "listen to recordings",
        (
            "CallRecordings.Unredacted.Access",
            "CallRecordings.Redacted.Access",
            "ScreenRecording.Access",
            "ScreenRecording.Redacted.Access",
            "AutomatedVoiceInteraction.Recordings.Unredacted.Access",
            "ListenCallRecordings",
            "RedactedData.View",
            "ManagerListenIn",
        ),
        (_RECORDINGS, _LEGACY, _ANALYTICS),
    ),
    Capability(
        "read-transcripts",
        "read transcripts",
        (
            "ContactTranscripts.Unredacted.Access",
            "ContactTranscripts.Redacted.Access",
            "AutomatedVoiceInteraction.Transcripts.Unredacted.Access",
            "ListenCallRecordings",
            "RedactedData.View",
        ),
        (_RECORDINGS, _LEGACY),
    ),
    Capability(
        "delete-recordings",
        "delete recordings and transcripts",
        ("DeleteCallRecordings", "ScreenRecording.Delete"),
        (_RECORDINGS,),
    ),
    Capability(
        "export-contact-data",
        "export contact data",
        (
            "ContactSearch.View",
            "CustomerProfiles.Segments.Export",
            "CallRecordings.Unredacted.DownloadButton",
            "CallRecordings.Redacted.DownloadButton",
            "ContactTranscripts.Unredacted.DownloadButton",
            "ScreenRecording.Download",
            "ScreenRecording.Redacted.Download",
            "AutomatedVoiceInteraction.Recordings.Unredacted.DownloadButton",
            "DownloadCallRecordings",
        ),
        (
            f"{_GUIDE}contact-search.html#download-search-results",
            f"{_LIST}#customerprofiles-permissions-list",
            _RECORDINGS,
            _LEGACY,
        ),
    ),
    Capability(
        "view-customer-profiles",
        "view customers' profiles",
        ("CustomerProfiles.View", "CustomerProfiles.ProfileExplorer.View"),
        (f"{_LIST}#customerprofiles-permissions-list",),
    ),
    Capability(
        "monitor-live-contacts",
        "listen to live conversations",
        ("ManagerListenIn",),
        (_ANALYTICS,),
    ),
    Capability(
        "barge-in",
        "join live conversations",
        ("ManagerBargeIn",),
        (_ANALYTICS,),
    ),
    Capability(
        "change-contacts",
        "end, transfer and reschedule others' contacts",
        ("StopContact.Enabled", "TransferContact.Enabled", "UpdateContactSchedule.Enabled"),
        (f"{_LIST}#contactactions-sp",),
    ),
    Capability("create-users", "create users", (CREATE_USERS,), (_USERS,)),
    Capability("edit-users", "edit users", (EDIT_USERS,), (_USERS,)),
    Capability("delete-users", "delete users", ("Users.Delete",), (_USERS,)),
    Capability("export-users", "view and export users", ("Users.View",), (_USERS,)),
    Capability(
        "reset-passwords",
        "reset passwords",
        (EDIT_USERS, CREATE_USERS),
        (_PRACTICES, f"{_GUIDE}password-reset.html"),
        with_passwords=True,
    ),
    Capability(
        "change-rights",
        "change users' security profiles",
        (GIVE_PROFILES,),
        (_USERS,),
    ),
    Capability(
        "edit-security-profiles",
        "create and edit security profiles",
        (CREATE_PROFILES, EDIT_PROFILES),
        (_USERS,),
    ),
    Capability(
        "change-hierarchy",
        "change the agent hierarchy, which hierarchy restrictions follow",
        ("AgentGrouping.Create", "AgentGrouping.Edit", "AgentGrouping.EnableAndDisable"),
        (_USERS,),
    ),
    Capability(
        "change-routing",
        "change routing: profiles, queues, hours",
        (
            *(f"RoutingPolicies.{verb}" for verb in ("Create", "Edit")),
            *(f"Queues.{verb}" for verb in ("Create", "Edit", "EnableAndDisable")),
            *(f"HoursOfOperation.{verb}" for verb in ("Create", "Delete", "Edit")),
        ),
        (_ROUTING,),
    ),
    Capability(
        "change-flows",
        "change flows",
        (
            *(f"ContactFlows.{verb}" for verb in ("Create", "Delete", "Edit", "Publish")),
            *(f"ContactFlowModules.{verb}" for verb in ("Create", "Delete", "Edit", "Publish")),
        ),
        (_FLOWS,),
    ),
    Capability(
        "change-phone-numbers",
        "claim, change and release phone numbers",
        ("PhoneNumbers.Claim", "PhoneNumbers.Edit", "PhoneNumbers.Release"),
        (_FLOWS,),
    ),
    Capability(
        "run-campaigns",
        "create and change outbound campaigns",
        ("Campaigns.Create", "Campaigns.Delete", "Campaigns.Edit"),
        (f"{_LIST}#campaigns-permissions-list",),
    ),
)
"""In the order of docs/capabilities.md, which is generated from this table."""

UNLISTED: Final = frozenset(
    {"ContactTranscripts.Redacted.Access", "ScreenRecording.Delete", "ScreenRecording.Download"}
)
"""Permissions that AWS's list lacks. Security profiles that others exported from their instances
have them; without them, a capability would be understated."""

TEXTS: Final = {BECOME_ADMIN: "become Admin", **{one.name: one.text for one in CAPABILITIES}}
"""All names with their texts, the gravest first."""

RESOURCES: Final = {
    "Users": "User",
    "SecurityProfiles": "SecurityProfile",
    "Queues": "Queue",
    "RoutingPolicies": "RoutingProfile",
}
"""The beginning of a permission -> what access-control tags narrow it to, as
TagRestrictedResources names it (API reference, CreateSecurityProfile). Hierarchies narrow `User`
alone. A permission on anything else counts as not narrowed."""


def possible(*, with_passwords: bool) -> list[str]:
    """The names that permissions give, where Amazon Connect keeps the passwords or not."""
    return [one.name for one in CAPABILITIES if with_passwords or not one.with_passwords]
