"""`InitialPassword`: a generated password that neither program nor state ever holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pulumi


@dataclass(frozen=True)
class InitialPassword:
    """How the initial password of a user is generated and where it is kept.

    It is generated on create and put into AWS Secrets Manager before CreateUser, as JSON with
    `username` and `password`. The secret's name (`connect-users/` and a hash) is the attribute
    `initial_password_secret` of the user.

    Example:
        ```python
        connect.User(
            "mary-major",
            instance=centre,
            username="mary.major",
            initial_password=connect.InitialPassword.generate(on_user_delete="schedule"),
        )
        ```
    """

    length: pulumi.Input[int] | None = None
    kms_key_id: pulumi.Input[str] | None = None
    on_user_delete: Literal["keep", "schedule"] = "keep"
    recovery_days: pulumi.Input[int] | None = None

    @classmethod
    def generate(
        cls,
        *,
        length: pulumi.Input[int] | None = None,
        kms_key_id: pulumi.Input[str] | None = None,
        on_user_delete: Literal["keep", "schedule"] = "keep",
        recovery_days: pulumi.Input[int] | None = None,
    ) -> InitialPassword:
        """Asks for a generated password.

        Args:
            length: Characters, 12 to 64; defaults to 24.
            kms_key_id: The KMS key (id, ARN or alias) that encrypts the secret.
            on_user_delete: `keep` the secret, or `schedule` its deletion, when the user is deleted.
            recovery_days: Days, 7 to 30, in which a scheduled deletion can be taken back.
        """
        return cls(length, kms_key_id, on_user_delete, recovery_days)
