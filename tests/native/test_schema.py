"""The schema: complete, of one mind with the model, and accepted by Pulumi."""

import json
import re
import subprocess
import sys
import typing
from typing import Any

import pytest
import yaml

from pulumi_connect_users.core.public_home import PUBLIC_HOME
from pulumi_connect_users.core.unknowns import UNKNOWN
from pulumi_connect_users.core.user_resources import USER, USER_STATUS
from pulumi_connect_users.model.attributes import Attribute, attributes, members_of, top_level
from pulumi_connect_users.model.facts import Role
from pulumi_connect_users.native.schema import schema_text
from pulumi_connect_users.native.schema.enums import ENUMS
from pulumi_connect_users.native.schema.resources import READ_ONLY
from pulumi_connect_users.native.words import in_wire_words
from pulumi_connect_users.roster.files.entry import members
from pulumi_connect_users.users import status_check
from pulumi_connect_users.users.status import UserStatus
from tests.support.package_schema import SCHEMA, bag_misfits, of
from tests.support.provider_process import Process
from tests.support.valid_users import SPANISH

USERS = of("resources", "User")
INTERNAL = {"lastModifiedTime", "stateFormat"}
"""Outputs that no program reads."""


def _spec(attribute: Attribute) -> Any:
    """The property of a user, or of one of its structures, as an input or else as an output."""
    *above, name = attribute.path
    held = {**USERS["properties"], **USERS["inputProperties"]}
    for structure in above:
        spec = held[structure]
        held = of("types", spec.get("items", spec)["$ref"].rpartition(":")[2])["properties"]
    return held[name]


def test_module_prints_it() -> None:
    """`python -m pulumi_connect_users.native.schema` feeds the generators of SDKs."""
    command = [sys.executable, "-m", "pulumi_connect_users.native.schema"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)

    assert json.loads(done.stdout) == SCHEMA


def test_every_attribute_is_there_with_its_description() -> None:
    """As an input, but for the mark, which is an output; at every depth."""
    own = [a for a in attributes() if a.facts.role is not Role.ROSTER]
    described = {a.wire: _spec(a)["description"] for a in own}

    wrong = [a.wire for a in own if in_wire_words(a.facts.doc) not in described[a.wire]]
    assert wrong == []
    top = [a for a in own if len(a.path) == 1]
    assert set(USERS["inputProperties"]) == {a.wire for a in top} - {"ownership"}
    assert set(USERS["properties"]) - {"userArn", "userId"} == {
        a.wire for a in top if a.facts.role is not Role.NAME and not a.facts.secret
    }


def test_facts_are_inputs_that_no_program_sets() -> None:
    """Policies are typed by inputs; the type of identities may be declared."""
    facts = {a.wire for a in top_level(Role.FACT)}
    read_only = {k for k, v in USERS["inputProperties"].items() if READ_ONLY in v["description"]}

    assert facts - read_only == {"identityManagementType"}
    assert read_only < facts


def test_descriptions_have_the_names_of_the_wire() -> None:
    """Python's `on_delete` is another language's `onDelete`."""
    text = re.sub(r"```.*?```", "", schema_text().replace("\\n", "\n"), flags=re.DOTALL)

    assert re.findall(r"\b(?:[a-z]+_)+[a-z]+\b", text) == ["pulumi_connect_users_sdk"]


def test_members_that_must_be_there_are_required() -> None:
    """Of the user, and of entries of lists."""
    assert set(USERS["requiredInputs"]) == {a.wire for a in top_level() if a.facts.required}
    for a in attributes():
        if a.model is not None and (known := members_of(a.wire)):
            required = of("types", a.model.__name__).get("required", [])
            assert required == sorted(m.name for m in known if m.facts.required)


def test_secrets_are_inputs_and_no_outputs() -> None:
    """The engine hides them; state has them among the inputs alone."""
    secret = {
        (name.rpartition(":")[2], key)
        for name, resource in SCHEMA["resources"].items()
        for key, spec in resource["inputProperties"].items()
        if spec.get("secret")
    }

    assert secret == {("User", "password"), ("UserRoster", "passwords")}
    assert "password" not in USERS["properties"]
    assert "passwords" not in of("resources", "UserRoster")["properties"]


