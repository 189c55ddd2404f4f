"""What every renderer calls things: actions with their symbols, values, headings, the footer."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ...access.capabilities import BECOME_ADMIN, TEXTS
from ...core.messages import counted
from ...core.privacy import shorten
from ..capability_part import BE_ADMIN, CapabilityChange, GainedCapability
from ..coverage_part import Headcount
from ..report import ACTIONS, Action, Change, Report, Risk, Value


@dataclass(frozen=True)
class Word:
    """How one action is presented."""

    symbol: str
    title: str
    intro: str
    """What applies to all of them."""
    before: str = "Before"
    after: str = "After"
    grave: bool = False
    """Shown first and always open."""


WORDS: Final[Mapping[Action, Word]] = {
    "unknown": Word(
        "?",
        "Unknown operation",
        "Pulumi uses an operation that this version of connect-users does not know: its effect on "
        "these users is unknown. Update connect-users.",
        grave=True,
    ),
    "delete": Word("−", "To delete", "", grave=True),
    "replace": Word("±", "To replace", "A new user replaces the old one.", grave=True),
    "gone": Word(
        "×",
        "Deleted outside Pulumi",
        "They are no longer in Connect: the next update creates them again.",
        grave=True,
    ),
    "drift": Word(
        "≠",
        "Changed outside Pulumi",
        "The next update restores what the program declares.",
        "In state",
        "In Connect",
        grave=True,
    ),
    "suspend": Word(
        "‖",
        "To suspend",
        "They lose rights and queues, and keep id and history in Connect.",
    ),
    "update": Word("~", "To update", ""),
    "move": Word(
        "⇄", "To move", "They move from one resource to another and stay the same users in Connect."
    ),
    "release": Word("↱", "To release", "They leave this stack and stay in Connect."),
    "adopt": Word(
        "↳", "To adopt", "They already exist in Connect; this stack manages them from now on."
    ),
    "reinstate": Word(
        "↺",
        "To reinstate",
        "This stack suspended them earlier: they come back with the same id and history.",
    ),
    "create": Word("+", "To create", ""),
    "import": Word("↳", "To import", ""),
}

COMPARED: Final[tuple[Action, ...]] = ("unknown", "replace", "drift", "update", "move")
"""Actions that are shown as the differences between before and after."""

DEPARTURES: Final[tuple[Action, ...]] = ("delete", "gone", "suspend", "release")
"""Actions after which a user no longer belongs to this stack: shown by what it had."""

ARRIVALS: Final[tuple[Action, ...]] = ("adopt", "reinstate", "create", "import")
"""Actions that are shown by what a user will have."""

HIDDEN_FOOTER: Final = (
    "Names, e-mail addresses and phone numbers are hidden; passwords always, usernames never."
)
_ALL_HIDDEN: Final = "Usernames, names, e-mail addresses, phone numbers and passwords are hidden."
_LETTERS: Final = re.compile(r"[\W_]")
ABSENT: Final = "—"
SECRET: Final = "secret"  # noqa: S105
HIDDEN: Final = "hidden"
UNKNOWN: Final = "known after apply"


def light(report: Report) -> str:
    """A traffic light: whether something alarms, changes, or neither."""
    if any(clause.alarming for clause in report.verdict):
        return "🔴"
    return "🟡" if report.changes or report.other_changes else "🟢"


def failed(report: Report) -> bool:
    """Whether the run reported an error."""
    return any(problem.severity == "error" for problem in report.problems)


def trouble(report: Report) -> str:
    """The heading of the run's own messages."""
    return "What went wrong" if failed(report) else "Warnings"


def differs_from_name(username: str, name: str) -> bool:
    """Whether a username differs from the name in more than punctuation."""
    return bool(username) and _LETTERS.sub("", username) != _LETTERS.sub("", name)


def footer(report: Report) -> str:
    """What the report hides, and what it shows on request."""
    hidden = _ALL_HIDDEN if report.hidden_usernames else HIDDEN_FOOTER
    if not report.shown_values:
        return hidden
    asked = ", ".join(report.shown_values)
    return f"{hidden} Shown on request: {asked}."


def place(change: Change) -> str:
    """Where the user is declared, unless in a `connect.User`; and where or who it was before."""
    kind = "" if change.type == "connect.User" or change.kind != "user" else change.type
    where = f"roster {change.roster}" if change.roster else kind
    came = f"from {change.moved_from}" if change.moved_from else ""
    was = f"was {change.renamed_from}" if change.renamed_from else ""
    return ", ".join(filter(None, (where, came, was)))


def by_action(report: Report, kind: str = "user") -> list[tuple[Action, Sequence[Change]]]:
    """The changes of one kind, by action, in the order of a report; empty ones are left out."""
    sections = [
        (action, [c for c in report.changes if c.action == action and c.kind == kind])
        for action in ACTIONS
    ]
    return [(action, changes) for action, changes in sections if changes]


