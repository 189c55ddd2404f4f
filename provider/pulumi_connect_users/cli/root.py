"""The root of the command line: finds subcommands, turns expected failures into exit codes."""

import io
import os
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import ClassVar

import click

from pulumi_connect_users.cli import COMMANDS, DONE, FAILED, USAGE
from pulumi_connect_users.cli.groups import LazyGroup
from pulumi_connect_users.cli.working import Working
from pulumi_connect_users.core.messages import in_one_line
from pulumi_connect_users.core.safe_text import printable


class _Root(LazyGroup):
    """The subcommands: `put-status` is the command `put_status` of that module."""

    lazy: ClassVar = {
        name: "pulumi_connect_users.cli.{0}:{0}".format(name.replace("-", "_")) for name in COMMANDS
    }

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))


def _version() -> str:
    try:
        return version("pulumi-connect-users")
    except PackageNotFoundError:
        return "unknown"


@click.group(cls=_Root, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(_version(), prog_name="connect-users")
@click.option("--debug", is_flag=True, help="Show tracebacks.")
@click.pass_context
def root(ctx: click.Context, debug: bool) -> None:
    """Amazon Connect users as code: reports, checks, and a local Connect.

    Results go to standard output, everything else to standard error.
    """
    ctx.obj = ctx.with_resource(Working())


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command line (default: this process's) and return its exit code."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A sign that the terminal's code page lacks must not end the output.
        sys.stdout.reconfigure(errors="replace")
    debug = "--debug" in arguments[:1]
    try:
        result = root.main(arguments, prog_name="connect-users", standalone_mode=False)
    except click.UsageError as error:
        error.show()
        return USAGE
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        click.echo("connect-users: interrupted.", err=True)
        return 130
    except BrokenPipeError:
        # The reader has closed the pipe; Python must not complain when it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except ModuleNotFoundError as missing:
        if debug:
            raise
        remedy = "Run: pip install 'pulumi-connect-users[all]'."
        click.echo(f"connect-users: {missing.name} is not installed. {remedy}", err=True)
        return FAILED
    except Exception as error:
        if debug:
            raise
        text = in_one_line(error)
        click.echo(f"connect-users: {printable(text, longest=len(text))}", err=True)
        return FAILED
    return result if isinstance(result, int) else DONE
