"""Checks a configuration for what the engine misses: misspelt rules and settings.

The engine checks the settings that it knows against their schemas. It silently ignores an unknown
rule or setting, and with it what was meant to be enforced.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from jsonschema import Draft7Validator, ValidationError

from .property_values import Properties, Property
from .registry import all_rules
from .rule import PREFIX, Rule
from .settings import ConfigError, Settings
from .waivers import DAY, day_of

LEVELS: Final = ("advisory", "mandatory", "remediate", "disabled")
_ALL = "all"
_ENVIRONMENTS = "environments"
_LEVEL = "enforcementLevel"
_NOT_OVERRIDDEN: Final = {_LEVEL, "overrides"}
"""What cannot differ by instance or stack."""
_WRAPPING: Final = "connect-user-password-secret"


@dataclass(frozen=True, order=True)
class Problem:
    """One problem: where (`rule.setting`), what, and whether it is an error."""

    where: str
    text: str
    error: bool = True

    def __str__(self) -> str:
        return f"{self.where}: {self.text}" if self.where else self.text


def check_text(text: str, today: date) -> list[Problem]:
    """All problems of a configuration file's text, in its order, without repeating values."""
    twice: list[str] = []

    def once(pairs: list[tuple[str, Property]]) -> dict[str, Property]:
        counts = Counter(key for key, _ in pairs)
        twice.extend(sorted(key for key, count in counts.items() if count > 1))
        return dict(pairs)

    try:
        document = json.loads(text, object_pairs_hook=once)
    except (ValueError, RecursionError) as error:
        where = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        return [Problem("", f"the file is not JSON{where}. Correct it.")]
    double = [
        Problem(key, "appears twice, and only the last one counts. Merge them.") for key in twice
    ]
    return [*double, *check(document, today)]


def check(document: Any, today: date) -> list[Problem]:
    """The problems of a configuration, as it was read."""
    if not isinstance(document, Mapping):
        return [Problem("", "the configuration is not an object. Begin it with {.")]
    problems: list[Problem] = []
    rules = all_rules()
    for key, entry in document.items():
        if key == _ALL:
            problems += _level(key, entry)
            problems += [] if _WRAPPING in document else _secrecy(key, entry)
        elif key == _ENVIRONMENTS:
            problems += _environments(entry)
        elif key in rules:
            problems += _rule(rules[key], entry, today)
        else:
            known = [*rules, _ALL, _ENVIRONMENTS]
            hint = _suggestion(key, known) or _suggestion(PREFIX + key, known)
            problems.append(Problem(key, f"unknown rule.{hint or _LIST}"))
    return problems


_LIST = " See `connect-users policy list`."


def _environments(entry: Any) -> Iterator[Problem]:
    if not isinstance(entry, list) or not all(isinstance(e, str) for e in entry):
        yield Problem(_ENVIRONMENTS, "must be a list of names of ESC environments.")


def _rule(rule: Rule, entry: Property, today: date) -> Iterator[Problem]:
    if isinstance(entry, str):
        yield from _level(rule.name, entry)
        yield from _remediable(rule, entry)
        return
    if not isinstance(entry, Mapping):
        yield Problem(rule.name, "must be a level, or an object with settings.")
        return
    if _LEVEL in entry:
        yield from _level(f"{rule.name}.{_LEVEL}", entry[_LEVEL])
        yield from _remediable(rule, entry[_LEVEL])
    given = {k: v for k, v in entry.items() if k != _LEVEL}
    problems = list(_settings(rule, rule.name, given, today))
    yield from problems
    if not problems:
        yield from _unusable(rule, rule.name, given)
    yield from _overrides(rule, given, entry.get("overrides"), today)


def _overrides(
    rule: Rule, given: Properties, overrides: Property, today: date
) -> Iterator[Problem]:
    for number, override in enumerate(overrides if isinstance(overrides, list) else ()):
        settings = override.get("settings") if isinstance(override, Mapping) else None
        if isinstance(settings, Mapping):
            where = f"{rule.name}.overrides[{number}].settings"
            for key in sorted(_NOT_OVERRIDDEN & settings.keys()):
                yield Problem(f"{where}.{key}", "applies everywhere. Move it out of the override.")
            own = {k: v for k, v in settings.items() if k not in _NOT_OVERRIDDEN}
            problems = list(_settings(rule, where, own, today))
            yield from problems
            known = {p.text for p in _unusable(rule, where, given)}
            merged = () if problems else _unusable(rule, where, {**given, **own})
            yield from (problem for problem in merged if problem.text not in known)


