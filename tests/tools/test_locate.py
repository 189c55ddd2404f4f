"""The order in which a complete Pulumi is looked for."""

from pathlib import Path

import pytest

from tests.tools.test_ambient import install
from tools.engine import EngineError
from tools.engine.locate import CHOICE, chosen_ways, failure, locate


@pytest.fixture(autouse=True)
def _every_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests may run with an engine that was chosen."""
    monkeypatch.delenv(CHOICE, raising=False)


@pytest.mark.parametrize(
    ("chosen", "ways"), [("", ("path", "download", "build")), ("path, build", ("path", "build"))]
)
def test_chosen_ways_are_all_in_order_or_those_named(chosen: str, ways: tuple[str, ...]) -> None:
    """What is installed comes first, building last; a machine can say that it must not download."""
    assert chosen_ways(chosen) == ways


def test_chosen_ways_unknown_one_is_an_error_naming_the_variable() -> None:
    """A typing error is not silently every way."""
    with pytest.raises(EngineError, match=f"Reading {CHOICE}: biuld is no way to get Pulumi"):
        chosen_ways("biuld")


def test_locate_installed_pulumi_is_used_unchanged(tmp_path: Path) -> None:
    """Nothing is downloaded, built or cached where a complete Pulumi is installed."""
    folder = install(tmp_path / "bin", printed="v3.260.0")

    assert locate(str(folder)) == folder


def test_locate_only_path_and_none_there_tells_causes_and_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(CHOICE, "path")

    with pytest.raises(EngineError) as caught:
        locate(str(tmp_path))

    assert str(caught.value) == failure(["no `pulumi` on PATH"])
    assert "Install it (https://www.pulumi.com/docs/install/)" in str(caught.value)


def test_locate_without_a_place_for_a_cache_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A home that cannot be written is told with its path, not as a traceback."""
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))

    with pytest.raises(
        EngineError, match="file/pulumi-connect-users/engine cannot be made"
    ) as told:
        locate(str(tmp_path))

    assert "no `pulumi` on PATH; the folder " in str(told.value)
