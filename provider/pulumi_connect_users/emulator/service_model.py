"""The Connect service model of botocore, from the server's side: routes, requests and answers.

No shape of an operation is written by hand, here or elsewhere in the emulator: paths, members,
limits and error statuses are read from the model at run time, so that a newer botocore brings a
newer Connect.
"""

import re
from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache
from urllib.parse import unquote

import botocore.session
from botocore.model import OperationModel, ServiceModel, Shape, StructureShape

from .document import Document, Json, Members
from .errors import ServiceError
from .protocol import Request, Response, dumps, from_query, json_object, structure_converter

_LABEL = re.compile(r"\{([^}+]+)\+?\}")
_NEXT = "NextToken"
_OUTSIDE_THE_BODY = {"uri", "querystring", "header"}
_READS = ("Describe", "List", "Search", "Get")


class Operation:
    """One operation of the model, and how its requests and answers look on the wire."""

    def __init__(self, model: OperationModel) -> None:
        self.name: str = model.name
        self.method: str = model.http["method"]
        self.uri: str = str(model.http["requestUri"]).split("?", 1)[0]
        self.mutating = not self.name.startswith(_READS)
        self._model = model

    @cached_property
    def input(self) -> StructureShape | None:
        """The shape of the parameters; None where there are none."""
        return self._model.input_shape

    @cached_property
    def output(self) -> StructureShape | None:
        """The shape of the answer; None where it is empty."""
        return self._model.output_shape

    @cached_property
    def errors(self) -> frozenset[str]:
        """The codes of the modelled errors."""
        return frozenset(shape.name for shape in self._model.error_shapes)

    @cached_property
    def route(self) -> re.Pattern[str]:
        """Matches the percent-encoded path of a request; groups are the URI labels."""
        # A client that sends an ARN's slashes unencoded as the last label is still understood.
        parts = _LABEL.split(self.uri)
        last = len(parts) - 2 if self.uri.endswith("}") and len(parts) == 3 else -1
        pattern = "".join(
            re.escape(part)
            if index % 2 == 0
            else f"(?P<{part}>{'.*' if index == last else '[^/]*'})"
            for index, part in enumerate(parts)
        )
        return re.compile(pattern)

    def parse(self, labels: Mapping[str, str], request: Request) -> Document:
        """The request's parameters by member name; a body that is not an object is refused.

        Values have JSON's types; query values are cast to the member's. Members unknown to the
        model are ignored, null is absent.
        """
        members = {} if self.input is None else self.input.members
        places = {member.serialization.get("location") for member in members.values()}
        body = json_object(request.body) if places - _OUTSIDE_THE_BODY else Document()
        values = {
            name: _value(member, member.serialization.get("name", name), labels, request, body)
            for name, member in members.items()
        }
        return Document((name, value) for name, value in values.items() if value is not None)

    def success(self, answer: Members, request_id: str) -> Response:
        """The HTTP answer that carries `answer`, a mapping of output members (None = absent)."""
        convert = self._answer
        content: dict[str, Json] = {} if convert is None else convert(answer)
        if self.output is not None and _NEXT in self.output.members:
            # The last page says so in so many words.
            content.setdefault(_NEXT, None)
        return Response(200, _headers(request_id), dumps(content))

    @cached_property
    def _answer(self) -> Callable[[Json], dict[str, Json]] | None:
        return None if self.output is None else structure_converter(self.output)


def refusal(code: str, message: str, request_id: str = "") -> Response:
    """The answer to a request that reaches no operation."""
    return failure(ServiceError(code, message), request_id)


def failure(error: ServiceError, request_id: str) -> Response:
    """The HTTP answer of an error; the status is the error shape's."""
    headers = _headers(request_id) | {"x-amzn-ErrorType": error.code}
    body = dumps({"Message": error.message, **error.members})
    return Response(error_status(error.code), headers, body)


def _value(
    member: Shape, wire: str, labels: Mapping[str, str], request: Request, body: Document
) -> Json:
    """The value of a member that a request gives where the model places it, else None."""
    place = member.serialization.get("location")
    if place == "uri":
        return unquote(labels[wire]) if wire in labels else None
    if place == "querystring":
        values = [value for key, value in request.query if key == wire]
        return from_query(member, values) if values else None
    if place == "header":
        return request.headers.get(wire.lower())
    return body.get(wire)


class Model:
    """All operations, found by name or by a request's method and path."""

    def __init__(self, service: ServiceModel) -> None:
        self._service = service
        self._operations: dict[str, Operation] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """Every operation's name."""
        return tuple(self._service.operation_names)

    def operation(self, name: str) -> Operation:
        """The operation of that name; KeyError for an unknown one."""
        operation = self._operations.get(name)
        if operation is None:
            if name not in self._service.operation_names:
                raise KeyError(name)
            operation = Operation(self._service.operation_model(name))
            self._operations[name] = operation
        return operation

    @cached_property
    def _table(self) -> dict[tuple[str, str], list[Operation]]:
        table: dict[tuple[str, str], list[Operation]] = {}
        for operation in map(self.operation, self.names):
            table.setdefault((operation.method, operation.uri.split("/")[1]), []).append(operation)
        # Longer literal text first, so that a label never swallows another route's literal.
        for candidates in table.values():
            candidates.sort(key=lambda one: (-one.uri.count("/"), -len(_LABEL.sub("", one.uri))))
        return table

    def find(self, method: str, path: str) -> tuple[Operation, dict[str, str]] | None:
        """The operation a request is for, with its still encoded URI labels."""
        first = path.split("/", 2)[1] if path.startswith("/") else ""
        for operation in self._table.get((method, first), ()):
            match = operation.route.fullmatch(path)
            if match:
                return operation, match.groupdict()
        return None


@lru_cache(maxsize=1)
def default_model() -> Model:
    """The model of the installed botocore (about 0.2 s the first time)."""
    return Model(botocore.session.get_session().get_service_model("connect"))


@lru_cache(maxsize=1)
def _statuses() -> dict[str, int]:
    return {
        shape.name: int(shape.metadata["error"]["httpStatusCode"])
        for shape in botocore.session.get_session().get_service_model("connect").error_shapes
    }


_UNMODELLED = {
    "MissingAuthenticationTokenException": 403,
    "UnknownOperationException": 404,
    "ExpiredTokenException": 403,
    "RequestEntityTooLargeException": 413,
    "ServiceUnavailable": 503,
}
"""Errors of AWS's front door, which belong to no service model."""

_COMMON = {
    "AccessDeniedException": 403,
    "ConditionalOperationFailedException": 409,
    "DuplicateResourceException": 409,
    "InternalServiceException": 500,
    "InvalidParameterException": 400,
    "InvalidRequestException": 400,
    "LimitExceededException": 429,
    "ResourceConflictException": 409,
    "ResourceInUseException": 409,
    "ResourceNotFoundException": 404,
    "ServiceQuotaExceededException": 402,
    "ThrottlingException": 429,
    "TooManyRequestsException": 429,
}
"""The statuses of errors raised here, copied to save loading the model (a test compares)."""


def error_status(code: str) -> int:
    """The HTTP status of an error code."""
    status = _COMMON.get(code) or _UNMODELLED.get(code)
    return status if status is not None else _statuses().get(code, 400)


def _headers(request_id: str) -> dict[str, str]:
    return {"Content-Type": "application/json", "x-amzn-RequestId": request_id}
