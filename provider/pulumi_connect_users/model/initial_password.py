"""A first password that is made up when the user is, and kept outside program and state."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .base import WireModel
from .facts import Facts, Role

OnUserDelete = Literal["keep", "schedule"]
DEFAULT_LENGTH = 24


def _option(doc: str) -> Facts:
    return Facts(doc=doc, role=Role.OPTION)


class InitialPassword(WireModel):
    """How a first password is made and kept in AWS Secrets Manager."""

    length: Annotated[
        int | None, Field(ge=12, le=64), _option("Characters of the password; 24 unless told.")
    ] = None
    kms_key_id: Annotated[
        str | None,
        Field(min_length=1),
        _option("KMS key of the secret; AWS's own for Secrets Manager unless told."),
    ] = None
    on_user_delete: Annotated[
        OnUserDelete | None,
        _option("What becomes of the secret: `keep` (default), or `schedule` its deletion."),
    ] = None
    recovery_days: Annotated[
        int | None,
        Field(ge=7, le=30),
        _option("Days in which a scheduled deletion can be taken back; 30 unless told."),
    ] = None
