"""The report's part about time: who leaves a roster, and which grants end, within 14 days."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from ..core.arns import last_part
from ..model.in_time import Period
from .input.property_values import Properties, PropertyValue
from .redact import Redactor
from .report import Ending
from .user_changes import UserChange

_DAYS: Final = 14
_NAMED: Final = 20
_LEAVING: Final = ("delete", "release", "gone")


class _Dated(NamedTuple):
    end: datetime
    ending: Ending


def endings_of(
    changes: Iterable[UserChange], names: Mapping[str, str], redactor: Redactor, now: datetime
) -> tuple[Ending, ...]:
    """What ends within 14 days, the first first; as far as the input shows it."""
    found = [
        dated
        for change in changes
        if change.kind == "user" and change.new is not None and change.op not in _LEAVING
        for dated in _of_user(change, change.new, names, redactor)
        if now < dated.end <= now + timedelta(days=_DAYS)
    ]
    return tuple(dated.ending for dated in sorted(found, key=lambda d: (d.end, d.ending.username)))


def ending_notes(endings: Sequence[Ending]) -> Iterator[str]:
    """One line for all of them."""
    if endings:
        listed = [_words(ending) for ending in endings[:_NAMED]]
        more = f"; and {len(endings) - _NAMED} more" if len(endings) > _NAMED else ""
        yield f"Ends within {_DAYS} days: {'; '.join(listed)}{more}."


def _words(ending: Ending) -> str:
    profile = f" {ending.security_profile}" if ending.security_profile else " in the roster"
    reason = f" ({ending.reason})" if ending.reason else ""
    return f"{ending.username}{profile} until {ending.until}{reason}"


def _of_user(
    change: UserChange, user: Properties, names: Mapping[str, str], redactor: Redactor
) -> Iterator[_Dated]:
    username = redactor.username(change.username)
    if end := _end(user.get("expires")):
        yield _Dated(end, Ending(username=username, until=redactor.text(str(user["expires"]))))
    grants = user.get("grants")
    for grant in grants if isinstance(grants, list) else ():
        if isinstance(grant, Mapping) and (end := _end(grant.get("until"))):
            yield _Dated(
                end,
                Ending(
                    username=username,
                    until=redactor.text(str(grant["until"])),
                    security_profile=redactor.text(_profile(grant, names)),
                    reason=redactor.text(str(grant.get("reason") or "")),
                ),
            )


def _profile(grant: Properties, names: Mapping[str, str]) -> str:
    identifier = grant.get("securityProfileId")
    if isinstance(identifier, str):
        return names.get(last_part(identifier), last_part(identifier))
    return str(grant.get("securityProfile") or "")


def _end(moment: PropertyValue) -> datetime | None:
    try:
        return Period.of(None, moment).end
    except ValueError:
        return None
