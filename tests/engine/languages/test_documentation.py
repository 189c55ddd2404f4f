"""The programs of the documentation in TypeScript and Go are right for their compilers."""

import json
import shutil
from pathlib import Path

from pulumi_connect_users.native.schema import schema_text
from tests.docs.blocks import blocks
from tests.support.languages import add_sdk
from tools.checkout import ROOT
from tools.sdks import go, nodejs
from tools.sdks.commands import run

EXAMPLES = ROOT / "examples" / "languages"


def test_typescript_blocks_have_no_type_error(tmp_path: Path) -> None:
    """All of them, with one run of the compiler."""
    found = list(blocks("typescript"))
    assert len(found) > 8
    for number, block in enumerate(found):
        (tmp_path / f"block{number}.ts").write_text(f"// {block.place}\n{block.text}")
    options = json.loads((EXAMPLES / "typescript" / "tsconfig.json").read_text())
    del options["files"]
    (tmp_path / "tsconfig.json").write_text(json.dumps(options))
    add_sdk("typescript", tmp_path)

    run(["node", "node_modules/typescript/bin/tsc"], tmp_path, nodejs.commands())


def test_go_blocks_compile(tmp_path: Path) -> None:
    """Each is a program of its own, in the module of the example."""
    found = list(blocks("go"))
    assert len(found) > 8
    for name in ("go.mod", "go.sum"):
        shutil.copyfile(EXAMPLES / "go" / name, tmp_path / name)
    for number, block in enumerate(found):
        (tmp_path / f"block{number}").mkdir()
        (tmp_path / f"block{number}" / "main.go").write_text(f"// {block.place}\n{block.text}")
    go.add(tmp_path, schema_text())

    run(["go", "build", "./..."], tmp_path, go.commands(), go.variables())
