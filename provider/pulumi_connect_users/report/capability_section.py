"""Makes the report's part about capabilities: from an instance, or from what check has added."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Final

from ..access.admin import ADMIN
from ..access.capabilities import BECOME_ADMIN, TEXTS
from ..access.gains import Gains, gains
from ..access.reading import Reading, read
from ..access.review import Reviewer, described
from ..core.errors import ConnectUsersError
from ..core.messages import counted, in_one_line
from ..core.privacy import shorten
from .account_changes import AccountChange, affecting
from .capability_facts import may_lose_admin, own_capabilities
from .capability_part import (
    BE_ADMIN,
    Admins,
    Capabilities,
    CapabilityChange,
    GainedCapability,
    UncertainCapability,
)
from .instance import Instance
from .redact import Redactor
from .user_changes import UserChange

_RANK: Final = {name: rank for rank, name in enumerate(TEXTS)}
_NAMED: Final = 10
_ALTERED: Final = "the preview changes security profiles themselves"


def capabilities_of(
    changes: Iterable[UserChange],
    instance: Instance | None,
    redactor: Redactor,
    now: datetime,
    *,
    alters_profiles: bool,
) -> Capabilities:
    """What users gain and lose; looks nothing up where the changes do not concern it.

    `alters_profiles` says whether security profiles are among what the preview changes.
    """
    concerned = affecting(changes)
    unjudged = _ALTERED if alters_profiles else ""
    if not concerned:
        return Capabilities(unjudged=unjudged)
    if instance is None:
        return _from_program(concerned, redactor, unjudged)
    try:
        reading = _safe(read(instance.access), redactor)
        has_passwords = instance.has_passwords()
    except ConnectUsersError as error:
        text = redactor.message(f"not computed: {in_one_line(error)}", "")
        return Capabilities(status="refused", source="instance", reason=text, unjudged=text)
    change = AccountChange(concerned, instance.id)
    shown = change.shown(user.username for user in reading.users)
    reviewer = Reviewer(
        instance=instance.arn,
        taken=now,
        with_passwords=has_passwords,
        shown=cache(lambda name: redactor.username(shown.get(name, name)) or "?"),
    )
    after = replace(reading, users=change.after(reading.users))
    found = gains(reading, after, reviewer)
    return Capabilities(
        status="computed",
        source="instance",
        unjudged="; ".join(filter(None, (*_unjudged(change, redactor), unjudged))),
        instance=instance.arn,
        changes=tuple(_lines(found, redactor)),
        uncertain=_uncertain(found),
        unreadable=tuple(sorted(_unreadable(after))),
        admins=Admins(before=_admins(reading), after=_admins(after)),
    )


def _safe(reading: Reading, redactor: Redactor) -> Reading:
    """The reading with security profiles as texts may name them."""
    profiles = {
        i: one if one.name == ADMIN else replace(one, name=redactor.text(one.name))
        for i, one in reading.profiles.items()
    }
    return replace(reading, profiles=profiles)


def _from_program(changes: Sequence[UserChange], redactor: Redactor, unjudged: str) -> Capabilities:
    own = list(own_capabilities(changes))
    found = [replace(one.gains, username=redactor.username(one.username) or "?") for one in own]
    return Capabilities(
        status="computed",
        source="program",
        unjudged=unjudged,
        changes=tuple(_lines(found, redactor)),
        uncertain=_uncertain(found),
        unknown_before=sum(one.before is None and one.after is not None for one in own),
        unknown_after=sum(one.after is None for one in own),
        may_lose_admin=sum(map(may_lose_admin, changes)),
    )


def _unjudged(change: AccountChange, redactor: Redactor) -> Iterator[str]:
    if unknown := change.unknown:
        users = counted(len(unknown), "user")
        names = shorten([redactor.username(c.username) or "?" for c in unknown], _NAMED)
        yield f"the input does not show what {users} will be permitted: {names}"
    if elsewhere := change.elsewhere:
        users = counted(elsewhere, "changed user is", "changed users are")
        yield f"{users} in another instance than --instance"


def _lines(found: Iterable[Gains], redactor: Redactor) -> list[CapabilityChange]:
    """A line for all users who gain and lose the same, the gravest first."""
    alike: defaultdict[tuple[tuple[GainedCapability, ...], tuple[str, ...]], list[str]]
    alike = defaultdict(list)
    for one in found:
        if one.gained or one.lost:
            gained = tuple(_gained(one, redactor))
            alike[gained, one.lost].append(one.username)
    lines = [
        CapabilityChange(users=tuple(sorted(users)), gained=gained, lost=lost)
        for (gained, lost), users in alike.items()
    ]
    return sorted(lines, key=_gravity)


def _gravity(line: CapabilityChange) -> tuple[list[int], int, tuple[str, ...]]:
    """By the gravest capabilities that are gained; who only loses some comes last."""
    ranks = [_RANK[one.capability] for one in line.gained] or [len(_RANK)]
    return ranks, -len(line.users), line.users


def _gained(one: Gains, redactor: Redactor) -> Iterator[GainedCapability]:
    for name, limit in one.gained.items():
        text = redactor.text(described(name, limit) if limit else TEXTS[name])
        if name == BECOME_ADMIN and limit:
            # Names in it are safe: a username of the instance need not be in the input.
            text = text if one.way else BE_ADMIN
            yield GainedCapability(capability=name, text=text, way=one.way)
        else:
            yield GainedCapability(capability=name, text=text)


def _uncertain(found: Iterable[Gains]) -> tuple[UncertainCapability, ...]:
    counts = Counter(name for one in found for name in one.uncertain)
    return tuple(
        UncertainCapability(capability=name, users=counts[name]) for name in TEXTS if counts[name]
    )


def _unreadable(reading: Reading) -> Iterator[str]:
    """Security profiles without permissions, and those that only users have: deleted, or new."""
    held = frozenset[str]().union(*(user.profiles for user in reading.users))
    yield from held - reading.profiles.keys()
    yield from (one.name for one in reading.profiles.values() if one.permissions is None)


def _admins(reading: Reading) -> int:
    admin = {i for i, profile in reading.profiles.items() if profile.name == ADMIN}
    return sum(not admin.isdisjoint(user.profiles) for user in reading.users)


def capability_notes(found: Capabilities) -> Iterator[str]:
    """What a reader must know who looks for it in vain, or finds a part."""
    if text := found.reason or found.unjudged:
        yield f"Capabilities (what users can do): {text.rstrip('.')}."
    if found.unreadable:
        names = shorten(found.unreadable, _NAMED)
        yield (
            f"The permissions of {counted(len(found.unreadable), 'security profile')} could not be "
            f"read ({names}): what these give is not among the capabilities. Allow "
            "connect:DescribeSecurityProfile and connect:ListSecurityProfilePermissions."
        )
    if found.source == "program" and (doubts := " ".join(_doubts(found))):
        yield f"{doubts} `--instance ARN` judges by all users of the instance."


def _doubts(found: Capabilities) -> Iterator[str]:
    """What the preview alone does not show."""
    if unknown := found.unknown_before + found.unknown_after:
        yield f"Capabilities (what users can do) are unknown for {counted(unknown, 'user')}: {_WHY}"
    if found.changes:
        yield f"`{BECOME_ADMIN}` is judged by each user's own security profiles only."


_WHY: Final = (
    "permissions could not be read (connect:ListSecurityProfilePermissions), a security profile is "
    "not known yet, or the state was written by an earlier version or another provider."
)
