"""A project that does everything with users, one step a function: what needs which permission."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from pulumi_connect_users.aws.access_api import AccessReader
from pulumi_connect_users.aws.centre_api import CentreReader
from pulumi_connect_users.aws.current_user_data import current_user_data
from pulumi_connect_users.core.errors import LookUpUnavailable
from pulumi_connect_users.core.run_hooks import RunHooks
from pulumi_connect_users.core.user_resources import USER
from pulumi_connect_users.coverage.reading import read
from pulumi_connect_users.emulator import seeded_id
from pulumi_connect_users.live_data.query import LiveQuery
from pulumi_connect_users.report.coverage_changes import CentreChange
from pulumi_connect_users.report.user_changes import UserChange
from pulumi_connect_users.users import status
from pulumi_connect_users.users import status_check as status_inputs
from pulumi_connect_users.users.check import check
from pulumi_connect_users.users.inputs import KnownInputs
from pulumi_connect_users.users.service import InstanceUsers
from pulumi_connect_users.users.state import UserState
from pulumi_connect_users.users.status import UserStatus
from tests.support.local_connect import Local
from tests.support.programs import MANAGED_ARN
from tests.support.provider_process import session_over, users_of

INSTANCE = MANAGED_ARN.split("/")[1]
OWNERSHIP = "organization/project/dev#abc"
_NIKKI = seeded_id(INSTANCE, "agent", "nikki.wolf")
MARY: dict[str, Any] = {
    "instanceArn": MANAGED_ARN,
    "username": "mary.major",
    "password": "Corr3ctHorse",
    "identityInfo": {"firstName": "Mary", "lastName": "Major", "email": "marym@example.com"},
    "phoneConfig": {"phoneType": "SOFT_PHONE"},
    "routingProfile": "Basic Routing Profile",
    "securityProfiles": ["Agent"],
    "hierarchyGroup": "AMER/West/Team 1",
    "proficiencies": [
        {"attributeName": "language", "attributeValue": "Spanish", "level": 4},
        {"attributeName": "language", "attributeValue": "French", "level": 1},
    ],
    "tags": {"Cost_Center": "42"},
    "onDelete": "wait",
    "deleteQuickConnects": True,
    "ownership": OWNERSHIP,
}
CHANGED: dict[str, Any] = {
    **MARY,
    "identityInfo": {**MARY["identityInfo"], "lastName": "Stiles"},
    "phoneConfig": {"phoneType": "DESK_PHONE", "deskPhoneNumber": "+15555551212"},
    "routingProfile": "Evening",
    "securityProfiles": ["Agent", "CallCenterManager"],
    "hierarchyGroup": "AMER/West/Team 2",
    "proficiencies": [
        {"attributeName": "language", "attributeValue": "Spanish", "level": 5},
        {"attributeName": "language", "attributeValue": "German", "level": 1},
    ],
    "tags": {"Team": "West"},
}
CHANNELS: dict[str, Any] = {
    **CHANGED,
    "autoAcceptConfigs": [{"channel": "CHAT", "autoAccept": True}],
}
LI: dict[str, Any] = {
    **{k: v for k, v in MARY.items() if k not in ("onDelete", "deleteQuickConnects")},
    "username": "li.juan",
    "onDelete": "suspend",
    "suspendedSecurityProfile": "Suspended",
    "suspendedRoutingProfile": "Suspended",
    "ownership": "organization/project/dev#ghi",
}
NIKKI: dict[str, Any] = {
    "instanceArn": MANAGED_ARN,
    "username": "nikki.wolf",
    "identityInfo": {"firstName": "Nikki"},
    "routingProfile": "Basic Routing Profile",
    "securityProfiles": ["Agent"],
    "proficiencies": [{"attributeName": "language", "attributeValue": "Spanish", "level": 4}],
    "adopt": True,
    "ownership": "organization/project/dev#def",
}


def stack_export(*inputs: dict[str, Any]) -> str:
    """A state with users of these inputs."""
    kind = "pulumi-python:dynamic/connect:User"
    resources = [{"type": kind, "inputs": one} for one in inputs]
    return json.dumps({"version": 3, "deployment": {"resources": resources}})


def populate(path: Path) -> None:
    """Nikki exists, is at work, and a second routing profile is there."""
    spanish = {"attribute": "language", "value": "Spanish", "level": 4}
    nikki = {"username": "nikki.wolf", "firstName": "Nikki", "lastName": "Wolf"}
    nikki |= {"status": "Available"}
    Local(path).store.seed(
        {
            "instances": [
                {
                    "id": INSTANCE,
                    "routingProfiles": [{"name": "Evening"}],
                    "users": [{**nikki, "proficiencies": [spanish]}],
                }
            ]
        }
    )
    Local(path).add_suspension_profiles(INSTANCE)


class Project:
    """One process of one role, over a store; `told` is what it would show to people."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.told: list[str] = []
        self.session = session_over(path, RunHooks(warn=self.told.append))
        self.state: UserState | None = None
        self.fleet: list[UserState] = []
        self.enforced: UserStatus | None = None

    # preview -----------------------------------------------------------------------------------

    def judge(self, bag: Mapping[str, Any], old: KnownInputs | None = None) -> KnownInputs:
        """check; what it refuses is raised in one text."""
        checked = check(old, bag, self.session)
        self.told += checked.warnings
        if checked.failures:
            raise LookUpUnavailable(" ".join(map(str, checked.failures)))
        return checked.inputs.known()

    def judge_all(self) -> None:
        """A new user, and one to be taken over."""
        self.judge(MARY)
        self.judge(NIKKI)

    def judge_status(self) -> UserStatus:
        """A status by its name."""
        bag = {"userArn": f"{MANAGED_ARN}/agent/{_NIKKI}", "agentStatus": "Available"}
        checked = status_inputs.check(UserStatus.decode({}), bag, self.session)
        if checked.failures:
            raise LookUpUnavailable(" ".join(checked.failures))
        return UserStatus.decode(checked.inputs)

    def look(self) -> None:
        """Live data by queue, routing profile, agent, and hierarchy group."""
        for query in (
            LiveQuery(queues=["BasicQueue"]),
            LiveQuery(routing_profiles=["Basic Routing Profile"]),
            LiveQuery(agents=["nikki.wolf"]),
            LiveQuery(hierarchy_group="AMER/West"),
        ):
            list(current_user_data(self.session, MANAGED_ARN, query))

    def cover(self) -> None:
        """The coverage of the instance once Nikki has left."""
        gone = {"instanceArn": MANAGED_ARN, "username": "nikki.wolf"}
        urn = f"urn:pulumi:dev::centre::{USER}::nikki"
        change = UserChange(kind="user", op="delete", urn=urn, type=USER, name="nikki", old=gone)
        read(
            CentreReader(self.session.connect(MANAGED_ARN).call), CentreChange((change,), INSTANCE)
        )

    def review(self) -> None:
        """Who can do what, hierarchy groups included."""
        reader = AccessReader(self.session.connect(MANAGED_ARN).call, self.told.append)
        for look_up in (reader.profiles, reader.users, reader.groups):
            look_up()

    # apply -------------------------------------------------------------------------------------

    @property
    def users(self) -> InstanceUsers:
        """The users, as the provider has them."""
        return users_of(self.session, MANAGED_ARN, partial(self.session.snapshot, MANAGED_ARN))

    def create(self) -> None:
        """Mary, whose CreateUser is answered to nobody."""
        store = Local(self.path).store
        if not any(f["kind"] == "access-denied" for f in store.controls()["faults"]):
            store.control(
                faults=[{"operation": "CreateUser", "kind": "reset", "when": "after", "times": 1}]
            )
        self.state = self.users.create(self.judge(MARY))

    def adopt(self) -> None:
        """Nikki, as she is."""
        self.users.create(self.judge(NIKKI))

    def change(self) -> None:
        """Every attribute of Mary, then her channels."""
        assert self.state is not None
        for bag in (CHANGED, CHANNELS):
            new = self.judge(bag, self.state)
            self.state = self.users.update(self.state, new)

    def put_status(self) -> None:
        """Nikki's status."""
        status.put(self.judge_status(), self.users.api, self.users.run)

    def delete(self) -> None:
        """Mary, at work, with a quick connect that leads to her."""
        assert self.state is not None
        client = Local(self.path).client
        user_id = self.state.user_id
        statuses = client.list_agent_statuses(InstanceId=INSTANCE)["AgentStatusSummaryList"]
        free = next(s["Id"] for s in statuses if s["Name"] == "Available")
        client.put_user_status(InstanceId=INSTANCE, UserId=user_id, AgentStatusId=free)
        client.create_quick_connect(
            InstanceId=INSTANCE,
            Name="Mary",
            QuickConnectConfig={
                "QuickConnectType": "USER",
                "UserConfig": {"UserId": user_id, "ContactFlowId": "flow"},
            },
        )
        self.users.delete(self.state)

    def suspend(self) -> None:
        """Li, who leaves and comes back."""
        state = self.users.create(self.judge(LI))
        self.users.delete(state)
        self.users.create(self.judge(LI))

    # refresh -----------------------------------------------------------------------------------

    def read_all(self) -> None:
        """Mary and six colleagues; somebody has changed her profiles, group and skills."""
        for state in self.fleet:
            self.users.read(state)

    def read_status(self) -> None:
        """A status that is enforced."""
        assert self.enforced is not None
        status.read(self.enforced, lambda: self.users.live_data)


