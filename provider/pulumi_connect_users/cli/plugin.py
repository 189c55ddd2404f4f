"""`connect-users plugin`: the native plugin of this installation."""

import click

from pulumi_connect_users.cli import DONE
from pulumi_connect_users.cli.connection import say
from pulumi_connect_users.native.install import EXECUTABLE, install


@click.group()
def plugin() -> None:
    """Manage the native plugin, which serves programs in every Pulumi language."""


@plugin.command("install")
@click.option("--pulumi", default="pulumi", show_default=True, help="The Pulumi command to use.")
def install_plugin(pulumi: str) -> int:
    """Install the plugin for Pulumi, in place of the same version.

    It runs with this Python: reinstall it after moving or rebuilding the environment. Where there
    is no Python, `pulumi plugin install resource connect-users VERSION --file ARCHIVE` installs
    the self-contained archive of a release.

    \b
    Example:
      connect-users plugin install
    """
    number = install(pulumi)
    say(f"{EXECUTABLE} {number} is installed. Programs find it without further settings.")
    return DONE
