"""Requests put on the wire by hand, so that what botocore would refuse to send can be sent."""

import json
from typing import Any
from urllib.parse import quote

from pulumi_connect_users.emulator.protocol import Request
from pulumi_connect_users.emulator.service_model import Operation

SIGNED = {
    "authorization": "AWS4-HMAC-SHA256 Credential=local/20260101/us-west-2/connect/aws4_request, "
    "SignedHeaders=host, Signature=0",
    "host": "127.0.0.1",
}


def request_of(operation: Operation, params: dict[str, Any]) -> Request:
    """The HTTP request of parameters, right or wrong ones; absent URI members are empty labels."""
    path = operation.uri
    query: list[tuple[str, str]] = []
    body: dict[str, Any] = {}
    members = operation.input.members if operation.input else {}
    for name, member in members.items():
        where = member.serialization.get("location")
        wire = member.serialization.get("name", name)
        value = params.get(name)
        if where == "uri":
            text = "" if value is None else str(value)
            path = path.replace("{" + wire + "}", quote(text, safe=""))
        elif value is None:
            continue
        elif where == "querystring":
            values = value if isinstance(value, list) else [value]
            query += [(wire, one if isinstance(one, str) else json.dumps(one)) for one in values]
        else:
            body[wire] = value
    return Request(operation.method, path, tuple(query), SIGNED, json.dumps(body).encode())
