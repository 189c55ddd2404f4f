"""An initial password that is generated on create, and kept outside program and state."""

from typing import Annotated, Literal

from pydantic import Field

from .base import WireModel
from .facts import Facts, Role

OnUserDelete = Literal["keep", "schedule"]
DEFAULT_LENGTH = 24


def _option(doc: str) -> Facts:
    return Facts(doc=doc, role=Role.OPTION)


class InitialPassword(WireModel):
    """How an initial password is generated and kept in AWS Secrets Manager."""

    length: Annotated[
        int | None, Field(ge=12, le=64), _option("Characters of the password; defaults to 24.")
    ] = None
    kms_key_id: Annotated[
        str | None,
        Field(min_length=1),
        _option("KMS key of the secret; AWS's own for Secrets Manager by default."),
    ] = None
    on_user_delete: Annotated[
        OnUserDelete | None,
        _option(
            "When the user is deleted: `keep` the secret (default), or `schedule` its deletion."
        ),
    ] = None
    recovery_days: Annotated[
        int | None,
        Field(ge=7, le=30),
        _option("Days in which a scheduled deletion can be undone; defaults to 30."),
    ] = None
