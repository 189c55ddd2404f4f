"""Values of which there are a few only, with a name in every language and what they mean."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from ...core.properties import Value
from ...live_data.model import ContactState
from ...model.initial_password import OnUserDelete
from ...model.phone import Channel, PhoneType, VoiceEnhancementMode
from ...model.user import IdentityManagementType, OnDelete, PasswordChange

OnRemove = Literal["delete", "retain"]


@dataclass(frozen=True)
class Enum:
    """The values of a property."""

    name: str
    doc: str
    values: Mapping[str, str]
    """Value -> what it means."""

    @property
    def spec(self) -> dict[str, Value]:
        """The type as the schema has it."""
        values = [
            {"name": value.title().replace("_", ""), "value": value, "description": doc}
            for value, doc in self.values.items()
        ]
        return {"type": "string", "description": self.doc, "enum": values}


ENUMS: Final[Mapping[object, Enum]] = {
    IdentityManagementType: Enum(
        "IdentityManagementType",
        "How an instance manages identities; this never changes.",
        {
            "CONNECT_MANAGED": "Amazon Connect keeps users and passwords.",
            "SAML": "An identity provider logs users in.",
            "EXISTING_DIRECTORY": "Users and passwords are in a Microsoft Active Directory.",
        },
    ),
    PhoneType: Enum(
        "PhoneType",
        "Where calls reach a user.",
        {"SOFT_PHONE": "In the browser.", "DESK_PHONE": "On a phone with a number of its own."},
    ),
    Channel: Enum(
        "Channel",
        "How customers reach the contact centre.",
        {"VOICE": "Calls.", "CHAT": "Chats.", "TASK": "Tasks.", "EMAIL": "E-mail."},
    ),
    VoiceEnhancementMode: Enum(
        "VoiceEnhancementMode",
        "What is taken out of a user's sound.",
        {
            "VOICE_ISOLATION": "Noise and other voices.",
            "NOISE_SUPPRESSION": "Noise.",
            "NONE": "Nothing.",
        },
    ),
    PasswordChange: Enum(
        "PasswordChange",
        "What a changed password means; no API changes the password of a user.",
        {
            "refuse": "An error.",
            "replace": "Another user, with the new password.",
            "ignore": "Nothing: the user's password stays as it is.",
        },
    ),
    OnDelete: Enum(
        "OnDelete",
        "What a deletion does, most of all where the agent is on a contact.",
        {
            "refuse": "An error: the agent stays.",
            "wait": "The deletion waits until the contacts have ended.",
            "force": "The agent is deleted, which cuts contacts off.",
            "suspend": "The user is kept without rights; an error if the agent is on a contact.",
        },
    ),
    OnUserDelete: Enum(
        "OnUserDelete",
        "What happens to the secret with an initial password when the user is deleted.",
        {"keep": "The secret stays.", "schedule": "The secret is deleted some days later."},
    ),
    OnRemove: Enum(
        "OnRemove",
        "What happens to users that leave a roster.",
        {"delete": "They are deleted.", "retain": "They stay in Amazon Connect, unmanaged."},
    ),
    ContactState: Enum(
        "ContactState",
        "The state of a contact.",
        {
            "INCOMING": "Offered as a callback.",
            "PENDING": "About to be connected.",
            "CONNECTING": "Being connected to the agent.",
            "CONNECTED": "Handled by the agent.",
            "CONNECTED_ONHOLD": "On hold.",
            "MISSED": "Missed by the agent.",
            "ERROR": "Failed.",
            "ENDED": "Ended: after-contact work.",
            "REJECTED": "Rejected by the agent.",
        },
    ),
}
"""By the type of the property."""
