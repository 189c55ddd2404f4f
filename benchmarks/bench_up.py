"""One `pulumi up` that creates 300 users, beside the same with a provider that does nothing.

The aim is a median ratio of at most 1.20: what this provider adds to the engine's own cost.
"""

import statistics
import tempfile
import time
from pathlib import Path

from tests.engine.harness import Stack
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
                "userId": some_id,
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


def seconds(program: str) -> float:
    """Returns how long the first `up` of a program takes, on a stack of its own."""
    config = {
        "instanceArn": "arn:aws:connect:us-west-2:000000000000:"
        "instance/11111111-1111-4111-8111-111111111111"
    }
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
        began = time.perf_counter()
        created = stack.up()
        took = time.perf_counter() - began
    assert created.changes == {"create": USERS + 1}, created.changes
    return took


def main() -> None:
    """Prints each pair and the median of their ratios."""
    print(f"create {USERS} users with one `pulumi up`, seconds")
    print(f"{'pair':>6}{'users':>10}{'no-op':>10}{'ratio':>8}")
    ratios = []
    for pair in range(1, PAIRS + 1):
        # Each goes first in turn: what the machine does besides shall not favour one.
        order = (REAL, NOOP) if pair % 2 else (NOOP, REAL)
        took = {program: seconds(program) for program in order}
        ratios.append(took[REAL] / took[NOOP])
        print(f"{pair:>6}{took[REAL]:>10.2f}{took[NOOP]:>10.2f}{ratios[-1]:>8.2f}", flush=True)
    print(f"median ratio {statistics.median(ratios):.2f} (aim: at most 1.20)")


if __name__ == "__main__":
    main()
