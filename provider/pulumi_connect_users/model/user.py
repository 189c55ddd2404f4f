"""A whole user: every attribute of CreateUser, and what this project adds to it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from .base import WireModel
from .facts import (
    TAG,
    UNTAG,
    UPDATE_CONFIG,
    UPDATE_HIERARCHY,
    UPDATE_IDENTITY,
    UPDATE_PHONE,
    UPDATE_ROUTING,
    UPDATE_SECURITY,
    Facts,
    Role,
)
from .identity import IdentityInfo
from .initial_password import InitialPassword
from .phone import (
    AfterContactWorkConfigPerChannel,
    AutoAcceptConfig,
    PersistentConnectionConfig,
    PhoneConfig,
    PhoneNumberConfig,
    VoiceEnhancementConfig,
)
from .proficiency import PROFICIENCY_CALLS, Proficiency

IdentityManagementType = Literal["CONNECT_MANAGED", "SAML", "EXISTING_DIRECTORY"]
PasswordChange = Literal["refuse", "replace", "ignore"]
OnDelete = Literal["refuse", "wait", "force"]

PASSWORD = r"^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)\S{8,64}\Z"  # noqa: S105 - a pattern
"""botocore's `Password`, without its slashes."""


TagKey = Annotated[str, StringConstraints(strip_whitespace=False)]
"""As it is given: blanks around it are allowed, and make another key."""


_NotEmpty = Annotated[str, Field(min_length=1)]


def _channels(doc: str) -> Facts:
    return Facts(doc=doc, calls=(UPDATE_CONFIG,), key=("channel",))


class Adoption(WireModel):
    """What taking over an existing user will mean."""

    user_arn: str | None = None
    changes: list[str] | None = None


class Part(WireModel):
    """What a part of a user leaves to others, as Connect last told it; an empty id is none."""

    routing_profile_id: str | None = None
    security_profile_ids: list[str] | None = None
    hierarchy_group_id: str | None = None


