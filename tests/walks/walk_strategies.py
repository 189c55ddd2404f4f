"""What random walks draw: what a program says of a user, and the faults of a run."""

from typing import Any, Final

from hypothesis import strategies as st

FIRST: Final[dict[str, Any]] = {
    "password": "Corr3ctHorse",
    "identityInfo": {"firstName": "Mary", "lastName": "Major", "email": "a@example.com"},
    "routingProfile": "Basic Routing Profile",
    "securityProfiles": ["Agent"],
}
"""What is said of a user at first, but for the username."""

_SKILLS: Final = [
    {"attributeName": "language", "attributeValue": language, "level": level}
    for language in ("English", "Spanish")
    for level in (1, 4)
]
_PARTS: Final[dict[str, list[Any]]] = {
    "identityInfo": [
        {"firstName": "Ann", "lastName": "Roe", "email": "a@example.com"},
        {"firstName": "Mary", "lastName": "Stiles", "email": "b@example.com"},
        {"firstName": "Mary", "lastName": "Major", "email": "b@example.com"},
    ],
    "routingProfile": ["Basic Routing Profile", "Sales"],
    "securityProfiles": [["Agent"], ["Agent", "QualityAnalyst"], ["CallCenterManager"]],
    "hierarchyGroup": [None, "AMER/West/Team 1", "AMER/West/Team 2"],
    "proficiencies": [None, _SKILLS[:1], _SKILLS[1:3], _SKILLS[3:]],
    "tags": [None, {"a": "1"}, {"a": "2", "b": "1"}, {"b": "2"}],
    "phoneConfig": [
        {"phoneType": "SOFT_PHONE", "autoAccept": True, "afterContactWorkTimeLimit": 30},
        {"phoneType": "SOFT_PHONE", "autoAccept": False, "afterContactWorkTimeLimit": 0},
        {"phoneType": "DESK_PHONE", "deskPhoneNumber": "+15555551212"},
        {"phoneType": "DESK_PHONE", "deskPhoneNumber": "+15555551313"},
    ],
    "autoAcceptConfigs": [
        [{"channel": "VOICE", "autoAccept": True}],
        [{"channel": "VOICE", "autoAccept": False}, {"channel": "CHAT", "autoAccept": True}],
    ],
}
EDITS: Final = st.lists(
    st.sampled_from([(key, value) for key, values in _PARTS.items() for value in values]),
    min_size=1,
    max_size=3,
).map(dict)
"""What a program says anew of a user; None takes an attribute away."""

_OPERATIONS: Final = (
    "*",
    "Create*",
    "Update*",
    "Delete*",
    "*Proficiencies",
    "*Resource",
    "Describe*",
)
_FAULTS: Final[tuple[dict[str, Any], ...]] = (
    {"kind": "error", "code": "AccessDeniedException", "when": "before"},
    {"kind": "error", "code": "AccessDeniedException", "when": "after"},
    {"kind": "error", "code": "AccessDeniedException", "when": "after", "times": 99},
    {"kind": "server-error", "when": "after"},
    {"kind": "reset", "when": "after"},
    {"kind": "reset", "when": "before"},
    {"kind": "truncate"},
    {"kind": "throttle"},
)
FAULTS: Final = st.sampled_from(
    [
        {"kind": "late-visibility", "calls": 2},
        {"kind": "late-disappearance", "calls": 2},
        *({"operation": o, **fault} for o in _OPERATIONS for fault in _FAULTS),
    ]
)
"""Rules for the embedded Connect, but for which call they hit."""
CREATION: Final = st.sampled_from([{"operation": "CreateUser", **fault} for fault in _FAULTS])
"""Those of a creation."""
