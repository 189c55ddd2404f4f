"""After-contact work that ends."""

from ..absent import UNKNOWN
from ..edit import Edit, Edits
from ..examples.cases import case
from ..phones import AfterContactWork, after_contact_work_of
from ..results import NotApplicable, Results, Violation, unknown
from ..rule import Rule
from ..settings import Settings, integer
from ..sources import PHONE_CONFIG, UPDATE_USER_CONFIG, connect_security
from ..subject import UserView

_CHAT = 5400
"""After-contact work of a chat ends automatically after these seconds."""


def _limits(work: AfterContactWork, settings: Settings) -> tuple[int, int]:
    least, most = settings.limits()
    return (min(least, _CHAT), min(most, _CHAT)) if work.channel == "CHAT" else (least, most)


def _evaluate(user: UserView, settings: Settings) -> Results:
    works = list(after_contact_work_of(user))
    if not works:
        yield NotApplicable("the user has no after-contact work")
    for work in works:
        least, most = _limits(work, settings)
        where = ".".join(str(part) for part in work.path)
        if work.seconds is UNKNOWN:
            yield unknown("after-contact work")
        elif not isinstance(work.seconds, int):
            continue
        elif work.seconds == 0:
            yield Violation(f"{where} is 0, which never ends. Set {least} to {most}.", user)
        elif not least <= work.seconds <= most:
            yield Violation(f"{where} is {work.seconds} seconds. Set {least} to {most}.", user)


def _fix(user: UserView, settings: Settings) -> Edits:
    for work in after_contact_work_of(user):
        least, most = _limits(work, settings)
        if not isinstance(work.seconds, int):
            continue
        # 0 is without end, so that the longest allowed one is nearest.
        meant = most if work.seconds == 0 else max(least, min(work.seconds, most))
        if meant != work.seconds:
            yield Edit(work.path, meant)


RULE = Rule(
    name="connect-user-after-contact-work",
    family="operations",
    title="After-contact work should end within a set time.",
    severity="medium",
    level="advisory",
    framework=connect_security("Availability of agents"),
    why="0 means no limit: the agent is unavailable until they end it, and no one sees why "
    "the queue grows. Some tools send 0 by default.",
    steps="Set seconds between `min` and `max`; the level remediate clamps them.",
    sources=(PHONE_CONFIG, UPDATE_USER_CONFIG),
    config={
        "min": integer("Minimum, in seconds.", 1, minimum=1, maximum=2_000_000),
        "max": integer("Maximum, in seconds.", 3600, minimum=1, maximum=2_000_000),
    },
    verify=Settings.limits,
    evaluate=_evaluate,
    fix=_fix,
    reads=("phoneConfig",),
    good=case(),
    bad=case(phoneConfig={"afterContactWorkTimeLimit": 0}),
)
