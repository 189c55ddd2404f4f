"""Runs `connect-users` in this process, as its console script would."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from pulumi_connect_users.cli.root import run


@dataclass(frozen=True)
class Ran:
    """What a command said."""

    code: int
    out: str
    err: str


Runner = Callable[..., Ran]


def runner(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, folder: Path
) -> Runner:
    """Makes a function that runs a command line in `folder`, with no AWS settings about."""
    monkeypatch.chdir(folder)
    for name in ("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_CONNECT", "AWS_PROFILE", "AWS_REGION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")

    def call(*arguments: str, words: Sequence[str] = ()) -> Ran:
        capsys.readouterr()
        code = run([*arguments, *words])
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return call
