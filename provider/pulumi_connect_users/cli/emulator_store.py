"""The store that the emulator's commands work on."""

import os
from pathlib import Path

import click

from pulumi_connect_users.aws.settings import local_store
from pulumi_connect_users.cli.connection import connection
from pulumi_connect_users.emulator import Store, open_store

store_option = click.option(
    "--store",
    "--local-store",
    "store_path",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="CONNECT_USERS_STORE",
    help="The embedded Connect's file. Defaults to connect:localStore of the selected stack, then "
    "CONNECT_USERS_LOCAL_STORE, then .connect-users/local.db beside Pulumi.yaml.",
)


def store_path_of(path: Path | None) -> Path:
    """The `--store` option's file, else the one that a run of the selected stack uses."""
    return path or local_store(connection(None).values.get, os.environ)


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
