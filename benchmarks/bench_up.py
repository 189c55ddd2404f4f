"""One `pulumi up` that creates 300 users, compared with the same with a no-op provider.

The target is a median ratio of at most 1.20: what this provider adds to the engine's own cost.
"""

import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks.measure import Row, medians, paired, ratios, seconds
from tests.support.harness import Stack
from tests.support.programs import MANAGED_ARN
from tools.checkout import ROOT

USERS = 300
PAIRS = 5

REAL = f"""
    import pulumi
    import pulumi_connect_users as connect

    config = pulumi.Config()
    centre = connect.Instance(config.require("instanceArn"))
    for number in range({USERS}):
        connect.User(
            f"agent-{{number}}",
            instance=centre,
            username=f"agent.{{number}}",
            identity_info=connect.IdentityInfo(
                first_name="Mary", last_name="Major", email=f"agent.{{number}}@example.com"
            ),
            password=config.require_secret("password"),
            phone_config=connect.PhoneConfig(
                phone_type="SOFT_PHONE", auto_accept=True, after_contact_work_time_limit=60
            ),
            routing_profile="Basic Routing Profile",
            security_profiles=["Agent"],
            tags={{"Cost_Center": "42"}},
        )
"""

# The same properties as above have on the wire, resolved names included, so that states are equally
# large: writing the state is most of the engine's work.
NOOP = f"""
    import pulumi
    from benchmarks.noop import NoopUser

    config = pulumi.Config()
    instance = config.require("instanceArn")
    some_id = "33333333-3333-4333-8333-333333333333"
    for number in range({USERS}):
        NoopUser(
            f"agent-{{number}}",
            {{
                "instanceArn": instance,
                "username": f"agent.{{number}}",
                "userArn": f"{{instance}}/agent/{{some_id}}",
                "identityManagementType": "CONNECT_MANAGED",
                "identityInfo": {{
                    "firstName": "Mary",
                    "lastName": "Major",
                    "email": f"agent.{{number}}@example.com",
                }},
                "password": config.require_secret("password"),
                "phoneConfig": {{
                    "phoneType": "SOFT_PHONE",
                    "autoAccept": True,
                    "afterContactWorkTimeLimit": 60,
                }},
                "routingProfile": "Basic Routing Profile",
                "routingProfileId": some_id,
                "routingProfileName": "Basic Routing Profile",
                "securityProfiles": ["Agent"],
                "securityProfileIds": [some_id],
                "securityProfileNames": ["Agent"],
                "hierarchyGroupId": None,
                "tags": {{"Cost_Center": "42"}},
                "ownership": "organization/engine-test/dev#00000000",
            }},
        )
"""


def rows() -> Iterator[Row]:
    """The row of an `up`."""
    pairs = paired(partial(created, REAL), partial(created, NOOP), PAIRS, f"{USERS} users")
    real, engine = medians(pairs)
    yield Row(
        f"`up` that creates {USERS} users",
        "the same with a no-op provider",
        ratios(pairs),
        "at most 1.20",
        f"{real:.1f} s / {engine:.1f} s",
    )


def created(program: str) -> float:
    """Seconds of the first `up` of a program, on a stack of its own."""
    config = {"instanceArn": MANAGED_ARN}
    with (
        tempfile.TemporaryDirectory() as folder,
        Stack(
            Path(folder),
            program=program,
            config=config,
            secrets={"password": "Not-2-be-used"},
            environment={"PYTHONPATH": str(ROOT)},
        ) as stack,
    ):
        stack.run("stack")  # makes the stack, which is not measured
        took = seconds(stack.up)
        assert len(stack.resources(":User")) == USERS
    return took
