"""The users of `aws` and `aws-native` in a deployment of Pulumi. Pure.

Source: Pulumi, sdk/go/common/apitype/core.go.
"""

from collections.abc import Iterator

from ..core.documents import UnreadableDocument, read_json
from ..core.properties import Properties, Value, members, text
from ..core.signatures import SECRET, SIGNATURE
from ..core.user_resources import AWS_NATIVE_USER, AWS_USER
from .state_user import StateUser, listed, required


def deployment_users(deployment: Properties) -> Iterator[StateUser]:
    """The users that the deployment manages: neither looked up nor about to be deleted."""
    for resource in listed(deployment.get("resources")):
        if resource.get("type") not in (AWS_USER, AWS_NATIVE_USER):
            continue
        if resource.get("delete") or resource.get("external"):
            continue
        outputs = members(resource.get("outputs"))
        arns = (_plain(outputs.get("arn")), _plain(outputs.get("userArn")), resource.get("id"))
        urn = required(resource, "urn")
        yield StateUser(
            urn.split("::", 3)[-1],
            urn,
            next(filter(None, map(text, arns)), ""),
            tool="pulumi",
            protect=bool(resource.get("protect")),
        )


def _plain(value: Value) -> Value:
    """A value that `--show-secrets` shows; None of an encrypted one."""
    if members(value).get(SIGNATURE) != SECRET:
        return value
    try:
        shown: Value = read_json(text(members(value).get("plaintext")) or "null")
    except UnreadableDocument:
        return None
    return shown
