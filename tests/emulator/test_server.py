"""The embedded Connect over HTTP: who may ask, and what it answers beside the API."""

import http.client
import ipaddress
import json
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from botocore.exceptions import ClientError

from pulumi_connect_users.emulator import EmulatorError, Store
from pulumi_connect_users.emulator.app import Application
from pulumi_connect_users.emulator.server import Server, is_loopback
from tests.support.connect_client import connect_client
from tests.support.sample_instance import SampleInstance
from tests.support.wire_client import SIGNED

EVERY_ADDRESS = str(ipaddress.IPv4Address(0))
_AUTHORIZATION = {"Authorization": SIGNED["authorization"]}


def _ask(
    url: str, *, method: str = "GET", body: Any = None, **headers: str
) -> tuple[int, dict[str, str], Any]:
    """(status, headers, JSON) of a request."""
    data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    target = urlsplit(url)
    connection = http.client.HTTPConnection(target.netloc, timeout=20)
    try:
        connection.request(method, f"{target.path}?{target.query}", data, named)
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), json.loads(answer.read())
    finally:
        connection.close()


def test_signed_request_to_loopback_is_served(url: str) -> None:
    """A SigV4 header is enough: the signature is not checked."""
    status, headers, body = _ask(f"{url}/instance", **_AUTHORIZATION)

    assert status == 200
    assert len(body["InstanceSummaryList"]) == 2
    assert headers["Content-Type"] == "application/json"
    assert "Server" not in headers


def test_unsigned_request_is_refused(url: str) -> None:
    """Without a SigV4 header AWS's front door answers, before any operation."""
    status, headers, body = _ask(f"{url}/instance")

    assert status == 403
    assert headers["X-Amzn-Errortype"] == "MissingAuthenticationTokenException"
    assert body["Message"] == "Missing Authentication Token"


@pytest.mark.parametrize(
    "host", ["connect.example.com", "127.0.0.1.example.com", "192.0.2.1:80", "[::1", ""]
)
def test_request_to_another_name_is_refused(url: str, host: str) -> None:
    """A web page whose name resolves to this machine cannot reach the store."""
    for path in ("/instance", "/_emulator/controls"):
        status, headers, _ = _ask(f"{url}{path}", Host=host, **_AUTHORIZATION)

        assert status == 403
        assert headers["X-Amzn-Errortype"] == "AccessDeniedException"


@pytest.mark.parametrize("host", ["localhost", "localhost:8585", "127.0.0.1", "[::1]:80"])
def test_request_to_a_loopback_name_is_served(url: str, host: str) -> None:
    assert _ask(f"{url}/instance", Host=host, **_AUTHORIZATION)[0] == 200


def test_unknown_path_is_no_operation(url: str) -> None:
    status, headers, _ = _ask(f"{url}/nothing/here", **_AUTHORIZATION)

    assert status == 404
    assert headers["X-Amzn-Errortype"] == "UnknownOperationException"


def test_body_that_is_no_json_is_refused(url: str, sample: SampleInstance) -> None:
    status, headers, _ = _ask(
        f"{url}/users/{sample.instance}", method="PUT", body=b"{", **_AUTHORIZATION
    )

    assert status == 400
    assert headers["X-Amzn-Errortype"] == "InvalidRequestException"


def test_large_body_is_refused(url: str, sample: SampleInstance) -> None:
    """More than a megabyte is answered with 413, and not read."""
    with pytest.raises(ClientError) as refused:
        connect_client(endpoint_url=url, parameter_validation=False).create_user(
            **sample.new_user(Username="x" * (2 << 20))
        )

    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 413


@pytest.mark.parametrize("encode", [lambda arn: quote(arn, safe=""), lambda arn: arn])
def test_arn_in_a_path_may_be_encoded_or_not(url: str, sample: SampleInstance, encode: Any) -> None:
    status, _, body = _ask(f"{url}/tags/{encode(sample.user_arn)}", **_AUTHORIZATION)

    assert (status, body) == (200, {"tags": {"Team": "1"}})


