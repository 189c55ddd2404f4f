"""Tags beyond what the service model says of one request."""

from .. import ids
from ..call import Call
from ..errors import invalid_request
from ..records import tags
from . import rule

MOST_TAGS = 50


@rule("TagResource", source="Administrator guide, Tagging resources (tag restrictions)")
def resource_has_at_most_fifty_tags(call: Call) -> None:
    """A resource has at most 50 tags, those it already had included."""
    arn = ids.parse_arn(call.params.text("resourceArn"))
    if arn is None:
        return
    after = tags.get(call.tx, arn.id or arn.instance) | call.params.part("tags")
    if len(after) > MOST_TAGS:
        raise invalid_request(f"A resource can have at most {MOST_TAGS} tags.")
