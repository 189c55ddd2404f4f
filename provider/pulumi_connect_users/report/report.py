"""The report: typed, ordered and redacted, so that a renderer cannot show what it must not.

Its JSON form is versioned and public: `connect-users report --format json` prints it,
`report.schema.json` beside this file describes it. Within one version members are only added.
"""

import re
from typing import Final, Literal, get_args

from pydantic import Field

from .capability_part import Capabilities
from .coverage_part import Coverage
from .part import Part

VERSION: Final = 1

Action = Literal[
    "unknown",
    "delete",
    "replace",
    "gone",
    "drift",
    "suspend",
    "update",
    "move",
    "release",
    "adopt",
    "reinstate",
    "create",
    "import",
]
"""In the order of a report. unknown is an operation of a newer engine; drift and gone have already
happened, outside Pulumi; suspend takes a user's rights and keeps its id and history; move takes a
user from one resource to another; release forgets a user and keeps it in Connect; adopt takes over
an existing one, reinstate one that this stack suspended; import is Pulumi's own."""

ACTIONS: Final[tuple[Action, ...]] = get_args(Action)

Outcome = Literal["succeeded", "failed", "incomplete", "empty"]
RiskKind = Literal[
    "adoption",
    "endless-after-contact-work",
    "hierarchy-lost",
    "last-privileged",
    "plain-password",
    "privilege",
    "privileged-email",
    "protected",
    "saml-case",
    "team-move",
]
RiskLevel = Literal["high", "medium"]
Severity = Literal["critical", "high", "medium", "low", "none"]
SEVERITIES: Final[tuple[Severity, ...]] = get_args(Severity)


class Item(Part):
    """One value, or one of a list of values."""

    text: str
    id: str = ""
    """Where `text` is a name: the id that it stands for."""
    changed: bool = False
    """Of a list: whether only this side has it."""


class Value(Part):
    """One side of a change."""

    state: Literal["shown", "hidden", "secret", "unknown", "absent"]
    """hidden: personal data, of which `items` holds what may be shown (an e-mail address's domain);
    unknown: not known before the change is made."""
    items: tuple[Item, ...] = ()


class PropertyChange(Part):
    """One attribute, before and after."""

    attribute: str
    """As a program writes it: `identity_info.email`, `tags[Cost_Center]`."""
    old: Value
    new: Value


class Risk(Part):
    """Something that a reader should check."""

    kind: RiskKind
    level: RiskLevel
    text: str


class Change(Part):
    """What happens to one user, or to one user's status."""

    action: Action
    kind: Literal["user", "status"]
    type: str
    """The resource's type: `connect.User`, `aws.connect.User`."""
    name: str
    """The resource's name; in a roster the username."""
    username: str
    """Empty where it is the name, or not known yet."""
    roster: str = ""
    """The roster that it is in."""
    moved_from: str = ""
    """Of a move: the resource that it leaves, such as `roster west`."""
    renamed_from: str = ""
    """Of a replacement of one username by another: the old one."""
    properties: tuple[PropertyChange, ...] = ()
    reasons: tuple[str, ...] = ()
    """Why it is replaced: attributes, as a program writes them."""
    lost: tuple[str, ...] = ()
    """What a deletion or replacement permanently loses."""
    risks: tuple[Risk, ...] = ()
    policies: tuple[str, ...] = ()
    """Names of the policies that object."""


class OtherChange(Part):
    """A change of another resource: listed by its name only."""

    action: str
    type: str
    name: str


class Complaint(Part):
    """What one policy reports for one resource."""

    name: str
    """The resource's name; empty for the stack as a whole."""
    message: str


class PolicyResult(Part):
    """One policy that objects."""

    policy: str
    pack: str
    level: Literal["mandatory", "advisory"]
    severity: Severity
    complaints: tuple[Complaint, ...]


class RemediationResult(Part):
    """One policy that has changed what a program declared."""

    policy: str
    pack: str
    name: str
    attributes: tuple[str, ...]


