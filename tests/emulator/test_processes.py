"""One store, many writers: nothing that was answered is lost, whatever dies."""

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from pulumi_connect_users.emulator import EmulatorError, Store, mount, open_store
from pulumi_connect_users.emulator.seeding.fresh import MANAGED_INSTANCE
from pulumi_connect_users.emulator.store import remove_store
from tests.support.connect_client import connect_client
from tests.support.processes import run_python
from tests.support.sample_instance import SampleInstance

_WRITER = """
import json, sys
from pulumi_connect_users.emulator import mount
from tests.support.connect_client import connect_client
url, path, prefix, count, request = sys.argv[1:]
client = connect_client(endpoint_url=url or None)
if path:
    mount(client, path)
request = json.loads(request)
for number in range(int(count)):
    made = client.create_user(**request | {"Username": f"{prefix}{number}"})
    print(made["UserId"], flush=True)
"""


def _writer(
    sample: SampleInstance, *, url: str = "", path: Path | None = None, prefix: str, count: int
) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [
            sys.executable,
            "-c",
            _WRITER,
            url,
            str(path or ""),
            prefix,
            str(count),
            json.dumps(sample.new_user()),
        ],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
        text=True,
    )


def _ids(store: Store) -> set[str]:
    client = connect_client()
    mount(client, store.path)
    pages = client.get_paginator("list_users").paginate(InstanceId=MANAGED_INSTANCE)
    return {user["Id"] for page in pages for user in page["UserSummaryList"] if "Id" in user}


@pytest.mark.slow
def test_two_processes_writing_at_once_lose_nothing(sample: SampleInstance, store: Store) -> None:
    """Every user that either process was answered exists, and every request is in the log."""
    writers = [
        _writer(sample, path=store.path, prefix=prefix, count=60) for prefix in ("left", "right")
    ]

    answered = {line for one in writers for line in one.communicate(timeout=60)[0].split()}

    assert len(answered) == 120
    assert _ids(store) == answered | {sample.user}
    assert len(store.requests(operation="CreateUser")) == 121


