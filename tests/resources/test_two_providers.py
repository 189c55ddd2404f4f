"""One Python API over two providers: what a program writes and reads is the same."""

import inspect
import json
from typing import Any

import pulumi
import pytest

import pulumi_connect_users
from pulumi_connect_users import native
from tests.support.processes import run_python

_OWN = ("User", "UserRoster", "UserStatus")
_SECRET = "4dabf18193072939515e22adb298388d"
_MOCKED = """
import json
import sys
from importlib import import_module

import pulumi
from google.protobuf.json_format import MessageToDict
from pulumi.runtime import mocks


class Mocks(pulumi.runtime.Mocks):
    def new_resource(self, args):
        return f"{args.name}-id", args.inputs

    def call(self, args):
        return {}


SEEN = []
register = mocks.MockMonitor.RegisterResource


def seeing(self, request):
    SEEN.append(MessageToDict(request))
    return register(self, request)


mocks.MockMonitor.RegisterResource = seeing
pulumi.runtime.set_mocks(Mocks(), preview=False)
connect = import_module(sys.argv[1])
HIDDEN = {f"{namespace}:personalData": "secret" for namespace in ("connect", "connect-users")}
pulumi.runtime.set_all_config(HIDDEN)
SAML = connect.Instance("arn:aws:connect:us-west-2:111122223333:instance/i-1")
PROFILES = dict(routing_profile="Basic Routing Profile", security_profiles=["Agent"])


@pulumi.runtime.test
def program():
    mary = connect.User(
        "mary",
        instance=SAML,
        username="mary@example.com",
        password="Corr3ctHorseBattery",
        identity_info=connect.IdentityInfo(first_name="Mary", last_name="Major"),
        **PROFILES,
        opts=pulumi.ResourceOptions(ignore_changes=["hierarchy_group"]),
    )
    connect.UserStatus("status", user=mary, agent_status="Available")
    roster = connect.UserRoster(
        "west", instance=SAML, users={"li.juan": PROFILES}, released=["nikki.wolf"],
        passwords={"li.juan": "Corr3ctHorseBattery"}, on_remove="retain",
    )
    return pulumi.Output.all(mary.user_id, roster.user_ids)


program()
print(json.dumps(SEEN))
"""


def _registered(module: str) -> dict[str, dict[str, Any]]:
    """The requests of a program in a process of its own, for the mocks stay set."""
    ran = run_python(_MOCKED, module)
    requests = [r for r in json.loads(ran.stdout) if r["type"] != "pulumi:pulumi:Stack"]
    return {request["name"]: request for request in requests}


@pytest.mark.slow
def test_both_providers_get_the_same_inputs_and_secrets() -> None:
    """But for the mark, and how a roster is cut up; the plugin takes the dynamic resources over."""
    dynamic = _registered("pulumi_connect_users")
    plugin = _registered("pulumi_connect_users.native")

    assert sorted(plugin) == ["mary", "status", "west"]
    for name in ("mary", "status"):
        own = {k: v for k, v in dynamic[name]["object"].items() if k != "__provider"}
        own.pop("ownership", None)
        assert plugin[name]["object"] == own
        for option in ("ignoreChanges", "additionalSecretOutputs"):
            assert plugin[name].get(option) == dynamic[name].get(option)
    west = plugin["west"]["object"]
    assert _SECRET in plugin["mary"]["object"]["password"]
    assert _SECRET in west["passwords"]["li.juan"]
    batches = [r["object"] for name, r in dynamic.items() if name.startswith("west-")]
    assert set(west) == {key for batch in batches for key in batch} - {"ownership", "__provider"}

    aliases = {n: [a["spec"]["type"] for a in r.get("aliases", ())] for n, r in plugin.items()}
    assert aliases == {
        "mary": ["pulumi-python:dynamic/connect:User"],
        "status": ["pulumi-python:dynamic/connect:UserStatus"],
        "west": [],
    }
    assert {r["version"] for r in plugin.values()} == {"0.1.0"}


def test_names_docstrings_and_arguments_are_the_same() -> None:
    assert native.__all__ == pulumi_connect_users.__all__
    for name in native.__all__:
        ours, other = getattr(native, name), getattr(pulumi_connect_users, name)
        if name in _OWN:
            assert inspect.getdoc(ours) == inspect.getdoc(other)
            assert inspect.signature(ours) == inspect.signature(other)
            assert inspect.getdoc(ours.__init__) == inspect.getdoc(other.__init__)
        else:
            assert ours is other
    assert set(dir(native)) >= set(native.__all__)
    with pytest.raises(AttributeError, match=r"native' has no attribute 'Usre'"):
        _ = native.Usre


def test_the_plugins_process_imports_no_resource_class() -> None:
    code = "import sys, pulumi_connect_users.native.__main__; print(*sys.modules)"
    done = run_python(code)

    assert "pulumi_connect_users.native.servicer" in done.stdout
    assert "pulumi_connect_users.resources" not in done.stdout


_ARN = "arn:aws:connect:us-west-2:111122223333:instance/i-1"
_IMPORT = pulumi.ResourceOptions(import_="x")


@pytest.mark.parametrize("connect", [pulumi_connect_users, native], ids=["dynamic", "native"])
@pytest.mark.parametrize(
    ("name", "arguments", "reason"),
    [
        ("User", {"username": "a"}, "User 'x' needs instance"),
        ("User", {"usrname": "a"}, "unknown argument 'usrname': did you mean 'username'"),
        ("UserStatus", {}, "needs user or user_arn, one of them"),
        ("UserStatus", {"user": "a"}, "user must be a User; for others"),
        ("UserStatus", {"opts": _IMPORT}, "the option import_ is not supported. Declare"),
        ("UserRoster", {"instance": _ARN, "users": {}, "released": "a"}, "released is a list"),
        ("UserRoster", {"instance": _ARN, "users": {}, "on_remove": "a"}, "'delete' or 'retain'"),
        (
            "UserRoster",
            {"instance": _ARN, "users": {}, "opts": _IMPORT},
            "the option import_ is not supported. To take over",
        ),
    ],
)
def test_a_wrong_call_is_refused_before_anything_is_registered(
    connect: Any, name: str, arguments: dict[str, Any], reason: str
) -> None:
    with pytest.raises((TypeError, ValueError, pulumi.RunError), match=reason):
        getattr(connect, name)("x", **arguments)
