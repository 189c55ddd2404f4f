"""Serves one request: route, validate, run and log it in one transaction, inject faults."""

import os
import re
import sqlite3
import time
import uuid
from dataclasses import dataclass, field

from . import ids, request_log
from .call import Call
from .database import Database
from .document import Document, Members
from .errors import ServiceError, invalid_request
from .faults import rules as fault_rules
from .faults import settings
from .faults.outcomes import Lost, Truncated
from .faults.rules import Fault
from .operations import implemented
from .protocol import Request, Response
from .redact import redact
from .rules import rules_of
from .service_model import Model, Operation, failure, refusal
from .validate import check, known

# Each part has a longest length: a search without one reads a long header once a beginning.
_SCOPE = re.compile(r"Credential=[^/,\s]{1,128}/\d{8}/([^/]{1,64})/[^/]{1,64}/aws4_request")
_HOST = re.compile(r"connect(?:-fips)?\.([a-z0-9-]+)\.(?:amazonaws\.com|api\.aws)")
DEFAULT_REGION = "us-west-2"
LARGEST_BODY = 1 << 20
"""Bytes of a request's body that are read."""
LONGEST_URL = 256 << 10
"""Characters of a mounted client's URL that are read; a server has its own limit, the same."""
TOO_LARGE = (
    "RequestEntityTooLargeException",
    "The request is larger than 1 MiB, or its URL too long.",
)


@dataclass
class _Exchange:
    """The state of one request while it is served."""

    operation: Operation
    request_id: str
    region: str
    time: float
    params: Document = field(default_factory=Document)
    hits: list[Fault] = field(default_factory=list)
    fired: list[str] = field(default_factory=list)
    user_id: str | None = None
    record: int = 0
    logged: str = "{}"
    """The parameters as the log holds them, built before any transaction, which others wait for."""


