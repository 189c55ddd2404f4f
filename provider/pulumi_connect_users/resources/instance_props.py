"""The instance of a resource on the wire, which may be an output of another resource."""

import pulumi

from ..dynamic import FROM_RESOURCE
from .input_conversion import WireInput, settled
from .instance import Instance


def instance_props(instance: Instance | pulumi.Input[str]) -> dict[str, WireInput]:
    """The instance's ARN or id, and what is known of it."""
    declared = instance if isinstance(instance, Instance) else Instance(instance)
    props: dict[str, WireInput] = {"instanceArn": settled(declared.arn)}
    if declared.identity_management_type is not None:
        props["identityManagementType"] = declared.identity_management_type
    return props


def from_resource(instance_arn: WireInput) -> dict[str, WireInput]:
    """FROM_RESOURCE, if the ARN is another resource's output in an `up`.

    By then it is known, and with it how the instance manages identities. The preview may not have
    known, so that rules which AWS only documents must not fail the `up`; a preview that does know
    judges them as usual.
    """
    if isinstance(instance_arn, pulumi.Output) and not pulumi.runtime.is_dry_run():
        return {FROM_RESOURCE: pulumi.Output.from_input(_is_late(instance_arn))}
    return {}


async def _is_late(arn: pulumi.Output[object]) -> bool:
    sources = await arn.resources()
    return any(not isinstance(source, pulumi.StackReference) for source in sources)
