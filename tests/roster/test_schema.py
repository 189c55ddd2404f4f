"""The roster's JSON Schema: made from the model, and of one mind with the reader."""

import json
from typing import Any

import jsonschema
import pytest
import yaml

from pulumi_connect_users.roster.files.entry import members
from pulumi_connect_users.roster.files.schema import SCHEMA_FILE, schema, text
from tests.roster.test_reading import YAML


def test_schema_file_is_current() -> None:
    """After a change of the model: python -m pulumi_connect_users.roster.files.schema."""
    assert SCHEMA_FILE.read_text(encoding="utf-8") == text()


def test_schema_knows_each_attribute_of_the_reader_and_no_password() -> None:
    known = json.loads(text())["$defs"]["Attributes"]["properties"]
    assert set(known) == set(members())
    assert "password" not in known


def test_schema_accepts_what_the_reader_accepts() -> None:
    jsonschema.validate(yaml.safe_load(YAML), schema())


@pytest.mark.parametrize(
    "user",
    [
        {"password": "Corr3ctHorse"},
        {"first_name": "Mary"},
        {"phone_config": {"after_contact_work_time_limit": 3_000_000}},
        {"identity_info": {"mobile": "555-0100"}},
        {"security_profiles": []},
    ],
)
def test_schema_refuses_what_the_reader_refuses(user: dict[str, Any]) -> None:
    """An editor shows the mistake before the program does."""
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"users": {"mary.major": user}}, schema())
