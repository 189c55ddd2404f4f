"""An existing directory that Connect cannot reach: users are found by id only."""

from ..absent import MISSING
from ..examples.cases import case
from ..results import NotApplicable, Results, Violation, left_to_others
from ..rule import Rule
from ..settings import Settings, flag
from ..sources import CREATE_USER, DIRECTORY, connect_api
from ..subject import UserView


def _evaluate(user: UserView, settings: Settings) -> Results:
    if not settings.flag("directoryUnreachable"):
        yield NotApplicable("Connect can reach the directory (directoryUnreachable is false)")
    # An id that is not known yet is still one.
    elif user.get("directoryUserId") is not MISSING:
        return
    elif user.is_part:
        yield left_to_others("directoryUserId")
    else:
        yield Violation("directoryUserId is missing. Set the user's id in the directory.", user)


RULE = Rule(
    name="connect-user-directory-id-required",
    family="identity",
    title="Where Connect cannot reach the directory, a user must have a directory id.",
    severity="low",
    level="disabled",
    framework=connect_api("CreateUser: DirectoryUserId"),
    why="CreateUser looks a user up in the directory, unless it cannot reach it; then the id is "
    "required. Only you know which is the case, so the rule is off by default.",
    steps="Set `directory_user_id`.",
    sources=(CREATE_USER, DIRECTORY),
    modes=("EXISTING_DIRECTORY",),
    config={
        "directoryUnreachable": flag("Whether Connect cannot reach the directory.", default=True)
    },
    evaluate=_evaluate,
    good=case("EXISTING_DIRECTORY", directoryUserId="directory-7"),
    bad=case("EXISTING_DIRECTORY"),
)
