"""A first password that is made up: where it is possible, and what it excludes."""

from __future__ import annotations

from collections.abc import Iterator

from ...core.check_failure import Failure
from .draft import Draft
from .registry import CREATE_USER, refuse, rule


@rule("A password that is made up excludes one that is given.", CREATE_USER, kind="ours")
def one_password(draft: Draft) -> Iterator[Failure]:
    if draft.has("initialPassword") and draft.has("password"):
        yield refuse("initialPassword", "is given beside password", "Keep one of the two.")


@rule("A made-up password is an error too.", CREATE_USER, modes=("SAML", "EXISTING_DIRECTORY"))
def initial_password_not_accepted(draft: Draft) -> Iterator[Failure]:
    if draft.has("initialPassword"):
        yield refuse(
            "initialPassword",
            f"is an error on an instance with {draft.mode} identities",
            "Remove it: the identity provider or directory authenticates the user.",
        )


@rule("A secret is recognised by the ownership mark.", CREATE_USER, kind="ours")
def initial_password_needs_mark(draft: Draft) -> Iterator[Failure]:
    if draft.has("initialPassword") and draft.lacks("ownership"):
        yield refuse(
            "initialPassword",
            "needs the ownership mark, by which an interrupted run finds its secret again",
            "Remove connect:ownership, or give a password.",
        )