def test_replacements_are_documented_and_left_to_the_provider() -> None:
    """`replaceOnChanges` would replace users that an alias takes over."""
    replacing = {k for k, v in USERS["inputProperties"].items() if v.get("willReplaceOnChanges")}

    assert replacing == {a.wire for a in top_level() if a.facts.change == "replace"}
    assert '"replaceOnChanges"' not in schema_text()


def test_enums_have_the_values_of_their_types() -> None:
    """Each value once, named as every language may name it."""
    for kind, enum in ENUMS.items():
        values = of("types", enum.name)["enum"]
        assert [one["value"] for one in values] == list(typing.get_args(kind))
        assert all(one["name"].isalpha() and one["description"] for one in values)


def test_types_of_the_dynamic_side_are_taken_over() -> None:
    """By aliases in every SDK; a roster's batches cannot be."""
    aliases = {
        name.rpartition(":")[2]: [one["type"] for one in resource.get("aliases", ())]
        for name, resource in SCHEMA["resources"].items()
    }

    assert aliases == {"User": [USER], "UserRoster": [], "UserStatus": [USER_STATUS]}


def test_settings_of_roster_users_are_those_of_roster_files() -> None:
    """Everything but who the user is, and secrets."""
    settings = {a.wire for a in members().values()}

    assert set(of("types", "UserSettings")["properties"]) == settings
    assert set(of("types", "RosterUser")["properties"]) == {*settings, "team"}


def test_inputs_of_a_status_are_those_of_check(process: Process) -> None:
    """Nothing in the schema is an unknown argument."""
    inputs = dict.fromkeys(
        set(of("resources", "UserStatus")["inputProperties"]) - {"label"}, UNKNOWN
    )

    checked = status_check.check(UserStatus.decode({}), inputs, process.session)

    assert [reason for reason in checked.failures if "unknown argument" in reason] == []


def test_state_of_a_user_is_what_the_schema_says(process: Process) -> None:
    """Names and types of all outputs of a user with everything."""
    inputs = process.inputs(
        proficiencies=[SPANISH],
        tags={"Cost_Center": "42"},
        hierarchyGroup="AMER/West/Team 1",
        ignoreDrift=["routingProfile", "identityInfo.email"],
        onDelete="wait",
        deleteWaitSeconds=5,
    )
    state = process.users.create(inputs)
    outputs = {k: v for k, v in state.outputs.items() if k not in {*INTERNAL, "password"}}
    outputs |= {"userArn": state.user_arn, "userId": state.user_id}

    assert list(bag_misfits(outputs, USERS["properties"], USERS["required"])) == []


def _example(spec: Any) -> dict[str, str]:
    """The blocks of a description by language."""
    return dict(re.findall(r"```(\w+)\n(.*?)```", spec["description"], re.DOTALL))


@pytest.mark.parametrize("token", [*SCHEMA["resources"], *SCHEMA["functions"]])
def test_example_is_there_in_each_language_and_its_yaml_fits(token: str) -> None:
    """YAML's names and values are right; compilers judge the others."""
    example = _example({**SCHEMA["resources"], **SCHEMA["functions"]}[token])
    text = example["yaml"]
    program = yaml.safe_load(text)

    assert set(example) >= {"yaml", "typescript", "go", "python"}
    assert token.replace(":index", "") in text
    wrong = []
    for name, resource in program.get("resources", {}).items():
        made = of("resources", resource["type"].partition(":")[2])
        inputs, required = made["inputProperties"], made["requiredInputs"]
        wrong += list(bag_misfits(resource["properties"], inputs, required, name))
    for name, variable in program.get("variables", {}).items():
        call = variable["fn::invoke"]
        function = of("functions", call["function"].partition(":")[2])
        asked, result = function["inputs"], function["outputs"]["properties"]
        wrong += list(bag_misfits(call["arguments"], asked["properties"], asked["required"], name))
        read = {*re.findall(rf"\${{{name}\.(\w+)}}", text), call.get("return", next(iter(result)))}
        wrong += [f"{name}.{member}" for member in read - set(result)]
    assert wrong == []


def test_addresses_come_from_the_one_public_home() -> None:
    """Wherever the project moves, one edit is enough."""
    assert SCHEMA["homepage"] == f"https://{PUBLIC_HOME}"
    assert SCHEMA["pluginDownloadURL"].startswith(f"https://{PUBLIC_HOME}/")
    assert SCHEMA["language"]["go"]["importBasePath"].startswith(f"{PUBLIC_HOME}/")
    assert "PUBLIC_HOME" not in schema_text()
