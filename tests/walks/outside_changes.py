"""Changes that someone makes in the console of an instance, outside Pulumi."""

from collections.abc import Mapping
from typing import Any, Final

from tests.support.local_connect import Local
from tests.support.provider_process import INSTANCE_ID

MARK: Final = ("pulumi-connect-users:stack", "pulumi-connect-users:resource")
CHANGES: Final = (
    "name",
    "address",
    "group",
    "routing",
    "rights",
    "tag",
    "skill",
    "mark",
    "delete",
)
"""What `OutsideChanges.change` does to a user."""


class OutsideChanges:
    """Reads and changes the users of the instance by the names that people know."""

    def __init__(self, local: Local) -> None:
        self.local = local
        self._client: Any = local.client

    def user(self, user_id: str) -> dict[str, Any]:
        """DescribeUser's answer."""
        found: dict[str, Any] = self._client.describe_user(InstanceId=INSTANCE_ID, UserId=user_id)
        return dict(found["User"])

    def users(self) -> dict[str, dict[str, Any]]:
        """DescribeUser's answers by username, with names beside ids, `Skills` and their levels."""
        names = self._names()
        found = {}
        for user in self.local.users(INSTANCE_ID):
            group = user.get("HierarchyGroupId")
            found[str(user["Username"])] = user | {
                "Tags": dict(user.get("Tags") or {}),
                "RoutingProfile": names[user["RoutingProfileId"]],
                "SecurityProfiles": sorted(names[i] for i in user["SecurityProfileIds"]),
                "HierarchyGroup": names[group] if group else None,
                "Skills": self._skills(user["Id"]),
            }
        return found

    def change(self, user: Mapping[str, Any], what: str) -> None:
        """One of CHANGES, to one of `users`."""
        who = {"InstanceId": INSTANCE_ID, "UserId": user["Id"]}
        client, arn, info = self._client, user["Arn"], user["IdentityInfo"]
        match what:
            case "name":
                client.update_user_identity_info(**who, IdentityInfo=info | {"LastName": "Other"})
            case "address":
                more = {"Email": "c@example.com", "Mobile": "+15555551414"}
                client.update_user_identity_info(**who, IdentityInfo=info | more)
            case "group":
                client.update_user_hierarchy(**who)
            case "routing":
                other = self._id_of("Basic Routing Profile")
                client.update_user_routing_profile(**who, RoutingProfileId=other)
            case "rights":
                client.update_user_security_profiles(
                    **who, SecurityProfileIds=[self._id_of("Admin")]
                )
            case "tag":
                client.tag_resource(resourceArn=arn, tags={"theirs": "x"})
                if gone := sorted(set(user["Tags"]) & {"a", "b"}):
                    client.untag_resource(resourceArn=arn, tagKeys=gone)
            case "skill":
                skills = [s for s in user["Skills"] if s != "German"]
                if skills:
                    gone_skill = {"AttributeName": "language", "AttributeValue": skills[0]}
                    client.disassociate_user_proficiencies(**who, UserProficiencies=[gone_skill])
                if "German" not in user["Skills"]:
                    german = {"AttributeName": "language", "AttributeValue": "German", "Level": 2}
                    client.associate_user_proficiencies(**who, UserProficiencies=[german])
            case "mark":
                client.untag_resource(resourceArn=arn, tagKeys=list(MARK))
            case _:
                client.delete_user(**who)

    def _skills(self, user_id: str) -> dict[str, int]:
        found = self._client.list_user_proficiencies(InstanceId=INSTANCE_ID, UserId=user_id)
        return {r["AttributeValue"]: int(r["Level"]) for r in found["UserProficiencyList"]}

    def _id_of(self, name: str) -> str:
        return next(i for i, known in self._names().items() if known == name)

    def _names(self) -> dict[str, str]:
        """Names of profiles and paths of hierarchy groups by id."""
        client, of = self._client, {"InstanceId": INSTANCE_ID}
        profiles = [
            *client.list_routing_profiles(**of)["RoutingProfileSummaryList"],
            *client.list_security_profiles(**of)["SecurityProfileSummaryList"],
        ]
        names = {profile["Id"]: profile["Name"] for profile in profiles}
        for group in client.search_user_hierarchy_groups(**of)["UserHierarchyGroups"]:
            path = group.get("HierarchyPath") or {}
            names[group["Id"]] = "/".join(level["Name"] for level in path.values())
        return names
