"""States as other tools write them, with the users of a store in them."""

from collections.abc import Sequence
from typing import Any

Made = tuple[dict[str, Any], dict[str, str]]
"""A state, and the users' ARNs by the name that their resources have or get."""


def terraform_state(users: Sequence[dict[str, Any]]) -> Made:
    """A state of version 4: a single user, one of `awscc` in a module, the others by `for_each`."""
    single, moved, *many = users
    names = {"single": single["Arn"], 'team-"west" [1].a/b-moved-é': moved["Arn"]}
    names |= {f"agents-{_key(u)}": u["Arn"] for u in many}
    resources = [
        _terraform("single", [_instance(single)]),
        _terraform(
            "moved",
            [{"attributes": {"user_arn": moved["Arn"]}, "index_key": "é"}],
            type="awscc_connect_user",
            module='module.team["\\"west\\" [1].a/b"]',
        ),
        _terraform("agents", [_instance(u, _key(u)) for u in many]),
        {"mode": "data", "type": "aws_connect_user", "name": "looked_up", "instances": []},
        {"mode": "managed", "type": "aws_iam_role", "name": "other", "instances": [{}]},
    ]
    state = {"version": 4, "terraform_version": "1.9.0", "serial": 7, "resources": resources}
    return state, names


def _key(user: dict[str, Any]) -> str:
    """The key of `for_each`: usernames are unique within an instance only."""
    return f"{user['Arn'].split('/')[1][0]}/{user['Username']}"


def _terraform(name: str, instances: list[dict[str, Any]], **more: str) -> dict[str, Any]:
    provider = 'provider["registry.terraform.io/hashicorp/aws"]'
    return {
        "mode": "managed",
        "type": "aws_connect_user",
        "name": name,
        "provider": provider,
        "instances": instances,
        **more,
    }


def _instance(user: dict[str, Any], key: str | None = None) -> dict[str, Any]:
    instance = user["Arn"].split("/")[1]
    attributes = {
        "arn": user["Arn"],
        "id": f"{instance}:{user['Id']}",
        "instance_id": instance,
        "user_id": user["Id"],
        "name": user["Username"],
        "password": "FormerPassw0rd",
    }
    return {"attributes": attributes} | ({} if key is None else {"index_key": key})


def pulumi_state(users: Sequence[dict[str, Any]]) -> Made:
    """What `pulumi stack export` writes, with users of both AWS providers; the first protected."""
    names = {f"pulumi-{number}": user["Arn"] for number, user in enumerate(users)}
    resources: list[dict[str, Any]] = [
        {
            "urn": "urn:pulumi:prod::old::pulumi:pulumi:Stack::old-prod",
            "type": "pulumi:pulumi:Stack",
        }
    ]
    for number, user in enumerate(users):
        native = number % 2 == 1
        kind = "aws-native:connect:User" if native else "aws:connect/user:User"
        instance = user["Arn"].split("/")[1]
        resource = {
            "urn": f"urn:pulumi:prod::old::team:index:Team${kind}::pulumi-{number}",
            "type": kind,
            "custom": True,
            "id": user["Arn"] if native else f"{instance}:{user['Id']}",
            "inputs": {"password": "FormerPassw0rd"},
            "outputs": {"userArn" if native else "arn": user["Arn"]},
        }
        resources.append(resource | ({"protect": True} if number == 0 else {}))
    return {"version": 3, "deployment": {"manifest": {}, "resources": resources}}, names
