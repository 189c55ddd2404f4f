"""Instances that a preview may not know: outputs of other resources of the program."""

from __future__ import annotations

import pulumi

from ..dynamic import FROM_RESOURCE


def late_instance(arn: pulumi.Input[str]) -> dict[str, pulumi.Input[bool]]:
    """The input that says at an up that the instance's ARN is another resource's output.

    By then it is known, and with it how the instance manages identities. The preview may not have
    known, so that rules which AWS only documents must not fail the up; at a preview that does know
    they are judged as ever.
    """
    if pulumi.runtime.is_dry_run() or not isinstance(arn, pulumi.Output):
        return {}
    return {FROM_RESOURCE: pulumi.Output.from_input(_is_late(arn))}


async def _is_late(arn: pulumi.Output[str]) -> bool:
    sources = await arn.resources()
    return any(not isinstance(source, pulumi.StackReference) for source in sources)
