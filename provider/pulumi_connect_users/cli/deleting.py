"""Deletes users one after the other, for commands that have listed them and asked."""

from collections.abc import Sequence

from pulumi_connect_users.aws.session import ConnectSession
from pulumi_connect_users.cli import DONE, FAILED
from pulumi_connect_users.cli.connection import say
from pulumi_connect_users.core.errors import ConnectUsersError, DeletionRefused
from pulumi_connect_users.core.privacy import display_name
from pulumi_connect_users.users.delete import delete
from pulumi_connect_users.users.state import UserState


def delete_users(
    users: Sequence[UserState], session: ConnectSession, *, suspended: bool = False
) -> int:
    """The command's exit code; a failure does not stop the rest.

    If they were `suspended`, each must still be: it may have been taken back since it was listed.
    """
    failed = 0
    for number, user in enumerate(users, 1):
        try:
            connect = session.connect(user.instance_arn)
            if suspended and connect.describe(user.user_id).suspended is None:
                raise DeletionRefused(
                    f"deleting user {display_name(user.username)}: it is not suspended any more."
                )
            delete(user, connect, connect.live_data, connect.run.without_suspension())
        except ConnectUsersError as error:
            failed += 1
            say(f"{number} of {len(users)}: not deleted: {' '.join(str(error).split())}")
        else:
            say(f"{number} of {len(users)}: {display_name(user.username)} deleted")
    return FAILED if failed else DONE
