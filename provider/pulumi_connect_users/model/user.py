"""A whole user: every attribute of CreateUser, and what this project adds to it."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from . import facts as api
from .base import TagKey, WireModel
from .facts import Facts, Role, fact, named, option
from .found import Adoption, Part
from .grant import IS_MOMENT, Grant, in_roster
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
OnDelete = Literal["refuse", "wait", "force", "suspend"]

PASSWORD = r"^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)\S{8,64}\Z"  # noqa: S105 - a pattern
"""botocore's `Password`, without its slashes."""

DELETE_WAIT_SECONDS = 60

_ROUTING_PROFILE = "Give routing_profile or routing_profile_id."
_SECURITY_PROFILES = "Give security_profiles or security_profile_ids."
_NotEmpty = Annotated[str, Field(min_length=1)]


def _channels(doc: str, *, voice_only: bool = False) -> Facts:
    return Facts(doc=doc, calls=(api.UPDATE_CONFIG,), key=("channel",), voice_only=voice_only)


class User(WireModel):
    """The desired state of a user, as it stands in a stack's inputs."""

    instance_arn: Annotated[
        str | None,
        Facts(
            doc="The instance, by ARN or id; state holds the ARN.",
            required=True,
            remedy="Give instance=Instance(id or ARN).",
            on_create=False,
            change="replace",
            type_name="Input[str] | Instance",
        ),
    ] = None
    username: Annotated[
        str | None,
        Field(min_length=1, max_length=100),
        Facts(
            doc="The login name; a change replaces the user.",
            required=True,
            remedy="Give the name that the user logs in with.",
            change="replace",
        ),
    ] = None
    password: Annotated[
        str | None,
        StringConstraints(strip_whitespace=False),
        Field(pattern=PASSWORD),
        Facts(
            doc="Initial password (`CONNECT_MANAGED` only). No API changes it later.",
            form="must be 8 to 64 characters without spaces, with a lower-case letter, "
            "an upper-case letter and a digit",
            remedy="Give a secret, or leave it out where Connect needs none.",
            change="never",
            secret=True,
        ),
    ] = None
    identity_info: Annotated[
        IdentityInfo | None,
        Facts(doc="Names, e-mail addresses, mobile number.", calls=(api.UPDATE_IDENTITY,)),
    ] = None
    phone_config: Annotated[
        PhoneConfig | None,
        Facts(doc="Phone settings for all channels.", calls=(api.UPDATE_PHONE, api.UPDATE_CONFIG)),
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
            doc="Id of the routing profile; also accepts its ARN or `INSTANCE:ID`.",
            calls=(api.UPDATE_ROUTING,),
            remedy=_ROUTING_PROFILE,
        ),
    ] = None
    security_profile_ids: Annotated[
        list[_NotEmpty] | None,
        Field(min_length=1, max_length=10),
        Facts(
            doc="Ids of 1 to 10 security profiles; also accepts ARNs or `INSTANCE:ID`.",
            calls=(api.UPDATE_SECURITY,),
            remedy=_SECURITY_PROFILES,
            grants=True,
        ),
    ] = None
    hierarchy_group_id: Annotated[
        str | None,
        Field(min_length=1),
        Facts(
            doc="Id of the hierarchy group; also accepts its ARN or `INSTANCE:ID`.",
            calls=(api.UPDATE_HIERARCHY,),
            grants=True,
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
        list[PhoneNumberConfig] | None,
        _channels("Phone for each channel (`VOICE`).", voice_only=True),
    ] = None
    persistent_connection_configs: Annotated[
        list[PersistentConnectionConfig] | None,
        _channels("Persistent connection for each channel (`VOICE`).", voice_only=True),
    ] = None
    voice_enhancement_configs: Annotated[
        list[VoiceEnhancementConfig] | None,
        _channels("Voice enhancement for each channel (`VOICE`).", voice_only=True),
    ] = None
    proficiencies: Annotated[
        list[Proficiency] | None,
        Facts(
            doc="Proficiencies, managed per name and value; others are left alone.",
            calls=PROFICIENCY_CALLS,
            on_create=False,
            parameter="UserProficiencies",
            clears=True,
            key=("attributeName", "attributeValue"),
        ),
    ] = None
    tags: Annotated[
        dict[TagKey, str] | None,
        Facts(
            doc="Tags, managed per key; up to 48.",
            calls=(api.TAG, api.UNTAG),
            on_create=False,
            clears=True,
        ),
    ] = None

    routing_profile: Annotated[
        str | None,
        Field(min_length=1),
        named("Name of the routing profile, instead of its id.", _ROUTING_PROFILE),
    ] = None
    security_profiles: Annotated[
        list[_NotEmpty] | None,
        Field(min_length=1, max_length=10),
        named("Names of the security profiles, instead of their ids.", _SECURITY_PROFILES),
    ] = None
    hierarchy_group: Annotated[
        str | None,
        Field(min_length=1),
        named("Path of the hierarchy group: `AMER/West/Team 1`."),
    ] = None

    adopt: Annotated[
        bool | None,
        option(
            "Adopt the existing user with this exact username; what is not declared is left alone.",
            default=False,
        ),
    ] = None
    on_password_change: Annotated[
        PasswordChange | None,
        option(
            "What to do about a changed password: `refuse` (default), `replace` or `ignore`.",
            default="refuse",
        ),
    ] = None
    ignore_drift: Annotated[
        list[_NotEmpty] | None,
        option("Attributes that others may change: `routing_profile`, `identity_info.email`."),
    ] = None
    on_delete: Annotated[
        OnDelete | None,
        option(
            "On a contact: `refuse` (default), `wait`, `force`. `suspend`: keep without rights.",
            default="refuse",
        ),
    ] = None
    suspended_security_profile: Annotated[
        str | None,
        Field(min_length=1),
        option(
            "With `suspend`: the security profile, without permissions; name or id, id in state."
        ),
    ] = None
    suspended_routing_profile: Annotated[
        str | None,
        Field(min_length=1),
        option("With `suspend`: the routing profile, without queues; name or id, id in state."),
    ] = None
    delete_wait_seconds: Annotated[
        int | None,
        Field(ge=1, le=3600),
        option(
            "Seconds that a deletion with `wait` waits for contacts to end; defaults to 60.",
            default=DELETE_WAIT_SECONDS,
        ),
    ] = None
    delete_quick_connects: Annotated[
        bool | None,
        option(
            "Whether to delete quick connects to the user together with the user.", default=False
        ),
    ] = None

    initial_password: Annotated[
        InitialPassword | None,
        Facts(
            doc="A generated initial password, stored in AWS Secrets Manager.",
            role=Role.OPTION,
            type_name="Input[InitialPassword | Mapping[str, Any]]",
        ),
    ] = None

    grants: Annotated[
        list[Grant] | None,
        Facts(
            doc="Security profiles for a time, in addition to the others.",
            role=Role.OPTION,
            key=("securityProfile", "securityProfileId", "starts"),
        ),
    ] = None

    starts: Annotated[
        str | None,
        *IS_MOMENT,
        in_roster("The first day (UTC) or moment on which the user is in the roster."),
    ] = None
    expires: Annotated[
        str | None,
        *IS_MOMENT,
        in_roster("The user's last day in the roster (UTC), or the time of the end."),
    ] = None

    identity_management_type: Annotated[
        IdentityManagementType | None,
        fact("How the instance manages identities.", kept=True),
    ] = None
    routing_profile_name: Annotated[str | None, fact("Name of the routing profile.")] = None
    security_profile_names: Annotated[
        list[str] | None,
        fact("Names of the security profiles, in the order of the ids."),
    ] = None
    hierarchy_path: Annotated[str | None, fact("Path of the hierarchy group.")] = None
    standing_security_profile_ids: Annotated[
        list[str] | None,
        fact("With `grants`: the security profiles that the user has without them.", kept=True),
    ] = None
    capabilities: Annotated[
        list[str] | None,
        fact("What the security profiles allow, by name; absent where that could not be read."),
    ] = None
    initial_password_secret: Annotated[
        str | None, fact("Name of the secret with the initial password.", kept=True)
    ] = None
    label: Annotated[str | None, fact("Replaces a hidden username: a stem and a hash.")] = None
    adoption: Annotated[
        Adoption | None, fact("The user that will be adopted, and what that changes.")
    ] = None
    part: Annotated[
        Part | None,
        Facts(
            doc=(
                "Present if only a part of the user is declared: the profiles and the group that "
                "are left to others. Such a user is never deleted or replaced."
            ),
            role=Role.FACT,
        ),
    ] = None
    ownership: Annotated[
        str | None,
        Facts(doc="Which resource of which stack manages the user.", role=Role.MARK),
    ] = None
