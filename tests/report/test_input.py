"""What `pulumi` prints is read whole or torn, in both of its shapes."""

import json
from typing import Any

import pytest

from pulumi_connect_users.report import UnreadableInput, read_preview
from pulumi_connect_users.report.gate import closed, conditions
from tests.report.builders import (
    SECRET,
    STACK_URN,
    UNKNOWN,
    actions,
    digest,
    events,
    planned,
    refreshed,
    report,
    shown,
    step,
    urn,
    user,
    violation,
)

CREATE = step("create", None, user())
UPDATE = step("update", user(), user(username="mary.major", tags={"Cost_Center": "43"}))


def test_digest_and_events_of_one_step_give_one_change() -> None:
    text, lines = report(digest(UPDATE)), report(events(planned(UPDATE)))

    assert shown(text) == shown(lines) == {"mary": {"tags[Cost_Center]": ("42", "43")}}


@pytest.mark.parametrize("end", [0.3, 0.6, 0.9])
def test_torn_digest_keeps_its_whole_steps_and_says_so(end: float) -> None:
    """A killed run's output ends anywhere: the steps that are whole are shown."""
    text = digest(CREATE, *(step("create", None, user(), name=f"n{i}") for i in range(9)))

    found = report(text[: int(len(text) * end)])

    assert found.outcome == "incomplete"
    assert 0 < len(found.changes) < 10
    assert "truncated" in found.verdict_text


def test_torn_events_keep_their_whole_lines_and_say_so() -> None:
    """Without the engine's summary the run did not end; half a line is no event."""
    text = events(planned(CREATE), planned(step("create", None, user(), name="b")), ends=False)

    found = report(text[:-20])

    assert actions(found) == {"mary": "create"}
    assert found.outcome == "incomplete"


@pytest.mark.parametrize("text", ["", "  \n\n"])
def test_nothing_at_all_is_a_failed_preview(text: str) -> None:
    """A program that cannot start prints nothing: the report says that much."""
    found = report(text)

    assert found.outcome == "empty"
    assert found.verdict_text == "the preview failed without output"


@pytest.mark.parametrize("text", ["hello", "{", "[1, 2]", '{"a": 1}', "Previewing update (dev):"])
def test_text_that_is_no_preview_is_refused_with_the_way_out(text: str) -> None:
    """Bad input names what would be good."""
    with pytest.raises(UnreadableInput, match=r"pulumi preview --json.*--event-log"):
        read_preview(text)


@pytest.mark.parametrize(
    "text",
    [
        '{"steps": 5}',
        '{"steps": {"op": "delete"}}',
        '{"changeSummary": [1]}',
        '{"diagnostics": "no"}',
        '{"resourcePreEvent": 5}',
        '{"steps": ' + "[" * 100_000,
        '{"diagnosticEvent": ' * 100_000,
    ],
    ids=lambda text: text[:25],
)
def test_document_of_another_shape_is_refused(text: str) -> None:
    """What only looks like a preview must not pass for one in which nothing changes."""
    with pytest.raises(UnreadableInput, match=r"pulumi preview --json.*--event-log"):
        read_preview(text)


def test_odd_members_do_not_hide_the_change_beside_them() -> None:
    odd: dict[str, Any] = {"replaceReasons": 5, "diffReasons": True, "detailedDiff": 0.5}
    text = events(
        planned(step("delete", user(), replaceReasons=7)),
        {"resourcePreEvent": {"metadata": "none"}},
        {"policyAnalyzeSummaryEvent": {"passed": 5, "failed": "x"}},
        {"summaryEvent": {"resourceChanges": {"delete": "one", "same": None}}},
    )

    assert actions(report(text)) == {"mary": "delete"}
    assert actions(report(digest(step("update", user(), user(tags={}), **odd)))) == {
        "mary": "update"
    }


@pytest.mark.parametrize("end", ["\x85", "\u2028", "\u2029"])
def test_line_ends_of_other_alphabets_do_not_hide_an_event(end: str) -> None:
    """Go writes U+0085 into JSON as it is: a tag that holds one tears no line."""
    gone = user(tags={"Cost_Center": f"4{end}2"})

    assert actions(report(events(planned(step("delete", gone))))) == {"mary": "delete"}