def lost(changes: Sequence[Change]) -> list[tuple[str, int]]:
    """What deletions and replacements take away, with the number of users that lose it."""
    counts: dict[str, int] = {}
    for change in changes:
        for loss in change.lost:
            counts[loss] = counts.get(loss, 0) + 1
    return list(counts.items())


def ranked_risks(report: Report) -> list[tuple[Risk, Change | None]]:
    """Every risk with its change (None: a risk of several together), the gravest first."""
    risks: list[tuple[Risk, Change | None]] = [(risk, None) for risk in report.risks]
    risks += [(risk, change) for change in report.changes for risk in change.risks]
    return sorted(risks, key=lambda pair: pair[0].level != "high")


MAIN: Final = ("security_profiles", "routing_profile", "hierarchy_group")
"""The attributes that say most about a user: a column each where users are listed."""
_ASIDE: Final = (*MAIN, "instance_arn", "username", "password", "adopt")
_STRUCTURES: Final = ("identity_info.", "phone_config.")


def aside(change: Change, side: str) -> list[tuple[str, Value]]:
    """The other attributes of a listed user that can be shown, by short names."""
    values = []
    for change_of in change.properties:
        value = change_of.new if side == "new" else change_of.old
        if change_of.attribute in _ASIDE or not value.items:
            continue
        name = change_of.attribute
        for structure in _STRUCTURES:
            name = name.removeprefix(structure)
        values.append((name, value))
    return values


def main_values(change: Change, side: str) -> list[Value | None]:
    """The values of the MAIN attributes of a listed user, None where it has none."""
    values = {c.attribute: c.new if side == "new" else c.old for c in change.properties}
    return [values.get(attribute) for attribute in MAIN]


_FEW: Final = 10
"""Users of one count that are named."""


def coverage(report: Report) -> list[tuple[str, Headcount]]:
    """What of the coverage changes: queues, proficiencies, hierarchy groups."""
    found = report.coverage
    rows: list[tuple[str, Headcount]] = [
        *((f"{one.queue} ({one.channel.lower()})", one) for one in found.queues),
        *((f"{s.attribute}: {s.value}, level {s.level}+", s) for s in found.proficiencies),
        *((one.group, one) for one in found.groups),
    ]
    return [(name, row) for name, row in rows if row.changes]


def unchanged_coverage(report: Report) -> str:
    """What of the coverage stays the same, as a count."""
    found = report.coverage
    same = (
        (_same(found.queues), "channel of a queue", "channels of queues"),
        (_same(found.proficiencies), "proficiency", "proficiencies"),
        (_same(found.groups), "hierarchy group", "hierarchy groups"),
    )
    return ", ".join(counted(count, one, many) for count, one, many in same if count)


def _same(rows: Sequence[Headcount]) -> int:
    return sum(not row.changes for row in rows)


def few(usernames: Sequence[str]) -> str:
    """Some usernames, and how many more there are."""
    return shorten(usernames, _FEW)


_CAPABILITIES: Final = 6
"""Capabilities of one line that are named."""


def to_admin(report: Report) -> list[CapabilityChange]:
    """The lines of users who can newly become Admin."""
    return [line for line in report.capabilities.changes if _leads_to_admin(line)]


def _leads_to_admin(line: CapabilityChange) -> bool:
    return any(one.capability == BECOME_ADMIN for one in line.gained)


def admin_text(line: CapabilityChange) -> str:
    """What continues the users of such a line: `can now become Admin in 1 step: ...`."""
    (one,) = (one for one in line.gained if one.capability == BECOME_ADMIN)
    return f"will {BE_ADMIN}" if one.text == BE_ADMIN else f"can now {_in_words(one)}"


def newly(line: CapabilityChange) -> str:
    """What the users of a line can newly do."""
    return _listed([_in_words(one) for one in line.gained])


def no_longer(line: CapabilityChange) -> str:
    """What they can no longer do."""
    return _listed([TEXTS[name] for name in line.lost])


def _listed(texts: Sequence[str]) -> str:
    named = texts if len(texts) <= _CAPABILITIES else texts[: _CAPABILITIES - 1]
    more = len(texts) - len(named)
    return "; ".join(named) + (f"; and {more} more" if more else "")


def _in_words(one: GainedCapability) -> str:
    return one.text + (f": {', then '.join(one.way)}" if one.way else "")


def calls(report: Report) -> str:
    """The calls of an update, and the least time that they take; empty where there are none."""
    operations = report.calls.operations
    if not operations:
        return ""
    listed = ", ".join(f"{one.calls:,} {one.operation}" for one in operations)
    minutes = report.calls.minutes
    time = f"at least {minutes:g} minutes" if minutes >= 1 else "less than a minute"
    return f"Calls of `pulumi up`: {listed}; {time} at 2 requests a second for each operation."
