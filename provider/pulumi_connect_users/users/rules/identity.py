"""Which users need a name, an e-mail address, a password or a directory id."""

import unicodedata
from collections.abc import Iterator

from email_validator import EmailNotValidError, validate_email

from ...core.check_failure import Failure
from ...core.safe_text import JOINERS, invisible
from ...core.unknowns import UNKNOWN
from ...model.attributes import attributes
from ..declared_user import DeclaredUser
from .registry import CREATE_USER, DIRECTORY, IDENTITY_INFO, PASSWORD_RESET, refuse, rule

_OF_DIRECTORY = tuple(a.wire for a in attributes() if a.facts.of_directory)
_NAMES = ("identityInfo.firstName", "identityInfo.lastName")


@rule(
    "First and last name are required.",
    IDENTITY_INFO,
    modes=("CONNECT_MANAGED", "SAML"),
)
def names_required(user: DeclaredUser) -> Iterator[Failure]:
    for path in _NAMES:
        # An existing user whose name is not declared keeps its name, or stays without one.
        missing = user.absent(path) and user.creates
        if missing or user.get(path) == "":
            yield refuse(
                path,
                f"is {'missing' if missing else 'empty'}, and {user.identity_type} users need it",
                "Give it.",
            )


@rule(
    "Managed last names have at most 256 characters.",
    IDENTITY_INFO,
    modes=("CONNECT_MANAGED",),
    kind="documented",
)
def last_name_256_characters(user: DeclaredUser) -> Iterator[Failure]:
    name = user.text("identityInfo.lastName")
    if name and len(name) > 256:
        yield refuse(
            "identityInfo.lastName",
            "has more than the 256 characters that are documented for managed users",
            "Shorten it.",
        )


@rule("Names are in Unicode normalisation form C.", IDENTITY_INFO)
def names_nfc(user: DeclaredUser) -> Iterator[Failure]:
    for path in _NAMES:
        name = user.text(path)
        if name and not unicodedata.is_normalized("NFC", name):
            yield refuse(
                path,
                "is not in Unicode normalisation form C, which Connect requires",
                'Write unicodedata.normalize("NFC", name).',
            )


@rule("Names hold no invisible or control characters.", IDENTITY_INFO, kind="ours")
def names_printable(user: DeclaredUser) -> Iterator[Failure]:
    for path in _NAMES:
        name = user.text(path)
        seen = (name or "").translate(dict.fromkeys(map(ord, JOINERS)))
        if character := invisible(seen):
            yield refuse(path, f"holds the invisible character {character}", "Remove it.")


@rule(
    "An e-mail address is required.",
    CREATE_USER,
    modes=("CONNECT_MANAGED",),
    kind="documented",
    making=True,
)
def email_required(user: DeclaredUser) -> Iterator[Failure]:
    if user.absent("identityInfo.email"):
        yield refuse(
            "identityInfo.email",
            "is missing: without it the password cannot be reset by e-mail",
            "Give it.",
        )


@rule("An e-mail address is not allowed with SAML.", IDENTITY_INFO, modes=("SAML",))
def email_not_with_saml(user: DeclaredUser) -> Iterator[Failure]:
    has_it = user.existing and user.existing.get("IdentityInfo.Email")
    if user.has("identityInfo.email") and user.get("identityInfo.email") != (has_it or UNKNOWN):
        yield refuse(
            "identityInfo.email",
            "is not allowed on an instance with SAML identities",
            "Remove it; identity_info.secondary_email receives notifications.",
        )


