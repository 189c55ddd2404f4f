"""What one process knows of Amazon Connect: settings, clients, the instances it has seen."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from ..core.arns import LOCAL_ACCOUNT, Arn, instance_and_id, is_uuid, parse_arn
from ..core.described_user import DescribedUser
from ..core.errors import (
    AccessDenied,
    ApiError,
    LookUpUnavailable,
    NotFound,
    OutcomeUnknown,
    ServiceFailure,
    SettingsError,
    WrongInstance,
)
from ..core.lookups import Catalog, InstanceFacts, Kind
from ..core.messages import in_one_line
from ..users.run.deletion_limit import DeletionLimit
from ..users.run.user_outcomes import UserOutcomes
from .api import ApiClient
from .clients import Clients
from .instance import InstanceClient
from .name_catalogs import NameCatalogs
from .pagination import rows
from .rate_limit import RateLimiter
from .rate_limit_file import SharedBuckets
from .settings import Settings
from .snapshot import StackSnapshot
from .user_lookup import UserLookup

T = TypeVar("T")

_UNAVAILABLE = (AccessDenied, ServiceFailure, OutcomeUnknown)


class ConnectSession:
    """One for each process; safe for the provider's threads. Implements `core.lookups.LookUps`."""

    def __init__(
        self,
        settings: Settings,
        *,
        before_change: Callable[[], None] = lambda: None,
        warn: Callable[[str], None] = lambda text: None,
        inform: Callable[[str], None] = lambda text: None,
        outcomes: UserOutcomes | None = None,
        deletion_limit: DeletionLimit | None = None,
    ) -> None:
        """`before_change` runs before every mutating call and may raise.

        `warn` and `inform` (how something goes on) take one line.
        """
        self.settings = settings
        self._clients = Clients(settings)
        self._rate_limiter = RateLimiter(
            settings.requests_per_second, settings.burst, SharedBuckets(warn=warn)
        )
        self._before_change = before_change
        self._warn = warn
        self._inform = inform
        self._deletion_limit = deletion_limit or DeletionLimit(settings.max_deletes)
        self._fates = outcomes or UserOutcomes()
        self._lock = threading.RLock()
        self._facts: dict[str, InstanceFacts | ApiError | SettingsError] = {}
        self._told: set[str] = set()
        self._connects: dict[str, InstanceClient] = {}
        self._catalogs: dict[str, NameCatalogs] = {}
        self._snapshots: dict[tuple[str, str], StackSnapshot] = {}
        self._usernames: dict[str, UserLookup] = {}

    # What check asks ---------------------------------------------------------------------------

    def instance(self, id_or_arn: str) -> InstanceFacts:
        """The instance, by one DescribeInstance for each process; failures are remembered too.

        Raises WrongInstance if this client cannot be the instance's, LookUpUnavailable if the
        question could not be asked.
        """
        try:
            return self._seen(id_or_arn)
        except _UNAVAILABLE as error:
            with self._lock:
                first = id_or_arn not in self._told
                self._told.add(id_or_arn)
            if first:
                self._warn(f"instance {id_or_arn} was not looked up: {self._once(error)}")
            raise LookUpUnavailable(str(error)) from None

    def _once(self, error: ApiError) -> str:
        """An error with its remedy, the first time: one cause meets every user and look-up."""
        with self._lock:
            known = type(error).__name__ in self._told
            self._told.add(type(error).__name__)
        return str(error) if known else in_one_line(error)

    def _seen(self, id_or_arn: str) -> InstanceFacts:
        """The instance; raises the ApiError or SettingsError of the first time again."""
        with self._lock:
            if id_or_arn not in self._facts:
                try:
                    self._facts[id_or_arn] = self._describe_instance(id_or_arn)
                except (ApiError, SettingsError) as error:
                    self._facts[id_or_arn] = error
            known = self._facts[id_or_arn]
        if isinstance(known, InstanceFacts):
            return known
        raise known

    def catalog(self, instance_arn: str, kind: Kind, *, fresh: bool = False) -> Catalog:
        """All things of one kind; raises LookUpUnavailable."""
        return self._asking(lambda: self._catalogs_of(instance_arn).catalog(kind, fresh=fresh))

    def attribute_values(self, instance_arn: str, name: str) -> frozenset[str] | None:
        """The values of a predefined attribute, or None; raises LookUpUnavailable."""
        return self._asking(lambda: self._catalogs_of(instance_arn).attribute_values(name))

    def find_user(self, instance_arn: str, username: str) -> DescribedUser | None:
        """The user of exactly this name, or None; raises LookUpUnavailable."""
        return self._asking(lambda: self._usernames_of(instance_arn).find(username))

    def users(self, instance_arn: str) -> Catalog:
        """All users by id, none of a large instance; raises LookUpUnavailable."""
        return self._asking(lambda: self._usernames_of(instance_arn).all())

    def proficiencies(self, instance_arn: str, user_id: str) -> list[Mapping[str, Any]]:
        """A user's proficiencies; raises LookUpUnavailable."""
        return self._asking(lambda: self.connect(instance_arn).proficiencies(user_id))

    @property
    def deletion_limit(self) -> DeletionLimit:
        """The deletions of this run."""
        return self._deletion_limit

    def instances(self) -> list[Mapping[str, Any]]:
        """The instances of the settings' Region and account: all of ListInstances."""
        caller = self._caller(self._arn_of_id("(any)"))

        def call(operation: str, **parameters: Any) -> Mapping[str, Any]:
            return caller.call(operation, parameters)

        return list(rows(call, "ListInstances", "InstanceSummaryList", MaxResults=10))

    def _asking(self, question: Callable[[], T]) -> T:
        try:
            return question()
        except _UNAVAILABLE as error:
            raise LookUpUnavailable(self._once(error)) from None

    # What apply uses ---------------------------------------------------------------------------

    def connect(self, instance_arn: str) -> InstanceClient:
        """The instance, seen through its client before anything is believed or forgotten.

        Raises WrongInstance or an ApiError if it cannot be seen.
        """
        facts = self._seen(instance_arn)
        with self._lock:
            if facts.arn not in self._connects:
                arn = _parsed(facts.arn)
                self._connects[facts.arn] = InstanceClient(
                    self._caller(arn),
                    facts.arn,
                    self._catalogs_of(facts.arn),
                    self._fates,
                    self._warn,
                    # The embedded Connect is consistent at once unless it is told otherwise.
                    pause_seconds=0.05 if self.settings.is_local else 1.0,
                    settings=self.settings,
                    deletion_limit=self._deletion_limit,
                    inform=self._inform,
                )
            return self._connects[facts.arn]

    def snapshot(self, instance_arn: str, stack: str) -> StackSnapshot:
        """The bulk read of a stack's users, one for each process; `stack` is the tag's value."""
        connect = self.connect(instance_arn)
        with self._lock:
            key = (connect.instance_arn, stack)
            if key not in self._snapshots:
                self._snapshots[key] = StackSnapshot(connect.call, stack, self._warn, self._inform)
            return self._snapshots[key]

    # ------------------------------------------------------------------------------------------

    def _catalogs_of(self, instance_arn: str) -> NameCatalogs:
        with self._lock:
            if instance_arn not in self._catalogs:
                arn = _parsed(instance_arn)
                self._catalogs[instance_arn] = NameCatalogs(self._caller(arn), arn.instance)
            return self._catalogs[instance_arn]

    def _usernames_of(self, instance_arn: str) -> UserLookup:
        connect = self.connect(instance_arn)
        with self._lock:
            return self._usernames.setdefault(connect.instance_arn, UserLookup(connect))

    def _caller(self, arn: Arn) -> ApiClient:
        # Each file of the embedded Connect is an account of its own, with quotas of its own.
        store = f":{self.settings.store.resolve()}" if self.settings.store else ""
        endpoint = (self.settings.endpoint or arn.partition) + store
        return ApiClient(
            self._clients.client(arn.region, arn.account),
            self._rate_limiter,
            scope=f"{endpoint}|{arn.region}|{arn.account}",
            before_change=self._before_change,
            inform=self._inform,
        )

    def _describe_instance(self, id_or_arn: str) -> InstanceFacts:
        arn = parse_arn(id_or_arn) or self._arn_of_id(id_or_arn)
        if id_or_arn.startswith("arn:"):
            self._refuse_contradictions(arn)
        try:
            answer = self._caller(arn).call("DescribeInstance", {"InstanceId": arn.instance})
        except NotFound as error:
            alias = "" if is_uuid(arn.instance) else "An alias is not enough: give the id or ARN. "
            raise WrongInstance(
                f"looking up instance {id_or_arn}: there is no such instance {self._where(arn)}. "
                f"{alias}Check the id, Region, profile (connect:profiles for several accounts) and "
                "endpoint; nothing was forgotten or changed."
            ) from error
        found = answer["Instance"]
        if id_or_arn.startswith("arn:") and found["Arn"] != id_or_arn:
            raise WrongInstance(
                f"looking up instance {id_or_arn}: {self._where(arn)} it is {found['Arn']}. "
                "Check account, profile (connect:profiles for several accounts) and endpoint; "
                "nothing was forgotten or changed."
            )
        return InstanceFacts(found["Arn"], found["IdentityManagementType"])

    def _arn_of_id(self, instance_id: str) -> Arn:
        """An id alone: the Region comes from the settings, the account from Connect's answer."""
        if instance_and_id(instance_id) is not None:
            raise SettingsError(
                f"looking up instance {instance_id}: that is the id of something in an instance. "
                "Give the part before the colon, or the instance's ARN."
            )
        if ":" in instance_id or "/" in instance_id:
            raise SettingsError(
                f"looking up instance {instance_id}: that is neither an id nor an ARN of Amazon "
                "Connect (arn:aws:connect:REGION:ACCOUNT:instance/ID). Correct it."
            )
        region = self._clients.default_region()
        if region is None and self.settings.is_local:
            region = "us-west-2"
        if region is None:
            raise SettingsError(
                f"looking up instance {instance_id}: no Region is set. "
                "Give the instance's ARN, or set connect:region."
            )
        return Arn(self._clients.partition(region), region, "", instance_id)

    def _refuse_contradictions(self, arn: Arn) -> None:
        """Settings that cannot belong to the ARN, told before any call."""
        settings, subject = self.settings, f"using instance {arn.instance_arn}"
        if settings.region and settings.region != arn.region:
            raise WrongInstance(
                f"{subject}: connect:region is {settings.region}, but the ARN's is {arn.region}. "
                "Remove connect:region (the ARN decides), or correct the ARN."
            )
        if settings.is_local and not arn.is_local:
            raise WrongInstance(
                f"{subject}: {settings.endpoint_source} is `local`, the embedded Connect, whose "
                f"account is {LOCAL_ACCOUNT}, but the ARN's account is {arn.account}. "
                f"Remove {settings.endpoint_source}, or use a local instance."
            )
        if arn.is_local and not settings.is_emulated:
            raise WrongInstance(
                f"{subject}: it belongs to the embedded Connect (account {LOCAL_ACCOUNT}), but "
                f"the endpoint is {settings.endpoint or 'AWS'}. Set connect:endpoint to local."
            )
        if not settings.is_emulated:
            partition = self._clients.partition(arn.region)
            if partition != arn.partition:
                raise WrongInstance(
                    f"{subject}: {arn.region} is in the partition {partition}, not in "
                    f"{arn.partition}. Correct the ARN."
                )

    def _where(self, arn: Arn) -> str:
        settings, profile = self.settings, self.settings.profile_for(arn.account)
        if settings.is_local:
            return f"in Region {arn.region} of the embedded Connect ({settings.endpoint_source})"
        if settings.endpoint:
            using = f", with the profile {profile}" if profile else ""
            return f"at {settings.endpoint} ({settings.endpoint_source}{using})"
        whose = f"the profile {profile}" if profile else "these credentials"
        return f"in Region {arn.region} of the account of {whose}"


def _parsed(instance_arn: str) -> Arn:
    arn = parse_arn(instance_arn)
    if arn is None:
        raise SettingsError(f"{instance_arn} is no ARN of an Amazon Connect instance.")
    return arn
