"""Pulumi's own download, from a server of the test's."""

import hashlib
import os
import tarfile
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tools.engine import PINNED, EngineError, release
from tools.engine.place import platform_name


@pytest.fixture
def releases(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """Serves an empty folder; gives the folder and its URL."""
    folder = tmp_path / "releases"
    folder.mkdir()
    handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield folder, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def archive(folder: Path, *names: str) -> Path:
    """Makes an archive such as Pulumi publishes, with empty commands of these names."""
    commands = folder / "pulumi"
    commands.mkdir()
    for name in names:
        (commands / name).touch(mode=0o755)
    path = folder / release.archive_name(platform_name())
    with tarfile.open(path, "w:gz") as packed:
        packed.add(commands, arcname="pulumi")
    publish(path)
    return path


def publish(path: Path) -> None:
    """Writes the checksums file that Pulumi publishes with each release."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    checksums = path.with_name(f"pulumi-{PINNED}-checksums.txt")
    checksums.write_text(f"{'0' * 64}  pulumi-v{PINNED}-plan9-x64.tar.gz\n{digest}  {path.name}\n")


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """An empty folder to work in."""
    folder = tmp_path / "work"
    folder.mkdir()
    return folder


def assert_refused(work: Path, url: str, match: str) -> None:
    """The download ends in an engine error, and leaves nothing behind."""
    with pytest.raises(EngineError, match=match):
        release.download(work, releases=url, checksums=url)
    assert list(work.iterdir()) == []


def test_download_published_release_gives_commands(releases: tuple[Path, str], work: Path) -> None:
    folder, url = releases
    archive(folder, "pulumi", "pulumi-language-python")

    commands = release.download(work, releases=url, checksums=url)

    assert sorted(path.name for path in commands.iterdir()) == ["pulumi", "pulumi-language-python"]
    assert (commands / "pulumi").stat().st_mode & 0o100


def test_download_broken_archive_is_an_engine_error(releases: tuple[Path, str], work: Path) -> None:
    """A proxy's error page is no release; nothing half-done is left."""
    folder, url = releases
    page = folder / release.archive_name(platform_name())
    page.write_text("<html>blocked</html>")
    publish(page)

    with pytest.raises(EngineError, match="the download failed"):
        release.download(work, releases=url, checksums=url)
    assert list(work.glob("*.tar.gz")) == []


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.95])
def test_download_archive_that_breaks_off_is_an_engine_error(
    releases: tuple[Path, str], work: Path, kept: float
) -> None:
    """A connection that ends early leaves part of an archive: it is gone, and the build follows."""
    folder, url = releases
    whole = archive(folder, *(f"pulumi-{os.urandom(40).hex()}" for _ in range(200)))
    content = whole.read_bytes()
    whole.write_bytes(content[: int(len(content) * kept)])

    assert_refused(work, url, "not the published")


def test_download_tampered_archive_is_refused_and_never_unpacked(
    releases: tuple[Path, str], work: Path
) -> None:
    """A whole archive with a command of somebody else's is not what Pulumi published."""
    folder, url = releases
    checksums = archive(folder, "pulumi", "pulumi-language-python").with_name(
        f"pulumi-{PINNED}-checksums.txt"
    )
    published = checksums.read_text()
    (folder / "pulumi" / "pulumi").write_text("#!/bin/sh\necho mine\n")
    tampered = folder / release.archive_name(platform_name())
    with tarfile.open(tampered, "w:gz") as packed:
        packed.add(folder / "pulumi", arcname="pulumi")
    assert checksums.read_text() == published

    assert_refused(work, url, r"not the published .* it was not unpacked")


def test_download_archive_without_a_published_checksum_is_refused(
    releases: tuple[Path, str], work: Path
) -> None:
    folder, url = releases
    path = archive(folder, "pulumi", "pulumi-language-python")
    path.with_name(f"pulumi-{PINNED}-checksums.txt").write_text(f"{'0' * 64}  other.tar.gz\n")

    assert_refused(work, url, "checksums do not name")


def test_download_missing_release_is_engine_error(releases: tuple[Path, str], work: Path) -> None:
    assert_refused(work, releases[1], "HTTP Error 404")


def test_download_release_without_language_host_is_an_engine_error(
    releases: tuple[Path, str], work: Path
) -> None:
    """An engine that cannot run Python programs is none."""
    folder, url = releases
    archive(folder, "pulumi")

    with pytest.raises(EngineError, match="holds no Python language host"):
        release.download(work, releases=url, checksums=url)


def test_archive_name_names_are_those_of_pulumis_releases() -> None:
    """As published: system, machine, and zip for Windows."""
    assert release.archive_name("linux-x64") == "pulumi-v3.259.0-linux-x64.tar.gz"
    assert release.archive_name("windows-x64") == "pulumi-v3.259.0-windows-x64.zip"
