"""Turns what `pulumi preview` prints into reports for pull requests.

    preview = read_preview(text)         input: digest or events, whole or truncated
    report = assemble(preview)           typed, ordered, redacted: all of it may be shown
    text = render(report, "markdown")    renderers: markdown, html, terminal, json

Knows neither pulumi nor boto3.
"""

from .assemble import assemble
from .input import UnreadableInput, read_preview
from .options import Disclosure, Options, UnknownField
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
