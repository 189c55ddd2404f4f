"""The core's messages in the words of programs in every language.

The core writes as Python programs do: `identity_info.email`, `adopt=True`, `connect:strict`.
"""

import re
from functools import cache
from typing import Final

from ..core.messages import GO_BACK
from ..engine.program_settings import known_keys
from ..model.attributes import attributes

NAMESPACE: Final = "connect-users:"
_GO_BACK: Final = "To undo these changes, revert the program and run `pulumi up`."
"""State keeps what a failed update has reached."""
_OTHERS: Final = {
    "agent_status": "agentStatus",
    "agent_status_id": "agentStatusId",
    "agent_status_name": "agentStatusName",
    "contact_states": "contactStates",
    "identity_management_type": "identityManagementType",
    "instance_arn": "instanceArn",
    "on_remove": "onRemove",
    "routing_profiles": "routingProfiles",
    "user_arn": "userArn",
    "user_id": "userId",
}
"""Arguments that are not attributes of a user."""


@cache
def _names() -> dict[str, str]:
    """Each name with more than one word, as Python and as the wire have it."""
    names = {a.program_path[-1]: a.path[-1] for a in attributes()} | _OTHERS
    return {python: wire for python, wire in names.items() if python != wire}


@cache
def _pattern() -> re.Pattern[str]:
    names = "|".join(sorted(_names(), key=len, reverse=True))
    keys = "|".join(sorted(known_keys(), key=len, reverse=True))
    return re.compile(
        rf"(?P<setting>\bconnect:(?=(?:{keys})\b)|(?<=unknown setting )connect:)"
        rf"|(?<![\w/@-])(?P<name>{names}|[a-z]+(?==(?:True|False)\b))(?P<given>=(?:True|False)\b)?"
        r"(?![\w@-])"
    )


def in_wire_words(text: str) -> str:
    """The text with wire names: `identityInfo.email`, `adopt: true`, `connect-users:strict`."""

    def word(match: re.Match[str]) -> str:
        if match["setting"]:
            return NAMESPACE
        name = _names().get(match["name"], match["name"])
        return name + (f": {match['given'][1:].lower()}" if match["given"] else "")

    return _pattern().sub(word, text.replace(GO_BACK, _GO_BACK))
