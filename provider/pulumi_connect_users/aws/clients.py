"""boto3 clients: one for each account and Region, or the embedded Connect mounted."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import cache

import boto3
import botocore.session
from botocore.client import BaseClient
from botocore.config import Config
from botocore.credentials import (
    AssumeRoleCredentialFetcher,
    CredentialProvider,
    CredentialResolver,
    DeferredRefreshableCredentials,
)
from botocore.exceptions import (
    BotoCoreError,
    PartialCredentialsError,
    ProfileNotFound,
    UnknownRegionError,
)

from ..core.errors import ConnectUsersError, NotAuthenticated, SettingsError
from ..core.run_hooks import SILENT
from .error_mapping import is_about_credentials, remedy_of
from .provider_settings import AssumedRole
from .settings import Settings

_LOCAL_URL = "http://connect.local"
"""Never resolved: the mounted Connect answers before anything is sent."""


@cache
def _anonymous() -> boto3.Session:
    """A session for the embedded Connect, without a profile: AWS_PROFILE's may not exist."""
    bare = botocore.session.Session(session_vars={"profile": (None, None, None, None)})
    return boto3.Session("local", "local", botocore_session=bare)


def session_of(profile: str | None, role: AssumedRole | None = None) -> boto3.Session:
    """A session of a profile, None for AWS's own chain, or of the role that it assumes.

    Raises SettingsError.
    """
    try:
        core = botocore.session.Session(profile=profile)
        # Else a profile that does not exist may show in the first call only (AWS_DATA_PATH is set).
        core.get_scoped_config()
        if role is not None:
            # Another session assumes the role: this one has no credentials but the role's.
            provider = _RoleProvider(botocore.session.Session(profile=profile), role)
            core.register_component("credential_provider", CredentialResolver([provider]))
        return boto3.Session(botocore_session=core)
    except BotoCoreError as error:
        raise _unusable(error) from None


def _unusable(error: Exception) -> ConnectUsersError:
    """Translates an error before any call. A credential process's own text may hold a secret."""
    if is_about_credentials(error) and not isinstance(error, ProfileNotFound):
        name = type(error).__name__
        cause = str(error) if isinstance(error, PartialCredentialsError) else name
        text = f"loading AWS credentials: {cause}."
        return NotAuthenticated(text, code=name, remedy=remedy_of(name))
    return SettingsError(
        f"reading AWS settings: {str(error).rstrip('.')}. Correct connect:profile, "
        "connect:profiles, connect:endpoint, AWS_PROFILE or what they refer to."
    )


class _RoleProvider(CredentialProvider):
    """Credentials of an assumed role, renewed before they expire."""

    METHOD = "assume-role"

    def __init__(self, session: botocore.session.Session, role: AssumedRole) -> None:
        self._session, self._role = session, role

    def load(self) -> DeferredRefreshableCredentials | None:
        """None where there is nothing to assume the role with."""
        source = self._session.get_credentials()
        if source is None:
            return None
        fetcher = AssumeRoleCredentialFetcher(
            self._session.create_client,
            source,
            self._role.arn,
            extra_args=dict(self._role.parameters),
        )
        return DeferredRefreshableCredentials(fetcher.fetch_credentials, self.METHOD)


class Clients:
    """The clients of one process. boto3's clients are safe for threads, its sessions are not."""

    def __init__(self, settings: Settings, origin: Callable[[], str] = SILENT.origin) -> None:
        """`origin` is added to the user agent."""
        self._settings = settings
        self._origin = origin
        self._lock = threading.Lock()
        self._clients: dict[tuple[str | None, str], BaseClient] = {}
        self._sessions: dict[str | None, boto3.Session] = {}

    def client(self, region: str, account: str) -> BaseClient:
        """The client of a Region and account; raises SettingsError or AccessDenied."""
        key = (self._settings.profile_for(account), region)
        with self._lock:
            if key not in self._clients:
                try:
                    self._clients[key] = self._make(*key)
                except (BotoCoreError, ValueError) as error:
                    raise _unusable(error) from None
            return self._clients[key]

    def default_region(self) -> str | None:
        """The Region for an instance that is given by its id only."""
        with self._lock:
            region: str | None = self._settings.region or self._session().region_name
        return region

    def partition(self, region: str) -> str:
        """`aws`, `aws-us-gov`, ...: the partition of a Region; raises SettingsError."""
        with self._lock:
            try:
                return str(self._session().get_partition_for_region(region))
            except UnknownRegionError:
                raise SettingsError(
                    f"using Region {region}: it does not exist. Correct the ARN or connect:region."
                ) from None

    def _session(self) -> boto3.Session:
        """The session without an account's own profile."""
        return _anonymous() if self._settings.is_local else self._session_of(self._settings.profile)

    def _session_of(self, profile: str | None) -> boto3.Session:
        if profile not in self._sessions:
            self._sessions[profile] = session_of(profile, self._settings.role)
        return self._sessions[profile]

    def _make(self, profile: str | None, region: str) -> BaseClient:
        settings = self._settings
        config = Config(
            connect_timeout=5,
            read_timeout=20,
            # One attempt on the wire: `ApiClient` decides what is retried.
            retries={"total_max_attempts": 1, "mode": "standard"},
            max_pool_connections=16,
            user_agent_extra=f"pulumi-connect-users {self._origin()}".rstrip(),
        )
        if settings.store is None:
            session = self._session_of(profile)
            if settings.is_emulated and session.get_credentials() is None:
                session = _anonymous()
            return session.client(
                "connect", region_name=region, endpoint_url=settings.endpoint, config=config
            )
        from ..emulator import EmulatorError, mount

        client = _anonymous().client(
            "connect", region_name=region, endpoint_url=_LOCAL_URL, config=config
        )
        try:
            mount(client, settings.store)
        except EmulatorError as error:
            raise SettingsError(str(error)) from None
        return client
