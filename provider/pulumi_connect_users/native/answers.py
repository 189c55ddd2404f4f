"""How calls end that do not succeed: with one message for a person, and no way through our code."""

import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import NoReturn, Protocol, TypeVar

import grpc
from google.protobuf import any_pb2
from google.protobuf.struct_pb2 import Struct
from pulumi.runtime.proto import provider_pb2 as messages
from pulumi.runtime.proto import status_pb2

from ..core.errors import ConnectUsersError
from ..engine.run import Run
from .engine import EngineLog


class Refused(Exception):
    """The call is not carried out; the text says why."""


@dataclass
class Incomplete(Exception):
    """The resource exists, but not as wanted: state keeps it, and the run fails."""

    id: str
    outputs: Struct
    reasons: list[str]


class Answering(Protocol):
    """What answers calls."""

    run: Run
    engine: EngineLog


S = TypeVar("S", bound=Answering)
Request = TypeVar("Request")
Response = TypeVar("Response")


def answers(
    method: Callable[[S, Request], Response],
) -> Callable[[S, Request, grpc.ServicerContext], Response]:
    """A method of the service: messages stand at its resource, its errors are the engine's."""

    @wraps(method)
    def answer(servicer: S, request: Request, context: grpc.ServicerContext) -> Response:
        with servicer.run.log.about(getattr(request, "urn", None)):
            try:
                return method(servicer, request)
            except Incomplete as error:
                _abort_incomplete(error, context)
            except Refused as error:
                context.abort(grpc.StatusCode.INVALID_ARGUMENT, str(error))
            except ConnectUsersError as error:
                context.abort(grpc.StatusCode.FAILED_PRECONDITION, str(error))
            except Exception as error:
                # The text of a foreign error may hold what a user is called: `--debug` shows where.
                servicer.engine.debug("".join(traceback.format_tb(error.__traceback__)))
                name = type(error).__name__
                context.abort(
                    grpc.StatusCode.INTERNAL,
                    f"{name} in the connect-users plugin. Please report it, with the output of "
                    "the same command and `--debug --logtostderr`.",
                )

    return answer


def _abort_incomplete(error: Incomplete, context: grpc.ServicerContext) -> NoReturn:
    packed = any_pb2.Any()
    packed.Pack(
        messages.ErrorResourceInitFailed(
            id=error.id, properties=error.outputs, reasons=error.reasons
        )
    )
    code, text = grpc.StatusCode.UNKNOWN, error.reasons[0]
    status = status_pb2.Status(code=code.value[0], message=text, details=[packed])
    context.set_trailing_metadata((("grpc-status-details-bin", status.SerializeToString()),))
    context.abort(code, text)