def test_threads_of_one_client_lose_nothing(sample: SampleInstance, store: Store) -> None:
    answered: list[str] = []

    def write(name: int) -> None:
        for number in range(15):
            request = sample.new_user(Username=f"user{name}.{number}")
            answered.append(sample.client.create_user(**request)["UserId"])

    threads = [threading.Thread(target=write, args=[name]) for name in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert len(answered) == 120
    assert _ids(store) == {*answered, sample.user}


@pytest.mark.slow
def test_killed_server_loses_nothing_it_had_answered(sample: SampleInstance, store: Store) -> None:
    """A server that dies by SIGKILL amid writes leaves a store with every answered user."""
    command = [str(Path(sys.executable).with_name("connect-users")), "emulator", "serve"]
    server = subprocess.Popen(
        [*command, "--port", "0", "--store", str(store.path)], stdout=subprocess.PIPE, text=True
    )
    assert server.stdout is not None
    url = server.stdout.readline().partition("=")[2].strip()
    writer = _writer(sample, url=url, prefix="user", count=10_000)
    assert writer.stdout is not None
    answered = [writer.stdout.readline().strip() for _ in range(40)]

    server.send_signal(signal.SIGKILL)
    answered += writer.communicate(timeout=60)[0].split()

    server.communicate()
    assert server.returncode == -signal.SIGKILL
    assert set(answered) <= _ids(store)
    assert len(_ids(store)) <= len(answered) + 2


@pytest.mark.slow
def test_first_use_by_several_at_once_makes_one_store(tmp_path: Path) -> None:
    """Processes that open a store that is not there yet all get the same, seeded once."""
    path = tmp_path / "new" / "local.db"
    code = (
        "import sys; from pulumi_connect_users.emulator import open_store; "
        "open_store(sys.argv[1]).close()"
    )

    openers = [subprocess.Popen([sys.executable, "-c", code, str(path)]) for _ in range(4)]

    assert [one.wait(60) for one in openers] == [0, 0, 0, 0]
    with open_store(path).database.read() as tx:
        assert tx.execute("SELECT count(*) FROM instances").fetchone()[0] == 2


def test_damaged_store_is_told_by_its_name(sample: SampleInstance, store: Store) -> None:
    """What a disk has lost is an error of the emulator, with the file and the way out."""
    store.close()
    for side in store.path.parent.glob("local.db-*"):
        side.unlink()
    content = bytearray(store.path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    store.path.write_bytes(content)

    with pytest.raises(EmulatorError, match=r"local\.db: .*malformed\. Name another file"):
        sample.described()


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")
def test_store_is_its_owners_and_kept_out_of_git(tmp_path: Path) -> None:
    """File and folder are readable by the owner alone; a folder made for it ignores itself."""
    path = tmp_path / "made" / "local.db"

    open_store(path).close()

    assert {file.stat().st_mode & 0o077 for file in path.parent.glob("local.db*")} == {0}
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert (path.parent / ".gitignore").read_text(encoding="utf-8").splitlines()[-1] == "*"


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")
@pytest.mark.parametrize("kind", ["dangling link", "link to a link", "empty file", "older store"])
def test_store_is_its_owners_however_it_came_to_be(tmp_path: Path, kind: str) -> None:
    """Through links, and where a file was there with a wider mode."""
    path, target = tmp_path / "local.db", tmp_path / "elsewhere.db"
    if kind == "dangling link":
        path.symlink_to(target)
    elif kind == "link to a link":
        (tmp_path / "between.db").symlink_to(target)
        path.symlink_to(tmp_path / "between.db")
    elif kind == "empty file":
        path.touch(mode=0o644)
    else:
        open_store(path).close()
        path = path.rename(tmp_path / "moved.db")
        path.chmod(0o644)
    umask = os.umask(0o022)
    try:
        store = open_store(path)
    finally:
        os.umask(umask)
    with store.database.write():
        modes = {file.name: file.stat().st_mode & 0o077 for file in tmp_path.glob("*.db*")}
    store.close()

    assert set(modes.values()) == {0}


def test_store_behind_a_link_is_removed_and_not_the_link(tmp_path: Path) -> None:
    """Resetting a store of another version leaves no old file with users behind."""
    link, target = tmp_path / "link.db", tmp_path / "target.db"
    link.symlink_to(target)
    open_store(link).close()

    remove_store(link)

    assert link.is_symlink()
    assert not target.exists()


@pytest.mark.skipif(os.name != "posix", reason="limits are POSIX's")
def test_full_disk_is_told_and_loses_nothing(tmp_path: Path) -> None:
    """A file that cannot grow any more is an error of the emulator; what was answered stays."""
    path = tmp_path / "local.db"
    code = """
import resource, sys
from pulumi_connect_users.emulator import EmulatorError, mount
from tests.support.connect_client import connect_client
from tests.support.sample_instance import SampleInstance
client = connect_client()
store = mount(client, sys.argv[1])
sample = SampleInstance.in_fresh_store(client)
size = max(one.stat().st_size for one in store.path.parent.glob("local.db*")) + 200_000
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
number = 0
try:
    while number < 5_000:
        client.create_user(**sample.new_user(Username=f"user{number}"))
        number += 1
except EmulatorError as error:
    print(number, error)
"""

    done = run_python(code, str(path), check=True)

    answered, _, cause = done.stdout.partition(" ")
    assert "local.db: " in cause
    with open_store(path).database.read() as tx:
        count = tx.execute("SELECT count(*) FROM users WHERE username LIKE 'user%'").fetchone()[0]
        assert tx.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert count == int(answered) > 0


@pytest.mark.skipif(os.name != "posix" or not os.geteuid(), reason="root may write everything")
def test_store_that_is_read_only_says_so(sample: SampleInstance, store: Store) -> None:
    """Reading the log needs no right to write; a request does."""
    store.close()
    store.path.chmod(0o400)

    with pytest.raises(EmulatorError, match="Make the file and its folder writable"):
        sample.described()


def test_store_in_a_folder_that_was_there_leaves_it_alone(tmp_path: Path) -> None:
    """A folder of another owner gets no .gitignore, unless it is called .connect-users."""
    open_store(tmp_path / "local.db").close()
    (tmp_path / ".connect-users").mkdir()
    open_store(tmp_path / ".connect-users" / "local.db").close()

    assert not (tmp_path / ".gitignore").exists()
    assert (tmp_path / ".connect-users" / ".gitignore").exists()


def test_file_that_is_no_store_is_refused_and_left_alone(tmp_path: Path) -> None:
    """Text, or a database of something else, is an error that says so."""
    import sqlite3

    text, other = tmp_path / "text.db", tmp_path / "other.db"
    text.write_text("not a database at all, but long enough to be read as one\n" * 50)
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE mine (x)")
    connection.close()

    for path, cause in ((text, "not a database"), (other, "another program")):
        before = path.read_bytes()
        with pytest.raises(EmulatorError, match=cause) as held:
            open_store(path)
        assert path.read_bytes() == before
        # Frames that an error holds must not keep the file open.
        assert held.tb is not None
        assert path not in _open_files()


def _open_files() -> set[Path]:
    """The files of this process, where the system shows them."""
    found = Path("/proc/self/fd")
    links = found.iterdir() if found.is_dir() else ()
    return {link.readlink() for link in links if link.is_symlink()}


def test_store_of_another_version_names_the_way_out(tmp_path: Path) -> None:
    """A store written by another version of the emulator is refused with the command to run."""
    import sqlite3

    path = tmp_path / "local.db"
    open_store(path).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version=99")
    connection.close()
    code = (
        "import sys; from pulumi_connect_users.emulator import open_store; open_store(sys.argv[1])"
    )

    done = run_python(code, str(path))

    assert done.returncode == 1
    assert "connect-users emulator reset" in done.stderr.splitlines()[-1]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_forked_child_uses_connections_of_its_own(sample: SampleInstance, store: Store) -> None:
    """A process forked while the store is open may write, and so may its parent afterwards."""
    child = os.fork()
    if child == 0:
        try:
            sample.client.create_user(**sample.new_user(Username="child"))
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    sample.client.create_user(**sample.new_user(Username="parent"))

    names = [one.params["Username"] for one in store.requests(operation="CreateUser")]
    assert names == ["mary.major", "child", "parent"]
