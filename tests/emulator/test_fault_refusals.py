"""Faults and controls that cannot be: refused when they are set, with the cause."""

from pathlib import Path
from typing import Any

import pytest

from pulumi_connect_users.emulator import EmulatorError, Store, open_store


@pytest.mark.parametrize(
    ("rule", "cause"),
    [
        ({"kind": "explosion"}, "kind must be one of"),
        ({"kind": "reset", "whem": "after"}, "unknown member whem"),
        ({"kind": "reset", "when": "during"}, "when must be before or after"),
        ({"kind": "error"}, "error needs code"),
        ({"kind": "late-visibility"}, "late-visibility needs seconds or calls"),
        ({"kind": "reset", "nth": "first"}, "nth has the wrong type"),
        ({"kind": "reset", "nth": True}, "nth has the wrong type"),
        ({"kind": "latency"}, "latency needs seconds"),
        ({"kind": ["reset"]}, "kind has the wrong type"),
        ({"kind": "reset", "nth": 0}, "nth must be from 1"),
        ({"kind": "reset", "probability": 7}, "probability must be from 0 to 1"),
        ({"kind": "latency", "seconds": -1}, "seconds must be from 0"),
        ({"kind": "latency", "seconds": float("nan")}, "seconds must be from 0"),
        ({"kind": "late-visibility", "calls": 10**30}, "calls must be from 0"),
        ({"kind": "error", "code": "a\nb"}, "code must be an error code"),
        ({"kind": "throttle", "when": "after"}, "cannot come after the effect"),
        ({"kind": "reset", "operation": "CreateUsr"}, "no operation here is called CreateUsr"),
        (
            {"kind": "late-visibility", "calls": 1, "operation": "Delete*"},
            "late-visibility is about CreateUser",
        ),
        ("reset", "not a JSON object"),
    ],
)
def test_wrong_rule_is_refused_with_its_cause(store: Store, rule: Any, cause: str) -> None:
    with pytest.raises(EmulatorError, match=cause):
        store.control(faults=[{"kind": "reset"}, rule])

    assert store.controls()["faults"] == []


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("pacing", {"rate": 0, "burst": 5}),
        ("pacing", {"rate": 2}),
        ("pacing", "fast"),
        ("quotas", {"cats": 9}),
        ("quotas", {"users": -1}),
        ("quotas", {"users": 1.5}),
        ("quotas", {"users": float("inf")}),
        ("pacing", {"rate": 1, "burst": 0.5}),
        ("pacing", {"rate": float("inf"), "burst": 5}),
        ("latency", "slow"),
        ("latency", float("inf")),
        ("weather", "rain"),
    ],
)
def test_wrong_control_is_refused(store: Store, setting: str, value: Any) -> None:
    """An unknown setting or a wrong value is an error that names the setting."""
    with pytest.raises(EmulatorError, match=setting):
        store.control(**{setting: value})


def test_environment_that_is_no_list_of_rules_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A broken CONNECT_USERS_EMULATOR_FAULTS is reported when the store is opened."""
    monkeypatch.setenv("CONNECT_USERS_EMULATOR_FAULTS", "{")

    with pytest.raises(EmulatorError, match="CONNECT_USERS_EMULATOR_FAULTS"):
        open_store(tmp_path / "other.db")
