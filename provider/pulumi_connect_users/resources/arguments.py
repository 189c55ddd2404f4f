"""The typed arguments of a user. Generated from the model by `make generate`: do not edit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Required, TypedDict

if TYPE_CHECKING:
    from pulumi import Input, Output, ResourceOptions

    from .initial_password import InitialPassword
    from .instance import Instance


@dataclass(frozen=True, kw_only=True)
class IdentityInfo:
    """Names and addresses of a user. Source: API reference, UserIdentityInfo."""

    first_name: Input[str] | None = None
    """First name, in Unicode NFC."""
    last_name: Input[str] | None = None
    """Last name, in Unicode NFC."""
    email: Input[str] | None = None
    """E-mail address; not allowed with SAML."""
    secondary_email: Input[str] | None = None
    """Secondary e-mail address; receives notifications other than password resets."""
    mobile: Input[str] | None = None
    """Mobile number, E.164 (`+15555551212`)."""


@dataclass(frozen=True, kw_only=True)
class PhoneConfig:
    """Phone settings that hold for all channels. Source: API reference, UserPhoneConfig."""

    phone_type: Input[Literal["SOFT_PHONE", "DESK_PHONE"]] | Output[str] | None = None
    """`SOFT_PHONE` or `DESK_PHONE`."""
    auto_accept: Input[bool] | None = None
    """Connect contacts to available agents at once."""
    after_contact_work_time_limit: Input[int] | None = None
    """After-contact work in seconds; 0 means no limit."""
    desk_phone_number: Input[str] | None = None
    """Number of the desk phone, E.164; only with `DESK_PHONE`."""
    persistent_connection: Input[bool] | None = None
    """Keep the connection between calls."""


@dataclass(frozen=True, kw_only=True)
class AutoAcceptConfig:
    """Auto-accept of one channel."""

    channel: Input[Literal["VOICE", "CHAT", "TASK", "EMAIL"]] | Output[str] | None = None
    """`VOICE`, `CHAT`, `TASK` or `EMAIL`."""
    auto_accept: Input[bool] | None = None
    """Connect contacts to available agents at once."""
    agent_first_callback_auto_accept: Input[bool] | None = None
    """The same for agent-first callbacks; `VOICE` only."""


@dataclass(frozen=True, kw_only=True)
class AfterContactWorkConfig:
    """A duration of after-contact work."""

    after_contact_work_time_limit: Input[int] | None = None
    """Seconds; 0 means no limit, chat ends after 5,400."""


@dataclass(frozen=True, kw_only=True)
class PhoneNumberConfig:
    """Phone of one channel; Connect supports `VOICE` only."""

    channel: Input[Literal["VOICE", "CHAT", "TASK", "EMAIL"]] | Output[str] | None = None
    """`VOICE`, `CHAT`, `TASK` or `EMAIL`."""
    phone_type: Input[Literal["SOFT_PHONE", "DESK_PHONE"]] | Output[str] | None = None
    """`SOFT_PHONE` or `DESK_PHONE`."""
    phone_number: Input[str] | None = None
    """Number of the desk phone, E.164."""


@dataclass(frozen=True, kw_only=True)
class PersistentConnectionConfig:
    """Persistent connection of one channel; Connect supports `VOICE` only."""

    channel: Input[Literal["VOICE", "CHAT", "TASK", "EMAIL"]] | Output[str] | None = None
    """`VOICE`, `CHAT`, `TASK` or `EMAIL`."""
    persistent_connection: Input[bool] | None = None
    """Keep the connection between calls."""


@dataclass(frozen=True, kw_only=True)
class VoiceEnhancementConfig:
    """Voice enhancement of one channel; Connect supports `VOICE` only."""

    channel: Input[Literal["VOICE", "CHAT", "TASK", "EMAIL"]] | Output[str] | None = None
    """`VOICE`, `CHAT`, `TASK` or `EMAIL`."""
    voice_enhancement_mode: (
        Input[Literal["VOICE_ISOLATION", "NOISE_SUPPRESSION", "NONE"]] | Output[str] | None
    ) = None
    """`VOICE_ISOLATION`, `NOISE_SUPPRESSION` or `NONE`."""


@dataclass(frozen=True)
class Proficiency:
    """One proficiency. Source: API reference, UserProficiency."""

    attribute_name: Input[str] | None = None
    """Name of a predefined attribute."""
    attribute_value: Input[str] | None = None
    """One of the attribute's values."""
    level: Input[int] | None = field(default=None, kw_only=True)
    """1 (lowest) to 5."""


