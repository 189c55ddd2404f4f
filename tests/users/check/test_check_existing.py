"""check of users that exist: what they cannot become, and what is known without look-ups."""

from collections.abc import Callable
from typing import Any

import pytest

from pulumi_connect_users.core.lookups import Lookups
from pulumi_connect_users.users.check import check
from pulumi_connect_users.users.inputs import KnownInputs
from tests.support.bad_case import ABSENT

Bag = Callable[..., dict[str, Any]]

_VOICE = {"channel": "VOICE", "autoAccept": True}
_CHAT = {"channel": "CHAT", "autoAccept": True}
_CASES: dict[str, tuple[str, dict[str, Any], dict[str, Any], str, dict[str, Any]]] = {
    # name: mode, what the user had, what is refused, its path, the nearest that is accepted
    "a setting is taken away": (
        "CONNECT_MANAGED",
        {"identityInfo.mobile": "+15555550100"},
        {},
        "identity_info.mobile",
        {"ignoreDrift": ["identity_info.mobile"]},
    ),
    "a directory user id is taken away": (
        "EXISTING_DIRECTORY",
        {"directoryUserId": "d-1"},
        {},
        "directory_user_id",
        {"directoryUserId": "d-1"},
    ),
    "a channel is taken away": (
        "CONNECT_MANAGED",
        {"autoAcceptConfigs": [_VOICE, _CHAT]},
        {"autoAcceptConfigs": [_VOICE]},
        "auto_accept_configs",
        {"autoAcceptConfigs": [_CHAT, _VOICE]},
    ),
    "a callback setting is taken away": (
        "CONNECT_MANAGED",
        {"autoAcceptConfigs": [{**_VOICE, "agentFirstCallbackAutoAccept": True}]},
        {"autoAcceptConfigs": [_VOICE]},
        "auto_accept_configs[0].agent_first_callback_auto_accept",
        {"autoAcceptConfigs": [{**_VOICE, "agentFirstCallbackAutoAccept": False}]},
    ),
    "a password is changed": (
        "CONNECT_MANAGED",
        {},
        {"password": "An0therHorse"},
        "password",
        {"password": "An0therHorse", "onPasswordChange": "ignore"},
    ),
    "a directory's name is changed": (
        "EXISTING_DIRECTORY",
        {"identityInfo.lastName": "Major"},
        {"identityInfo.lastName": "Stiles"},
        "identity_info.last_name",
        {"identityInfo.lastName": "Major"},
    ),
    "a username's case is changed": (
        "SAML",
        {},
        {"username": "Mary.Major"},
        "username",
        {"username": "mary.stiles"},
    ),
}


def _old(bag: dict[str, Any], session: Lookups) -> KnownInputs:
    checked = check(None, bag, session)
    assert [str(failure) for failure in checked.failures] == []
    return checked.inputs.known()


@pytest.mark.parametrize("name", _CASES)
def test_change_that_no_call_makes_is_refused_and_the_way_out_accepted(
    name: str, bag: Bag, session: Lookups
) -> None:
    """The refusal names path and remedy; what it points to passes."""
    mode, had, bad, path, good = _CASES[name]
    old = _old(bag(mode, **had), session)

    failures = [str(f) for f in check(old, bag(mode, **bad), session).failures]

    assert [f for f in failures if f.startswith(path + ":")], failures
    assert [str(f) for f in check(old, bag(mode, **good), session).failures] == []


def test_an_instances_id_is_its_arn(bag: Bag, session: Lookups) -> None:
    """Given either way the inputs are equal, and no rule takes it for another instance."""
    whole = bag()
    old = _old(whole, session)
    short = whole | {"instanceArn": whole["instanceArn"].rsplit("/", 1)[1]}

    assert check(old, short, session).inputs.known() == old
    changed = check(old, short | {"password": "An0therHorse"}, session)
    assert [str(f).split(":")[0] for f in changed.failures] == ["password"]


