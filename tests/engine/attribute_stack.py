"""A user for each row of the attribute table, all in one stack."""

import ast
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from pulumi_connect_users.core.ownership import without_mark
from pulumi_connect_users.resources.input_conversion import snake_to_camel, to_wire
from pulumi_connect_users.users.check import check
from pulumi_connect_users.users.inputs import KnownInputs
from tests.engine.attribute_rows import Row
from tests.support.harness import Stack
from tests.support.programs import MANAGED_ID, PASSWORD, program
from tests.support.provider_process import session_over

_BASE: Mapping[str, Any] = {
    "identity_info.first_name": "Mary",
    "identity_info.last_name": "Major",
    "identity_info.email": "marym@example.com",
    "password": PASSWORD,
    "routing_profile": "Basic Routing Profile",
    "security_profiles": ["Agent"],
}
_LIVE = {
    "routing_profile": "RoutingProfileId",
    "security_profiles": "SecurityProfileIds",
    "hierarchy_group": "HierarchyGroupId",
}
"""What a name becomes in DescribeUser's answer."""


class AttributeStack:
    """The stack, and the ids that rows name in braces: `{Agent}`."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.local = stack.local
        self._names: dict[str, str] = {}
        self._session = session_over(stack.store)
        client = self.local.client
        self.local.add_routing_profile("Second Profile")
        client.create_predefined_attribute(
            InstanceId=MANAGED_ID, Name="skill", Values={"StringList": ["Spanish", "Billing"]}
        )
        calls: Any = {"InboundCallsEnabled": True, "OutboundCallsEnabled": True}
        second = client.create_instance(
            IdentityManagementType="CONNECT_MANAGED", InstanceAlias="second", **calls
        )
        directory = client.create_instance(
            IdentityManagementType="EXISTING_DIRECTORY", DirectoryId="d-1234567890", **calls
        )
        self._header = [
            f'SECOND = connect.Instance("{second["Arn"]}")',
            f'DIRECTORY = connect.Instance("{directory["Arn"]}")',
        ]
        routing = client.list_routing_profiles(InstanceId=MANAGED_ID)
        security = client.list_security_profiles(InstanceId=MANAGED_ID)
        groups = client.list_user_hierarchy_groups(InstanceId=MANAGED_ID)
        rows: list[Any] = [
            *routing["RoutingProfileSummaryList"],
            *security["SecurityProfileSummaryList"],
            *groups["UserHierarchyGroupSummaryList"],
        ]
        self._ids = {f"{{{row['Name']}}}": str(row["Id"]) for row in rows}

    def write(self, rows: Sequence[Row], stages: Mapping[str, str]) -> None:
        """The program in which each row is at its stage: `first`, `second` or `clear`."""
        users = (self._user(row, stages.get(row.name, "first")) for row in rows)
        self.stack.write_program(program(*self._header, *users))

    def up(self) -> dict[str, list[str]]:
        """The mutating calls of an `up`, by row, sorted."""
        self._remember()
        since = self.local.store.last_request()
        self.stack.up()
        self._remember()
        found: dict[str, list[str]] = defaultdict(list)
        for request in self.local.store.requests(since=since):
            if request.mutating:
                found[self._names[str(request.user_id)]].append(request.operation)
        return {name: sorted(operations) for name, operations in found.items()}

    def _remember(self) -> None:
        """Ids in state belong to rows, also after the user has been replaced."""
        for resource in self.stack.resources(":User"):
            self._names[resource["id"].rsplit("/", 1)[1]] = resource["urn"].rsplit("::", 1)[1]

    def live(self, rows: Sequence[Row]) -> dict[str, Any]:
        """Each row's attribute as Connect has it; None where it has none."""
        known = {row.name: row for row in rows}
        client, found = self.local.client, {}
        for resource in self.stack.resources(":User"):
            row = known.get(resource["urn"].rsplit("::", 1)[1])
            if row is None:
                continue
            _, instance_id, _, user_id = resource["id"].split("/")
            user = client.describe_user(InstanceId=instance_id, UserId=user_id)["User"]
            listed = client.list_user_proficiencies(InstanceId=instance_id, UserId=user_id)
            proficiencies = listed["UserProficiencyList"]
            found[row.name] = _value({**user, "Proficiencies": proficiencies}, row)
        return found

    def expected(self, row: Row, value: Any) -> Any:
        """A row's value as DescribeUser tells it."""
        if row.attribute not in _LIVE:
            return ast.literal_eval(self._text(value))
        names = value if isinstance(value, list) else [value]
        ids = [self._ids["{" + name.rsplit("/", 1)[-1] + "}"] for name in names]
        return sorted(ids) if isinstance(value, list) else ids[0]

    def _text(self, value: Any) -> str:
        text = repr(value)
        for name, found in self._ids.items():
            text = text.replace(name, found)
        return text

    def refusals(self, row: Row, stage: str) -> list[str]:
        """What check says of a row at a stage, the user being as it is in state."""
        old = next(
            resource["inputs"]
            for resource in self.stack.resources(":User")
            if resource["urn"].endswith(f"::{row.name}")
        )
        old = {k: PASSWORD if k == "password" else v for k, v in old.items() if k != "__provider"}
        given = ast.literal_eval(self._text(_nested(self._flat(row, stage))))
        bag = {snake_to_camel(name): to_wire(name, value) for name, value in given.items()}
        kept = {key: old[key] for key in ("instanceArn", "ownership")}
        return [
            str(failure)
            for failure in check(KnownInputs.decode(old), kept | bag, self._session).failures
        ]

    def _user(self, row: Row, stage: str) -> str:
        value = None if stage == "clear" else getattr(row, stage)
        instance = value if row.attribute == "instance" else row.instance
        arguments = self._text(_nested(self._flat(row, stage)))
        return f'connect.User("{row.name}", instance={instance}, **{arguments})'

    def _flat(self, row: Row, stage: str) -> dict[str, Any]:
        """A row's arguments by dotted path."""
        value = None if stage == "clear" else getattr(row, stage)
        flat = {"username": row.name, **_BASE}
        for path, given in (row.arguments or {}).items():
            flat = {k: v for k, v in flat.items() if k != path and not k.startswith(path + ".")}
            flat[path] = given
        if stage == "clear" and row.first is None:
            flat = {k: v for k, v in flat.items() if not k.startswith(row.attribute + ".")}
        elif row.first is not None and row.attribute != "instance":
            flat[row.attribute] = value
        if row.attribute == "phone_config.phone_type" and value == "DESK_PHONE":
            flat["phone_config.desk_phone_number"] = "+15555551212"
        if stage == "clear":
            flat |= row.cleared or {}
        return flat


def _nested(flat: Mapping[str, Any]) -> dict[str, Any]:
    """Values by dotted path (`identity_info.email`, `proficiencies.0.level`) as arguments."""
    nested: dict[str, Any] = {}
    for path, value in flat.items():
        if value is None:
            continue
        *above, last = path.split(".")
        here = nested
        for part, following in zip(above, [*above[1:], last], strict=False):
            if part == "0":
                continue
            here = here.setdefault(part, [{}])[0] if following == "0" else here.setdefault(part, {})
        here[last] = value
    return nested


def _value(live: Mapping[str, Any], row: Row) -> Any:
    if row.attribute == "tags":
        return without_mark(live.get("Tags") or {}) or None
    if row.attribute in _LIVE:
        found = live.get(_LIVE[row.attribute])
        return sorted(found) if isinstance(found, list) else found
    here: Any = live
    for part in row.attribute.split("."):
        if part != "0":
            here = (here or {}).get("".join(word.title() for word in part.split("_")))
        elif here:
            # VOICE is what the rows set; Connect tells of every channel.
            here = next((e for e in here if e.get("Channel", "VOICE") == "VOICE"), None)
    # Connect tells of an empty desk phone number as it does of a missing one.
    return here or None if isinstance(here, list | dict | str) else here
