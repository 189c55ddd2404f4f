"""The errors this Amazon Connect answers with, named as the service model names them.

EmulatorError               a wrong use of the emulator itself (its store, seed or controls)
    OutdatedStore           the store was written by another version
ServiceError                an answer to a caller: one modelled AWS error
"""


class EmulatorError(Exception):
    """A request to the emulator itself that cannot be met; its text names cause and remedy."""


class OutdatedStore(EmulatorError):
    """The file is a store, but one that another version of the emulator has written."""


class ServiceError(Exception):
    """One AWS error: the shape's name, its Message, and its other members."""

    def __init__(self, code: str, message: str, **members: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.members = members


def invalid_request(message: str) -> ServiceError:
    """The request contradicts itself, the instance's mode, or is not readable (400)."""
    return ServiceError("InvalidRequestException", message)


def invalid_parameter(message: str) -> ServiceError:
    """One value lies outside its constraint (400)."""
    return ServiceError("InvalidParameterException", message)


def not_found(message: str) -> ServiceError:
    """What the request names does not exist in this account and Region (404)."""
    return ServiceError("ResourceNotFoundException", message)


def duplicate(message: str) -> ServiceError:
    """The name is taken (409)."""
    return ServiceError("DuplicateResourceException", message)


def limit_exceeded(message: str) -> ServiceError:
    """A quota is full (429, like throttling, but waiting does not help)."""
    return ServiceError("LimitExceededException", message)


def in_use(message: str, resource_type: str, resource_id: str) -> ServiceError:
    """Something still refers to the resource (409); `resource_type` is the model's ResourceType."""
    return ServiceError(
        "ResourceInUseException", message, ResourceType=resource_type, ResourceId=resource_id
    )


def access_denied(message: str) -> ServiceError:
    """The caller may not do this (403)."""
    return ServiceError("AccessDeniedException", message)
