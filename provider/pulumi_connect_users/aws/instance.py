"""One instance through one client: what `users` needs of Amazon Connect."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from ..core.arns import last_part
from ..core.described_user import DescribedUser
from ..core.errors import (
    AccessDenied,
    LookUpUnavailable,
    NotFound,
    ServiceFailure,
)
from ..core.lookups import REFERENCES
from ..live_data.model import CurrentUserData, flatten
from ..users.ports import QuickConnect
from ..users.run.deletion_limit import DeletionLimit
from ..users.run.user_outcomes import UserOutcomes
from .api import ApiClient, is_read
from .name_catalogs import NameCatalogs
from .pagination import rows
from .quick_connects import QuickConnects
from .secrets_manager import ENDPOINT_VARIABLE, SecretsManager
from .settings import Settings
from .snapshot import SEARCH_PAGE, with_mark_of

_WITHOUT_INSTANCE = ("TagResource", "UntagResource", "ListTagsForResource")
_ATTEMPTS = 7
"""With pauses of 1, 2, 4 ... 32 seconds: a minute for what is not visible or not gone yet."""


class InstanceClient:
    """Implements `users.ports.Connect`."""

    def __init__(
        self,
        caller: ApiClient,
        instance_arn: str,
        catalogs: NameCatalogs,
        outcomes: UserOutcomes,
        warn: Callable[[str], None],
        pause_seconds: float = 0.5,
        *,
        settings: Settings | None = None,
        deletion_limit: DeletionLimit | None = None,
        inform: Callable[[str], None] = lambda text: None,
    ) -> None:
        """`outcomes` and `deletion_limit` are the process's; `pause_seconds` is `pause`'s first."""
        self._caller = caller
        self._arn = instance_arn
        self._instance_id = instance_arn.rsplit("/", 1)[-1]
        self._catalogs = catalogs
        self.outcomes = outcomes
        self._warn = warn
        self._pause_seconds = pause_seconds
        self._settings = settings or Settings()
        self.deletion_limit = deletion_limit or DeletionLimit(self._settings.max_deletes)
        self._inform = inform
        self._written: dict[str, datetime] = {}
        self._farewells = QuickConnects(self.call)
        region, account = instance_arn.split(":")[3:5]
        profile = self._settings.profile_for(account)
        self._secrets = SecretsManager(profile, region, caller.before_change)

    @property
    def secret_store(self) -> SecretsManager | None:
        """Secrets Manager of the instance's Region; none beside the embedded Connect.

        Unless an endpoint for it is set, which is how both are tried together.
        """
        emulated = self._settings.is_emulated and not os.environ.get(ENDPOINT_VARIABLE)
        return None if emulated else self._secrets

    @property
    def instance_arn(self) -> str:
        """The ARN, as DescribeInstance tells it."""
        return self._arn

    def call(self, operation: str, **parameters: Any) -> Mapping[str, Any]:
        """One API call, with the instance filled in."""
        if operation not in _WITHOUT_INSTANCE:
            parameters = {"InstanceId": self._instance_id, **parameters}
        answer = self._caller.call(operation, parameters)
        if not is_read(operation):
            self._note_written(parameters, answer)
        return answer

    def written(self, user_id: str) -> datetime | None:
        """The date of Connect's answer to this process's last change of the user, if any."""
        return self._written.get(user_id)

    def _note_written(self, parameters: Mapping[str, Any], answer: Mapping[str, Any]) -> None:
        user_id = parameters.get("UserId") or answer.get("UserId")
        user_id = user_id or last_part(str(parameters.get("resourceArn", "")))
        date = _date(answer)
        if user_id and date:
            self._written[str(user_id)] = date

    def describe(self, user_id: str) -> DescribedUser:
        """By DescribeUser; raises NotFound."""
        return DescribedUser.decode(self.call("DescribeUser", UserId=user_id)["User"])

    def proficiencies(self, user_id: str) -> list[Mapping[str, Any]]:
        """All pages of ListUserProficiencies."""
        operation, member = "ListUserProficiencies", "UserProficiencyList"
        return list(rows(self.call, operation, member, UserId=user_id, MaxResults=100))

    def marked(self, stack: str) -> Iterator[Mapping[str, Any]]:
        """SearchUsers' rows of the users that carry a stack's mark: 500 a call."""
        found = with_mark_of(stack)
        return rows(self.call, "SearchUsers", "Users", SearchFilter=found, MaxResults=SEARCH_PAGE)

    def find(self, username: str) -> DescribedUser | None:
        """By SearchUsers, whose index may lag, confirmed by DescribeUser; case counts."""
        criteria = {
            "StringCondition": {
                "FieldName": "Username",
                "Value": username,
                "ComparisonType": "EXACT",
            }
        }
        found = rows(self.call, "SearchUsers", "Users", SearchCriteria=criteria, MaxResults=100)
        for row in found:
            if row.get("Username") != username:
                continue
            try:
                return self.describe(str(row["Id"]))
            except NotFound:
                continue
        return None

    def names_of(self, state: Mapping[str, Any]) -> Mapping[str, Any]:
        """The facts for the ids in a state, as far as they can be looked up."""
        facts: dict[str, Any] = {}
        for kind, reference in REFERENCES.items():
            if reference.id not in state:
                continue
            try:
                names = self._catalogs.catalog(kind).names
            except (AccessDenied, LookUpUnavailable, ServiceFailure):
                continue
            ids = state[reference.id]
            if isinstance(ids, list):
                found = [names[i] for i in ids if i in names]
                if len(found) == len(ids):
                    facts[reference.fact] = found
            elif ids in names:
                facts[reference.fact] = names[ids]
        return facts

    def pause(self, attempt: int) -> bool:
        """Sleeps twice as long each time; False after the last attempt."""
        if attempt >= _ATTEMPTS:
            return False
        time.sleep(self._pause_seconds * 2 ** (attempt - 1))
        return True

    def warn(self, text: str) -> None:
        """One line for the person who runs Pulumi."""
        self._warn(text)

    def inform(self, text: str) -> None:
        """How something goes on, for the person who runs Pulumi."""
        self._inform(text)

    @property
    def on_delete(self) -> str | None:
        """`connect:onDelete`."""
        return self._settings.on_delete

    @property
    def privileged_profiles(self) -> Collection[str]:
        """`connect:privilegedProfiles`."""
        return self._settings.privileged_profiles

    def activity(self, user_id: str) -> CurrentUserData | None:
        """What the agent does at the moment."""
        data = self.at_work({"Agents": [user_id]})
        return next((one for one in data if one.user.id == user_id), None)

    def at_work(self, filters: Mapping[str, Any]) -> Iterator[CurrentUserData]:
        """All of GetCurrentUserData, 100 a page; botocore has no paginator for it."""
        return map(
            flatten,
            rows(self.call, "GetCurrentUserData", "UserDataList", Filters=filters, MaxResults=100),
        )

    def offline_status(self) -> str:
        """The id of the status of type OFFLINE."""
        return self._farewells.offline_status()

    def quick_connects(self, user_id: str) -> list[QuickConnect]:
        """The quick connects that lead to the user."""
        return self._farewells.quick_connects(user_id)

    def ticks(self, seconds: float) -> Iterator[float]:
        """Seconds passed; two looks for each first pause of `pause` (2 s on AWS)."""
        begin = time.monotonic()
        while True:
            passed = time.monotonic() - begin
            yield min(passed, seconds)
            if passed >= seconds:
                return
            time.sleep(min(2 * self._pause_seconds, seconds - passed))
            self._caller.require_run()


def _date(answer: Mapping[str, Any]) -> datetime | None:
    """When an answer was given, to the second; None where the endpoint does not tell."""
    text = answer.get("ResponseMetadata", {}).get("HTTPHeaders", {}).get("date", "")
    try:
        date = parsedate_to_datetime(text)
    except ValueError:
        return None
    return date if date.tzinfo else None
