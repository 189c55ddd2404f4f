"""The order in which a complete Pulumi is looked for, and the cache of those that were made."""

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from tools.checkout import ROOT, say
from tools.engine import PINNED, EngineError, ambient, release
from tools.engine.build import COMMANDS, RECIPE, YAML_CHANGES, build
from tools.engine.place import cache_folder, platform_name
from tools.folders import digest, make_whole
from tools.lock import locked

HOSTS = ROOT / "tools" / "language_host"
LAUNCHER = "pulumi-language"
LANGUAGES = ("python", "nodejs", "go")
"""Those whose hosts are in no Go module."""
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
            return _with_hosts(home)
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
                return _with_hosts(home)
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
    return {"download": (base, release.download), "build": (f"{base}-built-{recipe()}", build)}


def recipe() -> str:
    """Returns a digest of what is built from Go modules."""
    return digest(sorted(RECIPE.rglob("*.*")), str(COMMANDS), str(YAML_CHANGES))


def _make(home: Path, maker: Callable[[Path], Path]) -> None:
    if _complete(home):
        return
    # A cache may be thinned out by others than us.
    shutil.rmtree(home, ignore_errors=True)
    make_whole(home, maker)
    say(f"Pulumi {PINNED} is in {home}")


def _complete(home: Path) -> bool:
    return any((home / name).exists() for name in ("pulumi", "pulumi.exe"))


def _with_hosts(home: Path) -> Path:
    """Returns the folder of commands, with stand-in language hosts where it has none of its own.

    The stand-ins change with this project and the build does not: each version of them gets a
    folder beside the build, whose files are linked there.
    """
    if (home / ambient.HOST).exists() or (home / f"{ambient.HOST}.exe").exists():
        return home
    sources = [ROOT / "tools" / "__init__.py", *sorted(HOSTS.glob("*.py")), HOSTS / LAUNCHER]
    folder = home / f"with-hosts-{digest(sources)}"
    if folder.exists():
        return folder
    # Not named by a process id: in containers they come again, and one that was killed leaves it.
    temporary = Path(tempfile.mkdtemp(prefix=f"{folder.name}.", dir=home))
    for file in [file for file in home.iterdir() if file.is_file()]:
        # Linked, not symlinked: the command looks for its helpers beside its resolved self.
        os.link(file, temporary / file.name)
    for source in sources:
        target = temporary / source.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)
    for language in LANGUAGES:
        shutil.copy(HOSTS / LAUNCHER, temporary / f"{LAUNCHER}-{language}")
    try:
        temporary.rename(folder)
    except OSError:
        # Another process was first, with the same files.
        shutil.rmtree(temporary)
    return folder
