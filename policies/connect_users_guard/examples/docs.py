"""The rules' pages: `python -m connect_users_guard.examples.docs FOLDER`."""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from ..property_values import Properties
from ..registry import FAMILIES, all_rules
from ..rule import Rule
from ..settings import COMMON, SHARED, SHARING, Schema
from ..user_resources import USER, USER_BATCH
from .as_code import CLASSES, programs
from .as_resources import config_for, lacks

_NOTE = "<!-- Generated from the rules by `make generate`: do not edit. -->\n"
_INDEX = "index.md"
_MODES = {
    "CONNECT_MANAGED": "managed",
    "SAML": "SAML",
    "EXISTING_DIRECTORY": "existing directory",
}
_KINDS = {
    "resource": "each resource",
    "stack": "the whole stack",
    "run": "what the other rules could not evaluate",
}


def pages() -> dict[str, str]:
    """Every page's text, by file name."""
    rules = all_rules()
    return {_INDEX: _index(rules)} | {f"{rule.what}.md": _page(rule) for rule in rules.values()}


def write(folder: Path) -> None:
    """Writes all pages into a folder, and removes those of former rules."""
    folder.mkdir(parents=True, exist_ok=True)
    made = pages()
    for old in folder.glob("*.md"):
        if old.name not in made:
            old.unlink()
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")


def _index(rules: Mapping[str, Rule]) -> str:
    lines = [
        "# Policy rules\n",
        _NOTE,
        f"{len(rules)} rules of the pack `connect-users-guard`: "
        "[how to run and configure it](../../policies/README.md).\n",
        "**R** marks rules with a remediation, **S** those that evaluate the whole stack. Levels "
        "are defaults.\n",
    ]
    for family in FAMILIES:
        lines += [f"## {family.capitalize()}\n", "| Rule | Requirement | Level | Severity | |"]
        lines.append("|---|---|---|---|---|")
        lines += [_row(rule) for rule in rules.values() if rule.family == family]
        lines.append("")
    lines += ["## Settings of every rule\n", *_settings(COMMON), ""]
    return "\n".join(lines)


def _row(rule: Rule) -> str:
    marks = " ".join(
        mark for mark, has in (("R", rule.fix), ("S", rule.scope != "resource")) if has
    )
    return (
        f"| [{rule.name}]({rule.what}.md) | {rule.title} | {rule.level} | {rule.severity} "
        f"| {marks} |"
    )


def _page(rule: Rule) -> str:
    """A page begins with its title, from which a site takes the name of the page."""
    title = rule.title.removesuffix(".")
    return "\n".join([f"# {title}\n", _NOTE, *_facts(rule), *_body(rule)])


def _facts(rule: Rule) -> Iterator[str]:
    framework = rule.framework
    part = f"{framework.name} {framework.version}".strip()
    yield f"| Rule | `{rule.name}` |"
    yield "|---|---|"
    yield f"| Family | {rule.family} |"
    yield f"| Level, severity | {rule.level}, {rule.severity} |"
    yield f"| Scope | {_KINDS[rule.scope]} |"
    if rule.modes:
        yield f"| Identities | {', '.join(_MODES[mode] for mode in rule.modes)} |"
    yield f"| Framework | {part}: {framework.specification} |"
    yield f"| Remediation | {'yes, at the level `remediate`' if rule.fix else 'by hand'} |"
    yield f"| Types | {', '.join(f'`{type_}`' for type_ in rule.types)} |"
    yield ""


def _body(rule: Rule) -> Iterator[str]:
    yield f"## Why\n\n{rule.why}\n"
    yield "Sources:\n"
    for source in rule.sources:
        yield f"- <{source}>"
    yield f"\n## What to do\n\n{rule.steps}\n"
    yield from _examples(rule)
    yield "## Settings\n"
    own = {key: schema for key, schema in rule.schema.items() if key not in COMMON}
    changed = {key: rule.config[key] for key in rule.config if key in COMMON}
    if own or changed:
        yield from _settings({**own, **changed})
        yield ""
    common = ", ".join(f"`{key}`" for key in COMMON)
    yield f"[And those of every rule](index.md#settings-of-every-rule): {common}.\n"


def _examples(rule: Rule) -> Iterator[str]:
    yield "## Examples\n"
    for type_ in rule.types:
        # A type that the example is not about: security profiles beside users.
        if type_ not in CLASSES or (rule.bad.users and not type_.endswith(":User")):
            continue
        yield f"### `{CLASSES[type_]}`\n"
        yield from _example(rule, type_)
    if USER_BATCH in rule.types:
        yield "Users of a roster are evaluated in the same way, one by one.\n"
    if rule.checked:
        yield (
            "The provider's own check refuses the same of this project's users (`connect.User`, "
            "rosters) before any rule runs. The rule evaluates them only where the check does not "
            "know the identity management type, or with the setting `ownUsers`.\n"
        )


def _example(rule: Rule, type_: str) -> Iterator[str]:
    texts = programs(rule, type_)
    settings = [config_for(rule, case, type_) for case in (rule.good, rule.bad)]
    if lacks(rule, type_) or (texts[0] == texts[1] and settings[0] == settings[1]):
        yield "This type lacks what the rule reads: the rule is not applicable, and says so.\n"
        return
    if settings[0] == settings[1]:
        yield from _config(rule, settings[0])
    instances = _instances(rule) if type_ == USER else ("", "")
    for heading, program, given, instance in zip(
        ("Good", "Bad"), texts, settings, instances, strict=True
    ):
        yield f"{heading}:\n"
        if settings[0] != settings[1]:
            yield from _config(rule, given)
        yield f"```python\n{instance}{program}\n```\n"


def _instances(rule: Rule) -> tuple[str, str]:
    """What declares the instance of each example, where its identity management type matters."""
    good, bad = (case.users[0]["identityManagementType"] for case in (rule.good, rule.bad))
    if not rule.modes and good == bad and "identityManagementType" not in rule.reads:
        return "", ""
    declared = 'centre = connect.Instance(instance_arn, identity_management_type="{}")\n'
    return declared.format(good), declared.format(bad)


def _config(rule: Rule, config: Properties) -> Iterator[str]:
    if config:
        shared = {key: config[key] for key in SHARED if key in config}
        own = {key: value for key, value in config.items() if key not in SHARED}
        entries = {name: given for name, given in ((SHARING, shared), (rule.name, own)) if given}
        text = json.dumps(entries, indent=2, ensure_ascii=False)
        yield f"With the settings\n\n```json\n{text}\n```\n"


def _settings(schema: Schema) -> Iterator[str]:
    yield "| Setting | Type | Default | Meaning |"
    yield "|---|---|---|---|"
    for key, one in schema.items():
        default = json.dumps(one["default"]).replace("|", "\\|")
        limits = [f"{name} {one[name]}" for name in ("minimum", "maximum") if name in one]
        kind = ", ".join([str(one["type"]), *limits])
        yield f"| `{key}` | {kind} | `{default}` | {one['description']} |"


if __name__ == "__main__":
    write(Path(sys.argv[1]))
