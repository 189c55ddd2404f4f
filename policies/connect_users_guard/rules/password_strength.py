"""Patterns that make a long password easy to guess."""

from threading import Lock

from ..absent import Absent
from ..examples.cases import case
from ..passwords.context import PATHS
from ..results import Results, Violation, absent
from ..rule import Rule
from ..settings import Settings, integer
from ..sources import ASVS_TEXT, NIST_63B_TEXT, asvs
from ..subject import UserView

_LONGEST = 72
"""zxcvbn refuses longer ones; Connect's have at most 64 characters."""
_ONE_AT_A_TIME = Lock()
"""zxcvbn keeps a user's words where every thread sees them; the engine asks in several."""


def _score(password: str, words: list[str]) -> int:
    """The estimate, 0 to 4, where the words are the first that anyone would try."""
    # A tenth of a second to import, which stacks without passwords do not pay.
    from zxcvbn import zxcvbn

    with _ONE_AT_A_TIME:
        return int(zxcvbn(password[:_LONGEST], user_inputs=words)["score"])


def _evaluate(user: UserView, settings: Settings) -> Results:
    password, least = user.text("password"), settings.integer("minScore")
    if isinstance(password, Absent):
        yield absent(password, "password")
    else:
        words = [word for path in PATHS if isinstance(word := user.text(path), str)]
        score = _score(password, words)
        if score < least:
            yield Violation(
                f"password strength is {score} of 4; {least} is needed. Generate another one.",
                user,
            )


RULE = Rule(
    name="connect-user-password-strength",
    family="password",
    title="A password must be hard to guess.",
    severity="medium",
    level="advisory",
    framework=asvs("6.2 Password security"),
    why="zxcvbn estimates how many guesses a password withstands: it knows keyboard patterns, "
    "dates, repetitions and dictionary words, which length alone does not show.",
    steps="Generate a password.",
    sources=(NIST_63B_TEXT, ASVS_TEXT),
    config={"minScore": integer("Minimum score (0 to 4).", 3, minimum=1, maximum=4)},
    evaluate=_evaluate,
    reads=("password",),
    good=case(),
    bad=case(password="Qwertyuiop123456"),
)