@rule("E-mail addresses have a name, an @ and a domain with a dot.", IDENTITY_INFO, kind="ours")
def email_form(user: DeclaredUser) -> Iterator[Failure]:
    address = user.text("identityInfo.email")
    if not address:
        return
    try:
        # Special-use domains (.local, .test) do occur inside companies.
        validate_email(address, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        if not _special_use(address):
            name, _, domain = address.rpartition("@")
            short = name and domain and not set("@. \t") & set(domain)
            yield refuse(
                "identityInfo.email",
                "has a domain without a dot" if short else "is not an e-mail address",
                "Give the whole address.",
            )


def _special_use(address: str) -> bool:
    """Whether only the domain's special use makes the address invalid."""
    local, _, domain = address.rpartition("@")
    if domain.rpartition(".")[2] not in ("local", "localhost", "invalid", "test"):
        return False
    try:
        validate_email(f"{local}@example.com", check_deliverability=False)
    except EmailNotValidError:
        return False
    return "." in domain


@rule("A password is required.", CREATE_USER, modes=("CONNECT_MANAGED",), making=True)
def password_required(user: DeclaredUser) -> Iterator[Failure]:
    if user.creates and user.absent("password") and user.absent("initialPassword"):
        yield refuse(
            "password",
            "is missing, and a new user with CONNECT_MANAGED identities needs one",
            'Give a secret: pulumi.Config().require_secret("maryPassword"), or generate one: '
            "initial_password=InitialPassword.generate().",
        )


@rule(
    "A password is not allowed.",
    CREATE_USER,
    modes=("SAML", "EXISTING_DIRECTORY"),
)
def password_not_accepted(user: DeclaredUser) -> Iterator[Failure]:
    if user.has("password"):
        yield refuse(
            "password",
            f"is not allowed on an instance with {user.identity_type} identities",
            "Remove it: the identity provider or directory authenticates the user.",
        )


@rule("No API changes a password.", PASSWORD_RESET)
def password_never_changes(user: DeclaredUser) -> Iterator[Failure]:
    if user.old_inputs is None or user.replaces or user.absent("password"):
        return
    if user.get("onPasswordChange") in ("ignore", "replace"):
        return
    password = user.get("password")
    if password is None or password == user.old("password"):
        return
    yield refuse(
        "password",
        "differs from the one that the user was created with, and Connect cannot change passwords",
        "Restore the old value, or reset it in the Connect console (or by e-mail) and set "
        'on_password_change="ignore"; "replace" deletes the user and creates another.',
    )


@rule("A directory user id is not allowed with SAML.", CREATE_USER, modes=("SAML",), making=True)
def directory_id_not_with_saml(user: DeclaredUser) -> Iterator[Failure]:
    if user.has("directoryUserId"):
        yield refuse(
            "directoryUserId",
            "is not allowed on an instance with SAML identities",
            "Remove it.",
        )


@rule(
    "Names and e-mail address belong to the directory and cannot be changed through Connect.",
    DIRECTORY,
    modes=("EXISTING_DIRECTORY",),
)
def directory_owns_identity(user: DeclaredUser) -> Iterator[Failure]:
    if user.old_inputs is None or user.replaces:
        return
    for path in _OF_DIRECTORY:
        value = user.get(path)
        if value is not None and value != user.old(path):
            yield refuse(
                path,
                "cannot be changed through Connect with EXISTING_DIRECTORY identities",
                "Change it in the directory, and remove it here.",
            )


@rule("A generated password excludes a given one.", CREATE_USER, kind="ours")
def one_password(user: DeclaredUser) -> Iterator[Failure]:
    if user.has("initialPassword") and user.has("password"):
        yield refuse("initialPassword", "is given together with password", "Keep one of the two.")


@rule("A generated password is not allowed.", CREATE_USER, modes=("SAML", "EXISTING_DIRECTORY"))
def initial_password_not_accepted(user: DeclaredUser) -> Iterator[Failure]:
    if user.has("initialPassword"):
        yield refuse(
            "initialPassword",
            f"is not allowed on an instance with {user.identity_type} identities",
            "Remove it: the identity provider or directory authenticates the user.",
        )


@rule("A generated password needs the ownership mark.", CREATE_USER, kind="ours")
def initial_password_needs_mark(user: DeclaredUser) -> Iterator[Failure]:
    if user.has("initialPassword") and user.absent("ownership"):
        yield refuse(
            "initialPassword",
            "needs the ownership mark, by which an interrupted run finds its secret again",
            "Remove connect:ownership, or give a password.",
        )
