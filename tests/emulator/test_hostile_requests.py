"""Requests that are meant to hold the embedded Connect up, or to make it answer without end.

Source of the sizes: hostile input to a served store, where 20 KiB of username took 12.7 s, and 900
KiB of wrong items were answered by 47 MB.
"""

import http.client
import json
import socket
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from typing import Any
from urllib.parse import urlsplit

import pytest
from botocore.exceptions import ClientError

from pulumi_connect_users.emulator import EmulatorError, Store, request_log
from pulumi_connect_users.emulator.faults.rules import MOST_RULES
from pulumi_connect_users.emulator.protocol import Request, Response
from pulumi_connect_users.emulator.redact import redact_text
from pulumi_connect_users.emulator.service import Service
from pulumi_connect_users.emulator.service_model import default_model
from tests.support.connect_client import connect_client
from tests.support.sample_instance import SampleInstance
from tests.support.wire_client import SIGNED, request_of

LARGE = 900 << 10


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """Fails where the block takes more processor time: the machine may be busy otherwise."""
    begun = time.process_time()
    yield
    assert time.process_time() - begun < seconds


def _ask(store: Store, operation: str, params: dict[str, Any]) -> Response:
    model = default_model()
    return Service(store.database, model).handle(request_of(model.operation(operation), params))


