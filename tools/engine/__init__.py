"""Finds a complete Pulumi, or makes one: command line, engine and Python language host.

In this order, which `locate` holds: a complete `pulumi` on PATH, used unchanged; one that was made
here before; Pulumi's own download; and where that cannot be reached, a build from the Go modules
with the stand-in language host of tools.language_host.
"""

PINNED = "3.259.0"
"""The version that is downloaded or built: the newest whose Go modules are served, and the oldest
that this project supports."""


class EngineError(Exception):
    """A complete Pulumi could not be had; the message tells why and the way out."""
