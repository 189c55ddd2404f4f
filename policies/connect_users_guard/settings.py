"""The configuration of one rule, as the engine passes it: its schema, its defaults, its readers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypeAlias, TypeVar

from .absent import MISSING, UNKNOWN, Value
from .globs import fits
from .instances import closest as closest_instance
from .instances import means
from .property_values import Properties, Property
from .subject import Subject

T = TypeVar("T")

Schema: TypeAlias = Mapping[str, Properties]
"""JSON schemas by setting."""

MODES: Final = ("CONNECT_MANAGED", "SAML", "EXISTING_DIRECTORY")


class ConfigError(Exception):
    """A setting cannot be used; the message names it and what it must be, never its value."""


def texts(doc: str, default: Sequence[str] = ()) -> Properties:
    """The schema of a list of texts."""
    return {
        "type": "array",
        "items": {"type": "string"},
        "default": list(default),
        "description": doc,
    }


def text(doc: str, default: str = "") -> Properties:
    """The schema of a text."""
    return {"type": "string", "default": default, "description": doc}


def integer(doc: str, default: int, *, minimum: int = 0, maximum: int | None = None) -> Properties:
    """The schema of a whole number."""
    limits = {"minimum": minimum} | ({} if maximum is None else {"maximum": maximum})
    return {"type": "integer", "default": default, **limits, "description": doc}


def flag(doc: str, *, default: bool) -> Properties:
    """The schema of a switch."""
    return {"type": "boolean", "default": default, "description": doc}


def mapping(
    doc: str, values: Properties | None = None, default: Properties | None = None
) -> Properties:
    """The schema of a map with free keys."""
    return {
        "type": "object",
        "additionalProperties": dict(values or {"type": "string"}),
        "default": dict(default or {}),
        "description": doc,
    }


IDENTITY_TYPES: Final[Schema] = {
    "identityTypes": mapping(
        "Identity management type by instance id or ARN (globs allowed; the longest "
        "matching glob wins), where the resource does not have it. Those of "
        "`connect-user-identity-known` are for all rules.",
        {"type": "string", "enum": list(MODES)},
    )
}
PROFILES: Final[Schema] = {
    "profiles": mapping(
        "Name by security profile id, where the resource does not have it. Those of "
        "`connect-user-identity-known` are for all rules."
    )
}
SHARED: Final = (*IDENTITY_TYPES, *PROFILES)
"""The settings that one rule, `SHARING`, has for all."""
SHARING: Final = "connect-user-identity-known"
TEAM_TAG: Final[Schema] = {"teamTag": text("The tag that names a user's team.", "Team")}

_DOMAIN: Final = re.compile(r"[^\s@]+")
_GLOBS: Final[Properties] = {"type": "array", "items": {"type": "string"}}
OWN: Final[Schema] = {
    "ownUsers": flag(
        "Also evaluate users of this project's own resource types. Their check refuses the same "
        "before any rule runs.",
        default=False,
    )
}
COMMON: Final[Schema] = {
    "waivers": {
        "type": "array",
        "default": [],
        "description": "Exceptions, each with a reason, an owner and an expiry date.",
        "items": {
            "type": "object",
            "required": ["urn", "reason", "owner", "expires"],
            "additionalProperties": False,
            "properties": {
                "urn": {
                    "type": "string",
                    "minLength": 1,
                    "description": "Glob on the URN; on URN#username for a user of a roster.",
                },
                "reason": {"type": "string", "minLength": 1},
                "owner": {"type": "string", "minLength": 1},
                "expires": {"type": "string", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
            },
        },
    },
    "excludeUrns": texts("Globs of URNs that the rule skips."),
    "instances": texts(
        "Globs of instance ids or ARNs: the rule applies to these only. Empty: all."
    ),
    "stacks": texts(
        "Globs of `project/stack`, or of `stack` without a /, that the rule applies to. Empty: all."
    ),
    "overrides": {
        "type": "array",
        "default": [],
        "description": "Other settings for some instances or stacks; a later entry wins.",
        "items": {
            "type": "object",
            "required": ["settings"],
            "additionalProperties": False,
            "properties": {"instances": _GLOBS, "stacks": _GLOBS, "settings": {"type": "object"}},
        },
    },
}
"""The settings of every rule, applied by `evaluate`."""


def matches(name: str, globs: Sequence[str]) -> bool:
    """Whether one of the globs matches the name."""
    return any(fits(name, glob) for glob in globs)


def closest(names: Iterable[str], globs: Iterable[str]) -> str | None:
    """The glob that fits a name best: the name itself, else the longest (maps lose their order)."""
    known = set(names)
    fitting = [glob for glob in globs if any(fits(name, glob) for name in known)]
    return max(fitting, key=lambda glob: (glob in known, len(glob), glob), default=None)


class Settings:
    """Reads one rule's settings, with the schema's defaults."""

    def __init__(self, schema: Schema, given: Properties) -> None:
        self._schema = schema
        self._given = given

    def for_subject(self, subject: Subject) -> Settings:
        """These settings with the overrides for the subject's instance and stack."""
        entries = self._read("overrides", list) if self._given else ()
        if not entries:
            return self
        given = dict(self._given)
        for entry in entries:
            if not isinstance(entry, Mapping) or not isinstance(entry.get("settings"), Mapping):
                raise ConfigError("overrides must be a list of objects with `settings`")
            if _fits(subject, _globs(entry, "instances"), _globs(entry, "stacks")):
                given |= entry["settings"]
        return Settings(self._schema, given)

    def key_of(self, keys: Iterable[str]) -> str:
        """The given values of some settings, as a text that equal settings share."""
        return json.dumps({key: self._given.get(key) for key in keys}, sort_keys=True)

    def covers(self, subject: Subject) -> bool:
        """Whether the rule applies to the subject."""
        if not self._given:
            return True  # most rules have the defaults, and run for each user
        excluded, instances = self.texts("excludeUrns"), self.texts("instances")
        if any(matches(name, excluded) for name in {subject.urn, subject.address}):
            return False
        return _fits(subject, instances, self.texts("stacks"))

    def mode(self, subject: Subject) -> Value[str]:
        """How the subject's instance manages identities: its own fact, then `identityTypes`."""
        own = subject.text("identityManagementType")
        if isinstance(own, str):
            return own
        modes, instance = self.mapping("identityTypes"), subject.text("instanceArn")
        configured = {str(modes[glob]) for glob in closest_instance(modes, instance)}
        if len(configured) == 1:
            return configured.pop()
        return UNKNOWN if UNKNOWN in (own, instance) else MISSING

    def text(self, key: str) -> str:
        """A text."""
        return self._read(key, str)

    def integer(self, key: str) -> int:
        """A whole number; the engine passes 15 as 15.0."""
        value = self._read(key, int, float)
        if isinstance(value, bool) or value != int(value):
            raise ConfigError(f"{key} must be a whole number")
        return int(value)

    def flag(self, key: str) -> bool:
        """A switch."""
        return self._read(key, bool)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        value = self._read(key, list)
        if not all(isinstance(entry, str) for entry in value):
            raise ConfigError(f"{key} must be a list of strings")
        return tuple(value)

    def mapping(self, key: str) -> Properties:
        """A map with free keys; empty if the rule has no such setting."""
        if key not in self._schema:
            return {}
        return self._read(key, Mapping)  # type: ignore[type-abstract]  # for isinstance alone

    def domains(self, key: str = "domains") -> frozenset[str]:
        """A list of domains, as they stand behind the @ of an address."""
        domains = self.texts(key)
        if not all(_DOMAIN.fullmatch(domain) for domain in domains):
            raise ConfigError(f"{key} must be a list of domains, without @")
        return frozenset(domains)

    def pattern(self, key: str) -> re.Pattern[str]:
        """A regular expression."""
        try:
            return re.compile(self.text(key))
        except re.error:
            raise ConfigError(f"{key} must be a regular expression") from None

    def patterns(self, key: str) -> dict[str, re.Pattern[str]]:
        """A map to regular expressions."""
        try:
            return {str(k): re.compile(str(v)) for k, v in self.mapping(key).items()}
        except re.error:
            raise ConfigError(f"{key} must map to regular expressions") from None

    def limits(self) -> tuple[int, int]:
        """The settings `min` and `max`."""
        least, most = self.integer("min"), self.integer("max")
        if least > most:
            raise ConfigError("min must not be greater than max")
        return least, most

    def entries(self, key: str) -> Sequence[Property]:
        """A list of whatever its schema says."""
        return self._read(key, list)

    def _read(self, key: str, *kinds: type[T]) -> T:
        value = self._given.get(key)
        if value is None:
            value = self._schema[key].get("default")
        if not isinstance(value, kinds):
            raise ConfigError(f"{key} must be of type {self._schema[key].get('type')}")
        return value


def _globs(override: Properties, key: str) -> Sequence[str]:
    globs = override.get(key)
    return [str(glob) for glob in globs] if isinstance(globs, list) else ()


def _fits(subject: Subject, instances: Sequence[str], stacks: Sequence[str]) -> bool:
    """An unknown instance counts as one that the globs mean: better to evaluate than to skip."""
    instance = subject.text("instanceArn")
    if instances and all(means(glob, instance) is False for glob in instances):
        return False
    # A * fits a / too: a glob on the stack alone must not see the project.
    short = subject.stack.partition("/")[2]
    return not stacks or any(fits(subject.stack if "/" in glob else short, glob) for glob in stacks)