def test_what_only_the_documentation_forbids_stays_with_who_has_it(
    bag: Bag, session: Lookups
) -> None:
    """A stack that became strict says nothing of an old value and refuses a new one of the kind."""
    long = bag(username="m" * 21, **{"identityInfo.lastName": "M" * 257})
    old = check(None, long, session).inputs.known()

    kept = check(old, long, session, strict=True)
    assert (kept.failures, kept.rule_warnings) == ([], [])
    longer = bag(username="m" * 21, **{"identityInfo.lastName": "M" * 258})
    assert check(old, longer, session, strict=True).failures != []
    assert check(old, bag(username="m" * 22), session, strict=True).failures != []


def test_old_entry_of_a_set_is_known_in_any_place(bag: Bag, session: Lookups) -> None:
    """After-contact work of a chat that is longer than documented, beside an entry that is new."""

    def entry(channel: str, seconds: int) -> dict[str, Any]:
        limit = {"afterContactWorkTimeLimit": seconds}
        return {"channel": channel, "afterContactWorkConfig": limit}

    chat, voice = entry("CHAT", 6000), entry("VOICE", 10)
    had = bag(afterContactWorkConfigs=[voice, chat])
    old = check(None, had, session).inputs.known()

    for entries in ([voice, chat], [chat, voice], [entry("VOICE", 20), chat]):
        kept = check(old, bag(afterContactWorkConfigs=entries), session, strict=True)
        assert (kept.failures, kept.rule_warnings) == ([], [])
    longer = bag(afterContactWorkConfigs=[voice, entry("CHAT", 7000)])
    assert check(old, longer, session, strict=True).failures != []


def test_replacement_of_a_privileged_user_is_told_whatever_it_comes_from(
    bag: Bag, session: Lookups
) -> None:
    """A password that replaces deletes the present user as much as a new username does."""
    admin = bag(securityProfiles=["Admin"], onPasswordChange="replace")
    old = _old(admin, session)

    for change in ({"username": "mary.stiles"}, {"password": "An0therHorse"}):
        warnings = check(old, admin | change, session).warnings
        assert "holds privileged profiles (Admin) and will be replaced" in " ".join(warnings)
    assert check(old, admin, session).warnings == []


def test_replacement_with_adopt_adopts_nobody(bag: Bag, session: Lookups) -> None:
    """The user of that name is the one that goes: the new one needs a password as ever."""
    directory = bag("EXISTING_DIRECTORY", directoryUserId="d-1", adopt=True)
    old = _old(directory, session)

    replaced = check(old, directory | {"directoryUserId": "d-2"}, session)

    assert replaced.inputs.get("adoption") is None


def test_wrongly_declared_identities_are_refused_by_the_instance(
    bag: Bag, session: Lookups
) -> None:
    """Where Connect can be asked, it is right."""
    declared = bag(identityManagementType="SAML")

    failures = [str(f) for f in check(None, declared, session).failures]

    assert "identity_management_type: was declared as SAML, but it is CONNECT_MANAGED" in " ".join(
        failures
    )


def test_without_lookups_a_declared_mode_and_ids_are_enough(
    bag: Bag, session: Lookups, offline: Lookups
) -> None:
    """A preview with neither credentials nor network judges what it was told."""
    ids = {
        key: value
        for key, value in _old(bag(), session).properties.items()
        if key in ("routingProfileId", "securityProfileIds")
    }
    names = {"routingProfile": ABSENT, "securityProfiles": ABSENT}
    declared = bag(identityManagementType="CONNECT_MANAGED", **names, **ids)

    assert check(None, declared, offline).failures == []
    weak = check(None, declared | {"password": "weak"}, offline)
    assert [str(f).split(":")[0] for f in weak.failures] == ["password"]


def test_without_lookups_the_last_run_answers(bag: Bag, session: Lookups, offline: Lookups) -> None:
    """Mode, ids and names come from the old inputs, so that nothing changes."""
    old = _old(bag(), session)

    found = check(old, bag(), offline)

    assert found.failures == []
    assert found.inputs.known() == old


def test_without_lookups_a_new_name_is_refused_and_an_unknown_mode_is_told(
    bag: Bag, offline: Lookups
) -> None:
    """What cannot be known is said, with the way out."""
    found = check(None, bag(), offline)

    failures = [str(f) for f in found.failures]
    assert [f for f in failures if f.startswith("routing_profile: cannot be looked up")]
    assert not any(".." in failure for failure in failures)
    assert any("Declare the type" in warning for warning in found.warnings)
