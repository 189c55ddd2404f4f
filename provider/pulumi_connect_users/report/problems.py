"""Errors and warnings of the run, without what their tracebacks quote."""

import re
from collections.abc import Collection, Iterable
from pathlib import PureWindowsPath
from typing import Final

from .input.preview import Diagnostic
from .policies import resource_name
from .redact import Redactor
from .report import Problem, natural

_TRACEBACK: Final = "Traceback (most recent call last):"
_FRAME: Final = re.compile(r'\s*File "(?P<file>[^"]*)", line (?P<line>\d+)')
_OURS: Final = "pulumi_connect_users."


_LEAVERS: Final = re.compile(
    r"\d+ users? will be (?:deleted|released|replaced)\b[^:]*: (?P<first>[^\s,]+)"
)
"""A warning of this provider about users that leave a batch of a roster: all of them, or none, are
in the input."""


def problems_of(
    diagnostics: Iterable[Diagnostic], redactor: Redactor, listed: Collection[str]
) -> tuple[Problem, ...]:
    """Each problem once, errors first, in the order of the resources' names.

    None about leavers that the report lists: `listed` are the usernames with a change.
    """
    problems = {
        Problem(
            severity="error" if diagnostic.severity == "error" else "warning",
            name=resource_name(diagnostic.urn, redactor),
            message=redactor.message(_gist(diagnostic.message), None),
        )
        for diagnostic in diagnostics
        if diagnostic.severity in ("error", "warning")
        and not diagnostic.is_bare_failure
        and not _is_listed(diagnostic.message, listed)
    }
    return tuple(sorted(problems, key=lambda p: (p.severity, natural(p.name), p.message)))


def _is_listed(message: str, listed: Collection[str]) -> bool:
    leavers = _LEAVERS.match(message)
    return leavers is not None and leavers["first"] in listed


def _gist(message: str) -> str:
    """A message without its traceback, which quotes source code, and so perhaps a password.

    Of the exception at its end, our own messages are kept, which never hold a value; of any other
    only its name and where it was raised.
    """
    lead, traceback, rest = message.partition(_TRACEBACK)
    if not traceback:
        return message
    lines = rest.splitlines()
    frames = [(at, frame) for at, line in enumerate(lines) if (frame := _FRAME.match(line))]
    after = lines[frames[-1][0] + 1 :] if frames else lines
    raised = next((line for line in after if line.strip() and not line[0].isspace()), "")
    name, _, text = raised.partition(": ")
    if name.startswith(_OURS):
        return lead + text
    # PureWindowsPath finds the file name in a path of any system.
    where = (
        f" in {PureWindowsPath(frames[-1][1]['file']).name}, line {frames[-1][1]['line']}"
        if frames
        else ""
    )
    return f"{lead}{name.strip() or 'an exception'}{where}. Its message is in the run's own output."