def _settings(rule: Rule, where: str, settings: Properties, today: date) -> Iterator[Problem]:
    yield from _waivers(where, settings.get("waivers"), today)
    for key, value in settings.items():
        path = f"{where}.{key}"
        if key not in rule.schema:
            hint = _suggestion(key, [*rule.schema, _LEVEL])
            yield Problem(path, f"unknown setting.{hint or _known(rule)}")
            continue
        yield from _against(rule.schema[key], path, value)


def _unusable(rule: Rule, where: str, settings: Properties) -> Iterator[Problem]:
    """What stops the rule at run time, though it fits the schema."""
    try:
        rule.verify(Settings(rule.schema, settings))
    except ConfigError as error:
        key, _, text = str(error).partition(" ")
        yield Problem(f"{where}.{key}", f"{text}.")
    file = settings.get("listFile")
    if isinstance(file, str) and file and "listFile" in rule.schema and not Path(file).is_file():
        text = "the file does not exist here. Without it, the rule cannot run."
        yield Problem(f"{where}.listFile", text, error=False)


def _against(schema: Properties, path: str, value: Property) -> Iterator[Problem]:
    errors = Draft7Validator(dict(schema)).iter_errors(value)
    found = []
    for error in sorted(errors, key=lambda e: [str(part) for part in e.absolute_path]):
        place = path + "".join(
            f"[{part}]" if isinstance(part, int) else f".{part}" for part in error.absolute_path
        )
        found.append(Problem(place, _cause(error)))
    # jsonschema reports each missing member separately.
    yield from dict.fromkeys(found)


def _cause(error: ValidationError) -> str:
    """What is wrong, without the value: jsonschema's own message repeats it."""
    expected: Any = error.validator_value
    present: Any = error.instance
    validator = str(error.validator)
    if validator == "enum":
        return f"must be one of {', '.join(map(str, expected))}."
    if validator == "required":
        missing = [key for key in expected if key not in present]
        return f"{', '.join(missing)} missing."
    if validator in _CAUSES:
        return _CAUSES[validator].format(expected)
    return f"breaks {validator} of the schema."


_CAUSES: Final = {
    "type": "must be of type {}.",
    "minimum": "must be {} or more.",
    "maximum": "must be {} or less.",
    "minLength": "must not be empty.",
    "minItems": "must have {} members.",
    "maxItems": "must have {} members.",
    "additionalProperties": "has an unknown member.",
    "pattern": "has the wrong format (a day is YYYY-MM-DD).",
}


def _waivers(above: str, waivers: Property, today: date) -> Iterator[Problem]:
    for number, waiver in enumerate(waivers if isinstance(waivers, list) else ()):
        where = f"{above}.waivers[{number}]"
        if isinstance(waiver, Mapping):
            yield from _blanks(where, waiver)
            yield from _expiry(f"{where}.expires", waiver.get("expires"), today)


def _blanks(where: str, waiver: Properties) -> Iterator[Problem]:
    for key, text in waiver.items():
        if isinstance(text, str) and text and not text.strip():
            yield Problem(f"{where}.{key}", "must not be blank.")


def _expiry(where: str, expires: Property, today: date) -> Iterator[Problem]:
    if not isinstance(expires, str) or not re.fullmatch(DAY, expires):
        return
    day = day_of(expires)
    if day is None:
        yield Problem(where, "is not a day of the calendar.")
    elif day < today:
        yield Problem(where, "is past: the waiver has expired. Remove it.", error=False)


def _level(where: str, level: Property) -> Iterator[Problem]:
    if level not in LEVELS:
        hint = _suggestion(level, LEVELS) if isinstance(level, str) else ""
        yield Problem(where, f"must be one of {', '.join(LEVELS)}.{hint}")


def _remediable(rule: Rule, level: Property) -> Iterator[Problem]:
    if level == "remediate" and rule.fix is None:
        yield Problem(rule.name, "has no remediation. Use mandatory.", error=False)
    if rule.name == _WRAPPING:
        yield from _secrecy(rule.name, level)


def _secrecy(where: str, level: Property) -> Iterator[Problem]:
    """A validation cannot recognise a secret: at another level, plain passwords would pass."""
    if level in ("advisory", "mandatory"):
        named = "" if where == _WRAPPING else f"{_WRAPPING} "
        text = f"{named}works at the level remediate only. Use that."
        yield Problem(where, text, error=False)


def _suggestion(word: str, known: Sequence[str]) -> str:
    close = get_close_matches(word, known, n=1, cutoff=0.75)
    return f" Did you mean {close[0]}?" if close else ""


def _known(rule: Rule) -> str:
    return f" The rule has {', '.join([_LEVEL, *rule.schema])}."
