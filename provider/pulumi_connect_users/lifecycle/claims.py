"""Which resource of a program claims which username: two cannot share one in an instance.

Connect refuses the second at its creation only, when the first is made and the rest of the program
half done.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from typing import Any


class Claims:
    """One for each process: Pulumi checks every resource of a program in one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._marks: dict[tuple[str, str], str] = {}

    def taken(self, inputs: Mapping[str, Any], usernames: Iterable[object]) -> list[str]:
        """Those of the usernames that another resource has claimed, the rest being claimed now.

        Only the mark tells one resource from another (a resource may be checked more than once):
        with `connect:ownership` off nothing is taken.
        """
        instance, mark = inputs.get("instanceArn"), inputs.get("ownership")
        if not isinstance(instance, str) or not isinstance(mark, str):
            return []
        with self._lock:
            return [
                name
                for name in usernames
                if isinstance(name, str) and self._marks.setdefault((instance, name), mark) != mark
            ]
