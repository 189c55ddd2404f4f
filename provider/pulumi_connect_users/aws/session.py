"""What one process knows of Amazon Connect: settings, and each instance with its caches."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from ..core.arns import Arn, parse_arn
from ..core.described_user import DescribedUser
from ..core.errors import (
    AccessDenied,
    ApiError,
    LookUpUnavailable,
    OutcomeUnknown,
    ServiceFailure,
    SettingsError,
)
from ..core.lookups import Catalog, InstanceFacts, Kind
from ..core.messages import in_one_line
from ..core.properties import Properties
from ..core.run_hooks import SILENT, RunHooks
from ..core.security_profile import SecurityProfile
from ..users.admin_minimum import AdminMinimum
from ..users.allowance import Allowance, Share, Tally
from ..users.deletion_limit import DeletionLimit
from ..users.run.user_outcomes import UserOutcomes
from ..users.run_context import RunContext
from ..users.update_limit import UpdateLimit
from .instance import InstanceClient
from .instance_lookup import InstanceLookup
from .name_catalogs import NameCatalogs
from .secrets_manager import secret_store
from .security_profiles import SecurityProfiles
from .settings import Settings
from .snapshot import StackSnapshot
from .user_lookup import UserLookup

if TYPE_CHECKING:
    from types_boto3_connect.type_defs import InstanceSummaryTypeDef

K = TypeVar("K")
T = TypeVar("T")

_UNAVAILABLE = (AccessDenied, ServiceFailure, OutcomeUnknown)


class ConnectSession:
    """One for each process; safe for the provider's threads. Implements `core.lookups.Lookups`."""

    def __init__(
        self,
        settings: Settings,
        hooks: RunHooks = SILENT,
        *,
        outcomes: UserOutcomes | None = None,
        stacks: Callable[[], Collection[str]] = tuple,
        tally: Callable[[str], Tally | None] = lambda setting: None,
    ) -> None:
        """Opens a session.

        Args:
            settings: how Connect is reached.
            hooks: the front end's.
            outcomes: the run's, where something else shares them.
            stacks: whose users limits count, as in marks.
            tally: what a run of several processes counts towards a setting with.
        """
        self.settings = settings
        self.deletion_limit = DeletionLimit(
            self._allowance("maxDeletes", settings.max_deletes, stacks), tally=tally("maxDeletes")
        )
        self.update_limit = UpdateLimit(
            self._allowance("maxUpdates", settings.max_updates, stacks), tally("maxUpdates")
        )
        self.admin_minimum = AdminMinimum(settings.min_admins, self.connect, tally("minAdmins"))
        self._hooks = hooks
        self._outcomes = outcomes or UserOutcomes()
        self._instances = InstanceLookup(settings, hooks)
        self._lock = threading.RLock()
        self._reported: set[str] = set()
        self._clients: dict[str, InstanceClient] = {}
        self._catalogs: dict[str, NameCatalogs] = {}
        self._profiles: dict[str, SecurityProfiles] = {}
        self._snapshots: dict[tuple[str, str], StackSnapshot] = {}
        self._user_lookups: dict[str, UserLookup] = {}
        self._counts: dict[tuple[str, str], int] = {}

    def instance(self, id_or_arn: str) -> InstanceFacts:
        """The instance, looked up once; raises WrongInstance or LookUpUnavailable."""
        try:
            return self._instances.seen(id_or_arn)
        except _UNAVAILABLE as error:
            if self._is_first(id_or_arn):
                self._hooks.warn(f"instance {id_or_arn} was not looked up: {self._once(error)}")
            raise LookUpUnavailable(str(error)) from None

    def instances(self) -> list[InstanceSummaryTypeDef]:
        """The instances in the settings' Region and account."""
        return self._instances.listed()

    def catalog(self, instance_arn: str, kind: Kind, *, fresh: bool = False) -> Catalog:
        """All things of one kind; raises LookUpUnavailable."""
        return self._available(lambda: self._catalogs_of(instance_arn).catalog(kind, fresh=fresh))

    def attribute_values(self, instance_arn: str, name: str) -> frozenset[str] | None:
        """The values of a predefined attribute, or None; raises LookUpUnavailable."""
        return self._available(lambda: self._catalogs_of(instance_arn).attribute_values(name))

    def find_user(self, instance_arn: str, username: str) -> DescribedUser | None:
        """The user of exactly this name, or None; raises LookUpUnavailable."""
        return self._available(lambda: self._users_of(instance_arn).find(username))

    def users(self, instance_arn: str) -> Catalog:
        """All users by id, none of a large instance; raises LookUpUnavailable."""
        return self._available(lambda: self._users_of(instance_arn).all())

    def proficiencies(self, instance_arn: str, user_id: str) -> list[Properties]:
        """A user's proficiencies; raises LookUpUnavailable."""
        return self._available(lambda: self.connect(instance_arn).proficiencies(user_id))

    def security_profile(
        self, instance_arn: str, profile_id: str, *, whole: bool = False
    ) -> SecurityProfile | None:
        """A security profile, or None; silent, since reports and policies say what is not known."""
        try:
            return self._profiles_of(instance_arn).get(profile_id, whole=whole)
        except ApiError:
            return None

    def _available(self, look_up: Callable[[], T]) -> T:
        try:
            return look_up()
        except _UNAVAILABLE as error:
            raise LookUpUnavailable(self._once(error)) from None

    def _once(self, error: ApiError) -> str:
        """An error with its remedy, the first time: one cause meets every user and look-up."""
        first = self._is_first(type(error).__name__)
        return in_one_line(error) if first else str(error)

    def _is_first(self, subject: str) -> bool:
        with self._lock:
            first = subject not in self._reported
            self._reported.add(subject)
        return first

    def connect(self, instance_arn: str) -> InstanceClient:
        """The client of an instance that was seen; raises WrongInstance or an ApiError."""
        arn = self._instances.seen(instance_arn).arn
        return self._kept(self._clients, arn, lambda: self._client(arn))

    def _allowance(
        self, setting: str, most: int | Share | None, stacks: Callable[[], Collection[str]]
    ) -> Allowance:
        return Allowance(setting, most, lambda: self._count_managed(stacks()))

    def _count_managed(self, stacks: Collection[str]) -> int:
        """The users with these stacks' marks in all instances that were seen, each counted once.

        None without a stack: with ownership off no user carries a mark.
        """
        return sum(
            self._kept(self._counts, (arn, stack), partial(self._count, arn, stack))
            for arn in self._instances.arns()
            for stack in sorted(stacks)
            if stack
        )

    def _count(self, instance_arn: str, stack: str) -> int:
        try:
            return self.connect(instance_arn).count_marked(stack)
        except _UNAVAILABLE as error:
            self._hooks.warn(f"the users of the stack were not counted: {self._once(error)}")
            return 0

    def snapshot(self, instance_arn: str, stack: str) -> StackSnapshot:
        """The bulk read of a stack's users, one for each process; `stack` is the tag's value."""
        connect = self.connect(instance_arn)
        key = (connect.instance_arn, stack)
        return self._kept(
            self._snapshots, key, lambda: StackSnapshot(connect.call, stack, self._hooks)
        )

    def _client(self, instance_arn: str) -> InstanceClient:
        settings, hooks = self.settings, self._hooks
        run = RunContext(
            hooks.warn,
            hooks.inform,
            hooks.before_change,
            outcomes=self._outcomes,
            deletion_limit=self.deletion_limit,
            admin_minimum=self.admin_minimum,
            on_delete=settings.on_delete,
            privileged_profiles=settings.privileged_profiles,
            secret_store=secret_store(instance_arn, settings, hooks.before_change),
            # The embedded Connect is consistent at once, unless a fault says otherwise.
            first_pause=0.05 if settings.is_local else 1.0,
        )
        api = self._instances.api(_parsed(instance_arn))
        return InstanceClient(api, instance_arn, self._catalogs_of(instance_arn), run)

    def _catalogs_of(self, instance_arn: str) -> NameCatalogs:
        def catalogs() -> NameCatalogs:
            arn = _parsed(instance_arn)
            return NameCatalogs(partial(self._instances.api(arn).call, InstanceId=arn.instance))

        return self._kept(self._catalogs, instance_arn, catalogs)

    def _profiles_of(self, instance_arn: str) -> SecurityProfiles:
        def profiles() -> SecurityProfiles:
            arn = _parsed(instance_arn)
            return SecurityProfiles(partial(self._instances.api(arn).call, InstanceId=arn.instance))

        return self._kept(self._profiles, instance_arn, profiles)

    def _users_of(self, instance_arn: str) -> UserLookup:
        connect = self.connect(instance_arn)
        return self._kept(self._user_lookups, connect.instance_arn, lambda: UserLookup(connect))

    def _kept(self, cache: dict[K, T], key: K, make: Callable[[], T]) -> T:
        with self._lock:
            if key not in cache:
                cache[key] = make()
            return cache[key]


def _parsed(instance_arn: str) -> Arn:
    arn = parse_arn(instance_arn)
    if arn is None:
        raise SettingsError(f"{instance_arn} is not the ARN of an Amazon Connect instance.")
    return arn
