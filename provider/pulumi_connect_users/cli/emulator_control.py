"""`connect-users emulator control` and `day`: a store's behaviour, and a day of its agents."""

import json
from pathlib import Path

import click

from pulumi_connect_users.cli.emulator_store import opened, store_option
from pulumi_connect_users.cli.files import load_yaml
from pulumi_connect_users.cli.ranges import FiniteRange
from pulumi_connect_users.core.documents import read_json
from pulumi_connect_users.emulator.day import LONGEST_HOURS
from pulumi_connect_users.emulator.faults.rules import KINDS
from pulumi_connect_users.emulator.seeding.fresh import MANAGED_INSTANCE

_KINDS = "\n".join(f"  {kind:<20} {text}" for kind, text in KINDS.items())


@click.command(
    epilog=f"""\b
A fault is a JSON object: operation (a name or pattern, default *), kind,
when (before or after the effect), nth (first affected call), times,
probability (with seed), code, seconds, calls. For example:
  --fault '{{"operation": "CreateUser", "kind": "reset", "when": "after", "nth": 3}}'
The kinds:
{_KINDS}
The same list of objects is read from CONNECT_USERS_EMULATOR_FAULTS; a served
store also takes them as POST /_emulator/control, {{"faults": [...]}}."""
)
@store_option
@click.option("--fault", "faults", multiple=True, metavar="JSON", help="Add a fault; repeatable.")
@click.option(
    "--pacing", metavar="aws|RATE/BURST|off", help="Requests per second and burst, per operation."
)
@click.option("--quotas", metavar="aws|NAME=N,...|off", help="Quotas, such as users=500.")
@click.option("--latency", metavar="SECONDS|off", help="Added to every request.")
@click.option(
    "--times",
    type=click.Choice(["on", "off"]),
    help="LastModifiedTime in ListUsers; off as seen on AWS.",
)
@click.option("--clear", is_flag=True, help="First reset all settings and faults.")
@click.option("--release", is_flag=True, help="Let stalled requests continue.")
def control(
    *,
    store_path: Path | None,
    faults: tuple[str, ...],
    pacing: str | None,
    quotas: str | None,
    latency: str | None,
    times: str | None,
    clear: bool,
    release: bool,
) -> None:
    """Make a store pace, refuse and fail like AWS.

    Prints the resulting settings.

    \b
    Examples:
      connect-users emulator control --pacing aws
      connect-users emulator control --fault '{"operation": "CreateUser", "kind": "throttle"}'
      connect-users emulator control --clear
    """
    settings: dict[str, object] = {}
    if pacing is not None:
        settings["pacing"] = _pacing(pacing)
    if quotas is not None:
        settings["quotas"] = _quotas(quotas)
    if latency is not None:
        settings["latency"] = None if latency == "off" else _number(latency, "--latency")
    if times is not None:
        settings["times"] = None if times == "on" else False
    store = opened(store_path, must_exist=False)
    store.control(faults=[_fault(text) for text in faults], clear=clear, **settings)
    if release:
        store.release()
    stalls = [
        {"id": one.id, "operation": one.operation, "when": one.when, "pid": one.pid}
        for one in store.stalls()
    ]
    click.echo(json.dumps(store.controls() | {"stalls": stalls}, indent=2))


@click.command()
@store_option
@click.option("--instance", default=MANAGED_INSTANCE, show_default=True, help="ARN, id or alias.")
@click.option(
    "--script",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A YAML or JSON list of events instead of a random day.",
)
@click.option(
    "--seed",
    type=int,
    default=0,
    show_default=True,
    help="Seed of the random day.",
)
@click.option(
    "--hours",
    type=FiniteRange(0, LONGEST_HOURS),
    default=8.0,
    show_default=True,
    help="Length of the random day.",
)
@click.option("--until", type=FiniteRange(min=0), help="Stop after this many hours of the day.")
@click.option(
    "--speed",
    type=FiniteRange(min=0, min_open=True),
    help="Play in real time, this many times faster.",
)
def day(
    *,
    store_path: Path | None,
    instance: str,
    script: Path | None,
    seed: int,
    hours: float,
    until: float | None,
    speed: float | None,
) -> None:
    """Play a day: agents log in, take contacts, miss some and log out.

    By default all of it happens at once. --until 3 stops three hours into the day, --speed 60
    plays an hour in a minute.

    \b
    Example:
      connect-users emulator day --instance local-saml --until 3
    """
    events = None if script is None else load_yaml(script, "reading the day")
    if events is not None and not (
        isinstance(events, list) and all(isinstance(one, dict) for one in events)
    ):
        raise click.BadParameter("expected a list of events.", param_hint="--script")
    store = opened(store_path, must_exist=False)
    seconds = None if until is None else until * 3600
    count = store.play_day(instance, events, seed=seed, hours=hours, until=seconds, speed=speed)
    click.echo(f"connect-users: {count} events.", err=True)


def _fault(text: str) -> object:
    try:
        rule = read_json(text)
    except ValueError:
        rule = None
    if not isinstance(rule, dict):
        raise click.BadParameter("expected a JSON object.", param_hint="--fault")
    return rule


def _pacing(text: str) -> str | dict[str, float] | None:
    if text in ("aws", "off"):
        return "aws" if text == "aws" else None
    rate, _, burst = text.partition("/")
    return {"rate": _number(rate, "--pacing"), "burst": _number(burst or rate, "--pacing")}


def _quotas(text: str) -> str | dict[str, float] | None:
    if text in ("aws", "off"):
        return "aws" if text == "aws" else None
    pairs = (pair.partition("=") for pair in text.split(","))
    return {name: _number(value, "--quotas") for name, _, value in pairs}


def _number(text: str, option: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise click.BadParameter(f"{text!r} is not a number.", param_hint=option) from None
