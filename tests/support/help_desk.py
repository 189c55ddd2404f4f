"""A contact centre with thin queues, and the steps that do something to its agents."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from pulumi_connect_users.aws.access_api import AccessReader
from pulumi_connect_users.aws.bulk_reads import BulkReads
from pulumi_connect_users.aws.centre_api import CentreReader
from pulumi_connect_users.coverage.limits import Limits
from pulumi_connect_users.emulator import open_store, seeded_id
from pulumi_connect_users.report import Options, Report, assemble, read_preview
from pulumi_connect_users.report.instance import Instance
from tests.report.builders import AWS_USER, INSTANCE, USER_BATCH, digest, step
from tests.support.provider_process import session_over

ID: Final = INSTANCE.split("/")[1]
NATIVE_ROSTER: Final = "connect-users:index:UserRoster"
_SPANISH: Final = {"attribute": "language", "value": "Spanish"}


def _desk(name: str, *queues: str, **concurrency: int) -> dict[str, Any]:
    return {"name": name, "queues": list(queues), "concurrency": concurrency}


SEED: Final[dict[str, Any]] = {
    "instances": [
        {
            "id": ID,
            "queues": [{"name": name} for name in ("Billing", "Claims", "Night", "Sales", "Mail")],
            "predefinedAttributes": {"language": ["Spanish", "French"]},
            "routingProfiles": [
                _desk("Billing desk", "Billing", VOICE=1, CHAT=2),
                _desk("Claims desk", "Claims", "Billing", VOICE=1),
                _desk("Night desk", "Night", VOICE=1),
                _desk("Sales desk", "Sales", CHAT=3, TASK=1),
                _desk("Mail desk", "Mail", EMAIL=1),
                {**_desk("Break"), "defaultOutboundQueue": "Billing"},
            ],
            "hierarchyGroups": ["AMER/West", "EMEA/Dublin"],
            "users": [
                *(
                    {"username": name, "routingProfile": desk, "hierarchyGroup": "AMER/West"}
                    for desk, names in (
                        ("Billing desk", ("anna", "ben", "dan")),
                        ("Night desk", ("eve", "finn")),
                        ("Claims desk", ("hugo", "ida", "jon", "kim")),
                        ("Mail desk", ("mia",)),
                        ("Break", ("oscar", "pia@example.com")),
                    )
                    for name in names
                ),
                *(
                    {
                        "username": name,
                        "routingProfile": desk,
                        "proficiencies": [{**_SPANISH, "level": level}],
                    }
                    for name, desk, level in (
                        ("cleo", "Billing desk", 4),
                        ("gina", "Claims desk", 3),
                        ("rosa", "Break", 5),
                    )
                ),
            ],
            "generatedUsers": [
                {"count": 12, "prefix": "sales.", "routingProfile": "Sales desk"},
            ],
        }
    ]
}
"""Agents by queue and channel: Billing voice 9, chat 4; Claims voice 5; Night voice 2; Sales chat
and task 12; Mail e-mail 1. Three speak Spanish: one at Billing, one at Claims and Billing."""

DESKS: Final[Mapping[str, str]] = {
    user["username"]: user["routingProfile"] for user in SEED["instances"][0]["users"]
} | {f"sales.{number:05}": "Sales desk" for number in range(1, 13)}
"""Username -> routing profile."""


def desk(name: str) -> str:
    """The id of a routing profile."""
    return seeded_id(ID, "routing-profile", name)


def group(path: str) -> str:
    """The id of a hierarchy group."""
    return seeded_id(ID, "agent-group", path)


def speaks(level: int, value: str = "Spanish") -> list[dict[str, Any]]:
    """A declared proficiency."""
    return [{"attributeName": "language", "attributeValue": value, "level": level}]


def declared(username: str, **changed: Any) -> dict[str, Any]:
    """What a program declares of an agent; None takes something away."""
    bag = {
        "instanceArn": INSTANCE,
        "username": username,
        "routingProfileId": desk(DESKS.get(username, "Break")),
        "identityInfo": {"firstName": username.partition("@")[0], "lastName": "Doe"},
        "securityProfileIds": ["s-1"],
        **changed,
    }
    return {key: value for key, value in bag.items() if value is not None}


def roster(**users: Mapping[str, Any]) -> dict[str, Any]:
    """A roster of these users, as a program declares it."""
    texts = {
        name: json.dumps({k: v for k, v in bag.items() if k not in ("username", "instanceArn")})
        for name, bag in users.items()
    }
    return {"instanceArn": INSTANCE, "users": texts}


Steps = list[dict[str, Any]]


def deleted(*names: str) -> Steps:
    """Users who are removed from a program."""
    return [step("delete", declared(name), name=name) for name in names]


def deleted_by_aws(*names: str) -> Steps:
    """The same, declared by pulumi-aws."""
    return [
        step(
            "delete",
            {"instanceId": ID, "name": name, "routingProfileId": desk(DESKS[name])},
            name=name,
            kind=AWS_USER,
        )
        for name in names
    ]


def left_roster(*names: str, kind: str = USER_BATCH) -> Steps:
    """Users who leave a roster of the dynamic provider."""
    old = {name: declared(name) for name in ("oscar", *names)}
    return [step("update", roster(**old), roster(oscar=old["oscar"]), name="west-07", kind=kind)]


def left_native_roster(*names: str) -> Steps:
    """Users who leave a roster of the native plugin."""
    return left_roster(*names, kind=NATIVE_ROSTER)


def sent_to_break(*names: str) -> Steps:
    """Users who get a routing profile without queues."""
    moved = {"routingProfileId": desk("Break"), "routingProfileName": "Break"}
    return [step("update", declared(n), declared(n, **moved), name=n) for n in names]


def moved_into_roster(*names: str) -> Steps:
    """Users who move from resources of their own to a roster, and to another routing profile."""
    moved = {"routingProfileId": desk("Break"), "adoption": {"changes": ["routing_profile_id"]}}
    new = {name: declared(name, **moved) for name in names}
    return [*deleted(*names), step("create", None, roster(**new), name="west-07", kind=USER_BATCH)]


def replaced(*names: str) -> Steps:
    """Users whose usernames change, and who get the routing profile without queues."""
    return [
        step(
            "replace",
            declared(name),
            declared(f"{name}.new", routingProfileId=desk("Break")),
            name=name,
            replaceReasons=["username"],
        )
        for name in names
    ]


WAYS: Final[tuple[Callable[..., Steps], ...]] = (
    deleted,
    deleted_by_aws,
    left_roster,
    left_native_roster,
    sent_to_break,
    moved_into_roster,
    replaced,
)
"""The ways to lose agents."""


def seeded(path: Path) -> Instance:
    """A store with the centre, as the report reads it."""
    open_store(path).seed(SEED)
    call = session_over(path).connect(INSTANCE).call
    bulk = BulkReads(call)
    access = AccessReader(call, lambda text: None, bulk)
    return Instance(arn=INSTANCE, id=ID, centre=CentreReader(call, bulk), access=access)


def covered(instance: Instance | None, steps: Steps, limits: Limits | None = None) -> Report:
    """The report about a preview with these steps."""
    options = Options(coverage=limits or Limits())
    return assemble(read_preview(digest(*steps)), options, instance)