@pytest.mark.parametrize("make", [digest, lambda s: events(planned(s))])
def test_what_a_program_prints_around_the_json_is_let_by(make: object) -> None:
    """Warnings of a plugin, a byte order mark, blank lines: none of them is a preview."""
    assert callable(make)
    text = "\ufeffwarning: using pulumi-language-python from $PATH\n\n" + make(CREATE) + "\nbye\n"

    assert actions(report(text)) == {"mary": "create"}


def test_unknown_members_and_events_are_let_by() -> None:
    text = events({"futureEvent": {"a": 1}}, {"sequence": 3}, planned({**CREATE, "x": 1}))

    assert actions(report(text)) == {"mary": "create"}


def test_replacement_in_parts_is_one_change_with_its_order() -> None:
    """Create, replace and delete steps of one resource are one replacement."""
    new = user(username="m.major")
    made = planned(step("create-replacement", user(), new, replaceReasons=["username"]))
    logical = planned(step("replace", user(), new, replaceReasons=["username"]))
    gone = planned(step("delete-replaced", user()))

    after = report(events(made, logical, gone))
    first = report(events(gone, logical, made))

    assert actions(after) == actions(first) == {"mary": "replace"}
    assert after.changes[0].reasons == ("username",)
    assert not any("the login, briefly" in loss for loss in after.changes[0].lost)
    assert any("the login, briefly" in loss for loss in first.changes[0].lost)


def test_refresh_tells_what_changed_and_what_is_gone_outside() -> None:
    """`pulumi refresh --preview-only`: nothing will be done, it has happened."""
    drifted = refreshed(step("update", user(), user(tags={"Cost_Center": "44"})))
    gone = refreshed(step("delete", user(), None, name="gone"))
    same = refreshed(step("same", user(), user(), name="same"))

    found = report(events(*drifted, *gone, *same))

    assert found.operation == "refresh"
    assert actions(found) == {"gone": "gone", "mary": "drift"}
    assert found.counts.unchanged == 1
    assert found.verdict_text.startswith("1 user deleted outside Pulumi · 1 changed outside")


def test_preview_with_refresh_tells_drift_from_what_is_as_it_was() -> None:
    """`pulumi preview --refresh` calls all of it a refresh, whatever was found."""
    found = [
        (step("refresh", user(), user(tags={"Cost_Center": "44"})), "drift"),
        (step("refresh", user(), None, name="gone"), "gone"),
        (step("refresh", user(), user(), name="same"), None),
    ]
    told = [event for made, _ in found for event in refreshed(made)]
    planned_after = planned(step("update", user(tags={"Cost_Center": "44"}), user()))
    read = report(events(*told, planned_after))

    assert read.operation == "preview"
    assert [(c.name, c.action) for c in read.changes] == [
        ("gone", "gone"),
        ("mary", "drift"),
        ("mary", "update"),
    ]


def test_digest_of_a_refresh_says_what_it_cannot_tell() -> None:
    """The digest holds the old state twice: that something changed is all it says."""
    stack = {"op": "refresh", "urn": STACK_URN}
    same = step("refresh", user(), user())
    text = json.dumps({"steps": [stack, same], "changeSummary": {"update": 1, "same": 1}})

    found = report(text)

    assert found.operation == "refresh"
    assert "1 resource changed outside Pulumi; the input does not say which" in found.verdict_text
    assert found.counts.unchanged is None


def test_preview_after_refresh_counts_no_resource_twice() -> None:
    """`preview --refresh` lists everything as refreshed and the changes once more."""
    listed = step("refresh", user(), user())
    text = digest(
        {"op": "refresh", "urn": STACK_URN},
        listed,
        step("refresh", user(), user(), name="b"),
        UPDATE,
        changeSummary={"same": 2, "update": 1},
    )

    found = report(text)

    assert found.operation == "preview"
    assert actions(found) == {"mary": "update"}
    assert found.counts.unchanged == 1
    # The listed states are the old ones: what the refresh found is not among them.
    assert any("does not show changes outside" in note for note in found.notes)
    assert len(closed(found, conditions("drift,gone"))) == 2
    assert closed(report(digest(UPDATE)), conditions("drift,gone")) == ()


