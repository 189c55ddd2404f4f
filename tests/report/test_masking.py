"""Passwords are never shown; personal data only where somebody asks for the field."""

import pytest

from pulumi_connect_users.model.attributes import attributes
from pulumi_connect_users.report import Disclosure, Options, UnknownField
from pulumi_connect_users.report.options import is_personal, is_secret
from tests.report.builders import digest, events, planned, report, shown, step, user, violation

CHANGED = user(
    identityInfo={"email": "mary@elsewhere.example.com", "firstName": "Mary", "lastName": "Stiles"}
)
UPDATE = digest(step("update", user(), CHANGED))


def test_personal_values_are_hidden_and_addresses_keep_their_domain() -> None:
    """A reviewer sees that a name changes, and to which domain an address goes."""
    assert shown(report(UPDATE))["mary"] == {
        "identity_info.email": (
            "<hidden: m...@example.com>",
            "<hidden: m...@elsewhere.example.com>",
        ),
        "identity_info.last_name": ("<hidden>", "<hidden>"),
    }


@pytest.mark.parametrize(
    ("fields", "email", "name"),
    [
        (["identity_info.email"], "marym@example.com", "<hidden>"),
        (["identityInfo.lastName"], "<hidden: m...@example.com>", "Major"),
        (["identity_info"], "marym@example.com", "Major"),
        (["all"], "marym@example.com", "Major"),
    ],
)
def test_asked_for_fields_are_shown_and_no_others(fields: list[str], email: str, name: str) -> None:
    """A field goes by its program's name or Connect's; a structure stands for its members."""
    found = report(UPDATE, Options(disclosure=Disclosure.of(fields)))

    values = shown(found)["mary"]
    assert values["identity_info.email"][0] == email
    assert values["identity_info.last_name"][0] == name
    assert found.shown_values


@pytest.mark.parametrize("field", ["password", "identity_info.emial", "tags", "routing_profile"])
def test_fields_that_are_not_personal_cannot_be_asked_for(field: str) -> None:
    """A password least of all; the message names what can be."""
    message = f"^unknown personal field: {field}. .*identity_info.email.*never shown"
    with pytest.raises(UnknownField, match=message):
        Disclosure.of([field])


def test_every_attribute_of_the_model_is_judged_by_its_facts() -> None:
    """Nothing is written down twice: a new personal attribute is hidden from its first day."""
    for attribute in attributes():
        assert is_secret(attribute.path) == attribute.facts.secret
        assert is_personal(attribute.path) == attribute.facts.personal


@pytest.mark.parametrize(
    "path", [("identityInfo", "nickname"), ("contact", "mobile"), ("x", "email")]
)
def test_unknown_member_that_sounds_personal_is_hidden(path: tuple[str, ...]) -> None:
    """Connect adds members; what the model does not know yet is not shown for it."""
    assert is_personal(path)


@pytest.mark.parametrize("path", [("adminPassword",), ("auth", "token"), ("clientSecret",)])
def test_unknown_member_that_sounds_secret_is_hidden(path: tuple[str, ...]) -> None:
    assert is_secret(path)


def test_messages_of_others_lose_the_values_of_the_users_they_are_about() -> None:
    """A policy may repeat what it read; a username in it, an address too, says who is meant."""
    mine = user(password="Hunter2Hunter2", username="marym@example.com")
    message = (
        "Major, Mary <marym@example.com> +15555550100 has Hunter2Hunter2; "
        "ask jane@corp.example.com; password: S3cret; the Majority stays"
    )
    text = events(planned(step("create", None, mine)), violation(message=message))

    (result,) = report(text).policies.results

    assert result.complaints[0].message == (
        "[hidden], [hidden] <marym@example.com> [hidden] has [hidden]; "
        "ask j...@corp.example.com; password: [hidden]; the Majority stays"
    )


def test_names_of_others_stay_in_messages_about_somebody_else() -> None:
    """A routing profile may be called like a person: only the user's own names are taken out."""
    jane = user(identityInfo={"lastName": "West"})
    text = events(
        planned(step("create", None, user())),
        planned(step("create", None, jane, name="jane")),
        violation(message="Mary is not in West."),
    )

    (result,) = report(text).policies.results

    assert result.complaints[0].message == "[hidden] is not in West."


@pytest.mark.slow
@pytest.mark.parametrize("word", ["a", "password", "a@", "+1", "token "])
def test_message_of_one_endless_word_is_masked_to_its_end(word: str) -> None:
    """A provider may quote a whole file: that takes a moment, and not hours."""
    message = f"{word * 50_000} password=Hunter2Hunter2 {word * 50_000}"
    text = events(planned(step("create", None, user())), violation(message=message))

    (result,) = report(text).policies.results

    assert len(result.complaints[0].message) < 1_100
    assert "Hunter2" not in report(text).model_dump_json()


def test_usernames_that_are_addresses_are_shown_wherever_they_stand() -> None:
    """With SAML they are the only thing that says who is meant: in the e-mail column as well."""
    address = "mary@corp.example.com"
    mine = user(username=address, tags={"owner": address}, identityInfo={"email": address})

    found = report(digest(step("create", None, mine, name=address)))

    assert found.changes[0].name == address
    values = shown(found)[address]
    assert values["identity_info.email"] == ("<absent>", address)
    assert values["tags[owner]"] == ("<absent>", address)


def test_hidden_usernames_still_tell_people_apart() -> None:
    """`--hide usernames`: a stem and a short hash, the same everywhere, also in messages."""
    addresses = [f"m{i}@corp.example.com" for i in range(120)]
    steps = [step("delete", user(username=a), name=a) for a in addresses]
    complaint = violation(message=f"{addresses[7]}: too many profiles.", name=addresses[7])
    text = events(*map(planned, steps), complaint)

    found = report(text, Options(disclosure=Disclosure(usernames=False)))

    assert len({change.name for change in found.changes}) == 120
    assert "@corp" not in found.model_dump_json()
    (result,) = found.policies.results
    assert result.complaints[0].message.startswith(f"{result.complaints[0].name}: too many")


def test_password_in_the_clear_is_not_shown_and_is_a_risk() -> None:
    """Only a secret is encrypted in state: this one is not, and the reader is told."""
    found = report(digest(step("create", None, user(password="Hunter2Hunter2"))))

    assert shown(found)["mary"]["password"] == ("<absent>", "<secret>")
    assert [risk.kind for risk in found.changes[0].risks] == ["plain-password"]
    assert "Hunter2" not in found.model_dump_json()


def test_values_of_a_step_that_another_stands_for_are_hidden_in_messages() -> None:
    """A name declared twice, and what a policy has changed: no row shows these values."""
    person = {"firstName": "Zelda", "lastName": "Quux", "mobile": "+12065550188"}
    first, second = step("create", None, user()), step("create", None, user(identityInfo=person))
    replaced = {"firstName": "Wanda", "lastName": "Foo", "email": "wanda@example.com"}
    remediation = {
        "resourceUrn": first["urn"],
        "policyName": "fill-in",
        "policyPackName": "guard",
        "before": user(identityInfo=replaced),
        "after": user(),
    }
    message = "Zelda at +12065550188 was Wanda, wanda@example.com"

    text = events(
        planned(first),
        planned(second),
        violation(message=message),
        {"policyRemediationEvent": remediation},
    )
    complaint = report(text).policies.results[0].complaints[0].message

    assert complaint == "[hidden] at [hidden] was [hidden], w...@example.com"
