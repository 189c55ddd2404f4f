"""What a program reads of a user. Generated from the model by `make generate`: do not edit."""

from collections.abc import Sequence

from .output_attributes import Member, ResourceOutput, Structure


class IdentityInfo(Structure):
    """Names and addresses of a user. Source: API reference, UserIdentityInfo."""

    first_name = Member[str]("firstName")
    """First name, in Unicode NFC."""
    last_name = Member[str]("lastName")
    """Last name, in Unicode NFC."""
    email = Member[str]("email")
    """E-mail address; not allowed with SAML."""
    secondary_email = Member[str]("secondaryEmail")
    """Secondary e-mail address; receives notifications other than password resets."""
    mobile = Member[str]("mobile")
    """Mobile number, E.164 (`+15555551212`)."""


class PhoneConfig(Structure):
    """Phone settings that hold for all channels. Source: API reference, UserPhoneConfig."""

    phone_type = Member[str]("phoneType")
    """`SOFT_PHONE` or `DESK_PHONE`."""
    auto_accept = Member[bool]("autoAccept")
    """Connect contacts to available agents at once."""
    after_contact_work_time_limit = Member[int]("afterContactWorkTimeLimit")
    """After-contact work in seconds; 0 means no limit."""
    desk_phone_number = Member[str]("deskPhoneNumber")
    """Number of the desk phone, E.164; only with `DESK_PHONE`."""
    persistent_connection = Member[bool]("persistentConnection")
    """Keep the connection between calls."""


class AutoAcceptConfig(Structure):
    """Auto-accept of one channel."""

    channel = Member[str]("channel")
    """`VOICE`, `CHAT`, `TASK` or `EMAIL`."""
    auto_accept = Member[bool]("autoAccept")
    """Connect contacts to available agents at once."""
    agent_first_callback_auto_accept = Member[bool]("agentFirstCallbackAutoAccept")
    """The same for agent-first callbacks; `VOICE` only."""


class AfterContactWorkConfig(Structure):
    """A duration of after-contact work."""

    after_contact_work_time_limit = Member[int]("afterContactWorkTimeLimit")
    """Seconds; 0 means no limit, chat ends after 5,400."""


class PhoneNumberConfig(Structure):
    """Phone of one channel; Connect supports `VOICE` only."""

    channel = Member[str]("channel")
    """`VOICE`, `CHAT`, `TASK` or `EMAIL`."""
    phone_type = Member[str]("phoneType")
    """`SOFT_PHONE` or `DESK_PHONE`."""
    phone_number = Member[str]("phoneNumber")
    """Number of the desk phone, E.164."""


class PersistentConnectionConfig(Structure):
    """Persistent connection of one channel; Connect supports `VOICE` only."""

    channel = Member[str]("channel")
    """`VOICE`, `CHAT`, `TASK` or `EMAIL`."""
    persistent_connection = Member[bool]("persistentConnection")
    """Keep the connection between calls."""


class VoiceEnhancementConfig(Structure):
    """Voice enhancement of one channel; Connect supports `VOICE` only."""

    channel = Member[str]("channel")
    """`VOICE`, `CHAT`, `TASK` or `EMAIL`."""
    voice_enhancement_mode = Member[str]("voiceEnhancementMode")
    """`VOICE_ISOLATION`, `NOISE_SUPPRESSION` or `NONE`."""


class Proficiency(Structure):
    """One proficiency. Source: API reference, UserProficiency."""

    attribute_name = Member[str]("attributeName")
    """Name of a predefined attribute."""
    attribute_value = Member[str]("attributeValue")
    """One of the attribute's values."""
    level = Member[int]("level")
    """1 (lowest) to 5."""


class InitialPassword(Structure):
    """How an initial password is generated and kept in AWS Secrets Manager."""

    length = Member[int]("length")
    """Characters of the password; defaults to 24."""
    kms_key_id = Member[str]("kmsKeyId")
    """KMS key of the secret; AWS's own for Secrets Manager by default."""
    on_user_delete = Member[str]("onUserDelete")
    """When the user is deleted: `keep` the secret (default), or `schedule` its deletion."""
    recovery_days = Member[int]("recoveryDays")
    """Days in which a scheduled deletion can be undone; defaults to 30."""


class Grant(Structure):
    """A security profile for a time."""

    security_profile = Member[str]("securityProfile")
    """Name of the security profile."""
    security_profile_id = Member[str]("securityProfileId")
    """Its id instead; also accepts its ARN or `INSTANCE:ID`."""
    until = Member[str]("until")
    """The last day (UTC), or the time of the end."""
    starts = Member[str]("starts")
    """The first day (UTC) or moment; defaults to at once."""
    reason = Member[str]("reason")
    """Why, for reviewers and policies."""


class AfterContactWorkConfigPerChannel(Structure):
    """After-contact work of one channel."""

    channel = Member[str]("channel")
    """`VOICE`, `CHAT`, `TASK` or `EMAIL`."""
    after_contact_work_config = Member[AfterContactWorkConfig](
        "afterContactWorkConfig", AfterContactWorkConfig
    )
    """After-contact work of the channel."""
    agent_first_callback_after_contact_work_config = Member[AfterContactWorkConfig](
        "agentFirstCallbackAfterContactWorkConfig", AfterContactWorkConfig
    )
    """The same for agent-first callbacks; `VOICE` only."""


