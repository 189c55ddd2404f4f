"""What random walks draw: users as a program may declare them, and faults of a run."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

ROUTING = ("Basic Routing Profile", "Sales")
SECURITY = ("Agent", "QualityAnalyst", "CallCenterManager")
GROUPS = ("AMER/West/Team 1", "AMER/West/Team 2", "EMEA/Dublin/Team 4")
LANGUAGES = ("English", "French", "Spanish")

FAULTS = st.sampled_from(
    [
        {"kind": "late-visibility", "calls": 2},
        {"kind": "late-disappearance", "calls": 2},
        *(
            {"operation": operation, **fault}
            for operation in (
                "*",
                "Create*",
                "Update*",
                "Delete*",
                "*Proficiencies",
                "*Resource",
                "Describe*",
            )
            for fault in (
                {"kind": "error", "code": "AccessDeniedException", "when": "before"},
                {"kind": "error", "code": "AccessDeniedException", "when": "after"},
                {"kind": "error", "code": "AccessDeniedException", "when": "after", "times": 99},
                {"kind": "server-error", "when": "after"},
                {"kind": "reset", "when": "after"},
                {"kind": "reset", "when": "before"},
                {"kind": "truncate"},
                {"kind": "throttle"},
            )
        ),
    ]
)


def _phone() -> st.SearchStrategy[dict[str, Any]]:
    soft = st.fixed_dictionaries(
        {"phoneType": st.just("SOFT_PHONE")},
        optional={
            "autoAccept": st.booleans(),
            "afterContactWorkTimeLimit": st.sampled_from([0, 30, 90]),
        },
    )
    desk = st.fixed_dictionaries(
        {
            "phoneType": st.just("DESK_PHONE"),
            "deskPhoneNumber": st.sampled_from(["+15555551212", "+15555551313"]),
        },
        optional={"afterContactWorkTimeLimit": st.sampled_from([0, 30])},
    )
    return st.fixed_dictionaries({"phoneConfig": soft | desk})


def _channels() -> st.SearchStrategy[dict[str, Any]]:
    channels = st.lists(st.sampled_from(["VOICE", "CHAT", "TASK"]), unique=True, min_size=1)

    def accepting(names: list[str]) -> st.SearchStrategy[list[dict[str, Any]]]:
        return st.tuples(*[st.booleans() for _ in names]).map(
            lambda on: [{"channel": c, "autoAccept": a} for c, a in zip(names, on, strict=True)]
        )

    return st.fixed_dictionaries({"autoAcceptConfigs": channels.flatmap(accepting)})


def users() -> st.SearchStrategy[dict[str, Any]]:
    """What a program says of a user, without who it is."""
    rest = st.fixed_dictionaries(
        {
            "identityInfo": st.fixed_dictionaries(
                {
                    "firstName": st.sampled_from(["Mary", "Ann"]),
                    "lastName": st.sampled_from(["Major", "Roe", "Stiles"]),
                    "email": st.sampled_from(["a@example.com", "b@example.com"]),
                }
            ),
            "routingProfile": st.sampled_from(ROUTING),
            "securityProfiles": st.lists(
                st.sampled_from(SECURITY), unique=True, min_size=1, max_size=3
            ),
        },
        optional={
            "hierarchyGroup": st.sampled_from(GROUPS),
            "proficiencies": st.dictionaries(
                st.sampled_from(LANGUAGES), st.integers(1, 5), min_size=1
            ).map(
                lambda levels: [
                    {"attributeName": "language", "attributeValue": v, "level": n}
                    for v, n in levels.items()
                ]
            ),
            "tags": st.dictionaries(st.sampled_from(["a", "b"]), st.sampled_from(["1", "2"])),
        },
    )
    phone = st.one_of(st.just({}), _phone(), _channels())
    return st.builds(lambda one, two: one | two, rest, phone)
