"""A desk phone has a number, a softphone does not."""

import re

from ..absent import MISSING, UNKNOWN
from ..edit import REMOVE, Edit, Edits
from ..examples.cases import case
from ..phones import Phone, phones_of
from ..property_values import Properties
from ..results import NotApplicable, Results, Violation, left_to_others, unknown
from ..rule import Rule
from ..settings import Settings
from ..sources import PHONE_CONFIG, connect_api
from ..subject import UserView

_E164 = re.compile(r"\+[1-9][0-9]{1,14}\Z")


def _evaluate(user: UserView, _settings: Settings) -> Results:
    for phone in phones_of(user):
        where = ".".join(str(part) for part in phone.number_path)
        if phone.kind is UNKNOWN or phone.number is UNKNOWN:
            yield unknown("a phone's type or number")
        elif phone.kind == "SOFT_PHONE" and isinstance(phone.number, str):
            yield Violation(f"{where} is set for a SOFT_PHONE. Remove it.", user)
        elif isinstance(phone.number, str):
            if not _E164.match(phone.number):
                yield Violation(f"{where} is not in E.164 form (+15555551212). Correct it.", user)
        elif phone.kind == "DESK_PHONE":
            yield _without_number(user, phone, where)


def _without_number(user: UserView, phone: Phone, where: str) -> Violation | NotApplicable:
    if phone.number is MISSING and user.is_part:
        return left_to_others(where)
    return Violation(f"{where} is missing for a DESK_PHONE. Set it.", user)


def _fix(user: UserView, _settings: Settings) -> Edits:
    for phone in phones_of(user):
        if phone.kind == "SOFT_PHONE" and isinstance(phone.number, str):
            yield Edit(phone.number_path, REMOVE)


_SOFT: Properties = {"phoneType": "SOFT_PHONE", "deskPhoneNumber": "+12065550100"}

RULE = Rule(
    name="connect-user-phone-consistent",
    family="operations",
    title="A desk phone must have a number in E.164 form, a softphone must not.",
    severity="high",
    level="mandatory",
    framework=connect_api("UserPhoneConfig"),
    why="Calls to a desk phone without a number fail. A number beside a softphone is ambiguous.",
    steps="Set the number with its country code, or remove it.",
    sources=(PHONE_CONFIG,),
    checked=True,
    evaluate=_evaluate,
    fix=_fix,
    reads=("phoneConfig",),
    good=case(phoneConfig={"phoneType": "DESK_PHONE", "deskPhoneNumber": "+12065550100"}),
    bad=case(phoneConfig=_SOFT),
)
