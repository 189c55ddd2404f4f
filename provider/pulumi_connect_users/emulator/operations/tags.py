"""Tags, by ARN. A change of tags does not move a resource's time of last change.

Whether it does on AWS is not documented; a client that relies on neither is right either way.
"""

from .. import ids
from ..call import Call
from ..document import Members
from ..errors import invalid_parameter, not_found
from ..records import instances, resources, tags, users
from . import operation
from .references import hidden


@operation("TagResource")
def tag_resource(call: Call) -> Members:
    """Add tags, or change the values of present ones."""
    instance_id, resource_id = _target(call)
    tags.put(call.tx, instance_id, resource_id, call.params.part("tags"))
    return {}


@operation("UntagResource")
def untag_resource(call: Call) -> Members:
    """Remove tags; keys that are absent are ignored."""
    _, resource_id = _target(call)
    tags.remove(call.tx, resource_id, call.params.texts("tagKeys"))
    return {}


@operation("ListTagsForResource")
def list_tags_for_resource(call: Call) -> Members:
    """The tags of a resource."""
    _, resource_id = _target(call)
    return {"tags": tags.get(call.tx, resource_id)}


def _target(call: Call) -> tuple[str, str]:
    """(instance id, id of the tagged thing) of the ARN in the request."""
    arn = ids.parse_arn(call.params.text("resourceArn"))
    if arn is None:
        raise invalid_parameter("resourceArn is not the ARN of a Connect resource.")
    instance = instances.find(call.tx, arn.instance)
    missing = not_found("The specified resource was not found.")
    if instance is None or (arn.account, arn.region) != (ids.ACCOUNT, call.region):
        raise missing
    if instance.region != call.region:
        raise missing
    if not arn.kind:
        return instance.id, instance.id
    if arn.kind == ids.USER:
        call.user_id = arn.id
        user = users.find(call.tx, instance.id, arn.id)
        if user is None or hidden(call, user.id):
            raise missing
    elif resources.find(call.tx, instance.id, arn.kind, arn.id) is None:
        raise missing
    return instance.id, arn.id
