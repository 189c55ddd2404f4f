"""Answers that never come, or not whole: what injected faults do to a caller.

Lost
    Reset                   the connection is closed without a byte
    Silence                 nothing comes until the client gives up
    Truncated               the answer stops half-way
"""

from __future__ import annotations

from dataclasses import replace

from ..protocol import Response


class Lost(Exception):
    """The caller gets no (whole) answer; raised only by injected faults."""


class Reset(Lost):
    """The connection is closed without an answer."""


class Silence(Lost):
    """No answer arrives before the client's read time-out."""


class Truncated(Lost):
    """The answer breaks off; `response` is the whole one.

    boto3 does not notice: it returns an answer without members, and without an error.
    """

    def __init__(self, response: Response) -> None:
        super().__init__()
        self.response = response

    def cut(self) -> Response:
        """The answer as far as it gets."""
        return replace(self.response, body=self.response.body[: len(self.response.body) // 2])
