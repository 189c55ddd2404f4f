"""The users of a roster as a program declares them, as one canonical text each."""

import json
from collections.abc import Mapping

from ..core.errors import InvalidRoster
from ..core.privacy import display_name
from ..core.properties import Properties, Value, members
from ..core.unknowns import UNKNOWN, unknown_paths
from ..roster.files.users import TEAM, layered
from ..roster.partition import canonical

_LAYERS = ("defaults", "teams")


def with_texts(declared: Properties) -> Properties:
    """The inputs with a text for each user, and `defaults` and `teams` laid under them.

    Raises InvalidRoster for anything but a user's settings; check validates their values.
    """
    users, defaults, teams = (declared.get(key) for key in ("users", *_LAYERS))
    rest = {key: value for key, value in declared.items() if key not in _LAYERS}
    if UNKNOWN in (users, defaults, teams):
        return {**rest, "users": UNKNOWN}
    base, texts, problems = members(defaults), dict[str, Value](), list[str]()
    for name, user in members(users).items():
        try:
            texts[name] = _text(user, base, members(teams))
        except InvalidRoster as error:
            problems.append(f"{display_name(name)}: {error}")
    if problems:
        raise InvalidRoster(" ".join(problems))
    return {**rest, "users": texts}


def _text(user: Value, base: Properties, teams: Properties) -> Value:
    if user is UNKNOWN:
        return UNKNOWN
    settings = _settings(user)
    if isinstance(user, str) and not base and TEAM not in settings:
        return user
    team = settings.get(TEAM)
    if UNKNOWN in (team, teams.get(str(team))):
        return UNKNOWN
    if team is not None and team not in teams:
        raise InvalidRoster(f"unknown team {team!r}. Known: {', '.join(sorted(teams)) or 'none'}.")
    own = {key: value for key, value in settings.items() if key != TEAM}
    whole = layered(base, members(teams.get(str(team))), own)
    return UNKNOWN if any(True for _ in unknown_paths(whole)) else canonical(whole)


def _settings(user: Value) -> Properties:
    """A user's settings, from a map or from the JSON text of one."""
    if isinstance(user, str):
        try:
            user = json.loads(user)
        except (ValueError, RecursionError):
            user = None
    if not isinstance(user, Mapping):
        raise InvalidRoster("must be a user's settings, or a text of readRoster. Correct it.")
    return user