class Service:
    """Amazon Connect over one store. Safe to call from any number of threads."""

    def __init__(self, database: Database, model: Model) -> None:
        self._database = database
        self._model = model

    def handle(self, request: Request) -> Response:
        """The answer to a request; raises `Lost` where an injected fault loses it."""
        request_id = str(uuid.uuid4())
        if len(request.body) > LARGEST_BODY:
            return refusal(*TOO_LARGE, request_id)
        route = self._model.find(request.method, request.path)
        if route is None:
            text = "No operation of Amazon Connect has this method and path."
            return refusal("UnknownOperationException", text, request_id)
        operation, labels = route
        exchange = _Exchange(operation, request_id, region_of(request), time.time())
        try:
            exchange.params = operation.parse(labels, request)
            # What is personal is known of implemented operations only.
            judged = operation.name in implemented()
            exchange.logged = request_log.params_text(
                redact(operation.input, exchange.params) if judged else {}
            )
            self._prepare(exchange)
            self._strike(exchange, "before")
            answer = self._act(exchange)
            self._strike(exchange, "after")
        except ServiceError as error:
            return self._refused(exchange, error)
        except RecursionError:
            exchange.params = Document()
            return self._refused(exchange, invalid_request("The request is nested too deeply."))
        except Lost:
            self._log(exchange, None, None)
            raise
        response = operation.success(answer, request_id)
        if any(hit.kind == "truncate" for hit in exchange.hits):
            raise Truncated(response)
        if exchange.fired:
            self._log(exchange, response.status, None)
        return response

    def _refused(self, exchange: _Exchange, error: ServiceError) -> Response:
        response = failure(error, exchange.request_id)
        self._log(exchange, response.status, error.code)
        return response

    def _prepare(self, exchange: _Exchange) -> None:
        """Latency, pacing, and which faults hit this call."""
        name = exchange.operation.name
        with self._database.read() as tx:
            behaviour = settings.load(tx)
        if behaviour.latency:
            time.sleep(behaviour.latency)
        if behaviour.pacing is None and not behaviour.faulty:
            return
        refused: ServiceError | None = None
        with self._database.write() as tx:
            if behaviour.pacing is not None:
                try:
                    settings.throttle(
                        tx, behaviour.pacing, f"{exchange.region}/{name}", exchange.time
                    )
                except ServiceError as error:
                    # The bucket's new level is kept: the error leaves only after the commit.
                    refused = error
            if behaviour.faulty and refused is None:
                exchange.hits = fault_rules.hits(tx, name)
        if refused is not None:
            raise refused

    def _act(self, exchange: _Exchange) -> Members:
        operation = exchange.operation
        handler = implemented().get(operation.name)
        if handler is None:
            raise invalid_request(f"The local Amazon Connect does not implement {operation.name}.")
        check(operation, exchange.params)
        exchange.fired += [hit.label for hit in exchange.hits if hit.kind in fault_rules.EFFECTS]
        with self._database.write() as tx:
            behaviour = settings.load(tx)
            call = Call(
                tx=tx,
                operation=operation.name,
                params=known(operation, exchange.params),
                region=exchange.region,
                now=exchange.time,
                quotas=behaviour.quotas,
                lists_times=behaviour.times,
                effects=fault_rules.effects(exchange.hits),
            )
            tx.execute("SAVEPOINT operation")
            answer: Members | ServiceError
            try:
                for rule in rules_of(operation.name):
                    rule.check(call)
                answer = handler(call)
            except ServiceError as error:
                tx.execute("ROLLBACK TO operation")
                for step in call.regardless:
                    step(tx)
                answer = error
            exchange.user_id = call.user_id
            if not isinstance(answer, ServiceError):
                # Written with the effect: the log never shows what did not happen.
                self._record(tx, exchange, 200, None)
        if isinstance(answer, ServiceError):
            raise answer
        return answer

    def _strike(self, exchange: _Exchange, when: str) -> None:
        for hit in exchange.hits:
            if hit.when != when or hit.kind in fault_rules.EFFECTS:
                continue
            exchange.fired.append(hit.label)
            if hit.kind == "kill":
                self._log(exchange, None, None)
            if hit.kind == "stall":
                self._stall(exchange, when, hit.rule.number("seconds", fault_rules.STALL_SECONDS))
            elif hit.kind == "truncate":
                self._log(exchange, None, None)
            else:
                fault_rules.strike(hit, exchange.operation.name)

    def _stall(self, exchange: _Exchange, when: str, seconds: float) -> None:
        self._log(exchange, None, None)
        with self._database.write() as tx:
            stall = fault_rules.stall(tx, exchange.operation.name, when, time.time())
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            with self._database.read() as tx:
                if not fault_rules.stalled(tx, stall):
                    return
            time.sleep(fault_rules.STALL_STEP)
        with self._database.write() as tx:
            fault_rules.release(tx, stall)

    def _log(self, exchange: _Exchange, status: int | None, code: str | None) -> None:
        with self._database.write() as tx:
            self._record(tx, exchange, status, code)

    def _record(
        self, tx: sqlite3.Connection, exchange: _Exchange, status: int | None, code: str | None
    ) -> None:
        params = exchange.params
        user = request_log.id_text(exchange.user_id or params.get("UserId"))
        if exchange.record:
            request_log.amend(
                tx,
                exchange.record,
                status=status,
                error_code=code,
                user_id=user,
                faults=exchange.fired,
            )
            return
        reference = params.get("InstanceId") or params.get("resourceArn")
        arn = ids.parse_arn(reference) if isinstance(reference, str) else None
        exchange.record = request_log.append(
            tx,
            time=exchange.time,
            request_id=exchange.request_id,
            pid=os.getpid(),
            region=exchange.region,
            operation=exchange.operation.name,
            mutating=exchange.operation.mutating,
            instance_id=request_log.id_text(arn.instance if arn else reference),
            user_id=user,
            status=status,
            error_code=code,
            params=exchange.logged,
            faults=exchange.fired,
        )


def region_of(request: Request) -> str:
    """The Region a request is signed for, else the one its host names, else us-west-2."""
    scope = _SCOPE.search(request.headers.get("authorization", ""))
    if scope:
        return scope[1]
    host = _HOST.match(request.headers.get("host", ""))
    return host[1] if host else DEFAULT_REGION
