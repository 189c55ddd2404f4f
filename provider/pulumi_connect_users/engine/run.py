"""One run: everything that the resources of a front end's process share."""

from __future__ import annotations

import hashlib
import threading
import uuid
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final, ParamSpec, TypeVar

from ..core.errors import EngineGone, InvalidUser, SettingsError
from ..core.privacy import hide_addresses
from ..core.run_hooks import RunHooks
from ..users.run.rule_warnings import RuleWarnings
from ..users.run.user_outcomes import UserOutcomes
from ..users.run.usernames import SimilarUsernames, UsernameClaims
from .engine_watch import engine_address, require_engine
from .messages import FrontEnd, Log

# Programs import this module too: what is slow to import waits for a call.
if TYPE_CHECKING:
    from ..aws.session import ConnectSession
    from ..core.check_failure import Finding
    from ..core.properties import Value
    from ..roster.workers import WorkerPool
    from ..users.allowance import Tally
    from ..users.service import InstanceUsers


P = ParamSpec("P")
T = TypeVar("T")


_REPORT: Final = (
    ". Each change: PULUMI_ENABLE_STREAMING_JSON_PREVIEW=1 pulumi preview --json | "
    "connect-users report"
)


class Run:
    """Settings, session, messages, limits, history and workers. Threads share it."""

    def __init__(self, front_end: FrontEnd) -> None:
        self.log = Log(front_end)
        self.outcomes = UserOutcomes()
        self.claims = UsernameClaims()
        self.similar_usernames = SimilarUsernames()
        self.rule_warnings = RuleWarnings()
        self._stack = ""
        self._id = _run_id()
        self._report = _REPORT
        self._lock = threading.Lock()
        self._cancelled = threading.Event()
        self._setting: Callable[[str], str | None] | None = None
        self._keys: Iterable[str] = ()
        self._session: ConnectSession | SettingsError | None = None
        self._workers: WorkerPool | None = None

    def configure(self, setting: Callable[[str], str | None], keys: Iterable[str]) -> None:
        """Keeps the settings, the first of equal ones.

        Args:
            setting: Answers a key without the front end's namespace (`endpoint`).
            keys: The keys that are set.
        """
        with self._lock:
            if self._setting is None:
                self._setting, self._keys = setting, keys
                hide_addresses(hides=setting("personalData") == "secret")

    def serve(self, stack: str) -> None:
        """Learns which stack (`organization/project/stack`) the run is of."""
        self._stack = self._stack or stack

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
        from ..roster.workers import WORKERS, WorkerPool

        with self._lock:
            if self._workers is None:
                self._workers = WorkerPool(ContextThreads(WORKERS, "roster"), self.log.inform)
            return self._workers

    def users(self, arn: Value) -> InstanceUsers:
        """The users of the instance that an ARN (of the instance, or of a user) names."""
        from ..core.arns import parse_arn
        from ..users.service import InstanceUsers

        session = self.session()
        parsed = parse_arn(arn) if isinstance(arn, str) else None
        if parsed is None:
            raise InvalidUser(
                "the state names no instance. Refresh the stack, or check the program."
            )
        bulk = partial(session.snapshot, parsed.instance_arn)
        api = session.connect(parsed.instance_arn)
        return InstanceUsers(
            api,
            api.live_data,
            api.run,
            session,
            bulk if session.settings.refresh == "bulk" else None,
            self.rule_warnings,
        )

    def warn_of_rules(self, findings: Iterable[tuple[object, Finding]]) -> None:
        """Warns of each rule once in the run, from findings by username."""
        for line in self.rule_warnings.lines(findings):
            self.log.warn(line)

    def inform_of_users(self, changes: str) -> None:
        """Says how many users of a roster change; the first time, where to read how."""
        if not changes:
            return
        with self._lock:
            remedy, self._report = self._report, ""
        self.log.inform(f"{changes}{remedy}")

    def _open(self) -> ConnectSession:
        from ..aws.session import ConnectSession
        from ..aws.settings import read_settings
        from .program_settings import unknown_settings
        from .receipt import Receipt, user_agent

        for problem, remedy in unknown_settings(self._keys):
            self.log.warn(f"{problem}. {remedy}")
        settings = read_settings(self._setting or (lambda key: None))
        if settings.is_local:
            with self.log.about(None):
                self.log.inform(
                    f"connect:endpoint is local: the embedded Connect in {settings.store}, not AWS"
                )
        hooks = RunHooks(
            self.log.warn,
            self.log.inform,
            self._require,
            origin=lambda: user_agent(self._stack, self._id),
        )
        if settings.receipt is not None:
            receipt = Receipt(settings.receipt, lambda: self._stack, self._id, self.log.warn)
            hooks = replace(hooks, after_change=receipt.record)
        return ConnectSession(
            settings,
            hooks,
            outcomes=self.outcomes,
            stacks=lambda: (self._stack,),
            tally=self._tally,
        )

    def cancel(self) -> None:
        """Ends what waits, and starts no other change."""
        self._cancelled.set()

    def _require(self) -> None:
        if self._cancelled.is_set():
            raise EngineGone("stopping: the run was cancelled. Run `pulumi up` again.")
        require_engine()

    def _tally(self, setting: str) -> Tally | None:
        from ..aws.run_tally import RunTally

        engine, warn = engine_address(), self.log.warn
        return None if engine is None else RunTally(f"{engine}", setting, warn=warn)


def _run_id() -> str:
    """The same in all processes of a run: they share the engine's address."""
    address = engine_address()
    run = f"{date.today()} {address}" if address else uuid.uuid4().hex
    return hashlib.sha256(run.encode()).hexdigest()[:12]


class ContextThreads(ThreadPoolExecutor):
    """A pool whose tasks run in the context in which they were submitted."""

    def submit(self, work: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Submits the work."""
        context = copy_context()
        return super().submit(lambda: context.run(work, *args, **kwargs))