def test_secrets_and_unknowns_are_found_in_every_spelling() -> None:
    """Pulumi writes them as text in a digest and as objects with signatures in events."""
    new = user(
        password={**SECRET, "ciphertext": "[secret]"},
        routingProfileId=UNKNOWN,
        routingProfileName=UNKNOWN,
        username={"4dabf18193072939515e22adb298388d": "d0e6a833031e9bbcd3f4e8bde6ca49a4"},
    )

    values = shown(report(events(planned(step("create", None, new)))))["mary"]

    assert values["password"] == ("<absent>", "<secret>")
    assert values["routing_profile"] == ("<absent>", "<unknown>")
    assert values["username"] == ("<absent>", "<unknown>")


def test_errors_are_told_without_what_tracebacks_quote() -> None:
    """A traceback quotes source code: what raised where is told, the text of our errors kept."""
    quoted = (
        "error: Program failed with an unhandled exception:\n"
        "Traceback (most recent call last):\n"
        '  File "/project/__main__.py", line 7, in <module>\n'
        '    connect.User("m", password="Hunter2Hunter2")\n'
        "ValueError: Hunter2Hunter2\nmore\n"
    )
    ours = (
        "error: Exception calling application: "
        "Traceback (most recent call last):\n"
        '  File "/x/dynamic.py", line 9, in check\n    raise\n'
        "pulumi_connect_users.core.errors.SettingsError: reading settings, stack dev: no. Remedy.\n"
    )
    text = digest(
        diagnostics=[
            {"severity": "error", "message": quoted},
            {"severity": "error", "message": ours, "urn": urn()},
            {"severity": "error", "message": "error: preview failed\n"},
            {"severity": "info", "message": "info: hello"},
        ]
    )

    messages = [problem.message for problem in report(text).problems]

    assert messages == [
        "Program failed with an unhandled exception: ValueError in __main__.py, line 7. "
        "Its message is in the run's own output.",
        "Exception calling application: reading settings, stack dev: no. Remedy.",
    ]


def test_traceback_of_windows_names_its_file_alone() -> None:
    """Folders tell who somebody is, and the report is often made on another machine."""
    quoted = (
        "error: Traceback (most recent call last):\n"
        '  File "C:\\\\Users\\\\mary\\\\__main__.py", line 7, in <module>\nValueError: no\n'
    )
    text = digest(diagnostics=[{"severity": "error", "message": quoted}])

    (problem,) = report(text).problems

    assert problem.message.startswith("ValueError in __main__.py, line 7.")


def test_name_that_holds_colons_is_whole() -> None:
    """Two users called alike behind the colons must not look like one."""
    text = events(planned(step("delete", user(), name="west::mary")), violation("west::mary"))

    found = report(text)

    assert actions(found) == {"west::mary": "delete"}
    assert found.policies.results[0].complaints[0].name == "west::mary"


def test_failed_preview_says_that_its_plan_is_not_whole() -> None:
    """An error ends the plan early: an absent change is no promise."""
    text = digest(CREATE, diagnostics=[{"severity": "error", "message": "error: no"}])

    found = report(text)

    assert found.outcome == "failed"
    assert found.verdict_text.startswith(
        "the preview failed with 1 error; this report is partial · 1 user to create"
    )


def test_warning_of_a_rule_is_shown_with_its_count_and_names() -> None:
    """As the provider says it: whom it holds for, why, and that it only warns."""
    message = (
        "12 users: mary.major, li and joe and 9 more: username: has more than the 20 characters "
        "that are documented without SAML. Shorten it. (AWS documents this, but is not known to "
        "refuse it: a warning, once per run.)"
    )
    text = digest(CREATE, diagnostics=[{"severity": "warning", "message": f"warning: {message}"}])

    (problem,) = report(text).problems

    assert (problem.severity, problem.message) == ("warning", message)
