"""Instances: create, describe, list, delete."""

import hashlib
import math
import string

from .. import ids
from ..call import Call
from ..document import Json, Members
from ..errors import ServiceError, invalid_request
from ..records import instances, tags
from ..records.instances import Instance
from ..seeding.defaults import add_defaults
from . import operation

_ROLE_LETTERS = string.ascii_letters + string.digits


@operation("CreateInstance")
def create_instance(call: Call) -> Members:
    """Create an instance with AWS's defaults; the same client token answers the same one."""
    params = call.params
    token = params.text("ClientToken") or None
    earlier = instances.find_by_token(call.tx, token) if token else None
    if earlier is not None:
        return {"Id": earlier.id, "Arn": earlier.arn}
    alias = params.text("InstanceAlias") or None
    identity_type = params.text("IdentityManagementType")
    _check_new_instance(call, identity_type, alias)
    instance = instances.insert(
        call.tx,
        instance_id=ids.new_id(),
        region=call.region,
        alias=alias,
        identity_type=identity_type,
        created=float(math.floor(call.now)),
        doc=params.pick("InboundCallsEnabled", "OutboundCallsEnabled"),
        client_token=token,
    )
    tags.put(call.tx, instance.id, instance.id, call.params.part("Tags"))
    add_defaults(call.tx, instance, call.stamp)
    return {"Id": instance.id, "Arn": instance.arn}


def _check_new_instance(call: Call, identity_type: str, alias: str | None) -> None:
    if identity_type == "EXISTING_DIRECTORY":
        if not call.params.get("DirectoryId"):
            raise invalid_request("DirectoryId is required for EXISTING_DIRECTORY.")
    elif not alias:
        raise invalid_request("InstanceAlias is required unless a directory is given.")
    if alias and instances.alias_taken(call.tx, alias):
        raise invalid_request("The instance alias is already taken.")
    quota = call.quotas.get("instances")
    if quota is not None and instances.count(call.tx, call.region) >= quota:
        raise ServiceError(
            "ServiceQuotaExceededException",
            f"The quota of {quota} instances per Region is reached.",
        )


@operation("DescribeInstance")
def describe_instance(call: Call) -> Members:
    """An instance and its tags."""
    instance = call.instance
    return {"Instance": _summary(instance) | {"Tags": tags.get(call.tx, instance.id)}}


@operation("ListInstances")
def list_instances(call: Call) -> Members:
    """The Region's instances, at most 10 a page."""
    after, size = call.page(default=10)
    page = instances.page(call.tx, call.region, after, size + 1)
    return {
        "InstanceSummaryList": [_summary(instance) for instance in page[:size]],
        "NextToken": call.next_token(page[size - 1].seq) if len(page) > size else None,
    }


@operation("DeleteInstance")
def delete_instance(call: Call) -> Members:
    """Delete an instance and everything in it."""
    instances.delete(call.tx, call.instance.id)
    return {}


def _role_suffix(instance_id: str) -> str:
    """Twenty letters and digits, always the same."""
    digest = hashlib.sha256(instance_id.encode()).digest()
    return "".join(_ROLE_LETTERS[byte % len(_ROLE_LETTERS)] for byte in digest[:20])


def _summary(instance: Instance) -> dict[str, Json]:
    address = instance.alias or instance.id
    return {
        "Id": instance.id,
        "Arn": instance.arn,
        "IdentityManagementType": instance.identity_type,
        "InstanceAlias": instance.alias,
        "CreatedTime": instance.created,
        "ServiceRole": (
            f"arn:{ids.partition(instance.region)}:iam::{ids.ACCOUNT}:role/aws-service-role/"
            f"connect.amazonaws.com/AWSServiceRoleForAmazonConnect_{_role_suffix(instance.id)}"
        ),
        "InstanceStatus": "ACTIVE",
        "InboundCallsEnabled": instance.doc["InboundCallsEnabled"],
        "OutboundCallsEnabled": instance.doc["OutboundCallsEnabled"],
        "InstanceAccessUrl": f"https://{address}.my.connect.aws",
    }
