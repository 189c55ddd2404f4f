"""`connect-users policy`: lists the policy pack's rules, prints and checks configurations."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table

from pulumi_connect_users.cli import DONE, USAGE
from pulumi_connect_users.cli.files import read_text, shown

if TYPE_CHECKING:
    from connect_users_guard.rule import Rule

_READING = "reading a policy configuration"
_SIZE_LIMIT = 10_000_000


@click.group()
def policy() -> None:
    """The rules of the policy pack, and its configurations."""
    try:
        import connect_users_guard  # noqa: F401
    except ModuleNotFoundError as missing:
        raise click.ClickException(
            f"the policy rules cannot be used: {missing.name} is not installed. "
            "Run: pip install connect-users-guard."
        ) from None


@policy.command("check-config")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
def check_config(*, file: Path, as_json: bool, strict: bool) -> int:
    """Check a --policy-pack-config FILE (- for standard input).

    Pulumi ignores misspelt rules and settings; this command finds them. Exits with 2 on errors.

    \b
    Example:
      connect-users policy check-config policy-config.json &&
        pulumi preview --policy-pack policies --policy-pack-config policy-config.json
    """
    from connect_users_guard.check_config import check_text

    text = read_text(file, _READING)
    if len(text) > _SIZE_LIMIT:
        cause = "the file is too large. Check the path"
        raise click.ClickException(f"{_READING}, {shown(file)}: {cause}.")
    problems = check_text(text, datetime.now(UTC).date())
    failed = any(problem.error or strict for problem in problems)
    if as_json:
        document = [
            {"where": p.where, "text": p.text, "level": "error" if p.error else "warning"}
            for p in problems
        ]
        click.echo(json.dumps({"version": 1, "problems": document}, indent=2))
    else:
        for problem in problems:
            kind = "error" if problem.error else "warning"
            click.echo(f"{kind}: {problem}")
        if not problems:
            click.echo(f"{shown(file)}: every rule and setting is valid.")
    if failed:
        count = len(problems)
        plural = "" if count == 1 else "s"
        click.echo(f"checking {shown(file)}: {count} problem{plural}. Fix them.", err=True)
    return USAGE if failed else DONE


@policy.command("preset")
@click.argument("name")
def preset(*, name: str) -> int:
    """Print a ready-made configuration.

    NAME is starter, baseline, saml-strict, managed-strict or advisory.

    \b
    Example:
      connect-users policy preset starter > policy-config.json
    """
    from connect_users_guard.presets import NAMES, path

    if name not in NAMES:
        raise click.UsageError(f"unknown preset {name}. The presets are {', '.join(NAMES)}.")
    click.echo(path(name).read_text(encoding="utf-8"), nl=False)
    return DONE


@policy.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option("--family", help="Only rules of this family: identity, password, access, ...")
def list_rules(*, as_json: bool, family: str | None) -> int:
    """List the rules: name, level, severity, requirement.

    \b
    Example:
      connect-users policy list --family password
    """
    from connect_users_guard.registry import FAMILIES, all_rules

    if family is not None and family not in FAMILIES:
        raise click.UsageError(f"unknown family {family}. The families are {', '.join(FAMILIES)}.")
    rules = [rule for rule in all_rules().values() if family in (None, rule.family)]
    if as_json:
        document = {"version": 1, "rules": [_described(rule) for rule in rules]}
        click.echo(json.dumps(document, indent=2))
        return DONE
    table = Table(box=None)
    for heading in ("Rule", "Level", "Severity"):
        table.add_column(heading, no_wrap=True)
    table.add_column("Requirement", overflow="fold")
    for rule in rules:
        table.add_row(rule.name, rule.level, rule.severity, rule.title)
    # Outside a terminal, a rule is one line, for grep.
    console = Console(width=None if sys.stdout.isatty() else 200)
    console.print(table)
    return DONE


def _described(rule: Rule) -> dict[str, object]:
    return {
        "name": rule.name,
        "family": rule.family,
        "title": rule.title,
        "level": rule.level,
        "severity": rule.severity,
        "scope": rule.scope,
        "remediation": rule.fix is not None,
        "types": list(rule.types),
        "framework": {"name": rule.framework.name, "specification": rule.framework.specification},
        "settings": sorted(rule.schema),
        "url": rule.sources[0],
    }