@pytest.mark.parametrize(
    "text",
    [
        "a" * (64 << 10),
        "a" * LARGE + "@",
        "@" * LARGE,
        "a." * (LARGE // 2),
        "a@b" * (LARGE // 3),
        "+1" * (LARGE // 2),
    ],
    ids=["word", "word-at", "at", "dots", "addresses", "numbers"],
)
def test_redaction_takes_time_in_proportion_to_its_text(text: str) -> None:
    """A run of word characters is read once, however long it is."""
    with _at_most(2):
        redact_text(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x@y+z@w", "x...@y+...@w"),
        ("a@b.c@d.e", "a...@b.c@d.e"),
        ("mary@ b@c.d", "mary@ b...@c.d"),
        ("@@a@b", "@@a...@b"),
    ],
)
def test_addresses_in_a_row_are_redacted(text: str, expected: str) -> None:
    """An address that follows another one loses its name too."""
    assert redact_text(text) == expected


@pytest.mark.slow
@pytest.mark.parametrize(
    ("operation", "change"),
    [
        ("CreateUser", {"Username": "a" * LARGE}),
        ("CreateUser", {"IdentityInfo": {"FirstName": "a" * LARGE, "Email": "a@" + "." * LARGE}}),
        ("CreateUser", {"Tags": {"a" * LARGE: "b" * LARGE}}),
        ("CreateUser", {"SecurityProfileIds": ["a"] * (LARGE // 6)}),
        ("CreateUser", {"SecurityProfileIds": [0] * (LARGE // 3)}),
        ("CreateInstance", {"InstanceAlias": "a" * LARGE + "!"}),
        ("CreateInstance", {"InstanceAlias": "a" * 40 + "!"}),
        ("ListUsers", {"InstanceId": "a" * LARGE}),
        ("DescribeUser", {"UserId": "a@" * (LARGE // 2)}),
        ("TagResource", {"tags": {f"k{number}": "" for number in range(60_000)}}),
    ],
)
def test_large_request_is_answered_at_once_and_in_brief(
    sample: SampleInstance, store: Store, operation: str, change: dict[str, Any]
) -> None:
    """Every limit is judged before anything slow, and no answer repeats what was sent."""
    valid: dict[str, dict[str, Any]] = {
        "CreateUser": sample.new_user(),
        "CreateInstance": {
            "IdentityManagementType": "SAML",
            "InboundCallsEnabled": True,
            "OutboundCallsEnabled": True,
        },
        "ListUsers": {},
        "DescribeUser": {"InstanceId": sample.instance},
        "TagResource": {"resourceArn": sample.user_arn},
    }

    with _at_most(2):
        answer = _ask(store, operation, valid[operation] | change)

    assert 400 <= answer.status < 500
    assert len(answer.body) < 20_000
    record = store.requests()[-1]
    assert len(json.dumps(record.as_dict())) < 5_000


def test_refusal_of_many_wrong_items_tells_the_first_and_a_count(
    sample: SampleInstance, store: Store
) -> None:
    """300,000 wrong items are counted; the first of them are named."""
    answer = _ask(store, "CreateUser", sample.new_user(SecurityProfileIds=[0] * 300_000))

    message = json.loads(answer.body)["Message"]
    assert message.startswith("300001 validation errors detected: ")
    assert "securityProfileIds.1.member" in message
    assert message.endswith("; and 299951 more")


def test_body_above_a_megabyte_is_refused_in_process_too(
    sample: SampleInstance, store: Store
) -> None:
    answer = _ask(store, "CreateUser", sample.new_user(Username="a" * (1 << 20)))

    assert answer.status == 413
    assert store.requests()[-1].operation != "CreateUser"


def test_url_of_megabytes_is_refused_in_process_too(sample: SampleInstance, store: Store) -> None:
    """A served store refuses it with its header; 13 MB took a mounted one 3 seconds."""
    with _at_most(1), pytest.raises(ClientError) as refused:
        sample.client.describe_user(InstanceId=sample.instance, UserId="@" * (1 << 20))

    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 413


@pytest.mark.parametrize("value", ["9" * 5_000, "-1" + "0" * 400, "1e999"])
def test_number_without_end_is_refused(sample: SampleInstance, store: Store, value: str) -> None:
    """In the query and in the body, where Python reads neither or an infinite one."""
    operation = default_model().operation("ListUsers")
    path = operation.uri.replace("{InstanceId}", sample.instance)
    queried = Request("GET", path, (("maxResults", value),), SIGNED, b"")
    searched = Request(
        "POST",
        "/search-users",
        (),
        SIGNED,
        b'{"InstanceId": "i", "MaxResults": %b}' % value.encode(),
    )

    for request in (queried, searched):
        assert Service(store.database, default_model()).handle(request).status == 400


def test_next_token_beyond_every_number_is_refused(sample: SampleInstance, store: Store) -> None:
    import base64

    for number in range(3):
        sample.client.create_user(**sample.new_user(Username=f"user{number}"))
    token = sample.client.list_users(InstanceId=sample.instance, MaxResults=1)["NextToken"]
    content = base64.b64decode(token)
    # Three bytes that make it look like AWS's, then the place in eight.
    forged = base64.b64encode(content[:3] + b"\xff" * 8 + content[11:]).decode()

    with pytest.raises(ClientError, match="next token is not valid"):
        sample.client.list_users(InstanceId=sample.instance, MaxResults=1, NextToken=forged)


def test_instance_id_that_is_no_text_is_not_written_down(store: Store) -> None:
    """Whatever stands where an id belongs may be personal."""
    answer = _ask(store, "SearchUsers", {"InstanceId": {"FirstName": "Zelda"}})

    assert answer.status == 400
    assert "Zelda" not in json.dumps(store.requests()[-1].as_dict())


def test_log_keeps_small_members_of_a_large_request(sample: SampleInstance, store: Store) -> None:
    tags = {f"key{number}": "v" * 200 for number in range(40)}

    made = sample.client.create_user(**sample.new_user(Tags=tags))

    record = store.requests()[-1]
    assert record.user_id == made["UserId"]
    assert record.params["Username"] == "john.doe"
    assert record.params["Password"] == "***"
    assert record.params["Tags"].endswith("bytes)")


def test_log_on_disk_has_a_bound(store: Store) -> None:
    """The oldest records go: no more than KEPT and a step stay."""
    row: dict[str, Any] = {
        "time": 0.0,
        "request_id": "r",
        "pid": 1,
        "region": "us-west-2",
        "operation": "ListUsers",
        "mutating": False,
        "instance_id": None,
        "user_id": None,
        "status": 200,
        "error_code": None,
        "params": "{}",
        "faults": (),
    }
    with store.database.write() as tx:
        first = request_log.append(tx, **row)
        tx.execute("UPDATE sqlite_sequence SET seq = ?", (request_log.KEPT + 999,))
        last = request_log.append(tx, **row)
        kept = [one[0] for one in tx.execute("SELECT id FROM requests")]

    assert first <= last - request_log.KEPT
    assert kept == [last]


def test_control_with_a_number_without_end_is_refused(store: Store) -> None:
    """A whole number that no float holds is refused as latency and quota."""
    for setting in ({"latency": 10**400}, {"quotas": {"users": 10**400}}):
        with pytest.raises(EmulatorError, match="controlling the embedded Connect"):
            store.control(**setting)


def test_fault_rules_have_a_bound(store: Store) -> None:
    """Each rule is held against each request: neither many nor long ones stop everything."""
    with pytest.raises(EmulatorError, match="at most 100 characters"):
        store.control(faults=[{"operation": "*a" * 1_000 + "*", "kind": "throttle"}])
    with pytest.raises(EmulatorError, match="more than 1,000 rules"):
        store.control(faults=[{"kind": "throttle", "nth": 9}] * (MOST_RULES + 1))

    assert store.controls()["faults"] == []


# Over HTTP


def _connection(url: str) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(urlsplit(url).netloc, timeout=20)


def _raw(url: str, request: bytes) -> bytes:
    """Everything that a connection answers to bytes, until it is closed or silent."""
    target = urlsplit(url)
    with socket.create_connection((target.hostname or "", target.port or 0), 10) as sending:
        answer = b""
        # A server that has heard enough hangs up: what it has said by then counts.
        with suppress(ConnectionResetError, BrokenPipeError):
            sending.sendall(request)
            while chunk := sending.recv(1 << 16):
                answer += chunk
    return answer


@pytest.mark.parametrize("path", [b"/instance", b"/_emulator/controls", b"/nothing"])
def test_head_has_no_body_and_the_connection_stays_usable(url: str, path: bytes) -> None:
    """What follows the header is the answer to the next request."""
    head = b"Host: 127.0.0.1\r\nAuthorization: %b\r\n" % SIGNED["authorization"].encode()
    first = b"HEAD %b HTTP/1.1\r\n%b\r\n" % (path, head)
    second = b"GET /instance HTTP/1.1\r\n%bConnection: close\r\n\r\n" % head

    header, _, rest = _raw(url, first + second).partition(b"\r\n\r\n")

    assert header.startswith(b"HTTP/1.1 404")
    assert rest.startswith(b"HTTP/1.1 200")


_HEAD = (
    b"PUT /users/x HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nAuthorization: %b\r\n"
    % (SIGNED["authorization"].encode())
)


@pytest.mark.parametrize(
    ("rest", "status"),
    [
        (b"Content-Length: abc\r\n\r\n{}", 400),
        (b"Content-Length: -1\r\n\r\n{}", 400),
        (b"Content-Length: 99999999999\r\n\r\n{}", 413),
        (b"Content-Length: 2\r\n\r\n\xff\xfe", 400),
        (b'Content-Length: 12\r\n\r\n{"a": "\xed\xa0\x80"}', 400),
        (b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", 400),
        (b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n", 400),
        (
            b"Transfer-Encoding: chunked\r\n\r\n200000\r\n" + b"a" * (2 << 20) + b"\r\n0\r\n\r\n",
            413,
        ),
    ],
)
def test_request_that_is_wrong_below_json_is_refused(url: str, rest: bytes, status: int) -> None:
    """Lengths, encodings and chunks that are wrong, and sizes beyond the limits."""
    answer = _raw(url, _HEAD + rest)

    assert answer.split(b" ", 2)[1] == str(status).encode()


def test_query_of_megabytes_is_refused(url: str) -> None:
    """A line longer than the server's limit; one within it is read at once."""
    line = b"GET /instance?%b HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"

    assert _raw(url, line % (b"a=b&" * (1 << 20))).split(b" ", 2)[1:2] in ([b"431"], [])
    with _at_most(2):
        assert _raw(url, line % (b"a=b&" * (60 << 10))).split(b" ", 2)[1] == b"403"


def test_signature_that_begins_a_thousand_times_is_read_once(url: str) -> None:
    header = "AWS4-HMAC-SHA256 " + "Credential=" * 20_000
    with closing(_connection(url)) as connection, _at_most(1):
        connection.request("GET", "/instance", headers={"Authorization": header})

        assert connection.getresponse().status == 200


def test_slow_clients_do_not_block_others(url: str) -> None:
    """Requests that never end take a connection each, and no thread."""
    target = urlsplit(url)
    slow = []
    try:
        for number in range(100):
            one = socket.create_connection((target.hostname or "", target.port or 0), 10)
            one.sendall(_HEAD if number % 2 else _HEAD + b"Content-Length: 1000\r\n\r\n{")
            slow.append(one)

        assert connect_client(endpoint_url=url, read_timeout=10).list_instances()
    finally:
        for one in slow:
            one.close()


def test_log_over_http_comes_by_pages(url: str, store: Store, sample: SampleInstance) -> None:
    """Oldest first; the last record's id is where the next page goes on."""
    for _ in range(5):
        sample.described()

    def page(query: str) -> Any:
        with closing(_connection(url)) as connection:
            connection.request("GET", f"/_emulator/log?{query}")
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())

    _, first = page("limit=3")
    _, second = page(f"limit=3&since={first[-1]['id']}")

    assert [one["id"] for one in first + second] == [one.id for one in store.requests()[:6]]
    assert page("limit=x")[0] == 400


def test_log_over_http_is_bounded_without_a_limit(
    url: str, store: Store, sample: SampleInstance
) -> None:
    """A thousand records, however many are asked for."""
    sample.described()
    with store.database.write() as tx:
        _copy_last_record(tx, 2_500)

    for query in ("", "?limit=999999"):
        with closing(_connection(url)) as connection:
            connection.request("GET", f"/_emulator/log{query}")
            assert len(json.loads(connection.getresponse().read())) == 1_000


def _copy_last_record(tx: sqlite3.Connection, times: int) -> None:
    for _ in range(times):
        tx.execute(
            "INSERT INTO requests SELECT (SELECT max(id) + 1 FROM requests), time, request_id, "
            "pid, region, operation, mutating, instance_id, user_id, status, error_code, params, "
            "faults FROM requests ORDER BY id DESC LIMIT 1"
        )


def test_store_that_breaks_while_it_is_served_is_told_over_http(
    url: str, store: Store, sample: SampleInstance
) -> None:
    """The answer names the file; the server goes on."""
    store.close()
    for side in store.path.parent.glob("local.db-*"):
        side.unlink()
    content = bytearray(store.path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    store.path.write_bytes(content)

    for _ in range(2):
        with pytest.raises(ClientError, match=r"local\.db: .*malformed"):
            connect_client(endpoint_url=url).describe_user(
                InstanceId=sample.instance, UserId=sample.user
            )