class User(WireModel):
    """The desired state of a user, as it stands in a stack's inputs."""

    instance_arn: Annotated[
        str | None,
        Facts(doc="The instance, as ARN.", change="replace", type_name="Input[str] | Instance"),
    ] = None
    username: Annotated[
        str | None,
        Field(min_length=1, max_length=100),
        Facts(doc="The name to log in with; a change is a new user.", change="replace"),
    ] = None
    password: Annotated[
        str | None,
        StringConstraints(strip_whitespace=False),
        Field(pattern=PASSWORD),
        Facts(
            doc="First password (`CONNECT_MANAGED` only). No API changes it later.",
            change="never",
            secret=True,
        ),
    ] = None
    identity_info: Annotated[
        IdentityInfo | None,
        Facts(doc="Names, e-mail addresses, mobile number.", calls=(UPDATE_IDENTITY,)),
    ] = None
    phone_config: Annotated[
        PhoneConfig | None,
        Facts(doc="Phone settings for all channels.", calls=(UPDATE_PHONE,)),
    ] = None
    directory_user_id: Annotated[
        str | None,
        Field(min_length=1),
        Facts(
            doc="Id in a directory that Connect cannot reach (`EXISTING_DIRECTORY` only).",
            change="replace",
        ),
    ] = None
    routing_profile_id: Annotated[
        str | None,
        Field(min_length=1),
        Facts(
            doc="Id of the routing profile; its ARN or `INSTANCE:ID` will do.",
            calls=(UPDATE_ROUTING,),
        ),
    ] = None
    security_profile_ids: Annotated[
        list[_NotEmpty] | None,
        Field(min_length=1, max_length=10),
        Facts(
            doc="Ids of 1 to 10 security profiles; ARNs or `INSTANCE:ID` will do.",
            calls=(UPDATE_SECURITY,),
        ),
    ] = None
    hierarchy_group_id: Annotated[
        str | None,
        Field(min_length=1),
        Facts(
            doc="Id of the hierarchy group; its ARN or `INSTANCE:ID` will do.",
            calls=(UPDATE_HIERARCHY,),
            clears=True,
        ),
    ] = None
    auto_accept_configs: Annotated[
        list[AutoAcceptConfig] | None, _channels("Auto-accept for each channel.")
    ] = None
    after_contact_work_configs: Annotated[
        list[AfterContactWorkConfigPerChannel] | None,
        _channels("After-contact work for each channel."),
    ] = None
    phone_number_configs: Annotated[
        list[PhoneNumberConfig] | None, _channels("Phone for each channel (`VOICE`).")
    ] = None
    persistent_connection_configs: Annotated[
        list[PersistentConnectionConfig] | None,
        _channels("Persistent connection for each channel (`VOICE`)."),
    ] = None
    voice_enhancement_configs: Annotated[
        list[VoiceEnhancementConfig] | None,
        _channels("Voice enhancement for each channel (`VOICE`)."),
    ] = None
    proficiencies: Annotated[
        list[Proficiency] | None,
        Facts(
            doc="Proficiencies, managed per name and value; others are left alone.",
            calls=PROFICIENCY_CALLS,
            clears=True,
            key=("attributeName", "attributeValue"),
        ),
    ] = None
    tags: Annotated[
        dict[TagKey, str] | None,
        Facts(doc="Tags, managed per key; up to 48.", calls=(TAG, UNTAG), clears=True),
    ] = None

    routing_profile: Annotated[
        str | None,
        Field(min_length=1),
        Facts(doc="Name of the routing profile, instead of its id.", role=Role.NAME),
    ] = None
    security_profiles: Annotated[
        list[_NotEmpty] | None,
        Field(min_length=1, max_length=10),
        Facts(doc="Names of the security profiles, instead of their ids.", role=Role.NAME),
    ] = None
    hierarchy_group: Annotated[
        str | None,
        Field(min_length=1),
        Facts(doc="Path of the hierarchy group: `AMER/West/Team 1`.", role=Role.NAME),
    ] = None

    adopt: Annotated[
        bool | None,
        Facts(
            doc="Take over the user of this exact username; what is not declared is left alone.",
            role=Role.OPTION,
        ),
    ] = None
    on_password_change: Annotated[
        PasswordChange | None,
        Facts(
            doc="What a changed password means: `refuse` (default), `replace` or `ignore`.",
            role=Role.OPTION,
        ),
    ] = None
    ignore_drift: Annotated[
        list[_NotEmpty] | None,
        Facts(
            doc="Attributes that others may change: `routing_profile`, `identity_info.email`.",
            role=Role.OPTION,
        ),
    ] = None
    on_delete: Annotated[
        OnDelete | None,
        Facts(
            doc="An agent on a contact when deleted: `refuse` (default), `wait` or `force`.",
            role=Role.OPTION,
        ),
    ] = None
    delete_wait_seconds: Annotated[
        int | None,
        Field(ge=1, le=3600),
        Facts(
            doc='How long `on_delete="wait"` waits for contacts to end; 60 unless told.',
            role=Role.OPTION,
        ),
    ] = None
    delete_quick_connects: Annotated[
        bool | None,
        Facts(
            doc="Whether quick connects that lead to the user are deleted with the user.",
            role=Role.OPTION,
        ),
    ] = None

    initial_password: Annotated[
        InitialPassword | None,
        Facts(
            doc="A first password that is made up and kept in AWS Secrets Manager.",
            role=Role.OPTION,
            type_name="Input[InitialPassword | Mapping[str, Any]]",
        ),
    ] = None

    identity_management_type: Annotated[
        IdentityManagementType | None,
        Facts(doc="How the instance manages identities.", role=Role.FACT),
    ] = None
    routing_profile_name: Annotated[
        str | None, Facts(doc="Name of the routing profile.", role=Role.FACT)
    ] = None
    security_profile_names: Annotated[
        list[str] | None,
        Facts(doc="Names of the security profiles, in the order of the ids.", role=Role.FACT),
    ] = None
    hierarchy_path: Annotated[
        str | None, Facts(doc="Path of the hierarchy group.", role=Role.FACT)
    ] = None
    initial_password_secret: Annotated[
        str | None, Facts(doc="Name of the secret with the first password.", role=Role.FACT)
    ] = None
    label: Annotated[
        str | None,
        Facts(doc="Stands for a username that is hidden: a stem and a hash.", role=Role.FACT),
    ] = None
    adoption: Annotated[
        Adoption | None,
        Facts(doc="The user that will be taken over, and what that changes.", role=Role.FACT),
    ] = None
    part: Annotated[
        Part | None,
        Facts(
            doc="Present where less than a whole user is declared: the profiles and the group "
            "that are left to others. Such a user is never deleted or replaced.",
            role=Role.FACT,
        ),
    ] = None
    ownership: Annotated[
        str | None,
        Facts(doc="Which resource of which stack manages the user.", role=Role.MARK),
    ] = None