class UserOutputs:
    """The attributes of `User`: its arguments as resolved, and what was found out."""

    instance_arn = ResourceOutput[str]("instanceArn")
    """The instance, by ARN or id; state holds the ARN."""
    username = ResourceOutput[str]("username")
    """The login name; a change replaces the user."""
    identity_info = ResourceOutput[IdentityInfo | None]("identityInfo", IdentityInfo)
    """Names, e-mail addresses, mobile number."""
    phone_config = ResourceOutput[PhoneConfig | None]("phoneConfig", PhoneConfig)
    """Phone settings for all channels."""
    directory_user_id = ResourceOutput[str | None]("directoryUserId")
    """Id in a directory that Connect cannot reach (`EXISTING_DIRECTORY` only)."""
    routing_profile_id = ResourceOutput[str | None]("routingProfileId")
    """Id of the routing profile; also accepts its ARN or `INSTANCE:ID`."""
    security_profile_ids = ResourceOutput[Sequence[str] | None]("securityProfileIds")
    """Ids of 1 to 10 security profiles; also accepts ARNs or `INSTANCE:ID`."""
    hierarchy_group_id = ResourceOutput[str | None]("hierarchyGroupId")
    """Id of the hierarchy group; also accepts its ARN or `INSTANCE:ID`."""
    auto_accept_configs = ResourceOutput[Sequence[AutoAcceptConfig] | None](
        "autoAcceptConfigs", AutoAcceptConfig
    )
    """Auto-accept for each channel."""
    after_contact_work_configs = ResourceOutput[Sequence[AfterContactWorkConfigPerChannel] | None](
        "afterContactWorkConfigs", AfterContactWorkConfigPerChannel
    )
    """After-contact work for each channel."""
    phone_number_configs = ResourceOutput[Sequence[PhoneNumberConfig] | None](
        "phoneNumberConfigs", PhoneNumberConfig
    )
    """Phone for each channel (`VOICE`)."""
    persistent_connection_configs = ResourceOutput[Sequence[PersistentConnectionConfig] | None](
        "persistentConnectionConfigs", PersistentConnectionConfig
    )
    """Persistent connection for each channel (`VOICE`)."""
    voice_enhancement_configs = ResourceOutput[Sequence[VoiceEnhancementConfig] | None](
        "voiceEnhancementConfigs", VoiceEnhancementConfig
    )
    """Voice enhancement for each channel (`VOICE`)."""
    proficiencies = ResourceOutput[Sequence[Proficiency] | None]("proficiencies", Proficiency)
    """Proficiencies, managed per name and value; others are left alone."""
    tags = ResourceOutput[dict[str, str] | None]("tags")
    """Tags, managed per key; up to 48."""
    routing_profile = ResourceOutput[str | None]("routingProfileName")
    """Name of the routing profile, instead of its id."""
    security_profiles = ResourceOutput[Sequence[str] | None]("securityProfileNames")
    """Names of the security profiles, instead of their ids."""
    hierarchy_group = ResourceOutput[str | None]("hierarchyPath")
    """Path of the hierarchy group: `AMER/West/Team 1`."""
    adopt = ResourceOutput[bool | None]("adopt")
    """Adopt the existing user with this exact username; what is not declared is left alone."""
    on_password_change = ResourceOutput[str | None]("onPasswordChange")
    """What to do about a changed password: `refuse` (default), `replace` or `ignore`."""
    ignore_drift = ResourceOutput[Sequence[str] | None]("ignoreDrift")
    """Attributes that others may change: `routing_profile`, `identity_info.email`."""
    on_delete = ResourceOutput[str | None]("onDelete")
    """On a contact: `refuse` (default), `wait`, `force`. `suspend`: keep without rights."""
    suspended_security_profile = ResourceOutput[str | None]("suspendedSecurityProfile")
    """With `suspend`: the security profile, without permissions; name or id, id in state."""
    suspended_routing_profile = ResourceOutput[str | None]("suspendedRoutingProfile")
    """With `suspend`: the routing profile, without queues; name or id, id in state."""
    delete_wait_seconds = ResourceOutput[int | None]("deleteWaitSeconds")
    """Seconds that a deletion with `wait` waits for contacts to end; defaults to 60."""
    delete_quick_connects = ResourceOutput[bool | None]("deleteQuickConnects")
    """Whether to delete quick connects to the user together with the user."""
    initial_password = ResourceOutput[InitialPassword | None]("initialPassword", InitialPassword)
    """A generated initial password, stored in AWS Secrets Manager."""
    grants = ResourceOutput[Sequence[Grant] | None]("grants", Grant)
    """Security profiles for a time, in addition to the others."""
    identity_management_type = ResourceOutput[str | None]("identityManagementType")
    """How the instance manages identities."""
    routing_profile_name = ResourceOutput[str | None]("routingProfileName")
    """Name of the routing profile."""
    security_profile_names = ResourceOutput[Sequence[str] | None]("securityProfileNames")
    """Names of the security profiles, in the order of the ids."""
    hierarchy_path = ResourceOutput[str | None]("hierarchyPath")
    """Path of the hierarchy group."""
    standing_security_profile_ids = ResourceOutput[Sequence[str] | None](
        "standingSecurityProfileIds"
    )
    """With `grants`: the security profiles that the user has without them."""
    capabilities = ResourceOutput[Sequence[str] | None]("capabilities")
    """What the security profiles allow, by name; absent where that could not be read."""
    initial_password_secret = ResourceOutput[str | None]("initialPasswordSecret")
    """Name of the secret with the initial password."""
    label = ResourceOutput[str | None]("label")
    """Replaces a hidden username: a stem and a hash."""
