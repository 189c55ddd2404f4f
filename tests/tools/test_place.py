"""Engines are kept in the user's cache, by each system's own custom."""

from pathlib import Path

import pytest

from tools.engine.place import cache_folder, platform_name


@pytest.mark.parametrize(
    ("environment", "system", "expected"),
    [
        ({"HOME": "/home/mary"}, "linux", "/home/mary/.cache/pulumi-connect-users"),
        (
            {"HOME": "/home/mary", "XDG_CACHE_HOME": "/var/cache/mary"},
            "linux",
            "/var/cache/mary/pulumi-connect-users",
        ),
        ({"HOME": "/Users/mary"}, "darwin", "/Users/mary/Library/Caches/pulumi-connect-users"),
        (
            {"HOME": "/c/mary", "LOCALAPPDATA": "/c/mary/Local"},
            "win32",
            "/c/mary/Local/pulumi-connect-users",
        ),
    ],
)
def test_cache_folder_follows_the_system(
    environment: dict[str, str], system: str, expected: str
) -> None:
    """XDG_CACHE_HOME wins everywhere: it is how tests and CI move caches."""
    assert cache_folder(environment, system=system) == Path(expected)


@pytest.mark.parametrize(
    ("system", "machine", "expected"),
    [
        ("Linux", "x86_64", "linux-x64"),
        ("Linux", "aarch64", "linux-arm64"),
        ("Darwin", "arm64", "darwin-arm64"),
        ("Windows", "AMD64", "windows-x64"),
    ],
)
def test_platform_name_is_as_pulumis_releases_are_named(
    system: str, machine: str, expected: str
) -> None:
    """One name per machine, however Python calls it."""
    assert platform_name(system=system, machine=machine) == expected
