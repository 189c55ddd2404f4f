"""Settings: stack configuration (namespace `connect`), then the environment, then defaults."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from ..core.errors import SettingsError
from ..core.properties import Properties
from ..model.in_time import current_time
from ..model.references import PRIVILEGED_PROFILES
from ..users.allowance import Share, variable_of
from .provider_settings import (
    AssumedRole,
    read_account_ids,
    read_assumed_role,
    read_profiles,
    read_user_defaults,
)
from .setting_values import (
    Given,
    read_boolean,
    read_choice,
    read_count,
    read_names,
    read_number,
    read_whole,
)

LOCAL = "local"
STORE = Path(".connect-users", "local.db")
"""The embedded Connect's file, beside the project's."""
_PROJECT_FILES = ("Pulumi.yaml", "Pulumi.yml", "Pulumi.json")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_ON_DELETE = ("refuse", "wait", "force", "suspend")
_REFRESH = "CONNECT_USERS_REFRESH"
_ENDPOINT_VARIABLES = ("AWS_ENDPOINT_URL_CONNECT", "AWS_ENDPOINT_URL")


@dataclass(frozen=True)
class Settings:
    """How a process reaches Amazon Connect. Rates are requests a second."""

    endpoint: str | None = None
    """A URL, `local`, or None for AWS."""
    endpoint_source: str = ""
    """Where the endpoint was set: `connect:endpoint`, or an environment variable."""
    store: Path | None = None
    """File of the embedded Connect; set if `endpoint` is `local`."""
    region: str | None = None
    profile: str | None = None
    # A mapping has no hash; settings are a key.
    profiles: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Profiles by the account whose instances they are for; `profile` is for all others."""
    requests_per_second: float | None = 2.0
    """None: unlimited."""
    burst: int = 5
    max_deletes: int | Share | None = 20
    max_updates: int | Share | None = None
    min_admins: int | None = None
    """How many users with the security profile Admin each instance keeps."""
    on_delete: str | None = None
    """One of `_ON_DELETE` for every user, whatever the user's own `on_delete` says."""
    privileged_profiles: tuple[str, ...] = PRIVILEGED_PROFILES
    """Security profiles whose users are never deleted without a warning."""
    assumed_role: AssumedRole | None = None
    user_defaults: Properties = field(default_factory=dict, hash=False)
    """What every user has that does not declare another value: tags, profiles of a suspension."""
    allowed_account_ids: tuple[str, ...] = ()
    """The accounts of instances; empty allows all."""
    strict: bool = False
    refresh: str = "bulk"
    receipt: Path | None = None
    """The file to which each mutating call is appended."""
    now: datetime = field(default_factory=current_time, compare=False)
    """When the settings were read: one clock for all that a process judges."""

    def profile_for(self, account: str) -> str | None:
        """The profile for the instances of an account (12 digits), None for AWS's own chain."""
        return self.profiles.get(account, self.profile)

    @property
    def role(self) -> AssumedRole | None:
        """The role to assume; an emulator on this machine takes any credentials."""
        return None if self.is_emulated else self.assumed_role

    @property
    def is_local(self) -> bool:
        """Whether the embedded Connect is mounted in this process."""
        return self.endpoint == LOCAL

    @property
    def is_emulated(self) -> bool:
        """Whether the endpoint is on this machine: the embedded Connect, mounted or served."""
        return self.is_local or _host(self.endpoint) in _LOOPBACK


def project_file(folder: Path) -> Path | None:
    """The file of the Pulumi project that an absolute folder belongs to."""
    places = (f / name for f in (folder, *folder.parents) for name in _PROJECT_FILES)
    return next((place for place in places if place.is_file()), None)


def _host(url: str | None) -> str | None:
    return urlsplit(url).hostname if url else None


