"""The program's own judgement of a roster's users, held against check."""

from collections.abc import Callable
from typing import Any

import pytest

from pulumi_connect_users.core.lookups import Lookups
from pulumi_connect_users.core.unknowns import UNKNOWN, without_none
from pulumi_connect_users.model.attributes import program_path
from pulumi_connect_users.roster.program_check import Mistake, ProgramCheck
from pulumi_connect_users.users.check import check
from tests.support.bad_case import MODES, Case
from tests.support.bad_inputs import CASES

Bag = Callable[..., dict[str, Any]]
_LOOKED_UP = (
    "routing_profile",
    "security_profile",
    "grants[0].security_profile",
    "hierarchy_group",
    "proficiencies",
    "instance",
)
"""What check asks Connect about."""


def _judged(bag: dict[str, Any], mode: Any) -> list[Mistake]:
    user = without_none(bag)
    user.pop("instanceArn", None)
    return list(ProgramCheck(mode).judge(user.pop("username"), user))


@pytest.mark.parametrize("mode", MODES)
def test_judge_says_nothing_that_check_would_not(bag: Bag, session: Lookups, mode: str) -> None:
    """Whatever is refused in the program would be refused at the preview too, in the same words."""
    for case in (c for c in CASES if c.mode == mode):
        given = bag(mode, **{case.attribute: case.bad})
        if "username" not in given:
            continue
        checked = {str(f) for f in check(None, given, session, strict=False).failures}

        judged = {str(m.failure) for m in _judged(given, mode)}
        assert judged <= checked, str(case)
        assert {
            str(m.failure) for m in _judged(given, None) if m.identity_type in (None, mode)
        } == judged


def test_judge_misses_only_what_is_looked_up_or_only_a_new_user_needs(
    bag: Bag, session: Lookups
) -> None:
    """One pass in the program finds nearly everything that is wrong with a new roster."""
    missed = [
        f"{case}: {failure}"
        for case in CASES
        if isinstance(bag(case.mode, **{case.attribute: case.bad}).get("username"), str)
        for failure in _missed(case, bag, session)
    ]

    assert [line for line in missed if "is missing" not in line] == []


def _missed(case: Case, bag: Bag, session: Lookups) -> list[str]:
    given = bag(case.mode, **{case.attribute: case.bad})
    judged = {str(m.failure) for m in _judged(given, case.mode)}
    return [
        str(failure)
        for failure in check(None, given, session, strict=False).failures
        if str(failure) not in judged and not program_path(failure.path).startswith(_LOOKED_UP)
    ]


def test_mistake_that_depends_on_the_instance_is_told_with_its_mode(bag: Bag) -> None:
    """Where the program does not declare the identity management type, check decides."""
    given = bag("CONNECT_MANAGED")

    assert _judged(given, "CONNECT_MANAGED") == []
    modes = {(m.identity_type, program_path(m.failure.path)) for m in _judged(given, None)}
    assert modes == {
        ("SAML", "password"),
        ("SAML", "identity_info.email"),
        ("EXISTING_DIRECTORY", "password"),
    }


def test_user_that_may_exist_is_not_judged_as_a_new_one(bag: Bag) -> None:
    """State knows who exists, and the program does not."""
    given = {k: v for k, v in bag("CONNECT_MANAGED").items() if k not in ("password",)}
    given["identityInfo"] = {"email": "marym@example.com"}

    assert _judged(given, "CONNECT_MANAGED") == []


def test_unknown_values_are_left_to_check(bag: Bag) -> None:
    """Outputs of other resources, whole or in part; what is known beside them is judged."""
    given = bag("SAML", **{"identityInfo.email": UNKNOWN, "tags": UNKNOWN, "onDelete": "kepe"})
    given["phoneConfig"] = {"phoneType": UNKNOWN, "deskPhoneNumber": "555"}

    paths = [program_path(m.failure.path) for m in _judged(given, "SAML")]
    assert sorted(set(paths)) == [
        "identity_info.email",
        "on_delete",
        "phone_config.desk_phone_number",
    ]


def test_wrong_value_of_a_user_that_is_taken_over_is_not_certain(bag: Bag) -> None:
    """Connect may have it already: the batch's check looks."""
    mistakes = [
        mistake
        for mistake in _judged(bag("SAML", username="mary major", adopt=True), "SAML")
        if not mistake.certain
    ]
    assert [program_path(m.failure.path) for m in mistakes] == ["username"]