class Policies(Part):
    """The policies' results."""

    status: Literal["unknown", "none", "passed", "advised", "failed"]
    """unknown: not in the input; none: no policy ran; failed: a mandatory one objects."""
    ran: int = 0
    results: tuple[PolicyResult, ...] = ()
    remediations: tuple[RemediationResult, ...] = ()


class Problem(Part):
    """An error or a warning of the run."""

    severity: Literal["error", "warning"]
    name: str
    """The resource's name, or empty."""
    message: str


class Clause(Part):
    """A piece of the verdict."""

    text: str
    alarming: bool = False


class Counts(Part):
    """Users (and statuses) by what happens to them."""

    unknown: int = 0
    delete: int = 0
    replace: int = 0
    gone: int = 0
    drift: int = 0
    suspend: int = 0
    update: int = 0
    move: int = 0
    release: int = 0
    adopt: int = 0
    reinstate: int = 0
    create: int = 0
    import_: int = Field(default=0, alias="import")
    unchanged: int | None = None
    """None where the input does not distinguish users from other unchanged resources."""


class BlindSpots(Part):
    """What the input hides and could be among the changes."""

    rosters: int = 0
    """Changing rosters whose users are secret or not yet known as a whole."""
    users: int = 0
    """Users of other changing rosters of which the same is true."""
    actions: tuple[Action, ...] = ()
    """What may happen to them."""
    refresh: bool = False
    """Whether the preview began with a refresh whose result the input does not show."""
    profiles: int = 0
    """Users that get security profiles that the input does not name."""


class OperationCalls(Part):
    """The calls of one operation."""

    operation: str
    calls: int


class Calls(Part):
    """What an update asks of Amazon Connect, as far as the input shows it."""

    operations: tuple[OperationCalls, ...] = ()
    """Those that change something, the most frequent first."""
    minutes: float = 0.0
    """The least time that AWS's default rate allows them, to a tenth."""


class Ending(Part):
    """What ends soon, of one user."""

    username: str
    until: str
    """As the program writes it: a date is the last day, in UTC."""
    security_profile: str = ""
    """Of a grant; empty for a user who leaves a roster."""
    reason: str = ""


class Report(Part):
    """Everything that a renderer may show."""

    format: Literal["pulumi-connect-users/report"] = "pulumi-connect-users/report"
    version: Literal[1] = VERSION
    project: str
    stack: str
    operation: Literal["preview", "refresh"]
    """refresh: what has changed outside; nothing will be changed in Connect."""
    outcome: Outcome
    verdict: tuple[Clause, ...]
    counts: Counts
    managed: int | None = None
    """Users that the stack has before the change; None where the input does not show them all."""
    untold: int = 0
    """How many resources a refresh found changed outside Pulumi without naming them."""
    unseen: BlindSpots = BlindSpots()
    coverage: Coverage = Coverage()
    capabilities: Capabilities = Capabilities()
    calls: Calls = Calls()
    endings: tuple[Ending, ...] = ()
    """What ends within 14 days; in `notes` too, as text."""
    risks: tuple[Risk, ...] = ()
    """Those of several users together."""
    changes: tuple[Change, ...] = ()
    other_changes: tuple[OtherChange, ...] = ()
    other_unchanged: int | None = None
    policies: Policies
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    """What the input does not show, or this report leaves out."""
    shown_values: tuple[str, ...] = ()
    """Personal attributes that are shown on request."""
    hidden_usernames: bool = False
    """Whether usernames are replaced by forms that only distinguish users."""

    @property
    def verdict_text(self) -> str:
        """The verdict as one line of plain text."""
        return " · ".join(clause.text for clause in self.verdict)


_NUMBER: Final = re.compile(r"(\d+)")

Natural = tuple[tuple[int, str], ...]


def natural(text: str) -> Natural:
    """A key that orders texts by their words, and the numbers in them by their value."""
    parts = _NUMBER.split(text)
    # Every second part is a number; of equal numbers (n7, n07) the text decides.
    return tuple((int(part), part) if place % 2 else (0, part) for place, part in enumerate(parts))
