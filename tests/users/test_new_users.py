"""Users to come whose names nobody has, or somebody has in another case."""

from typing import Any

import pytest

from pulumi_connect_users.core.errors import AccessDenied
from pulumi_connect_users.users.check import Checked, check
from pulumi_connect_users.users.run.usernames import SimilarUsernames
from tests.support.programs import MANAGED_ARN, SAML_ARN
from tests.support.twin_process import TwinProcess
from tests.support.valid_users import OURS, bag_of

NOBODY = "no user with this name exists in this instance, so adopt=True will create a new one."


def _checked(
    process: TwinProcess,
    username: str,
    *,
    old: Any = None,
    similar_usernames: SimilarUsernames | None = None,
    **changes: Any,
) -> Checked:
    bag = bag_of("CONNECT_MANAGED", MANAGED_ARN, {"ownership": OURS, **changes})
    bag["username"] = username
    return check(old, bag, process.lookups, similar_usernames=similar_usernames)


def _warned(process: TwinProcess, username: str, **more: Any) -> list[str]:
    checked = _checked(process, username, **more)
    assert [str(f) for f in checked.failures] == []
    return checked.warnings


@pytest.mark.parametrize(
    ("username", "meant"),
    [("Mary.Major", "mary.major"), ("mary.mayor", "mary.major"), ("nikki.wolf", "")],
)
def test_adoption_that_finds_nobody_is_told_with_who_may_be_meant(
    process: TwinProcess, username: str, meant: str
) -> None:
    """A typo or another case makes a second user, in silence before."""
    process.connect.add()

    hint = f" Did you mean {meant}?" if meant else ""
    assert _warned(process, username, adopt=True) == [NOBODY + hint]


def test_e_mail_address_in_another_case_is_shown_in_full(process: TwinProcess) -> None:
    """`Li.Juan@example.com` beside `li.juan@example.com`: who is meant must be seen."""
    process.connect.add("li.juan@example.com")

    (warning,) = _warned(process, "Li.Juan@example.com", adopt=True)

    assert warning.endswith("Did you mean li.juan@example.com?")


def test_adoption_that_finds_nobody_is_refused_where_no_user_could_be_made(
    process: TwinProcess,
) -> None:
    """An export has no passwords: the refusal says why one is asked for, and whom to adopt."""
    process.connect.add()

    (refused,) = map(str, _checked(process, "Mary.Major", adopt=True, password=None).failures)

    assert refused == (
        "username: no user with this name exists in this instance, so adopt=True has no user "
        "to adopt. Correct the name, or add what a new user needs: password. Did you mean "
        "mary.major?"
    )


def test_adoption_that_finds_its_user_says_nothing(process: TwinProcess) -> None:
    """Also where another differs in case: this one exists."""
    process.connect.add()
    process.connect.add("Mary.Major")

    assert _warned(process, "mary.major", adopt=True) == []


def test_new_user_whose_name_another_has_in_another_case_is_told(process: TwinProcess) -> None:
    """Connect takes both; people take them for one."""
    process.connect.add()

    assert _warned(process, "Mary.Major") == [
        "username: differs only in case from mary.major; these are different users"
    ]
    assert _warned(process, "mary.mayor") == []


def test_names_are_compared_without_a_call_for_who_exists(process: TwinProcess) -> None:
    """Only who is to come costs one."""
    old = process.inputs()
    process.users.create(old)
    process.connect.mark()

    assert _warned(process, "mary.major", old=old) == []
    assert process.connect.calls() == []


def test_names_that_may_not_be_listed_are_not_compared(process: TwinProcess) -> None:
    """It only helps to see a typo: nothing fails by it."""
    process.connect.add()
    process.connect.fail("SearchUsers", AccessDenied("denied"))

    assert _warned(process, "Mary.Major") == []


def test_two_new_users_of_a_program_that_differ_in_case_are_told_once(process: TwinProcess) -> None:
    """Neither exists, so that only the program shows it."""
    known = SimilarUsernames()

    assert _warned(process, "mary.major", similar_usernames=known) == []
    (warning,) = _warned(process, "Mary.Major", similar_usernames=known)
    assert "differs only in case from mary.major" in warning
    assert _warned(process, "Mary.Major", similar_usernames=known) == []
    assert _warned(process, "mary.major", similar_usernames=known) == []


def test_users_in_state_that_differ_in_case_are_told_no_more() -> None:
    """It was told when the second came."""
    known = SimilarUsernames()

    assert known.meet("arn", "mary.major", new=False) == []
    assert known.meet("arn", "Mary.Major", new=False) == []
    assert known.meet("arn", "MARY.MAJOR", new=True) == ["Mary.Major", "mary.major"]
    assert known.meet("other", "mary.MAJOR", new=True) == []


@pytest.mark.parametrize(("mode", "arn"), [("CONNECT_MANAGED", MANAGED_ARN), ("SAML", SAML_ARN)])
def test_change_of_case_alone_of_a_username_is_refused(mode: str, arn: str) -> None:
    """It would delete the user and make another, of whatever identities."""
    process = TwinProcess(arn)
    old = process.inputs()

    for more in ({}, {"adopt": True}):
        bag = bag_of(mode, arn, {"ownership": OURS, "username": "Mary.Major", **more})
        refused = [str(f) for f in check(old, bag, process.lookups).failures]
        assert refused == [
            "username: differs from the existing one only in case; the change would replace the "
            "user. Keep the old spelling (with SAML, that of RoleSessionName); "
            "for a new user, remove the existing one in one `pulumi up` and add the new one in the "
            "next. (A rule of this provider, not of AWS.)"
        ]


def test_resource_may_turn_to_an_existing_user_of_its_name_in_another_case(
    process: TwinProcess,
) -> None:
    """With adopt=True, where both exist: nobody is made by a mistake."""
    old = process.inputs()
    process.users.create(old)
    process.connect.add("Mary.Major")

    checked = _checked(process, "Mary.Major", old=old, adopt=True)

    assert [str(f) for f in checked.failures] == []
    assert str(checked.inputs.get("adoption.userArn")).startswith(f"{MANAGED_ARN}/agent/")
    assert len(process.connect.described) == 2
