"""Messages of the engine, the program and the providers: which of them tell a reader something."""

from __future__ import annotations

import re
from typing import Any, Final

from .preview import Diagnostic

_PREFIX: Final = re.compile(r"\s*(error|warning|info): ")
_LOCAL: Final = "connect:endpoint is local"


def diagnostic(severity: Any, message: str, urn: Any) -> Diagnostic | None:
    """An error, a warning or a word about the endpoint; None for everything else.

    What a provider logs arrives as `info#err` whatever it is, its own severity before the text.
    """
    found = _PREFIX.match(message)
    own = found[1] if found else ""
    text = message[found.end() :] if found else message
    if severity == "info#err" and own:
        severity = own
    if severity in ("error", "warning") or _LOCAL in text:
        return Diagnostic(str(severity), text, str(urn or ""))
    return None


def is_bare_failure(message: str) -> bool:
    """The engine's last word on any failed preview, which explains nothing."""
    return message.strip() == "preview failed"


def mentions_local_endpoint(found: Diagnostic) -> bool:
    """Whether the provider said that it spoke to the embedded Connect and not to AWS."""
    return found.severity == "info" and _LOCAL in found.message
