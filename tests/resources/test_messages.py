"""What a front end prints: whole lines, in its own words, each at its resource."""

import io
import json
import re
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pulumi_connect_users.core.properties import Properties, Value
from pulumi_connect_users.dynamic import run
from pulumi_connect_users.engine.catalog import resource_of
from pulumi_connect_users.engine.messages import FrontEnd, Severity
from pulumi_connect_users.engine.run import Run
from pulumi_connect_users.roster.workers import Task
from pulumi_connect_users.users.state import UserState
from tests.support.programs import SAML_ARN

_INSTANCE = "arn:aws:connect:us-west-2:000000000000:instance/11111111-1111-4111-8111-111111111111"


class _Slow(io.StringIO):
    """A stream whose every write lets the other threads run."""

    def write(self, text: str) -> int:
        """Writes, and waits a moment."""
        written = super().write(text)
        time.sleep(0.001)
        return written


def test_messages_of_many_threads_stand_on_lines_of_their_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The SDK writes a text and its line end apart."""
    stream, threads = _Slow(), 8
    monkeypatch.setattr(sys, "stderr", stream)
    together = threading.Barrier(threads)

    def say(number: int) -> None:
        together.wait()
        (run.log.warn if number % 2 else run.log.inform)(f"agent.{number}")

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(say, range(threads)))

    kinds = ("info", "warning")
    expected = sorted(f"{kinds[number % 2]}: agent.{number}" for number in range(threads))
    assert sorted(stream.getvalue().splitlines()) == expected


def _camel_case(text: str) -> str:
    """As programs in other languages spell attributes and settings."""
    text = re.sub(r"\bconnect:(?=[a-z])", "connect-users:", text)
    return re.sub(r"(?<=[a-z])_([a-z])", lambda match: match[1].upper(), text)


class _Other:
    """A front end that knows the resource of a message and spells in camel case."""

    def __init__(self, store: Path, **settings: str) -> None:
        self.shown: list[tuple[Severity, str, str | None]] = []
        self.run = Run(FrontEnd(lambda *message: self.shown.append(message), _camel_case))
        given = {"endpoint": "local", "localStore": str(store), **settings}
        self.run.configure(given.get, given)


def test_failures_and_messages_are_in_the_front_ends_words(tmp_path: Path) -> None:
    """The core writes as Python programs do; whoever calls it says how its own programs do."""
    other = _Other(tmp_path / "local.db", regoin="us-west-2")
    user: dict[str, Value] = {
        "instanceArn": _INSTANCE,
        "username": "ana",
        "identityInfo": {"email": "ana"},
    }

    checked = resource_of("user", other.run).check({}, user)

    assert any(text.startswith("identityInfo.email: ") for text in checked.failures)
    assert [text for text in checked.failures if "identity_info" in text] == []
    warned = [text for severity, text, _ in other.shown if severity == "warning"]
    assert "unknown setting connect-users:regoin, which has no effect." in warned[0]


def test_messages_of_a_rosters_threads_are_about_its_resource(tmp_path: Path) -> None:
    other, urn = _Other(tmp_path / "local.db"), "urn:pulumi:dev::p::t::west"
    workers = other.run.workers()
    workers.progress_seconds = 0
    ana = UserState(attributes={}, instance_arn="arn", username="ana", user_arn="arn/agent/1")
    task = Task("reading", "read", ana, lambda: ana)

    with other.run.log.about(urn):
        workers.carry_out([task])
    workers.carry_out([task])

    assert [(text, subject) for _, text, subject in other.shown] == [
        ("read ana: 1 of 1 done", urn),
        ("read ana: 1 of 1 done", None),
    ]


def _batch(*names: str, last_name: str = "Major", **more: Value) -> Properties:
    user = {
        "identityInfo": {"firstName": "Mary", "lastName": last_name},
        "routingProfile": "Basic Routing Profile",
        "securityProfiles": ["Agent"],
    }
    users = {name: json.dumps(user) for name in names}
    return {"instanceArn": SAML_ARN, "users": users, **more}


def test_each_changed_batch_counts_its_users_and_the_first_names_the_report(
    tmp_path: Path,
) -> None:
    """Three hundred changes cannot be read in the engine's own preview."""
    other = _Other(tmp_path / "local.db")
    batch, id_ = resource_of("roster batch", other.run), f"{SAML_ARN}/roster batch/1"
    saved = batch.check({}, _batch("a1", "a2")).inputs
    batch.check({}, _batch("b1", "b2"))
    batch.check(saved, _batch("a1", "a2"))
    state: Properties = {**saved, "userIds": {"a1": "1", "a2": "2"}, "stateFormat": 1}

    batch.plan(id_, state, batch.check(saved, _batch("a2", "a3", "a4", last_name="Roe")).inputs)
    batch.plan(id_, state, batch.check(saved, _batch("a2", onRemove="retain")).inputs)

    told = [text for severity, text, _ in other.shown if severity == "info"][1:]
    command = "PULUMI_ENABLE_STREAMING_JSON_PREVIEW=1 pulumi preview --json | connect-users report"
    assert told == [
        f"users: 2 to create (a1, a2). Each change: {command}",
        "users: 2 to create (b1, b2)",
        "users: 2 to create (a3, a4), 1 to update (a2), 1 to delete",
        "users: 1 to release (a1)",
    ]
    warned = [text for severity, text, _ in other.shown if severity == "warning"]
    assert warned == ["1 user will be deleted: a1"], "a deletion is named once"
