"""Reports that people read in a pull request, made of what `pulumi preview` prints.

    preview = read_preview(text)        input: digest or events, whole or torn off
    report = assemble(preview)          typed, ordered, masked: nothing in it may not be seen
    text = write(report, "markdown")    writers: markdown, html, terminal, json

Knows neither pulumi nor boto3.
"""

from __future__ import annotations

from .assemble import assemble
from .disclosure import Disclosure, UnknownField
from .input import UnreadableInput, read_preview
from .options import Options
from .report import Report

__all__ = [
    "Disclosure",
    "Options",
    "Report",
    "UnknownField",
    "UnreadableInput",
    "assemble",
    "read_preview",
]