def test_decoded_path_is_enough_where_the_server_gives_no_other(
    store: Store, sample: SampleInstance
) -> None:
    """Any WSGI server will do: without REQUEST_URI the decoded path is taken."""
    import io

    started: list[str] = []
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": f"/tags/{sample.user_arn}",
        "QUERY_STRING": "",
        "HTTP_HOST": "localhost",
        "HTTP_AUTHORIZATION": SIGNED["authorization"],
        "wsgi.input": io.BytesIO(),
    }

    body = b"".join(Application(store)(environ, lambda status, _: started.append(status)))

    assert (started, json.loads(body)) == (["200 OK"], {"tags": {"Team": "1"}})


def test_control_pages_set_and_show_and_release(
    url: str, sample: SampleInstance, store: Store
) -> None:
    """Faults can be set, seen and taken back over HTTP, and the log read."""
    rule = {"operation": "DescribeUser", "kind": "throttle", "nth": 1}

    status, _, controls = _ask(
        f"{url}/_emulator/control",
        method="POST",
        body={"faults": [rule], "pacing": "aws"},
        Content_Type="application/json",
    )
    with pytest.raises(connect_client().exceptions.ClientError):
        connect_client(endpoint_url=url).describe_user(
            InstanceId=sample.instance, UserId=sample.user
        )
    _, _, log = _ask(f"{url}/_emulator/log?since={store.last_request() - 1}")
    released, _, _ = _ask(
        f"{url}/_emulator/release", method="POST", body={}, Content_Type="application/json"
    )

    assert status == released == 200
    assert controls["pacing"] == {"rate": 2.0, "burst": 5.0}
    assert [(one["operation"], one["faults"]) for one in log] == [
        ("DescribeUser", ["throttle:before"])
    ]
    assert _ask(f"{url}/_emulator/controls")[2]["faults"][0]["fired"] == 1


@pytest.mark.parametrize(
    ("body", "content_type", "cause"),
    [
        ({"faults": [{"kind": "boom"}]}, "application/json", "kind must be one of"),
        ({"weather": "rain"}, "application/json", "weather"),
        ([], "application/json", "not a JSON object"),
        (b"{", "application/json", "Expecting"),
        (b"[" * 100_000, "application/json", "nested too deeply"),
        ({"faults": 5}, "application/json", "faults must be a list"),
        ({"faults": ["reset"]}, "application/json; charset=utf-8", "not a JSON object"),
        ({"clear": "no"}, "application/json", "clear true or false"),
        ({"clear": True}, "text/plain", "content type"),
    ],
)
def test_wrong_control_over_http_is_refused(
    url: str, body: Any, content_type: str, cause: str
) -> None:
    """What is wrong is said; a form of some web page cannot control the store."""
    status, _, answer = _ask(
        f"{url}/_emulator/control", method="POST", body=body, Content_Type=content_type
    )

    assert status == 400
    assert cause in answer["Message"]


@pytest.mark.parametrize("since", ["x", "-1", "9" * 30, "1.5"])
def test_log_since_no_request_is_refused(url: str, since: str) -> None:
    """A wrong number of a request is refused with its cause, and is not a server error."""
    status, _, answer = _ask(f"{url}/_emulator/log?since={since}")

    assert status == 400
    assert "since: not the number of a request" in answer["Message"]


def test_address_that_others_reach_is_refused_unless_allowed(store: Store) -> None:
    with pytest.raises(EmulatorError, match="--allow-remote"):
        Server(store, host=EVERY_ADDRESS, port=0)

    server = Server(store, host=EVERY_ADDRESS, port=0, allow_remote=True)
    assert server.port > 0
    server.close()
    server.run()


def test_port_that_is_taken_is_an_error(store: Store, url: str) -> None:
    port = int(url.rpartition(":")[2])

    with pytest.raises(EmulatorError, match=rf"port {port}: .*--port"):
        Server(store, port=port)


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", True),
        ("127.5.5.5", True),
        ("::1", True),
        ("localhost", True),
        (EVERY_ADDRESS, False),
        ("192.0.2.1", False),
        ("no.such.name.invalid", False),
        ("n" * 70, False),
        ("", False),
    ],
)
def test_loopback_addresses_are_known(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected
