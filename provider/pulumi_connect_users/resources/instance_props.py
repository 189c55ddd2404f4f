"""The instance of a resource on the wire, which may be an output of another resource."""

import pulumi

from ..dynamic import FROM_RESOURCE
from .input_conversion import WireInput, settled
from .instance import Instance


def instance_props(instance: Instance | pulumi.Input[str]) -> dict[str, WireInput]:
    """The instance's ARN or id, and what is known of it.

    FROM_RESOURCE says in an `up` that the ARN is another resource's output. By then it is known,
    and with it how the instance manages identities. The preview may not have known, so that rules
    which AWS only documents must not fail the `up`; a preview that does know judges them as usual.
    """
    declared = instance if isinstance(instance, Instance) else Instance(instance)
    arn = settled(declared.arn)
    props: dict[str, WireInput] = {"instanceArn": arn}
    if declared.identity_management_type is not None:
        props["identityManagementType"] = declared.identity_management_type
    if isinstance(arn, pulumi.Output) and not pulumi.runtime.is_dry_run():
        props[FROM_RESOURCE] = pulumi.Output.from_input(_is_late(arn))
    return props


async def _is_late(arn: pulumi.Output[object]) -> bool:
    sources = await arn.resources()
    return any(not isinstance(source, pulumi.StackReference) for source in sources)
