"""Passwords made of what is known about the user."""

from ..absent import UNKNOWN, Absent
from ..examples.cases import case
from ..passwords.context import PATHS, contained, context_words
from ..passwords.leet import folded
from ..results import Results, Violation, absent, unknown
from ..rule import Rule
from ..settings import Settings, integer, texts
from ..sources import ASVS_TEXT, NIST_63B_TEXT, nist_63b
from ..subject import UserView


def _evaluate(user: UserView, settings: Settings) -> Results:
    password = user.text("password")
    if isinstance(password, Absent):
        yield absent(password, "password")
        return
    words = {folded(word): "a configured word" for word in settings.texts("words")}
    words |= context_words(user)
    found = contained(password, words, settings.integer("minWord"))
    if found:
        sources = ", ".join(sorted({words[word] for word in found}))
        yield Violation(f"password contains a part of {sources}. Generate another one.", user)
    for path in PATHS:
        if user.get(path) is UNKNOWN:
            yield unknown(path)


RULE = Rule(
    name="connect-user-password-context",
    family="password",
    title="A password must not contain the user's names or the company's words.",
    severity="high",
    level="mandatory",
    framework=nist_63b("3.1.1.2 Password Verifiers: context-specific words"),
    why=(
        "The username and its variants are tried first. Strength estimators miss them: "
        "`JaneDoe2026!` scores 3 of 4. Look-alikes (`J4ne`) count."
    ),
    steps="Generate a password.",
    sources=(NIST_63B_TEXT, ASVS_TEXT),
    config={
        "words": texts("Words of the company: its name, products, the instance's alias."),
        "minWord": integer("Shorter words do not count.", 4, minimum=3, maximum=20),
    },
    evaluate=_evaluate,
    reads=("password",),
    good=case(),
    bad=case(password="M4jor-Quokka-lattice-9"),
)