@dataclass(frozen=True, kw_only=True)
class Grant:
    """A security profile for a time."""

    security_profile: Input[str] | None = None
    """Name of the security profile."""
    security_profile_id: Input[str] | None = None
    """Its id instead; also accepts its ARN or `INSTANCE:ID`."""
    until: Input[str] | None = None
    """The last day (UTC), or the time of the end."""
    starts: Input[str] | None = None
    """The first day (UTC) or moment; defaults to at once."""
    reason: Input[str] | None = None
    """Why, for reviewers and policies."""


@dataclass(frozen=True, kw_only=True)
class AfterContactWorkConfigPerChannel:
    """After-contact work of one channel."""

    channel: Input[Literal["VOICE", "CHAT", "TASK", "EMAIL"]] | Output[str] | None = None
    """`VOICE`, `CHAT`, `TASK` or `EMAIL`."""
    after_contact_work_config: Input[AfterContactWorkConfig | Mapping[str, Any]] | None = None
    """After-contact work of the channel."""
    agent_first_callback_after_contact_work_config: (
        Input[AfterContactWorkConfig | Mapping[str, Any]] | None
    ) = None
    """The same for agent-first callbacks; `VOICE` only."""


class UserArguments(TypedDict, total=False):
    """The arguments of `User`; each takes Pulumi's inputs."""

    instance: Required[Input[str] | Instance]
    """The instance, by ARN or id; state holds the ARN."""
    username: Required[Input[str]]
    """The login name; a change replaces the user."""
    password: Input[str] | None
    """Initial password (`CONNECT_MANAGED` only). No API changes it later."""
    identity_info: Input[IdentityInfo | Mapping[str, Any]] | None
    """Names, e-mail addresses, mobile number."""
    phone_config: Input[PhoneConfig | Mapping[str, Any]] | None
    """Phone settings for all channels."""
    directory_user_id: Input[str] | None
    """Id in a directory that Connect cannot reach (`EXISTING_DIRECTORY` only)."""
    routing_profile_id: Input[str] | None
    """Id of the routing profile; also accepts its ARN or `INSTANCE:ID`."""
    security_profile_ids: Input[Sequence[Input[str]]] | None
    """Ids of 1 to 10 security profiles; also accepts ARNs or `INSTANCE:ID`."""
    hierarchy_group_id: Input[str] | None
    """Id of the hierarchy group; also accepts its ARN or `INSTANCE:ID`."""
    auto_accept_configs: Input[Sequence[Input[AutoAcceptConfig | Mapping[str, Any]]]] | None
    """Auto-accept for each channel."""
    after_contact_work_configs: (
        Input[Sequence[Input[AfterContactWorkConfigPerChannel | Mapping[str, Any]]]] | None
    )
    """After-contact work for each channel."""
    phone_number_configs: Input[Sequence[Input[PhoneNumberConfig | Mapping[str, Any]]]] | None
    """Phone for each channel (`VOICE`)."""
    persistent_connection_configs: (
        Input[Sequence[Input[PersistentConnectionConfig | Mapping[str, Any]]]] | None
    )
    """Persistent connection for each channel (`VOICE`)."""
    voice_enhancement_configs: (
        Input[Sequence[Input[VoiceEnhancementConfig | Mapping[str, Any]]]] | None
    )
    """Voice enhancement for each channel (`VOICE`)."""
    proficiencies: Input[Sequence[Input[Proficiency | Mapping[str, Any]]]] | None
    """Proficiencies, managed per name and value; others are left alone."""
    tags: Input[Mapping[str, Input[str]]] | None
    """Tags, managed per key; up to 48."""
    routing_profile: Input[str] | None
    """Name of the routing profile, instead of its id."""
    security_profiles: Input[Sequence[Input[str]]] | None
    """Names of the security profiles, instead of their ids."""
    hierarchy_group: Input[str] | None
    """Path of the hierarchy group: `AMER/West/Team 1`."""
    adopt: Input[bool] | None
    """Adopt the existing user with this exact username; what is not declared is left alone."""
    on_password_change: Input[Literal["refuse", "replace", "ignore"]] | Output[str] | None
    """What to do about a changed password: `refuse` (default), `replace` or `ignore`."""
    ignore_drift: Input[Sequence[Input[str]]] | None
    """Attributes that others may change: `routing_profile`, `identity_info.email`."""
    on_delete: Input[Literal["refuse", "wait", "force", "suspend"]] | Output[str] | None
    """On a contact: `refuse` (default), `wait`, `force`. `suspend`: keep without rights."""
    suspended_security_profile: Input[str] | None
    """With `suspend`: the security profile, without permissions; name or id, id in state."""
    suspended_routing_profile: Input[str] | None
    """With `suspend`: the routing profile, without queues; name or id, id in state."""
    delete_wait_seconds: Input[int] | None
    """Seconds that a deletion with `wait` waits for contacts to end; defaults to 60."""
    delete_quick_connects: Input[bool] | None
    """Whether to delete quick connects to the user together with the user."""
    initial_password: Input[InitialPassword | Mapping[str, Any]] | None
    """A generated initial password, stored in AWS Secrets Manager."""
    grants: Input[Sequence[Input[Grant | Mapping[str, Any]]]] | None
    """Security profiles for a time, in addition to the others."""


