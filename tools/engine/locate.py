"""The order in which a complete Pulumi is looked for, and the cache of those that were made."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from tools.checkout import ROOT, say
from tools.engine import PINNED, EngineError, ambient, release
from tools.engine.build import RECIPE, build
from tools.engine.place import cache_folder, platform_name
from tools.lock import locked

HOST = ROOT / "tools" / "language_host"
WAYS = ("path", "download", "build")
CHOICE = "PULUMI_CONNECT_USERS_ENGINE"
"""Environment variable that names the ways allowed, e.g. `build` or `path,download`."""


def locate(path: str | None = None) -> Path:
    """Returns the folder to put first on PATH: a complete Pulumi, made now if there is none.

    Args:
        path: where an installed one is looked for; the environment's PATH by default.

    Raises:
        EngineError: none was found and none could be made.
    """
    ways = chosen_ways(os.environ.get(CHOICE, ""))
    search = os.environ.get("PATH", "") if path is None else path
    reasons = []
    if "path" in ways:
        found, reason = ambient.find(search)
        if found is not None:
            return found
        reasons.append(reason)
    cache = cache_folder() / "engine"
    makers = {way: (cache / name, maker) for way, (name, maker) in _makers().items() if way in ways}
    for home, _ in makers.values():
        if _complete(home):
            return _with_host(home)
    waiting = lambda: say("Another process is getting Pulumi; waiting for it ...")  # noqa: E731
    try:
        cache.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reasons.append(f"the folder {cache} cannot be made ({error.strerror})")
        raise EngineError(failure(reasons)) from None
    with locked(cache / "lock", waiting=waiting):
        for home, maker in makers.values():
            try:
                _make(home, maker)
            except EngineError as error:
                reasons.append(str(error))
                say(f"  {error}")
            else:
                return _with_host(home)
    raise EngineError(failure(reasons))


def chosen_ways(choice: str) -> tuple[str, ...]:
    """Reads the environment variable CHOICE: empty means every way.

    Raises:
        EngineError: it names something else.
    """
    ways = tuple(word.strip() for word in choice.split(",") if word.strip()) or WAYS
    if unknown := [way for way in ways if way not in WAYS]:
        raise EngineError(
            f"Reading {CHOICE}: {', '.join(unknown)} is no way to get Pulumi. "
            f"Use one or more of {', '.join(WAYS)}, separated by commas."
        )
    return ways


def failure(reasons: list[str]) -> str:
    """Returns the message for a user whose machine has no Pulumi and can make none."""
    causes = "; ".join(reasons)
    return (
        f"Getting Pulumi {PINNED}: {causes}. "
        "Install it (https://www.pulumi.com/docs/install/), or Go 1.26, and try again."
    )


def _makers() -> dict[str, tuple[str, Callable[[Path], Path]]]:
    """Returns, by way, the name in the cache and the function that makes it in a work folder."""
    base = f"{PINNED}-{platform_name()}"
    recipe = _digest(sorted(RECIPE.iterdir()))
    return {"download": (base, release.download), "build": (f"{base}-built-{recipe}", build)}


def _make(home: Path, maker: Callable[[Path], Path]) -> None:
    """Makes an engine beside its final place and moves it there whole."""
    if _complete(home):
        return
    # A cache may be thinned out by others than us.
    shutil.rmtree(home, ignore_errors=True)
    work = home.with_name(home.name + ".work")
    work.mkdir(parents=True, exist_ok=True)
    try:
        maker(work).rename(home)
    except EngineError:
        # What a build has fetched and compiled is worth keeping; an empty folder is not.
        if not any(work.iterdir()):
            work.rmdir()
        raise
    say(f"Pulumi {PINNED} is in {home}")
    shutil.rmtree(work, ignore_errors=True)


def _complete(home: Path) -> bool:
    return any((home / name).exists() for name in ("pulumi", "pulumi.exe"))


def _with_host(home: Path) -> Path:
    """Returns the folder of commands, with the stand-in language host where it has none of its own.

    The stand-in changes with this project and the build does not: each version of it gets a folder
    beside the build, whose files are linked there.
    """
    if (home / ambient.HOST).exists() or (home / f"{ambient.HOST}.exe").exists():
        return home
    sources = [HOST / ambient.HOST, HOST / "host.py"]
    folder = home / f"with-host-{_digest(sources)}"
    if folder.exists():
        return folder
    # Not named by a process id: in containers they come again, and one that was killed leaves it.
    temporary = Path(tempfile.mkdtemp(prefix=f"{folder.name}.", dir=home))
    for file in [file for file in home.iterdir() if file.is_file()]:
        # Linked, not symlinked: the command looks for its helpers beside its resolved self.
        os.link(file, temporary / file.name)
    for source in sources:
        shutil.copy(source, temporary)
    try:
        temporary.rename(folder)
    except OSError:
        # Another process was first, with the same files.
        shutil.rmtree(temporary)
    return folder


def _digest(files: list[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:8]
