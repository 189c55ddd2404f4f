"""The users of an instance that stacks suspended, for those who delete them in the end."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from pulumi_connect_users.aws.instance import InstanceClient
from pulumi_connect_users.aws.user_search import UserQuery, search_users
from pulumi_connect_users.core.arns import user_arn
from pulumi_connect_users.core.described_user import DescribedUser
from pulumi_connect_users.core.errors import NotFound
from pulumi_connect_users.core.lookups import Lookups
from pulumi_connect_users.core.ownership import OwnershipMark
from pulumi_connect_users.core.properties import texts
from pulumi_connect_users.users.state import UserState


@dataclass(frozen=True)
class SuspendedUser:
    """A suspended user, as DescribeUser shows it."""

    instance_arn: str
    user: DescribedUser
    since: date
    rights: str
    """What its security profiles permit again, or why that cannot be read; mostly empty."""

    @property
    def state(self) -> UserState:
        """The user as a stack would hold it."""
        return UserState(
            attributes={},
            instance_arn=self.instance_arn,
            username=self.user.username,
            mark=self.user.mark,
            user_arn=user_arn(self.instance_arn, self.user.id),
        )


def find_suspended(
    connect: InstanceClient,
    lookups: Lookups,
    until: date,
    is_of_stack: Callable[[OwnershipMark | None], bool],
    progress: Callable[[int], None] = lambda count: None,
) -> Iterator[SuspendedUser]:
    """The users that were suspended on that day or before; `progress` counts users seen.

    SearchUsers reads all users, 500 a page; each that it shows as suspended is described, since its
    index lags behind: the user may have been taken back a moment ago.
    """
    for count, row in enumerate(search_users(connect, UserQuery(), lookups), 1):
        progress(count)
        if row.suspended is None or not is_of_stack(row.mark):
            continue
        try:
            user = connect.describe(row.id)
        except NotFound:
            continue
        since = _date(user.suspended)
        if since is not None and since <= until:
            yield SuspendedUser(connect.instance_arn, user, since, _rights(user, connect))


def _date(text: str | None) -> date | None:
    """The date of the tag; None if it is missing, or someone else wrote it."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _rights(user: DescribedUser, connect: InstanceClient) -> str:
    profiles = connect.run.harmless_profiles
    for profile_id in texts(user.get("SecurityProfileIds")):
        if harm := profiles.harm_of_security_profile(profile_id, connect):
            return f"its security profile {profile_id} {harm}"
    return ""
