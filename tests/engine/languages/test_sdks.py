"""The SDKs that `make sdks` makes: the same each time, and what the schema says."""

import json
import shutil
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

from pulumi_connect_users.native.schema import schema_text
from tests.support.harness import engine
from tests.support.languages import add_sdk
from tools.checkout import ROOT
from tools.engine import EngineError
from tools.sdks import go, nodejs
from tools.sdks.commands import run


def _contents(folder: Path) -> dict[str, bytes]:
    files = [file for file in folder.rglob("*") if file.is_file()]
    return {str(file.relative_to(folder)): file.read_bytes() for file in files}


@pytest.mark.parametrize("language", [nodejs, go], ids=["nodejs", "go"])
def test_sdk_made_twice_of_one_schema_has_the_same_bytes(
    language: ModuleType, tmp_path: Path
) -> None:
    """The tarball for npm too: so that anybody can make it again and compare."""
    (tmp_path / "again").mkdir()

    again = language.make_sdk(schema_text(), tmp_path / "again")

    assert _contents(again) == _contents(language.sdk(schema_text()))


def test_npm_package_names_itself_its_types_and_its_plugin() -> None:
    """What npm, the compiler and Pulumi look for."""
    folder = nodejs.sdk(schema_text())
    package = json.loads((folder / "package" / "package.json").read_text())

    assert (package["name"], package["version"]) == (nodejs.PACKAGE, "0.1.0")
    assert package["pulumi"]["name"] == "connect-users"
    assert (folder / "package" / "user.d.ts").exists()
    assert [file.name for file in folder.glob("*.tgz")] == [
        "pulumi-connect-users-connect-users-0.1.0.tgz"
    ]


def test_typescript_example_has_no_type_error(tmp_path: Path) -> None:
    """Enums, nested inputs and outputs are typed: a wrong value is found before any preview."""
    example = ROOT / "examples" / "languages" / "typescript"
    for name in ("index.ts", "tsconfig.json"):
        shutil.copyfile(example / name, tmp_path / name)
    add_sdk("typescript", tmp_path)
    compile_ = (["node", "node_modules/typescript/bin/tsc"], tmp_path, nodejs.commands())

    run(*compile_)

    program = (tmp_path / "index.ts").read_text()
    (tmp_path / "index.ts").write_text(program.replace("autoAccept: true", 'autoAccept: "yes"'))
    with pytest.raises(EngineError, match="Type 'string' is not assignable to type 'Input<boolean"):
        run(*compile_)


def test_schema_has_nothing_that_pulumi_finds_wrong(tmp_path: Path) -> None:
    """`pulumi schema check`: neither an error nor a warning."""
    (tmp_path / "schema.json").write_text(schema_text(), encoding="utf-8")
    command = [str(engine() / "pulumi"), "schema", "check", str(tmp_path / "schema.json")]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
