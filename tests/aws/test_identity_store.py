"""People of IAM Identity Center: all members of groups, over pages, and what failures say."""

from collections.abc import Iterator

import pytest

from pulumi_connect_users.aws.identity_store import IdentityStore, person_of
from pulumi_connect_users.core.errors import AccessDenied, NotFound, SettingsError
from pulumi_connect_users.core.people import Person
from pulumi_connect_users.core.properties import Properties
from tests.support.identity_center import REGION, STORE, IdentityCenter, identity_center
from tests.support.stand_in_endpoint import Answer, of_json, serving


@pytest.fixture
def center(monkeypatch: pytest.MonkeyPatch) -> Iterator[IdentityCenter]:
    with identity_center() as made:
        for name, value in made.environment.items():
            monkeypatch.setenv(name, value)
        yield made


def test_members_of_all_pages_have_their_groups(center: IdentityCenter) -> None:
    """Groups and users have 100 entries a page; who is in no group is not in the answer."""
    for group in ("West", "Leads", "Other"):
        center.add_group(group)
    for number in range(130):
        center.add(f"agent.{number:03}@corp.example", "West")
    center.join("agent.007@corp.example", "Leads")
    center.add("someone.else@corp.example", "Other")

    people, missing = IdentityStore(STORE, region=REGION).members(["West", "Leads", "No"])

    assert missing == ["No"]
    assert [p.user_name for p in people] == [f"agent.{n:03}@corp.example" for n in range(130)]
    assert people[7] == Person(
        user_name="agent.007@corp.example",
        email="agent@example.com",
        given_name="Agent",
        family_name="007",
        mobile="+15555551212",
        groups=frozenset({"West", "Leads"}),
    )


def test_disabled_users_and_ids_of_the_provider_are_seen() -> None:
    """Moto has neither."""
    row: Properties = {
        "UserName": "mary",
        "UserStatus": "DISABLED",
        "ExternalIds": [{"Issuer": "okta", "Id": "00u1"}],
        "Emails": [{"Value": "old@example.com"}, {"Value": "mary@example.com", "Primary": True}],
        "PhoneNumbers": [{"Value": "+15550100", "Type": "work"}],
    }

    assert person_of(row, ["West"]) == Person(
        user_name="mary",
        email="mary@example.com",
        external_id="00u1",
        active=False,
        groups=frozenset({"West"}),
    )


def _answers(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_IDENTITYSTORE", url)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")


def _error(code: str, message: str, status: int = 400) -> Answer:
    return of_json({"__type": code, "Message": message}, status)


@pytest.mark.parametrize(
    ("answer", "kind", "words"),
    [
        (
            _error("AccessDeniedException", "User is not authorized"),
            AccessDenied,
            "may not call identitystore:GetGroupId",
        ),
        (_error("ResourceNotFoundException", "IDENTITY_STORE not found."), NotFound, "GetGroupId"),
    ],
    ids=["denied", "store"],
)
def test_failure_names_the_action(
    monkeypatch: pytest.MonkeyPatch, answer: Answer, kind: type[Exception], words: str
) -> None:
    with serving() as endpoint:
        _answers(monkeypatch, endpoint.url)
        endpoint.answers[""] = [answer]

        with pytest.raises(kind, match=words):
            IdentityStore("d-1", region=REGION).members(["West"])


def test_throttled_calls_are_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving() as endpoint:
        _answers(monkeypatch, endpoint.url)
        endpoint.answers[""] = [
            _error("ThrottlingException", "Rate exceeded"),
            of_json({"GroupId": "g", "IdentityStoreId": "d-1"}),
            _error("InternalServerException", "Oops", 500),
            of_json({"GroupMemberships": []}),
            of_json({"Users": []}),
        ]

        assert IdentityStore("d-1", region=REGION).members(["West"]) == ([], [])
        assert len(endpoint.requests) == 5


def test_region_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)

    with pytest.raises(SettingsError, match="Give --region"):
        IdentityStore("d-1")
