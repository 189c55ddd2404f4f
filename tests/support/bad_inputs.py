"""Bad inputs, each beside the nearest good one: what check must refuse, and what it must not.

A case changes one attribute of a valid user of one identity mode. `bad` is refused at `path`,
`good` is accepted.
"""

from collections.abc import Iterator
from typing import Any

from tests.support.bad_case import ABSENT, DIRECTORY, MANAGED, MODES, SAML, Case, each, everywhere
from tests.support.bad_phones import PHONES, channels, phones

_USERNAMES = {
    "missing": ABSENT,
    "empty": "",
    "with a space": "mary major",
    "with a plus": "mary+major",
    "with a slash": "mary/major",
    "with a comma": "mary,major",
    "with an equals sign": "mary=major",
    "with an umlaut": "märy",
    "with a line break": "mary\nmajor",
    "with @ but no domain": "mary@",
    "with @ but no top level": "mary@example",
    "with @ first": "@example.com",
    "with two @": "m@ry@example.com",
    "of 101 characters": "m" * 101,
    "a number": 7.0,
    "a list": ["mary"],
}
_PASSWORDS = {
    "missing": ABSENT,
    "of 7 characters": "Passw0r",
    "of 65 characters": "Pa55" + "w" * 61,
    "without a digit": "PasswordWord",
    "without upper case": "passw0rdword",
    "without lower case": "PASSW0RDWORD",
    "with a space": "Passw0rd Word",
    "with a tab": "Passw0rd\tWord",
    "with a line break at the end": "Passw0rdWord\n",
    "empty": "",
    "a number": 12345678.0,
}
_NAMES = {
    "not NFC": "Zoe\u0308",
    "with a control character": "Ma\u0007ry",
    "with a bidirectional override": "Ma\u202ery",
    "a number": 5.0,
}
_ADDRESSES = {
    "without @": "marym.example.com",
    "without domain": "marym@",
    "with a space": "mary major@example.com",
    "with two @": "mary@major@example.com",
    "with two dots": "marym@example..com",
    "empty": "",
}
_SECONDARY = _ADDRESSES | {
    "without top level": "marym@example",
    "too long": "m" * 260 + "@example.com",
}
del _SECONDARY["with two dots"]  # the documented pattern lets it pass


def _proficiency(
    name: Any = "language", value: Any = "Spanish", level: Any = 4.0
) -> dict[str, Any]:
    entry = {"attributeName": name, "attributeValue": value, "level": level}
    return {k: v for k, v in entry.items() if v is not ABSENT}


def _usernames() -> Iterator[Case]:
    yield from everywhere("username", "username", "mary.major", _USERNAMES)
    for mode in (MODES[0], MODES[2]):
        yield from each(mode, "username", "username", "m" * 20, {"of 21 characters": "m" * 21})
    yield from each(
        SAML, "username", "username", "m" * 64, {"of 65 characters": "m" * 65, "of 1": "m"}
    )


def _identity() -> Iterator[Case]:
    yield from each(MANAGED, "password", "password", "Passw0rdWord", _PASSWORDS)
    for mode in MODES[1:]:
        given = {"given": "Passw0rdWord"}
        yield from each(mode, "password", "password", ABSENT, given)
    made_up = {"made up": {"length": 20}}
    for mode in MODES:
        # Beside a given one, without the mark, or where there are no passwords at all.
        yield from each(mode, "initialPassword", "initial_password", ABSENT, made_up)
    for member, name, limit in (("firstName", "first_name", 255), ("lastName", "last_name", 300)):
        wire, path = f"identityInfo.{member}", f"identity_info.{name}"
        too_long = {f"of {limit + 1} characters": "m" * (limit + 1)}
        yield from everywhere(wire, path, "Mary", _NAMES | too_long)
        for mode in MODES[:2]:
            yield from each(mode, wire, path, "Mary", {"missing": ABSENT, "empty": ""})
    yield from each(
        MANAGED,
        "identityInfo.lastName",
        "identity_info.last_name",
        "m" * 256,
        {"of 257 characters": "m" * 257},
    )
    address = "marym@example.com"
    yield from each(
        MANAGED,
        "identityInfo.email",
        "identity_info.email",
        address,
        _ADDRESSES | {"missing": ABSENT},
    )
    yield from each(SAML, "identityInfo.email", "identity_info.email", ABSENT, {"given": address})
    secondary = "identityInfo.secondaryEmail"
    yield from everywhere(secondary, "identity_info.secondary_email", address, _SECONDARY)
    mobile = "identityInfo.mobile"
    yield from everywhere(mobile, "identity_info.mobile", "+15555551212", PHONES)
    given = {"given": "S-1-5-21"}
    yield from each(SAML, "directoryUserId", "directory_user_id", ABSENT, given)
    yield from each(DIRECTORY, "directoryUserId", "directory_user_id", "S-1-5-21", {"empty": ""})


