"""Every kind of resource that declares users becomes changes of users."""

from typing import Any

from pulumi_connect_users.report.renderers import FORMATS, render
from tests.report.builders import (
    AWS_USER,
    INSTANCE,
    NATIVE_USER,
    UNKNOWN,
    USER_STATUS,
    actions,
    digest,
    events,
    planned,
    refreshed,
    report,
    shown,
    step,
    user,
    violation,
)


def test_changes_come_in_one_order_with_the_grave_ones_first() -> None:
    """Deletes and replacements first, whatever the engine began with."""
    adopted = user(username="li", adopt=True, adoption={"userArn": "x", "changes": []})
    text = digest(
        step("create", None, user(), name="e"),
        step("create", None, adopted, name="d"),
        step("update", user(), user(tags={}), name="c"),
        step("replace", user(), user(username="x"), name="b", replaceReasons=["username"]),
        step("delete", user(), name="a"),
    )

    found = report(text)

    assert [(c.name, c.action) for c in found.changes] == [
        ("a", "delete"),
        ("b", "replace"),
        ("c", "update"),
        ("d", "adopt"),
        ("e", "create"),
    ]
    assert found.verdict_text == (
        "1 user to delete · 1 to replace · 1 to update · 1 to adopt · 1 to create"
    )


def test_internal_keys_and_facts_are_no_changes() -> None:
    """The provider's pickle, the ownership mark and the found names are nobody's change."""
    new = user(
        __provider="other",
        ownership="a#z",
        identityManagementType="SAML",
        routingProfileName="Renamed",
    )

    found = report(digest(step("update", user(), new)))

    assert shown(found) == {"mary": {}}
    everything = "".join(render(found, target) for target in FORMATS)
    for internal in ("__provider", "ownership", "gASVHw", "organization/centre/dev"):
        assert internal not in everything


def test_tags_whose_keys_begin_with_underscores_are_changes() -> None:
    """Only what providers keep for themselves is left out, not all that looks like it."""
    new = user(tags={"Cost_Center": "42", "__team": "west"})

    found = report(digest(step("update", user(), new)))

    assert "__team" in str(shown(found)["mary"])


def test_ids_are_shown_by_the_names_that_the_input_knows() -> None:
    """From the facts beside them, and from resources that give an id a name."""
    profile = {"name": "Night shift", "routingProfileId": "r-2"}
    made = step("same", {}, {}, name="night", kind="aws:connect/routingProfile:RoutingProfile")
    made["newState"]["outputs"] = profile
    ids = ["arn:aws:connect:us-west-2:1:instance/i/security-profile/s-2", "s-3"]
    new = user(
        routingProfileId="r-2",
        routingProfileName=None,
        securityProfileIds=ids,
        securityProfileNames=["Quality", "Agent"],
    )

    values = shown(report(digest(made, step("update", user(), new))))["mary"]

    assert values["routing_profile"] == ("Basic Routing Profile (r-1)", "Night shift (r-2)")
    assert values["security_profiles"] == ("Agent (s-1)", "Agent (s-3), Quality (s-2)")


def test_stale_names_are_not_shown_for_ids_that_drifted() -> None:
    """After a change outside, old names beside new ids would be a lie."""
    text = events(*refreshed(step("update", user(), user(securityProfileIds=["s-7"]))))

    assert shown(report(text))["mary"]["security_profiles"] == ("Agent (s-1)", "s-7")


def test_aws_user_is_a_user_by_other_names() -> None:
    """`aws:connect/user:User`: `name` is the username, derived tags and defaults are dropped."""
    old = {
        "__defaults": ["tagsAll"],
        "instanceId": "i-1",
        "name": "mary.major",
        "identityInfo": {"__defaults": [], "email": "marym@example.com"},
        "phoneConfig": {"__defaults": [], "phoneType": "SOFT_PHONE"},
        "routingProfileId": "r-1",
        "securityProfileIds": ["s-1"],
        "tagsAll": {"a": "1"},
    }
    new = {**old, "name": "m.major", "securityProfileIds": ["s-1", "s-2"], "tagsAll": {"a": "2"}}

    found = report(digest(step("replace", old, new, kind=AWS_USER, replaceReasons=["name"])))

    assert found.changes[0].type == "aws.connect.User"
    assert found.changes[0].reasons == ("username",)
    assert shown(found)["mary"] == {
        "username": ("mary.major", "m.major"),
        "security_profiles": ("s-1", "s-1, s-2"),
    }


def test_aws_native_user_is_a_user_by_other_names() -> None:
    """`aws-native:connect:User`: ARNs for ids, tags as a list."""
    arn = INSTANCE + "/security-profile/"
    old = {
        "username": "mary.major",
        "securityProfileArns": [arn + "s-1"],
        "tags": [{"key": "Cost_Center", "value": "42"}],
        "userProficiencies": [{"attributeName": "a", "attributeValue": "b", "level": 1.0}],
    }
    new = {
        **old,
        "securityProfileArns": [arn + "s-2"],
        "tags": [{"key": "Cost_Center", "value": "43"}],
        "userProficiencies": [{"attributeName": "a", "attributeValue": "b", "level": 2.0}],
    }

    found = report(digest(step("update", old, new, kind=NATIVE_USER)))

    assert shown(found)["mary"] == {
        "security_profiles": ("s-1", "s-2"),
        "proficiencies[a: b].level": ("1", "2"),
        "tags[Cost_Center]": ("42", "43"),
    }


