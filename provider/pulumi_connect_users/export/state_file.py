"""The users (names and identities) in a state of Terraform, OpenTofu or Pulumi. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from ..core.arns import last_part, parse_arn
from ..core.documents import read_json
from ..core.privacy import shorten
from ..core.properties import Properties, members
from .names import unique
from .pulumi_state import deployment_users
from .state_user import NotAState, StateUser, Tool
from .terraform_state import shown_users, state_users

_GIVE = "Give the output of `terraform state pull`, `terraform show -json` or `pulumi stack export`"
_NAMED = 5


@dataclass(frozen=True)
class StateFile:
    """The users of a state, in its order."""

    users: tuple[StateUser, ...]
    notices: tuple[str, ...] = ()
    """What is not as it is in the state: names that were taken, users that are there twice."""

    @property
    def tool(self) -> Tool:
        """The tool that manages the users."""
        return self.users[0].tool

    def by_id(self) -> dict[str, StateUser]:
        """The users by their ids; of several resources for one user, the first."""
        return {last_part(user.user_arn): user for user in reversed(self.users)}

    def removals(self) -> list[str]:
        """The commands that make the tool forget the users, without touching them."""
        return [user.removal for user in self.users]


def parse_state(content: str) -> StateFile:
    """The users in a state file; ValueError if it is not a state, or has no user with an ARN."""
    if not content.strip():
        raise ValueError(f"it is empty. {_GIVE}.")
    try:
        document = members(read_json(content))
    except ValueError:
        raise ValueError(f"it is not JSON. {_GIVE}.") from None
    try:
        return _checked(tuple(_users(document)))
    except NotAState:
        raise ValueError(
            "it is neither a Terraform or OpenTofu state of version 4 nor a Pulumi deployment. "
            f"{_GIVE}."
        ) from None


def _users(state: Properties) -> Iterable[StateUser]:
    if "encrypted_data" in state and "encryption_version" in state:
        raise ValueError(
            "it is encrypted by OpenTofu. Give the output of `tofu state pull`, which is not."
        )
    if isinstance(deployment := state.get("deployment"), Mapping):
        return deployment_users(deployment)
    if isinstance(checkpoint := state.get("checkpoint"), Mapping):
        # A file of a self-managed backend; a new stack has no deployment.
        return deployment_users(members(checkpoint.get("latest")))
    if "terraform_version" in state and "version" in state:
        return _of_version(state)
    if "format_version" in state:
        return shown_users(state)
    if "steps" in state:
        raise ValueError("it is a preview. Give the output of `pulumi stack export`.")
    if isinstance(state.get("Resources"), Mapping):
        raise ValueError(
            "it is a template of CloudFormation, which has no ARNs. Use --instance instead of "
            "--from-state."
        )
    raise NotAState


def _of_version(state: Properties) -> Iterable[StateUser]:
    version = state["version"]
    if version == 4:
        return state_users(state)
    if not isinstance(version, int):
        raise NotAState
    remedy = (
        "`terraform state pull`, which upgrades it" if version < 4 else "`terraform show -json`"
    )
    raise ValueError(
        f"it is a Terraform state of version {version}, and only version 4 is read. Give the "
        f"output of {remedy}."
    )


def _checked(users: tuple[StateUser, ...]) -> StateFile:
    if not users:
        raise ValueError(
            "it manages no Amazon Connect users. Give the state that declares them, as resources "
            "(data sources only look users up)."
        )
    wrong = [
        user.address
        for user in users
        if (arn := parse_arn(user.user_arn)) is None or arn.kind != "agent"
    ]
    if wrong:
        remedy = "Refresh that state first"
        if users[0].tool == "pulumi":
            remedy += ", or export it with --show-secrets if the ARN is a secret"
        raise ValueError(f"these users have no ARN in it: {', '.join(wrong)}. {remedy}.")
    names = unique(user.resource_name for user in users)
    named = [replace(user, resource_name=name) for user, name in zip(users, names, strict=True)]
    return StateFile(tuple(named), (*_renamed(users, names), *_twice(named)))


def _renamed(users: Iterable[StateUser], names: Iterable[str]) -> list[str]:
    """A line about the resources whose names were taken."""
    numbered = [
        f"{user.address} as {name}"
        for user, name in zip(users, names, strict=True)
        if user.resource_name != name
    ]
    return [f"resources of the same name are numbered: {_few(numbered)}"] if numbered else []


def _twice(users: Iterable[StateUser]) -> list[str]:
    """A line about the users that more than one resource declares."""
    first: dict[str, StateUser] = {}
    again = [
        f"{user.address} as {known.resource_name}"
        for user in users
        if (known := first.setdefault(user.user_arn, user)) is not user
    ]
    return [f"users of two resources are exported once: {_few(again)}"] if again else []


def _few(texts: list[str]) -> str:
    return shorten(texts, _NAMED)
