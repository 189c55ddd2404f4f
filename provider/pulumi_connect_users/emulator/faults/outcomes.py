"""Lost and truncated answers: how injected faults end a request.

Lost
    Reset                   the connection is closed without a byte
    Silence                 nothing is sent until the client gives up
    Truncated               the answer is cut off
"""

from dataclasses import replace

from ..protocol import Response


class Lost(Exception):
    """The caller gets no answer, or not all of it; raised only by injected faults."""


class Reset(Lost):
    """The connection is closed without an answer."""


class Silence(Lost):
    """No answer arrives before the client's read time-out."""


class Truncated(Lost):
    """The answer, `response`, is cut off: boto3 returns it without members, and no error."""

    def __init__(self, response: Response) -> None:
        super().__init__()
        self.response = response

    def cut(self) -> Response:
        """The part of the answer that is sent."""
        return replace(self.response, body=self.response.body[: len(self.response.body) // 2])