def _access() -> Iterator[Case]:
    yield from each(
        MANAGED,
        "routingProfile",
        "routing_profile",
        "Basic Routing Profile",
        {
            "missing": ABSENT,
            "misspelt": "Basic Routing Profil",
            "empty": "",
            "in lower case": "basic routing profile",
        },
    )
    yield from each(
        MANAGED,
        "securityProfiles",
        "security_profiles",
        ["Agent"],
        {"missing": ABSENT, "twice": ["Agent", "Agent"], "eleven": [f"P{i}" for i in range(11)]},
    )
    yield from each(
        MANAGED,
        "securityProfiles",
        "security_profiles[0]",
        ["Agent"],
        {"misspelt": ["Agnet"], "in lower case": ["agent"]},
    )
    yield from each(
        MANAGED,
        "hierarchyGroup",
        "hierarchy_group",
        "AMER/West/Team 1",
        {"misspelt": "AMER/West/Team 7", "a wrong path": "EMEA/West/Team 1", "empty": ""},
    )


def _proficiencies() -> Iterator[Case]:
    wire, good = "proficiencies", [_proficiency()]
    for member, program in (
        ("attributeName", "attribute_name"),
        ("attributeValue", "attribute_value"),
        ("level", "level"),
    ):
        missing = {k: v for k, v in _proficiency().items() if k != member}
        where = f"proficiencies[0].{program}"
        yield from each(MANAGED, wire, where, good, {"missing": [missing]})
    levels = {"zero": 0.0, "six": 6.0, "a half": 2.5, "a word": "fluent"}
    bad = {name: [_proficiency(level=value)] for name, value in levels.items()}
    yield from each(MANAGED, wire, "proficiencies[0].level", good, bad)
    yield from each(
        MANAGED,
        wire,
        "proficiencies[0].attribute_name",
        good,
        {
            "unknown": [_proficiency(name="tongue")],
            "empty": [_proficiency(name="")],
            "of 101 characters": [_proficiency(name="l" * 101)],
        },
    )
    yield from each(
        MANAGED,
        wire,
        "proficiencies[0].attribute_value",
        good,
        {
            "unknown": [_proficiency(value="Klingon")],
            "in lower case": [_proficiency(value="spanish")],
            "empty": [_proficiency(value="")],
        },
    )
    twice = {"twice": [_proficiency(), _proficiency(level=2.0)]}
    yield from each(MANAGED, wire, "proficiencies", good, twice)


def _grants() -> Iterator[Case]:
    def grant(**changes: Any) -> list[dict[str, Any]]:
        entry = {"securityProfile": "Admin", "until": "2999-12-31", **changes}
        return [{key: value for key, value in entry.items() if value is not ABSENT}]

    where, good = "grants[0].", grant(starts="2999-12-01T08:00Z", reason="cover")
    days = ("2999-02-30", "31.12.2999", "2999-12-31T24:61Z", "2999-12-31T10:00", "soon", 2999.0)
    for member in ("until", "starts"):
        bad = {f"day {day}": grant(**{member: day}) for day in days}
        yield from each(MANAGED, "grants", where + member, good, bad)
    missing = {"missing": grant(until=ABSENT), "before it starts": grant(starts="3000-01-01")}
    yield from each(MANAGED, "grants", where + "until", good, missing)
    profiles = {
        "missing": grant(securityProfile=ABSENT),
        "unknown": grant(securityProfile="Admins"),
        "twice": grant(securityProfileId="1" * 36),
        "unknown and yet to come": grant(securityProfile="Admins", starts="2999-01-01"),
    }
    yield from each(MANAGED, "grants", where + "security_profile", good, profiles)
    yield from each(
        MANAGED, "grants", where + "reason", good, {"too long": grant(reason="r" * 201)}
    )
    twice = {"twice": [*good, *grant(starts="2999-12-01T08:00Z", until="2999-12-24")]}
    yield from each(MANAGED, "grants", "grants", good, twice)


def _tags_and_options() -> Iterator[Case]:
    good = {f"key{i}": "v" for i in range(48)}
    bad: dict[str, Any] = {
        "of 49": good | {"one": "more"},
        "with aws:": {"aws:team": "west"},
        "with AWS:": {"AWS:team": "west"},
        "with our prefix": {"pulumi-connect-users:stack": "mine"},
        "with an empty key": {"": "v"},
        "with a key of 129": {"k" * 129: "v"},
        "with a star in a key": {"te*am": "west"},
        "a list": ["west"],
    }
    yield from each(MANAGED, "tags", "tags", good, bad)
    yield from each(
        MANAGED, "tags", "tags.team", {"team": "v" * 256}, {"of 257": {"team": "v" * 257}}
    )
    yield from each(MANAGED, "tags", "tags.team", {"team": "1"}, {"a number": {"team": 1.0}})
    yield from each(
        MANAGED,
        "ignoreDrift",
        "ignore_drift[0]",
        ["routing_profile"],
        {"misspelt": ["routing_profil"], "unchangeable": ["username"], "empty": [""]},
    )
    yield from each(
        MANAGED, "onDelete", "on_delete", "force", {"unknown": "explode", "a number": 1.0}
    )
    yield from each(
        MANAGED, "onPasswordChange", "on_password_change", "ignore", {"unknown": "update"}
    )
    yield from each(MANAGED, "adopt", "adopt", True, {"a word": "maybe"})
    yield from each(MANAGED, "favouriteColour", "favouriteColour", ABSENT, {"given": "red"})


CASES: tuple[Case, ...] = (
    *_usernames(),
    *_identity(),
    *phones(),
    *channels(),
    *_access(),
    *_proficiencies(),
    *_grants(),
    *_tags_and_options(),
)
