"""A setting for all channels or per channel, not both."""

from ..absent import MISSING, UNKNOWN
from ..examples.cases import case
from ..results import Results, Violation, unknown
from ..rule import Rule
from ..settings import Settings
from ..sources import CREATE_USER, UPDATE_USER_CONFIG, connect_api
from ..subject import UserView
from ..user_resources import AWS_NATIVE_USER, OWN_USERS, ROSTERS

_PAIRS = (
    ("autoAccept", "autoAcceptConfigs"),
    ("afterContactWorkTimeLimit", "afterContactWorkConfigs"),
    ("phoneType", "phoneNumberConfigs"),
    ("deskPhoneNumber", "phoneNumberConfigs"),
    ("persistentConnection", "persistentConnectionConfigs"),
)


def _evaluate(user: UserView, _settings: Settings) -> Results:
    for member, per_channel in _PAIRS:
        whole, each = user.get(f"phoneConfig.{member}"), user.get(per_channel)
        if MISSING in (whole, each) or each == []:
            continue
        if user.get("phoneConfig") is UNKNOWN:
            yield unknown("phoneConfig")
        else:
            yield Violation(
                f"phoneConfig.{member} and {per_channel} are both set. Keep the latter.",
                user,
            )


_CHAT = [{"channel": "CHAT", "afterContactWorkConfig": {"afterContactWorkTimeLimit": 30}}]

RULE = Rule(
    name="connect-user-phone-settings-once",
    family="operations",
    title="A phone setting must be for all channels or per channel, not both.",
    severity="high",
    level="mandatory",
    framework=connect_api("CreateUser: PhoneConfig"),
    why="CreateUser refuses a member of PhoneConfig together with its per-channel list.",
    steps="Remove the member of `phone_config`, or the list.",
    sources=(CREATE_USER, UPDATE_USER_CONFIG),
    types=(*OWN_USERS, *ROSTERS, AWS_NATIVE_USER),
    checked=True,
    evaluate=_evaluate,
    good=case(phoneConfig={"afterContactWorkTimeLimit": None}, afterContactWorkConfigs=_CHAT),
    bad=case(afterContactWorkConfigs=_CHAT),
)
