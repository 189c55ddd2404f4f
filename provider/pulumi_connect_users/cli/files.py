"""Files and streams of commands: UTF-8 on every machine, and errors that name the file."""

import codecs
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import click

from pulumi_connect_users.core.documents import UnreadableDocument
from pulumi_connect_users.core.yaml_documents import read_yaml

_WRITING = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decoded(data: bytes, *, errors: str = "strict") -> str:
    """Bytes as text: UTF-8, or with its mark UTF-16, which is what `>` of PowerShell writes."""
    return data.decode("utf-16" if data.startswith(_UTF_16) else "utf-8-sig", errors)


def read_text(path: Path, doing: str) -> str:
    """The text of a file or (`-`) standard input; raises UsageError that begins with `doing`."""
    try:
        return decoded(sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes())
    except OSError as error:
        cause = f"{error.strerror}. Check the path"
    except UnicodeDecodeError:
        cause = "it is not UTF-8. Save it as UTF-8"
    raise click.UsageError(f"{doing}, {shown(path)}: {cause}.")


def load_yaml(path: Path, doing: str) -> Any:
    """The content of a YAML or JSON file; raises UsageError that begins with `doing`."""
    text = read_text(path, doing)
    try:
        return read_yaml(text)
    except UnreadableDocument as error:
        raise click.UsageError(f"{doing}, {shown(path)}: {error}. Correct the file.") from None


def write_text(text: str, path: Path | None, doing: str, *, private: bool = False) -> None:
    """Writes a file, or (None, `-`) standard output: UTF-8 in any locale, line ends as they are.

    A new `private` file has mode 0600. Raises ClickException that begins with `doing`.
    """
    try:
        if path is not None and str(path) != "-":
            # Through a dangling link too. A file that is there keeps its mode.
            opened = os.open(path, _WRITING, 0o600 if private else 0o666)
            with os.fdopen(opened, "wb") as file:
                file.write(text.encode())
            return
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise  # not a failure: the reader has closed the pipe
    except OSError as error:
        where = "standard output" if path is None else path
        raise click.ClickException(f"{doing}, {where}: {error.strerror}. Check the path.") from None


def replace_text(text: str, path: Path, doing: str) -> None:
    """Replaces a file at once: no one reads a part of it; a link stays one, and the mode.

    A new file has mode 0600.

    Raises ClickException that begins with `doing`.
    """
    target = path.resolve()
    temporary = None
    try:
        mode = target.stat().st_mode if target.exists() else 0o600
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".", delete=False) as file:
            temporary = Path(file.name)
            file.write(text.encode())
        temporary.chmod(mode)
        temporary.replace(target)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise click.ClickException(f"{doing}, {path}: {error.strerror}. Check the path.") from None


def shown(path: Path) -> str:
    """How messages name a file that is read."""
    return "standard input" if str(path) == "-" else str(path)
