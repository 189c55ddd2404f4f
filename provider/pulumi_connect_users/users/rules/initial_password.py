"""Generated initial passwords: where they are possible, and what they exclude."""

from __future__ import annotations

from collections.abc import Iterator

from ...core.check_failure import Failure
from ..declared_user import DeclaredUser
from .registry import CREATE_USER, refuse, rule


@rule("A generated password excludes a given one.", CREATE_USER, kind="ours")
def one_password(user: DeclaredUser) -> Iterator[Failure]:
    if user.has("initialPassword") and user.has("password"):
        yield refuse("initialPassword", "is given together with password", "Keep one of the two.")


@rule("A generated password is an error too.", CREATE_USER, modes=("SAML", "EXISTING_DIRECTORY"))
def initial_password_not_accepted(user: DeclaredUser) -> Iterator[Failure]:
    if user.has("initialPassword"):
        yield refuse(
            "initialPassword",
            f"is an error on an instance with {user.identity_type} identities",
            "Remove it: the identity provider or directory authenticates the user.",
        )


@rule("A secret is recognised by the ownership mark.", CREATE_USER, kind="ours")
def initial_password_needs_mark(user: DeclaredUser) -> Iterator[Failure]:
    if user.has("initialPassword") and user.absent("ownership"):
        yield refuse(
            "initialPassword",
            "needs the ownership mark, by which an interrupted run finds its secret again",
            "Remove connect:ownership, or give a password.",
        )
