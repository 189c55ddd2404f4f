"""Values that a preview cannot know: at any place, they are neither judged nor lost."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from pulumi_connect_users.core.lookups import Lookups
from pulumi_connect_users.core.unknowns import UNKNOWN, Path, get
from pulumi_connect_users.users.check import check
from pulumi_connect_users.users.plan import plan
from tests.support.bad_case import ABSENT, DIRECTORY, MODES

Bag = Callable[..., dict[str, Any]]

_LANGUAGE = {"attributeName": "language", "attributeValue": "Spanish", "level": 4}
_WITHOUT_DIRECTORY = {"hierarchyGroup": "AMER/West/Team 1", "proficiencies": [_LANGUAGE]}
"""What the directory's instance has neither groups nor attributes for."""
_MORE: dict[str, Any] = {
    "adopt": True,
    "deleteWaitSeconds": 5,
    "ignoreDrift": ["tags"],
    "onDelete": "wait",
    "onPasswordChange": "ignore",
    "ownership": "organization/p/s#r",
    "tags": {"team": "west"},
}
_PHONES: dict[str, dict[str, Any]] = {
    "for all channels": {
        "phoneConfig": {
            "phoneType": "DESK_PHONE",
            "deskPhoneNumber": "+15555551212",
            "autoAccept": True,
            "afterContactWorkTimeLimit": 5,
            "persistentConnection": True,
        }
    },
    "per channel": {
        "phoneConfig": {"phoneType": "SOFT_PHONE"},
        "autoAcceptConfigs": [
            {"channel": "VOICE", "autoAccept": True, "agentFirstCallbackAutoAccept": True}
        ],
        "afterContactWorkConfigs": [
            {"channel": "CHAT", "afterContactWorkConfig": {"afterContactWorkTimeLimit": 5}}
        ],
        "persistentConnectionConfigs": [{"channel": "VOICE", "persistentConnection": True}],
        "voiceEnhancementConfigs": [{"channel": "VOICE", "voiceEnhancementMode": "NONE"}],
    },
}
_NAMES = ("routingProfile", "securityProfiles", "hierarchyGroup")
_IDS = ("routingProfileId", "securityProfileIds", "hierarchyGroupId")


def _paths(value: Any, above: Path = ()) -> Iterator[Path]:
    """Every place in a bag."""
    if above:
        yield above
    if isinstance(value, dict):
        for key, member in value.items():
            yield from _paths(member, (*above, key))
    elif isinstance(value, list):
        for index, entry in enumerate(value):
            yield from _paths(entry, (*above, index))


def _hidden(value: Any, path: Path) -> Any:
    """A copy that is UNKNOWN at the path."""
    if not path:
        return UNKNOWN
    copy = value.copy()
    copy[path[0]] = _hidden(value[path[0]], path[1:])
    return copy


@pytest.mark.parametrize("by_id", [False, True], ids=["names", "ids"])
@pytest.mark.parametrize("phones", _PHONES)
@pytest.mark.parametrize("mode", MODES)
def test_value_that_is_not_known_yet_is_refused_nowhere_and_stays_unknown(
    mode: str, phones: str, by_id: bool, bag: Bag, session: Lookups
) -> None:
    """Any one place of a whole user, for a new user and for one that exists."""
    known = bag(
        mode, **_MORE, **_PHONES[phones], **({} if mode == DIRECTORY else _WITHOUT_DIRECTORY)
    )
    first = check(None, known, session)
    assert [str(f) for f in first.failures] == []
    old = first.inputs.known()
    if by_id:
        known = {k: v for k, v in known.items() if k not in _NAMES}
        known |= {k: old.properties[k] for k in _IDS if k in old.properties}

    for path in _paths(known):
        new = _hidden(known, path)
        for before in (None, old):
            checked = check(before, new, session)
            assert [str(f) for f in checked.failures] == [], path
            # Names are given as ids, and this password's change is ignored.
            if path[0] not in (*_NAMES, "password") and isinstance(path[-1], str):
                assert get(checked.inputs.properties, path) is UNKNOWN, path
            assert path == ("password",) or plan(old, checked.inputs).changes, path


def test_list_is_as_long_as_what_a_preview_cannot_know(bag: Bag, session: Lookups) -> None:
    """A profile that the same program makes is the only one: nothing is empty, nothing missing."""
    made_here = bag(securityProfiles=ABSENT, securityProfileIds=[UNKNOWN])

    checked = check(None, made_here, session)

    assert [str(f) for f in checked.failures] == []
    assert checked.inputs.get("securityProfileIds") == [UNKNOWN]
