"""What one provider process knows: its settings, session, threads, and the engine it works for."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

import pulumi
from pulumi.dynamic import Config

from ..core.errors import InvalidUser, SettingsError
from ..core.privacy import hide_addresses
from ..users.run.rule_warnings import RuleWarnings
from ..users.run.similar_usernames import SimilarUsernames
from ..users.run.user_outcomes import UserOutcomes
from ..users.run.username_claims import UsernameClaims
from .engine_watch import engine_address, require_engine, watch

# Programs import this module too: what is slow to import waits for a call.
if TYPE_CHECKING:
    from ..aws.session import ConnectSession
    from ..roster.workers import WorkerPool
    from ..users.run.deletion_limit import DeletionLimit
    from ..users.service import InstanceUsers

_SAYING: Final = threading.Lock()


def _in_turn(say: Callable[[str], None]) -> Callable[[str], None]:
    """One message after the other: the SDK writes a text and its line end apart (3.272).

    Those of two threads would share a line.
    """

    def said(text: str) -> None:
        with _SAYING:
            say(text)

    return said


inform: Final = _in_turn(lambda text: pulumi.log.info(text))
warn: Final = _in_turn(lambda text: pulumi.log.warn(text))


class Run:
    """What one provider process knows. The provider's threads share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._config: Config | None = None
        self._session: ConnectSession | SettingsError | None = None
        self._workers: WorkerPool | None = None
        self.outcomes = UserOutcomes()
        self.claims = UsernameClaims()
        self.similar_usernames = SimilarUsernames()
        self.rule_warnings = RuleWarnings()

    def configure(self, config: Config) -> None:
        """Keeps the stack's configuration, the first of equal ones; from here on the run counts."""
        watch()
        with self._lock:
            if self._config is None:
                self._config = config
                hide_addresses(hides=self._setting("personalData") == "secret")

    def session(self) -> ConnectSession:
        """The session, made on first use; raises the same SettingsError each time."""
        with self._lock:
            if self._session is None:
                try:
                    self._session = self._open()
                except SettingsError as error:
                    self._session = error
            if isinstance(self._session, SettingsError):
                raise self._session
            return self._session

    def workers(self) -> WorkerPool:
        """The threads that work on the users of rosters, shared by all batches."""
        from concurrent.futures import ThreadPoolExecutor

        from ..roster.workers import WORKERS, WorkerPool

        with self._lock:
            if self._workers is None:
                self._workers = WorkerPool(ThreadPoolExecutor(WORKERS, "roster"), inform)
            return self._workers

    def users(self, arn: object) -> InstanceUsers:
        """The users of the instance that an ARN (of the instance, or of a user) names."""
        from ..core.arns import parse_arn
        from ..users.service import InstanceUsers

        session = self.session()
        parsed = parse_arn(str(arn))
        if parsed is None:
            raise InvalidUser(
                "the state names no instance. Refresh the stack, or check the program."
            )
        bulk = partial(session.snapshot, parsed.instance_arn)
        return InstanceUsers(
            session.connect(parsed.instance_arn),
            session,
            bulk if session.settings.refresh == "bulk" else None,
            self.rule_warnings,
        )

    def _open(self) -> ConnectSession:
        from ..aws.session import ConnectSession
        from ..aws.settings import read_settings

        self._warn_of_unknown_settings()
        settings = read_settings(self._setting)
        if settings.is_local:
            inform(f"connect:endpoint is local: the embedded Connect in {settings.store}, not AWS")
        return ConnectSession(
            settings,
            before_change=require_engine,
            warn=warn,
            inform=inform,
            outcomes=self.outcomes,
            deletion_limit=self._deletion_limit(settings.max_deletes),
        )

    def _deletion_limit(self, most: int | None) -> DeletionLimit:
        from ..aws.deletion_tally import DeletionTally
        from ..users.run.deletion_limit import DeletionLimit

        engine = engine_address()
        tally = None if engine is None or most is None else DeletionTally(f"{engine}", warn=warn)
        return DeletionLimit(most, tally=tally)

    def _warn_of_unknown_settings(self) -> None:
        from .setting_names import NAMESPACE, unknown_settings

        # The SDK (3.272) has no way to ask which keys there are.
        keys = vars(self._config).get("_props", {}) if self._config else {}
        mine = [key.removeprefix(NAMESPACE) for key in keys if key.startswith(NAMESPACE)]
        for problem, remedy in unknown_settings(mine):
            warn(f"{problem}. {remedy}")

    def _setting(self, key: str) -> str | None:
        value = self._config.get(f"connect:{key}") if self._config else None
        return None if value is None else str(value)


run: Final = Run()
