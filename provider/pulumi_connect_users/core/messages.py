"""Error messages: doing, subject, id: cause. Remedy. All of it in one line."""

from typing import Final

from .arns import last_part
from .errors import ApiError, ConnectUsersError
from .privacy import display_name
from .properties import Properties

GO_BACK: Final = "To undo these changes, revert the program and run `pulumi up --refresh`."
"""The engine keeps the old state of a failed resource: without a refresh it sees no change."""


def in_one_line(error: Exception) -> str:
    """An error on one line; an ApiError with the remedy of its class."""
    text = " ".join(str(error).split()) or type(error).__name__
    if isinstance(error, ApiError) and error.code and error.remedy not in text:
        text = f"{text.rstrip('.')}. {error.remedy}"
    return " ".join([text, *notes(error)])


def counted(count: int, noun: str, plural: str = "") -> str:
    """`1 user`, `2 users`, `1,204 users`."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def notes(error: Exception) -> list[str]:
    """Sentences that were added to an error on its way: completed steps."""
    return list(getattr(error, "__notes__", ()))


def error_message(error: ConnectUsersError, doing: str, props: Properties) -> str:
    """The message for an error in an operation on one user."""
    text = in_one_line(error)
    user_id = f", {last_part(str(props['userArn']))}" if props.get("userArn") else ""
    if not text.startswith(doing):
        text = f"{doing} user {display_name(props.get('username'))}{user_id}: {text}"
    return text


UNFINISHED: Final = "unfinished"
"""Reasons, each a sentence naming its user; the next update removes them."""
