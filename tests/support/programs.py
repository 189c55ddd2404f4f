"""Programs that engine tests run, built from small pieces."""

from collections.abc import Iterator, Mapping
from typing import Any

from tests.support.command import Result

REGION = "us-west-2"
MANAGED_ARN = f"arn:aws:connect:{REGION}:000000000000:instance/11111111-1111-4111-8111-111111111111"
SAML_ARN = f"arn:aws:connect:{REGION}:000000000000:instance/22222222-2222-4222-8222-222222222222"
MANAGED_ID, SAML_ID = (arn.rsplit("/", 1)[1] for arn in (MANAGED_ARN, SAML_ARN))
PASSWORD = "Corr3ctHorseBattery"

HEADER = f'''\
import pulumi
import pulumi_connect_users as connect

MANAGED = connect.Instance("{MANAGED_ARN}")
SAML = connect.Instance("{SAML_ARN}")
PASSWORD = "{PASSWORD}"
MARY = dict(
    instance=MANAGED,
    username="mary.major",
    password=PASSWORD,
    identity_info=connect.IdentityInfo(
        first_name="Mary", last_name="Major", email="marym@example.com"
    ),
    phone_config=connect.PhoneConfig(phone_type="SOFT_PHONE", auto_accept=True),
    routing_profile="Basic Routing Profile",
    security_profiles=["Agent"],
)
LI = dict(
    instance=SAML,
    username="li.juan@example.com",
    identity_info=dict(first_name="Li", last_name="Juan"),
    routing_profile="Basic Routing Profile",
    security_profiles=["Agent"],
)
'''


def program(*statements: str) -> str:
    """A program with Mary's and Li's arguments at hand."""
    return HEADER + "\n".join(statements) + "\n"


MARY = program('mary = connect.User("mary", **MARY)', 'pulumi.export("arn", mary.user_arn)')


def updates(result: Result) -> dict[str, list[str]]:
    """The inputs that a preview's updates change, by resource name.

    The engine compares inputs itself: a dynamic provider cannot tell it which property differs.
    """
    return {
        step["urn"].rsplit("::", 1)[1]: sorted(
            _differences(step["old"]["inputs"], step["new"]["inputs"])
        )
        for step in result.steps
        if step["op"] == "update"
    }


def _differences(old: Any, new: Any, path: str = "") -> Iterator[str]:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in sorted({*old, *new}):
            yield from _differences(old.get(key), new.get(key), f"{path}.{key}" if path else key)
    elif old != new:
        yield path