# The same one by one: not every editor completes what a TypedDict holds.
class UserSignature:  # noqa: D101 - it would be the docstring of `User`
    if TYPE_CHECKING:

        def __init__(
            self,
            resource_name: str,
            opts: ResourceOptions | None = None,
            *,
            instance: Input[str] | Instance,
            username: Input[str],
            password: Input[str] | None = None,
            identity_info: Input[IdentityInfo | Mapping[str, Any]] | None = None,
            phone_config: Input[PhoneConfig | Mapping[str, Any]] | None = None,
            directory_user_id: Input[str] | None = None,
            routing_profile_id: Input[str] | None = None,
            security_profile_ids: Input[Sequence[Input[str]]] | None = None,
            hierarchy_group_id: Input[str] | None = None,
            auto_accept_configs: Input[Sequence[Input[AutoAcceptConfig | Mapping[str, Any]]]]
            | None = None,
            after_contact_work_configs: Input[
                Sequence[Input[AfterContactWorkConfigPerChannel | Mapping[str, Any]]]
            ]
            | None = None,
            phone_number_configs: Input[Sequence[Input[PhoneNumberConfig | Mapping[str, Any]]]]
            | None = None,
            persistent_connection_configs: Input[
                Sequence[Input[PersistentConnectionConfig | Mapping[str, Any]]]
            ]
            | None = None,
            voice_enhancement_configs: Input[
                Sequence[Input[VoiceEnhancementConfig | Mapping[str, Any]]]
            ]
            | None = None,
            proficiencies: Input[Sequence[Input[Proficiency | Mapping[str, Any]]]] | None = None,
            tags: Input[Mapping[str, Input[str]]] | None = None,
            routing_profile: Input[str] | None = None,
            security_profiles: Input[Sequence[Input[str]]] | None = None,
            hierarchy_group: Input[str] | None = None,
            adopt: Input[bool] | None = None,
            on_password_change: Input[Literal["refuse", "replace", "ignore"]]
            | Output[str]
            | None = None,
            ignore_drift: Input[Sequence[Input[str]]] | None = None,
            on_delete: Input[Literal["refuse", "wait", "force", "suspend"]]
            | Output[str]
            | None = None,
            suspended_security_profile: Input[str] | None = None,
            suspended_routing_profile: Input[str] | None = None,
            delete_wait_seconds: Input[int] | None = None,
            delete_quick_connects: Input[bool] | None = None,
            initial_password: Input[InitialPassword | Mapping[str, Any]] | None = None,
            grants: Input[Sequence[Input[Grant | Mapping[str, Any]]]] | None = None,
        ) -> None: ...


REQUIRED = ("instance", "username")
"""Required arguments."""

FREE_MAPS = ("tags",)
"""Maps whose keys are the user's own words."""

HIDDEN = ("password", "ownership")
"""Inputs that are not attributes of the resource (wire names)."""

OF_ROSTER = ("starts", "expires")
"""Arguments of a roster's users alone."""

PERSONAL = (
    ("identityInfo", "firstName"),
    ("identityInfo", "lastName"),
    ("identityInfo", "email"),
    ("identityInfo", "secondaryEmail"),
    ("identityInfo", "mobile"),
    ("phoneConfig", "deskPhoneNumber"),
    ("phoneNumberConfigs", "phoneNumber"),
)
"""Wire paths that `connect:personalData: secret` hides."""
