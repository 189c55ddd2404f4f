"""suspend: a user that leaves loses every right, and keeps its id and history.

Rights go first; the tag with the date comes last, when all is done. Each call may be made twice: an
interrupted suspension is continued by the next run, whose state still has the user.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ..core.arns import user_arn
from ..core.described_user import DescribedUser
from ..core.errors import DeletionRefused
from ..core.ownership import MOST_TAGS, SUSPENDED_TAG
from ..core.properties import Properties, text, texts
from ..model.attributes import program_path
from ..model.facts import TAG, UPDATE_ROUTING, UPDATE_SECURITY
from ..model.references import SUSPENDED, SUSPENDED_ROUTING, SUSPENDED_SECURITY
from .ports import UserApi
from .rules.suspension import SUSPEND
from .run_context import RunContext
from .state import UserState

_NOTHING: Final = "Nothing was changed."


def suspends(attributes: Properties, on_delete: str | None) -> bool:
    """Whether a user of these options is suspended, not deleted; `on_delete` overrides its own."""
    return (on_delete or attributes.get("onDelete")) == SUSPEND


def reinstated(user: DescribedUser, identity_type: str | None) -> str:
    """What it means that a stack takes back a user that it suspended."""
    password = "; its password is the former one" if identity_type == "CONNECT_MANAGED" else ""
    return f"suspended since {user.suspended}, is taken back with its id and history{password}"


@dataclass(frozen=True)
class Suspension:
    """The suspension of one user."""

    user: DescribedUser
    state: UserState
    api: UserApi
    run: RunContext

    def require(self) -> None:
        """Raises DeletionRefused unless the user can be left without any right."""
        missing = [program_path((wire,)) for wire in SUSPENDED if not self._profile(wire)]
        if missing:
            raise DeletionRefused(
                f"it is to be suspended, but {' and '.join(missing)} are not in its state. "
                "Set connect:suspendedSecurityProfile and connect:suspendedRoutingProfile, and run "
                f"`pulumi up` once while the user is still in the program. {_NOTHING}"
            )
        self._require_harmless()
        if len({*self.user.tags, *self._tags}) > MOST_TAGS:
            raise DeletionRefused(
                f"it is to be suspended, but has {len(self.user.tags)} tags of {MOST_TAGS}, and "
                f"the date needs one. Remove one of its tags. {_NOTHING}"
            )

    def _require_harmless(self) -> None:
        profiles, api = self.run.harmless_profiles, self.api
        security, routing = self._profile(SUSPENDED_SECURITY), self._profile(SUSPENDED_ROUTING)
        if harm := profiles.harm_of_security_profile(security, api):
            raise DeletionRefused(
                f"the security profile of suspended users, {security}, {harm}. Name one without "
                f"permissions, and allow connect:ListSecurityProfilePermissions. {_NOTHING}"
            )
        if harm := profiles.harm_of_routing_profile(routing, api):
            raise DeletionRefused(
                f"the routing profile of suspended users, {routing}, {harm}. Name one without "
                f"queues, and allow connect:ListRoutingProfileQueues. {_NOTHING}"
            )

    def apply(self) -> None:
        """Takes the rights, then the queues, and tags the user with the date."""
        security, routing = self._profile(SUSPENDED_SECURITY), self._profile(SUSPENDED_ROUTING)
        user, call = self.user, self.api.call
        if texts(user.get("SecurityProfileIds")) != [security]:
            with self.run.admin_minimum.change(self.api.instance_arn, user, [security]):
                call(UPDATE_SECURITY, UserId=user.id, SecurityProfileIds=[security])
        if user.get("RoutingProfileId") != routing:
            call(UPDATE_ROUTING, UserId=user.id, RoutingProfileId=routing)
        if user.suspended is None:
            call(TAG, resourceArn=user_arn(self.api.instance_arn, user.id), tags=self._tags)

    @property
    def _tags(self) -> dict[str, str]:
        """The date, and the mark: a suspended user belongs to the stack that suspended it."""
        mark = self.state.mark.tags() if self.state.mark else {}
        return {**mark, SUSPENDED_TAG: self.run.today().isoformat()}

    def _profile(self, wire: str) -> str:
        return text(self.state.attributes.get(wire)) or ""
