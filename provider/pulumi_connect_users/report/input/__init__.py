"""What `pulumi` printed, read into one shape whatever it printed.

`document` picks the parser by content: `digest` for the one document of `pulumi preview --json`,
`events` for the engine's events, one a line, which alone carry policy results. Both make a
`preview`; `property_values` knows how Pulumi writes secrets and unknowns.
"""

from __future__ import annotations

from .document import UnreadableInput, read_preview
from .preview import (
    Diagnostic,
    PolicyRun,
    Preview,
    Remediation,
    State,
    Step,
    Violation,
)

__all__ = [
    "Diagnostic",
    "PolicyRun",
    "Preview",
    "Remediation",
    "State",
    "Step",
    "UnreadableInput",
    "Violation",
    "read_preview",
]
