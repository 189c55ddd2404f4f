"""boto3 clients: one for each Region, the embedded Connect mounted where it is asked for."""

from __future__ import annotations

import threading

import boto3
from botocore.client import BaseClient
from botocore.config import Config
from botocore.exceptions import BotoCoreError

from ..errors import SettingsError
from .settings import Settings

_LOCAL_URL = "http://connect.local"
"""Never resolved: the mounted Connect answers before anything is sent."""

_NOBODY = boto3.Session("local", "local")
"""The embedded Connect wants a signature, but nobody's in particular."""


class Clients:
    """The clients of one process. boto3's clients are safe for threads, its sessions are not."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._clients: dict[str, BaseClient] = {}
        self._session: boto3.Session | None = None

    def client(self, region: str) -> BaseClient:
        """The client of a Region; raises SettingsError if a profile or Region cannot be used."""
        with self._lock:
            if region not in self._clients:
                self._clients[region] = self._make(region)
            return self._clients[region]

    def default_region(self) -> str | None:
        """The Region for an instance that is given by its id only."""
        with self._lock:
            region: str | None = self._settings.region or self._boto3().region_name
        return region

    def partition(self, region: str) -> str:
        """`aws`, `aws-us-gov`, ...: the partition of a Region."""
        with self._lock:
            return str(self._boto3().get_partition_for_region(region))

    def _boto3(self) -> boto3.Session:
        if self._session is None:
            try:
                self._session = boto3.Session(profile_name=self._settings.profile)
            except BotoCoreError as error:
                raise SettingsError(
                    f"reading AWS settings: {error}. Correct connect:profile or AWS_PROFILE."
                ) from None
        return self._session

    def _make(self, region: str) -> BaseClient:
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
            session = self._boto3()
            if settings.is_emulated and session.get_credentials() is None:
                session = _NOBODY
            return session.client(
                "connect", region_name=region, endpoint_url=settings.endpoint, config=config
            )
        from ..emulator import EmulatorError, mount

        client = _NOBODY.client(
            "connect", region_name=region, endpoint_url=_LOCAL_URL, config=config
        )
        try:
            mount(client, settings.store)
        except EmulatorError as error:
            raise SettingsError(str(error)) from None
        return client
