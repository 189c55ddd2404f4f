"""The store that the emulator's commands work on."""

from pathlib import Path

import click

from pulumi_connect_users.aws.settings import STORE, project_file
from pulumi_connect_users.emulator import Store, open_store

store_option = click.option(
    "--store",
    "store_path",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar=["CONNECT_USERS_STORE", "CONNECT_USERS_LOCAL_STORE"],
    help="The store's file; required if connect:localStore names one. Defaults to "
    "CONNECT_USERS_LOCAL_STORE, then .connect-users/local.db beside Pulumi.yaml.",
)


def store_path_of(path: Path | None) -> Path:
    """The `--store` option's file, else the one beside the Pulumi.yaml found upwards, else here."""
    if path is not None:
        return path
    project = project_file(Path.cwd())
    return (project.parent if project else Path.cwd()) / STORE


def opened(path: Path | None, *, must_exist: bool = True) -> Store:
    """The store of a `--store` option; a command that only reads does not create one."""
    chosen = store_path_of(path)
    if must_exist and not chosen.exists():
        raise click.ClickException(
            f"opening the embedded Connect, {chosen}: no such file. Create it by `pulumi up` with "
            "connect:endpoint local, or by: connect-users emulator serve. If connect:localStore "
            "names another file, give it with --store."
        )
    return open_store(chosen)
