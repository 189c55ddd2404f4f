"""Stacks with a roster of any size, for the benchmarks."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from benchmarks.noop_plugin import add_plugin
from tests.support.harness import Stack
from tests.support.programs import SAML_ARN
from tools.checkout import ROOT

USERS = """
import pulumi
import pulumi_connect_users as connect

COUNT = pulumi.Config().require_int("count")
CHANGED = pulumi.Config().get_int("changed") or 0  # users that differ from the first `up`
users = {
    f"agent.{number:05}": dict(
        identity_info=dict(
            first_name="Mary",
            last_name=f"Major {number}",
            secondary_email=f"agent.{number}@example.com",
        ),
        phone_config=dict(
            phone_type="SOFT_PHONE",
            auto_accept=number >= CHANGED,
            after_contact_work_time_limit=60,
        ),
        routing_profile="Basic Routing Profile",
        security_profiles=["Agent"],
        tags={"Cost_Center": str(number % 40)},
    )
    for number in range(COUNT)
}
"""

ROSTER = f"""{USERS}
connect.UserRoster("west", instance="{SAML_ARN}", users=users)
"""

PROFICIENT = f"""{USERS}
for number, user in enumerate(users.values()):
    user["proficiencies"] = [
        connect.Proficiency("language", "Spanish", level=1 + number % 2),
    ]
connect.UserRoster("west", instance="{SAML_ARN}", users=users)
"""

# The same texts in the same batches, with a no-op provider.
NOOP = f"""{USERS}
import json
from benchmarks.noop import NoopUser
from pulumi_connect_users.roster.partition import BATCHES, batch_of

some_id = "33333333-3333-4333-8333-333333333333"
names = dict(
    routingProfileId=some_id, securityProfileIds=[some_id], securityProfileNames=["Agent"]
)
texts = [{{}} for _ in range(BATCHES)]
for name, user in users.items():
    texts[batch_of(name)][name] = json.dumps({{**user, **names}})
for batch, own in enumerate(texts):
    if own:
        NoopUser(
            f"west-{{batch:02}}",
            {{
                "username": f"west-{{batch:02}}",
                "instanceArn": "{SAML_ARN}",
                "identityManagementType": "SAML",
                "ownership": "organization/engine-test/dev#00000000",
                "users": own,
                "userIds": {{n: some_id for n in own}},
                "lastModifiedTimes": {{n: "2026-11-22T02:13:16Z" for n in own}},
            }},
        )
"""

# The texts that the native roster keeps in state, as one resource of a no-op plugin.
NATIVE_NOOP = f"""{USERS}
import json
from benchmarks.noop import NativeNoopUser

NativeNoopUser("west", {{"users": {{name: json.dumps(user) for name, user in users.items()}}}})
"""


@contextmanager
def stack_of(
    program: str, count: int, config: Mapping[str, str] = {}, *, native: bool = False
) -> Iterator[Stack]:
    """A stack of a program above with `count` users, on a store of its own; nothing is up yet."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Stack(
            Path(folder),
            program=program,
            config={"count": str(count), **config},
            native=native,
            environment={"PYTHONPATH": str(ROOT), "XDG_STATE_HOME": f"{folder}/xdg"},
        ) as stack,
    ):
        if program == NATIVE_NOOP:
            add_plugin(stack.folder)
        stack.run("stack")  # makes the stack, which is not measured
        yield stack