def with_fleet(path: Path) -> Project:
    """A project whose users were made by another process, and changed behind Pulumi's back."""
    maker, reader = Project(path), Project(path)
    for number in range(7):
        mark = {"ownership": f"organization/project/dev#mary-{number}"}
        bag = {**MARY, **mark, "username": f"mary.major.{number}"}
        reader.fleet.append(maker.users.create(maker.judge(bag)))
    reader.enforced = replace(maker.judge_status(), attributes={"enforce": True})
    mary = {"InstanceId": INSTANCE, "UserId": reader.fleet[0].user_id}
    client = Local(path).client
    groups = client.search_user_hierarchy_groups(InstanceId=INSTANCE)["UserHierarchyGroups"]
    group = next(g["Id"] for g in groups if g["Name"] == "Team 2")
    client.update_user_hierarchy(**mary, HierarchyGroupId=group)
    manager = seeded_id(INSTANCE, "security-profile", "CallCenterManager")
    client.update_user_security_profiles(**mary, SecurityProfileIds=[manager])
    client.disassociate_user_proficiencies(
        **mary, UserProficiencies=[{"AttributeName": "language", "AttributeValue": "French"}]
    )
    return reader


Step = Callable[[Project], Any]
STEPS: dict[str, list[Step]] = {
    "preview": [
        Project.judge_all,
        Project.judge_status,
        Project.look,
        Project.cover,
        Project.review,
    ],
    "apply": [
        Project.judge_all,
        Project.judge_status,
        Project.look,
        Project.create,
        Project.adopt,
        Project.change,
        Project.put_status,
        Project.delete,
        Project.suspend,
    ],
    "refresh": [Project.read_all, Project.read_status],
}
