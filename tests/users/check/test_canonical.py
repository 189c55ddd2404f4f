"""Equal desired states are equal inputs, whatever words a program finds for them."""

from collections.abc import Callable
from typing import Any

import pytest

from pulumi_connect_users.core.lookups import Kind, Lookups
from pulumi_connect_users.users.check import check
from pulumi_connect_users.users.plan import plan
from tests.support.bad_case import ABSENT
from tests.support.programs import MANAGED_ARN, SAML_ARN
from tests.support.twin_process import TwinLookups, TwinProcess
from tests.support.valid_users import bag_of

Bag = Callable[..., dict[str, Any]]
_MARK = "organization/p/s#r"


def _failures(old: Any, new: dict[str, Any], session: Lookups) -> str:
    return " ".join(str(failure) for failure in check(old, new, session).failures)


@pytest.mark.parametrize(
    "words",
    [
        {"adopt": False, "onDelete": "refuse", "onPasswordChange": "refuse"},
        {"deleteWaitSeconds": 60, "deleteQuickConnects": False},
        {"tags": {}, "proficiencies": [], "ignoreDrift": [], "phoneConfig": {}},
        {"identityInfo.mobile": None, "hierarchyGroup": None, "tags": None},
        {"identityInfo.email": " marym@example.com "},
    ],
    ids=str,
)
def test_saying_what_holds_anyway_is_no_change(
    bag: Bag, session: Lookups, words: dict[str, Any]
) -> None:
    """A default, an empty list, None, or a space too many: no preview shows an update."""
    plain = check(None, bag(), session)
    wordy = check(plain.inputs.known(), bag(**words), session)

    assert [str(failure) for failure in wordy.failures] == []
    assert wordy.inputs == plain.inputs
    assert not plan(plain.inputs, wordy.inputs).changes


def test_order_of_sets_is_no_change(bag: Bag, session: Lookups) -> None:
    """Profiles, proficiencies and channels by their keys."""
    languages = [
        {"attributeName": "language", "attributeValue": value, "level": 1}
        for value in ("Spanish", "French")
    ]
    channels = [{"channel": c, "autoAccept": True} for c in ("VOICE", "CHAT")]
    lists: dict[str, list[Any]] = {
        "securityProfiles": ["QualityAnalyst", "Agent"],
        "proficiencies": languages,
        "autoAcceptConfigs": channels,
    }
    one = check(None, bag(**lists), session)
    other = check(None, bag(**{k: v[::-1] for k, v in lists.items()}), session)

    assert [str(failure) for failure in one.failures] == []
    assert one.inputs == other.inputs


def test_ignored_password_stays_what_it_was(bag: Bag, session: Lookups) -> None:
    """The new one is in no inputs: it would be shown as a change that nothing makes."""
    ignoring = {"onPasswordChange": "ignore"}
    old = check(None, bag(**ignoring), session).inputs.known()

    found = check(old, bag(**ignoring, password="An0therHorse"), session)

    assert [str(failure) for failure in found.failures] == []
    assert found.inputs.known() == old


def test_user_that_an_interrupted_run_has_made_is_not_told_as_a_take_over(
    process: TwinProcess,
) -> None:
    """With adopt=True and our own mark: it is simply ours."""
    bag = bag_of("CONNECT_MANAGED", MANAGED_ARN, {"ownership": _MARK, "adopt": True})
    process.users.create(check(None, bag, process.lookups).inputs.known())

    ours = check(None, bag, process.lookups).inputs
    theirs = check(None, bag | {"ownership": "organization/other/s#r"}, process.lookups).inputs

    assert ours.get("adoption") is None
    assert theirs.get("adoption") is not None


def test_profile_made_after_the_first_look_is_found(process: TwinProcess) -> None:
    """The list of this process is made once more for what it does not hold."""
    bag = bag_of("CONNECT_MANAGED", MANAGED_ARN, {})
    assert check(None, bag, process.lookups).failures == []
    process.connect.names[Kind.ROUTING_PROFILE]["id-of-night"] = "Night"

    found = check(None, bag | {"routingProfile": "Night"}, process.lookups)

    assert [str(failure) for failure in found.failures] == []
    assert found.inputs.get("routingProfileId") == "id-of-night"


@pytest.mark.parametrize(
    ("arn", "kind", "reason"),
    [
        (SAML_ARN, "routing-profile", "is a routing profile of another instance"),
        (MANAGED_ARN, "security-profile", "is not the ARN of a routing profile"),
        (MANAGED_ARN, "routing-profile", ""),
    ],
)
def test_arn_of_a_profile_is_that_of_its_kind_and_instance(
    bag: Bag, session: Lookups, arn: str, kind: str, reason: str
) -> None:
    """Its last part alone may be right by chance."""
    known = next(iter(session.catalog(MANAGED_ARN, Kind.ROUTING_PROFILE).names))
    given = bag(routingProfile=ABSENT, routingProfileId=f"{arn}/{kind}/{known}")

    told = _failures(None, given, session)

    assert told.startswith(f"routing_profile_id: {reason}") if reason else told == ""


def test_renamed_profile_stays_what_it_was_and_a_new_user_needs_the_new_name(
    process: TwinProcess,
) -> None:
    """Whose state knows the old name keeps the profile, and is told; nobody else can mean it."""
    bag = bag_of("CONNECT_MANAGED", MANAGED_ARN, {})
    old = check(None, bag, process.lookups).inputs.known()
    profiles = process.connect.names[Kind.ROUTING_PROFILE]
    profiles[str(old.get("routingProfileId"))] = "Everyday"
    later = TwinLookups(process.connect)

    known = check(old, bag, later)

    assert (known.failures, known.inputs.known()) == ([], old)
    assert 'is now called "Everyday"' in " ".join(known.warnings)
    told = _failures(None, bag, later)
    assert '"Basic Routing Profile" does not exist in this instance' in told


def test_part_of_a_path_names_a_group_only_if_it_is_the_only_one(process: TwinProcess) -> None:
    """Of two teams of one name neither is guessed: the whole paths are shown."""
    groups = process.connect.names[Kind.HIERARCHY_GROUP]
    groups |= {"g-1": "AMER/West/Night", "g-2": "EMEA/Dublin/Night"}
    bag = bag_of("CONNECT_MANAGED", MANAGED_ARN, {})

    told = _failures(None, bag | {"hierarchyGroup": "Night"}, process.lookups)

    assert 'hierarchy_group: "Night" is ambiguous: ' in told
    assert "AMER/West/Night (" in told
    assert "EMEA/Dublin/Night (" in told
    assert _failures(None, bag | {"hierarchyGroup": "West/Night"}, process.lookups) == ""
