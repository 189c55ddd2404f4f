"""`UserStatus`: an agent's status, set once when it is declared, changed or triggered."""

from collections.abc import Sequence
from typing import Any, Final, NoReturn

import pulumi

from .declared import Declared
from .input_conversion import WireInput, settled
from .output_attributes import ResourceOutput
from .resource_options import refuse_import, translate_options
from .user import DeclaredUser

_INSTEAD: Final = "Declare the status: creating the resource sets it, whatever it was before."


class DeclaredStatus(Declared, pulumi.CustomResource):
    """Sets an agent's status: by PutUserStatus, once, and again when something here changes.

    Agents change their status themselves, which is not drift unless `enforce` is set. During
    a contact it is the status that follows. The resource id is the user's ARN; destroying the
    resource makes no call.

    Example:
        ```python
        connect.UserStatus("mary-status", user=mary, agent_status="Available")
        ```
    """

    user_arn = ResourceOutput[str]("userArn")
    agent_status = ResourceOutput[str | None]("agentStatusName")
    agent_status_id = ResourceOutput[str]("agentStatusId")
    agent_status_name = ResourceOutput[str | None]("agentStatusName")
    triggers = ResourceOutput[Sequence[Any] | None]("triggers")
    enforce = ResourceOutput[bool | None]("enforce")

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        user: DeclaredUser | None = None,
        user_arn: pulumi.Input[str] | None = None,
        agent_status: pulumi.Input[str] | None = None,
        agent_status_id: pulumi.Input[str] | None = None,
        triggers: pulumi.Input[Sequence[pulumi.Input[Any]]] | None = None,
        enforce: pulumi.Input[bool] = False,
    ) -> None:
        """Declares the status.

        Args:
            resource_name: The name in Pulumi's state.
            opts: Pulumi's options.
            user: The user, if this program declares it; or
            user_arn: the ARN (or `INSTANCE:ID`) of any user of an instance.
            agent_status: Name of the status (`Available`, `Offline`, or a custom one); or
            agent_status_id: its id or ARN.
            triggers: Any values; changing one sets the status again.
            enforce: Whether a refresh reports another status as drift, so that the next `up` sets
                it again. An agent who is not at work has no status that could drift.

        Raises:
            TypeError: Not exactly one of `user` and `user_arn`, or `user` is not a `User`.
            pulumi.RunError: `opts` has `import_` or `id`.
        """
        refuse_import(f"UserStatus {resource_name!r}", opts, _INSTEAD)
        if (user is None) == (user_arn is None):
            raise TypeError(f"UserStatus {resource_name!r} needs user or user_arn, one of them")
        if user is not None and not isinstance(user, DeclaredUser):
            # An output would fail later, with a message that names neither.
            raise TypeError(
                f"UserStatus {resource_name!r}: user must be a User; for others use user_arn"
            )
        props: dict[str, WireInput] = {
            "userArn": settled(user_arn) if user is None else user.user_arn,
            "agentStatus": agent_status,
            "agentStatusId": agent_status_id,
            "triggers": triggers,
            "enforce": enforce or None,
        }
        if user is not None:
            # Known at the preview that creates the user too: names can be looked up.
            props |= {"instanceArn": user.instance_arn, "username": user.username}
        # An output that is not an input: the engine fills what is seeded with None.
        props.setdefault("agentStatusName", None)
        hidden = ["username"] if user is not None and user._hides_username else []
        secret = pulumi.ResourceOptions(additional_secret_outputs=hidden)
        options = pulumi.ResourceOptions.merge(translate_options(opts), secret)
        self._declare(resource_name, props, options)

    def _declare(
        self, resource_name: str, props: dict[str, WireInput], opts: pulumi.ResourceOptions
    ) -> None:
        """Registers the resource."""
        raise NotImplementedError

    @staticmethod
    def get(resource_name: str, *_: object, **__: object) -> NoReturn:
        """Statuses cannot be read: raises pulumi.RunError, which says what to do."""
        raise pulumi.RunError(f"UserStatus {resource_name!r}: get() is not supported. {_INSTEAD}")