def read_settings(
    config: Callable[[str], str | None],
    environment: Mapping[str, str] = os.environ,
    folder: Path | None = None,
) -> Settings:
    """The settings of this process.

    `config` returns the value of a key without its namespace (`endpoint`). `folder`
    is where the search for Pulumi.yaml starts. Raises SettingsError naming every bad value.
    """
    problems: list[str] = []
    endpoint, source = _endpoint(config, environment)
    local = endpoint == LOCAL
    if endpoint and not local:
        _check_url(endpoint, source, problems)

    def given(key: str) -> Given:
        return Given(config(key), f"connect:{key}")

    def for_one_run(key: str) -> Given:
        # The engine configures the provider of a `destroy`, and of deletions that leave no user
        # behind, as the last `up` did: changed configuration does not reach those.
        name = variable_of(key)
        return Given(environment[name], name) if environment.get(name) else given(key)

    on_delete, receipt = for_one_run("onDelete"), for_one_run("receipt").text
    # A refresh sees the configuration of the last `up`; the environment holds at once.
    refresh = given("refresh")
    if not refresh.text:
        refresh = Given(environment.get(_REFRESH), _REFRESH)
    settings = Settings(
        endpoint=endpoint,
        endpoint_source=source,
        store=local_store(config, environment, folder) if local else None,
        region=config("region"),
        profile=config("profile"),
        profiles=read_profiles(config("profiles"), problems),
        requests_per_second=read_number(
            given("requestsPerSecond"), None if local else 2.0, problems, minimum=0.01
        ),
        burst=int(read_number(given("burst"), 5, problems, minimum=1) or 5),
        max_deletes=read_count(for_one_run("maxDeletes"), None if local else 20, problems),
        max_updates=read_count(for_one_run("maxUpdates"), None, problems),
        min_admins=read_whole(for_one_run("minAdmins"), problems),
        on_delete=read_choice(on_delete, _ON_DELETE, problems) if on_delete.text else None,
        privileged_profiles=read_names(given("privilegedProfiles"), PRIVILEGED_PROFILES, problems),
        assumed_role=read_assumed_role(config("assumeRole"), problems),
        user_defaults=read_user_defaults(config, on_delete.text, problems),
        allowed_account_ids=read_account_ids(
            read_names(given("allowedAccountIds"), (), problems), problems
        ),
        strict=read_boolean(given("strict"), problems, default=False),
        refresh=read_choice(refresh, ("bulk", "exact"), problems),
        receipt=_root(folder) / Path(receipt).expanduser() if receipt else None,
        now=_now(environment, problems),
    )
    if problems:
        raise SettingsError("reading the stack's configuration: " + " ".join(problems))
    return settings


def _now(environment: Mapping[str, str], problems: list[str]) -> datetime:
    try:
        return current_time(environment)
    except ValueError as error:
        problems.append(str(error))
        return current_time({})


def _endpoint(
    config: Callable[[str], str | None], environment: Mapping[str, str]
) -> tuple[str | None, str]:
    configured = (config("endpoint") or "").strip()
    if configured:
        return configured, "connect:endpoint"
    if environment.get("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "").lower() != "true":
        for name in _ENDPOINT_VARIABLES:
            if value := environment.get(name, "").strip():
                return value, name
    return None, ""


def _check_url(endpoint: str, source: str, problems: list[str]) -> None:
    try:
        parts = urlsplit(endpoint)
        valid = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        parts, valid = urlsplit(""), False
    if not valid:
        problems.append(f"{source} must be `local` or a URL (http://127.0.0.1:PORT).")
    elif parts.username or parts.password:
        problems.append(
            f"{source} holds a user or a password, which messages would show. Remove it: requests "
            "are signed with AWS credentials."
        )
    elif parts.scheme == "http" and parts.hostname not in _LOOPBACK:
        problems.append(
            f"{source} is plain http to another machine, which would expose passwords. Use https."
        )


def local_store(
    config: Callable[[str], str | None], environment: Mapping[str, str], folder: Path | None = None
) -> Path:
    """The embedded Connect's file, of the project of a folder (default: the current one)."""
    configured = config("localStore") or environment.get("CONNECT_USERS_LOCAL_STORE")
    return _root(folder) / (Path(configured).expanduser() if configured else STORE)


def _root(folder: Path | None) -> Path:
    """The folder of the project that a folder (default: the current one) belongs to."""
    here = (folder or Path.cwd()).resolve()
    project = project_file(here)
    return project.parent if project else here
