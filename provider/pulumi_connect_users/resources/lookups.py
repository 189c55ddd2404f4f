"""Users and instances that exist, looked up in a program.

They are asked at every preview and every `up`. A user who does not exist is an error, so what the
program itself creates is looked up by the `_output` functions, with an output of its resource.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

import pulumi

from ..core.properties import structures
from ..engine.program_settings import read_program_settings
from .functions import call, instance_arn, output_of
from .input_conversion import snake_to_camel
from .instance import IdentityManagementType, Instance
from .output_attributes import ResourceOutput, structured
from .outputs import (
    AfterContactWorkConfigPerChannel,
    AutoAcceptConfig,
    IdentityInfo,
    PersistentConnectionConfig,
    PhoneConfig,
    PhoneNumberConfig,
    Proficiency,
    UserOutputs,
    VoiceEnhancementConfig,
)
from .settings import of_functions

if TYPE_CHECKING:
    from ..core.properties import Properties, Value

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class UserDetails:
    """A user as Amazon Connect has it; None where Connect has nothing, or was not asked."""

    user_arn: str
    user_id: str
    instance_arn: str
    username: str
    identity_info: IdentityInfo | None = None
    """Names; from `get_user` addresses and mobile number too."""
    phone_config: PhoneConfig | None = None
    """Phone settings for all channels."""
    directory_user_id: str | None = None
    routing_profile_id: str | None = None
    routing_profile_name: str | None = None
    """None where the role may not list routing profiles."""
    security_profile_ids: Sequence[str] = ()
    security_profile_names: Sequence[str] | None = None
    """In the order of the ids; None where the role may not list security profiles."""
    hierarchy_group_id: str | None = None
    hierarchy_path: str | None = None
    """Path of the hierarchy group: `AMER/West/Team 1`."""
    auto_accept_configs: Sequence[AutoAcceptConfig] = ()
    after_contact_work_configs: Sequence[AfterContactWorkConfigPerChannel] = ()
    phone_number_configs: Sequence[PhoneNumberConfig] = ()
    persistent_connection_configs: Sequence[PersistentConnectionConfig] = ()
    voice_enhancement_configs: Sequence[VoiceEnhancementConfig] = ()
    proficiencies: Sequence[Proficiency] | None = None
    """None from `get_users`: SearchUsers returns none."""
    tags: Mapping[str, str] = field(default_factory=dict)
    """Neither the ownership mark nor AWS's own tags."""


@dataclass(frozen=True, kw_only=True)
class InstanceDetails:
    """An instance, and the ids of what is in it by name."""

    instance_arn: str
    instance_id: str
    instance_alias: str | None = None
    identity_management_type: IdentityManagementType
    routing_profile_ids: Mapping[str, str]
    security_profile_ids: Mapping[str, str]
    hierarchy_group_ids: Mapping[str, str]
    """By path: `AMER/West/Team 1`."""
    agent_status_ids: Mapping[str, str]
    queue_ids: Mapping[str, str]


def get_user(
    instance: Instance | str, *, username: str | None = None, user_id: str | None = None
) -> UserDetails:
    """One user with everything that Connect has of it, proficiencies and addresses too.

    Args:
        instance: The instance, or its id or ARN. The stack's configuration applies.
        username: The exact username; case-sensitive.
        user_id: The user's id or ARN, instead of the username.

    Raises:
        ConnectUsersError: There is no such user, or a call failed.
    """
    arn = instance_arn(instance, "get_user")
    user = call("getUser", instanceArn=arn, username=username, userId=user_id)
    return _details(UserDetails, user)


def get_users(
    instance: Instance | str,
    *,
    routing_profile: str | None = None,
    security_profile: str | None = None,
    hierarchy_group: str | None = None,
    tags: Mapping[str, str] | None = None,
) -> list[UserDetails]:
    """All users of an instance, or those who meet every condition, by username.

    They come from SearchUsers (500 a call), whose index may lag behind a change: without e-mail
    addresses, mobile numbers and proficiencies.

    Args:
        instance: The instance, or its id or ARN. The stack's configuration applies.
        routing_profile: Name, id or ARN.
        security_profile: Name, id or ARN of one that the users have among others.
        hierarchy_group: Path (`AMER/West`), id or ARN of a group: its users and those below.
        tags: Tags with the values that the users have.

    Raises:
        InvalidFilter: Conditions name nothing, or are not valid; all at once.
        ConnectUsersError: The instance cannot be seen, or a call failed.
    """
    result = call(
        "getUsers",
        instanceArn=instance_arn(instance, "get_users"),
        routingProfile=routing_profile,
        securityProfile=security_profile,
        hierarchyGroup=hierarchy_group,
        tags=tags,
    )
    return [_details(UserDetails, user) for user in structures(result.get("users"))]


def get_instance(instance: Instance | str) -> InstanceDetails:
    """How an instance manages identities, and the ids of its profiles, groups, statuses, queues.

    Args:
        instance: The instance, or its id or ARN. The stack's configuration applies.

    Raises:
        ConnectUsersError: The instance cannot be seen, or a call failed.
    """
    arn = instance_arn(instance, "get_instance")
    return _details(InstanceDetails, call("getInstance", instanceArn=arn))


def get_user_output(
    instance: Instance | pulumi.Input[str],
    *,
    username: pulumi.Input[str] | None = None,
    user_id: pulumi.Input[str] | None = None,
) -> pulumi.Output[UserDetails]:
    """The same as `get_user` with outputs: called once they are known, unknown until then.

    A secret with `connect:personalData: secret`.
    """
    given = {"username": username, "user_id": user_id}
    return _personal(output_of(get_user, instance, given))


def get_users_output(
    instance: Instance | pulumi.Input[str],
    *,
    routing_profile: pulumi.Input[str] | None = None,
    security_profile: pulumi.Input[str] | None = None,
    hierarchy_group: pulumi.Input[str] | None = None,
    tags: pulumi.Input[Mapping[str, pulumi.Input[str]]] | None = None,
) -> pulumi.Output[list[UserDetails]]:
    """The same as `get_users` with outputs: called once they are known, unknown until then.

    A secret with `connect:personalData: secret`.
    """
    given = {
        "routing_profile": routing_profile,
        "security_profile": security_profile,
        "hierarchy_group": hierarchy_group,
        "tags": tags,
    }
    return _personal(output_of(get_users, instance, given))


def get_instance_output(
    instance: Instance | pulumi.Input[str],
) -> pulumi.Output[InstanceDetails]:
    """The same as `get_instance` with outputs: called once they are known, unknown until then."""
    return output_of(get_instance, instance, {})


def _personal(result: pulumi.Output[T]) -> pulumi.Output[T]:
    settings = of_functions().read(read_program_settings)
    return pulumi.Output.secret(result) if settings.hides_personal_data else result


def _details(kind: type[T], wire: Properties) -> T:
    """From the wire; what is absent there has the member's default."""
    members = {name: snake_to_camel(name) for name in kind.__annotations__}
    return kind(**{n: _read(n, wire[key]) for n, key in members.items() if key in wire})


def _read(name: str, value: Value) -> Any:
    output = vars(UserOutputs).get(name)
    return structured(value, output.structure) if isinstance(output, ResourceOutput) else value
