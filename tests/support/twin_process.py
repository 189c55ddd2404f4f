"""One provider process over the in-memory twin of Connect: what it is asked, and what it says."""

from collections.abc import Callable
from typing import Any, Final

from pulumi_connect_users.access.changes import LEADING
from pulumi_connect_users.core.arns import last_part
from pulumi_connect_users.core.described_user import DescribedUser
from pulumi_connect_users.core.errors import (
    ApiError,
    InvalidRequest,
    LookUpUnavailable,
    WrongInstance,
)
from pulumi_connect_users.core.lookups import Catalog, InstanceFacts, Kind
from pulumi_connect_users.core.properties import Properties
from pulumi_connect_users.core.security_profile import SecurityProfile
from pulumi_connect_users.model.user import IdentityManagementType
from pulumi_connect_users.users.admin_minimum import AdminMinimum
from pulumi_connect_users.users.allowance import Allowance, Tally
from pulumi_connect_users.users.check import check
from pulumi_connect_users.users.deletion_limit import DeletionLimit
from pulumi_connect_users.users.inputs import KnownInputs
from pulumi_connect_users.users.run.user_outcomes import UserOutcomes
from pulumi_connect_users.users.run_context import RunContext
from pulumi_connect_users.users.service import InstanceUsers
from tests.support.programs import MANAGED_ARN, SAML_ARN
from tests.support.twin import Json, Twin
from tests.support.valid_users import OURS, bag_of

DIRECTORY_ARN = MANAGED_ARN.replace("1" * 8, "3" * 8)
ARNS: Final[dict[IdentityManagementType, str]] = {
    "CONNECT_MANAGED": MANAGED_ARN,
    "SAML": SAML_ARN,
    "EXISTING_DIRECTORY": DIRECTORY_ARN,
}
_LONGEST_ID = 100
_LANGUAGES = frozenset({"English", "Spanish", "Portuguese", "French", "German"})


class TwinLookups:
    """Implements `Lookups` over a twin; all three instances have its names, one has its users."""

    def __init__(self, twin: Twin) -> None:
        self.twin = twin
        self._listed: dict[Kind, Catalog] = {}
        self._read: dict[tuple[str, bool], SecurityProfile | None] = {}

    def instance(self, id_or_arn: str) -> InstanceFacts:
        """See `Lookups`."""
        for identity_type, arn in ARNS.items():
            if id_or_arn in (arn, last_part(arn)):
                return InstanceFacts(arn, identity_type)
        if len(id_or_arn) > _LONGEST_ID and not id_or_arn.startswith("arn:"):
            raise InvalidRequest("DescribeInstance: the instance's id is too long.")
        raise WrongInstance(f"{id_or_arn} is not an instance")

    def catalog(self, instance_arn: str, kind: Kind, *, fresh: bool = False) -> Catalog:
        """See `Lookups`."""
        if kind is Kind.USER:
            return self.users(instance_arn)
        if fresh or kind not in self._listed:
            self._listed[kind] = Catalog(dict(self.twin.names[kind]))
        return self._listed[kind]

    def attribute_values(self, instance_arn: str, name: str) -> frozenset[str] | None:
        """See `Lookups`."""
        return _LANGUAGES if name == "language" else None

    def find_user(self, instance_arn: str, username: str) -> DescribedUser | None:
        """See `Lookups`."""
        try:
            return self.twin.find(username) if instance_arn == self.twin.instance_arn else None
        except ApiError as error:
            raise LookUpUnavailable(str(error)) from None

    def users(self, instance_arn: str) -> Catalog:
        """See `Lookups`."""
        if instance_arn != self.twin.instance_arn:
            return Catalog()
        try:
            ids = self.twin.call("SearchUsers")["Users"]
        except ApiError as error:
            raise LookUpUnavailable(str(error)) from None
        return Catalog({user_id: self.twin.described[user_id]["Username"] for user_id in ids})

    def proficiencies(self, instance_arn: str, user_id: str) -> list[Properties]:
        """See `Lookups`."""
        return self.twin.proficiencies(user_id)

    def security_profile(
        self, instance_arn: str, profile_id: str, *, whole: bool = False
    ) -> SecurityProfile | None:
        """See `Lookups`."""
        if (profile_id, whole) not in self._read:
            self._read[profile_id, whole] = self._ask(profile_id, whole=whole)
        return self._read[profile_id, whole]

    def _ask(self, profile_id: str, *, whole: bool) -> SecurityProfile | None:
        given = {"SecurityProfileId": profile_id}
        try:
            listed = self.twin.call("ListSecurityProfilePermissions", **given)["Permissions"]
            if not whole and LEADING.isdisjoint(listed):
                return SecurityProfile(profile_id, "", frozenset(listed))
            self.twin.call("DescribeSecurityProfile", **given)
        except ApiError:
            return None
        return self.twin.profiles[profile_id]


class Secrets:
    """Implements `SecretStore`: passwords by name, and the names that are scheduled to go."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.scheduled: list[str] = []

    def keep(
        self, name: str, username: str, make: Callable[[], str], kms_key_id: str | None
    ) -> str:
        """See `SecretStore`."""
        if name in self.scheduled:
            self.scheduled.remove(name)
            self.kept[name] = make()
        return self.kept.setdefault(name, make())

    def schedule(self, name: str, days: int) -> None:
        """See `SecretStore`."""
        self.scheduled += [name] if name in self.kept else []


class TwinProcess:
    """A process on one instance, on a clock that only its own waiting moves."""

    def __init__(
        self,
        instance_arn: str = MANAGED_ARN,
        max_deletes: int | None = None,
        min_admins: int | None = None,
        tally: Tally | None = None,
        **settings: Any,
    ) -> None:
        self.connect = Twin(instance_arn)
        self.warned: list[str] = []
        self.said: list[str] = []
        self.now = 0.0
        self.on_sleep: Callable[[], None] = lambda: None
        """What happens while the process waits."""
        self.run = RunContext(
            self.warned.append,
            self.said.append,
            lambda: self.connect.before_change(),
            outcomes=UserOutcomes(),
            deletion_limit=DeletionLimit(Allowance("maxDeletes", max_deletes)),
            admin_minimum=AdminMinimum(min_admins, lambda arn: self.connect, tally),
            sleep=self._sleep,
            seconds=lambda: self.now,
            **settings,
        )
        self.lookups = TwinLookups(self.connect)
        self.users = InstanceUsers(self.connect, self.connect, self.run, self.lookups)

    def _sleep(self, seconds: float) -> None:
        self.now += seconds
        self.on_sleep()

    def inputs(self, old: KnownInputs | None = None, /, **changes: Any) -> KnownInputs:
        """What check makes of a valid user, with changes by wire path.

        A username may be taken between preview and `up`: whether it is taken counts for nothing.
        """
        arn = self.connect.instance_arn
        identity_type = self.lookups.instance(arn).identity_management_type
        bag = bag_of(identity_type, arn, {"ownership": OURS, **changes})
        checked = check(old, bag, self.lookups)
        assert [f for f in map(str, checked.failures) if "is taken by" not in f] == []
        return checked.inputs.known()

    def live(self) -> Json:
        """DescribeUser's answer for the only user."""
        (user,) = self.connect.described.values()
        return user

    def levels(self) -> dict[str, int]:
        """The levels of the only user's proficiencies by value."""
        (skills,) = self.connect.skills.values()
        return {value: one["Level"] for (_, value), one in skills.items()}