def test_user_that_is_only_forgotten_is_let_go() -> None:
    """`retain_on_delete`: the engine calls it a delete, and Connect keeps the user."""
    made = step("delete", user())
    made["oldState"]["retainOnDelete"] = True

    assert actions(report(digest(made))) == {"mary": "release"}


def test_status_is_told_beside_the_users() -> None:
    """A status is no user: it has its own place and its own count."""
    inputs = {
        "agentStatusId": "a-1",
        "agentStatusName": "Available",
        "userArn": UNKNOWN,
        "username": "mary.major",
    }

    found = report(digest(step("create", None, inputs, name="s", kind=USER_STATUS)))

    assert shown(found) == {"s": {"agent_status": ("<absent>", "Available (a-1)")}}
    assert found.verdict_text == "no user changes · 1 status to set"


def test_status_that_leaves_the_stack_is_not_to_be_set() -> None:
    """Its deletion makes no call: the agent keeps it."""
    had = {"agentStatusId": "a-1", "agentStatusName": "Available", "username": "mary.major"}
    found = report(digest(step("delete", had, None, name="s", kind=USER_STATUS)))

    assert actions(found) == {"s": "delete"}
    assert found.verdict_text == "no user changes"
    assert found.counts.create == 0


def test_other_resource_cannot_write_to_the_terminal() -> None:
    """Whatever stands in a URN is spelled out or taken out, in type and operation too."""
    kind = "\x1b[2Jevil:a\ud800:B"

    (other,) = report(digest(step("\x1b[31mdelete", {}, name="\x1b[1m", kind=kind))).other_changes

    assert (other.action, other.type) == ("delete", "evil.a\\u{d800}.B")
    assert other.name == "\\u{1b}[1m"


def test_other_resources_are_listed_by_name_alone() -> None:
    """What is no user is counted; its values are none of this report's business."""
    other = step("update", {"token": "abc"}, {"token": "xyz"}, name="p", kind="random:i:RandomId")

    found = report(digest(other))

    assert [(o.action, o.type, o.name) for o in found.other_changes] == [
        ("update", "random.i.RandomId", "p")
    ]
    assert "xyz" not in "".join(render(found, target) for target in FORMATS)


def test_per_channel_settings_differ_by_channel() -> None:
    def config(channel: str, seconds: int) -> dict[str, Any]:
        return {
            "channel": channel,
            "afterContactWorkConfig": {"afterContactWorkTimeLimit": seconds},
        }

    old = user(afterContactWorkConfigs=[config("VOICE", 60), config("CHAT", 30)])
    new = user(afterContactWorkConfigs=[config("CHAT", 30), config("VOICE", 90)])

    (label,) = shown(report(digest(step("update", old, new))))["mary"]

    assert label == (
        "after_contact_work_configs[VOICE].after_contact_work_config.after_contact_work_time_limit"
    )


def test_secret_that_forces_a_replacement_is_named_without_its_value() -> None:
    """Both sides of a secret look alike: that it changes shows in the engine's reasons."""
    text = digest(step("replace", user(), user(), replaceReasons=["password"]))

    found = report(text)

    assert shown(found)["mary"] == {"password": ("<secret>", "<secret>")}
    assert found.changes[0].reasons == ("password",)
    assert any("the login, briefly" in loss for loss in found.changes[0].lost)


def test_policy_results_come_by_level_and_severity() -> None:
    """Mandatory before advisory, critical before low; each with the users it is about."""
    text = events(
        planned(step("create", None, user())),
        violation(policyName="c", enforcementLevel="advisory", severity="critical"),
        violation(policyName="b", severity="low"),
        violation(policyName="a", severity="critical"),
        violation(name="li", policyName="a", severity="critical"),
        {"policyAnalyzeSummaryEvent": {"policyPackName": "guard", "passed": ["d"], "failed": []}},
    )

    found = report(text)

    assert [(r.policy, len(r.complaints)) for r in found.policies.results] == [
        ("a", 2),
        ("b", 1),
        ("c", 1),
    ]
    assert (found.policies.status, found.policies.ran) == ("failed", 4)
    assert "2 mandatory policies failed · 1 advisory policy warns" in found.verdict_text
    assert found.changes[0].policies == ("a", "b", "c")


def test_policies_that_all_pass_are_said_to_pass() -> None:
    """Silence would not tell a passed pack from a pack that was forgotten."""
    ran = {"policyAnalyzeSummaryEvent": {"policyPackName": "guard", "passed": ["a", "b"]}}

    assert "all policies passed" in report(events(ran)).verdict_text
    assert report(events(planned(step("create", None, user())))).policies.status == "none"
    assert report(digest()).policies.status == "unknown"
