"""boto3 clients: one for each account and Region, or the embedded Connect mounted."""

from __future__ import annotations

import threading
from functools import cache

import boto3
import botocore.session
from botocore.client import BaseClient
from botocore.config import Config
from botocore.exceptions import BotoCoreError

from ..errors import SettingsError
from .settings import Settings

_LOCAL_URL = "http://connect.local"
"""Never resolved: the mounted Connect answers before anything is sent."""


@cache
def _nobody() -> boto3.Session:
    """The embedded Connect wants a signature, but nobody's in particular.

    Of a botocore session without a profile: one that AWS_PROFILE names may not exist.
    """
    bare = botocore.session.Session(session_vars={"profile": (None, None, None, None)})
    return boto3.Session("local", "local", botocore_session=bare)


class Clients:
    """The clients of one process. boto3's clients are safe for threads, its sessions are not."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._clients: dict[tuple[str | None, str], BaseClient] = {}
        self._sessions: dict[str | None, boto3.Session] = {}

    def client(self, region: str, account: str) -> BaseClient:
        """The client of a Region and account (empty where it is not known yet).

        Raises SettingsError if a profile or Region cannot be used.
        """
        key = (self._settings.profile_for(account), region)
        with self._lock:
            if key not in self._clients:
                self._clients[key] = self._make(*key)
            return self._clients[key]

    def default_region(self) -> str | None:
        """The Region for an instance that is given by its id only."""
        with self._lock:
            region: str | None = self._settings.region or self._session().region_name
        return region

    def partition(self, region: str) -> str:
        """`aws`, `aws-us-gov`, ...: the partition of a Region."""
        with self._lock:
            return str(self._session().get_partition_for_region(region))

    def _session(self) -> boto3.Session:
        """The session of no account in particular."""
        return _nobody() if self._settings.is_local else self._session_of(self._settings.profile)

    def _session_of(self, profile: str | None) -> boto3.Session:
        if profile not in self._sessions:
            try:
                self._sessions[profile] = boto3.Session(profile_name=profile)
            except BotoCoreError as error:
                raise SettingsError(
                    f"reading AWS settings: {error}. Correct connect:profile, connect:profiles "
                    "or AWS_PROFILE."
                ) from None
        return self._sessions[profile]

    def _make(self, profile: str | None, region: str) -> BaseClient:
        settings = self._settings
        config = Config(
            connect_timeout=5,
            read_timeout=20,
            # One attempt on the wire: what may be made twice is decided by `caller`.
            retries={"total_max_attempts": 1, "mode": "standard"},
            max_pool_connections=16,
            user_agent_extra="pulumi-connect-users",
        )
        if settings.store is None:
            session = self._session_of(profile)
            if settings.is_emulated and session.get_credentials() is None:
                session = _nobody()
            return session.client(
                "connect", region_name=region, endpoint_url=settings.endpoint, config=config
            )
        from ..emulator import EmulatorError, mount

        client = _nobody().client(
            "connect", region_name=region, endpoint_url=_LOCAL_URL, config=config
        )
        try:
            mount(client, settings.store)
        except EmulatorError as error:
            raise SettingsError(str(error)) from None
        return client
