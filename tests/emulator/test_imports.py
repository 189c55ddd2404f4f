"""What the embedded Connect imports: nothing of the provider, and little at all."""

import ast
from pathlib import Path

import pulumi_connect_users.emulator
from tests.support.processes import run_python

ROOT = Path(pulumi_connect_users.emulator.__file__).parent
PACKAGE = "pulumi_connect_users.emulator"


def _imports(path: Path) -> set[str]:
    """The absolute names of the modules a file imports, wherever in it."""
    inside = ".".join((PACKAGE, *path.relative_to(ROOT).with_suffix("").parts))
    package = inside.removesuffix(".__init__") if path.name == "__init__.py" else inside
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            parts = package.split(".")
            if path.name != "__init__.py":
                parts = parts[:-1]
            above = parts[: len(parts) - node.level + 1] if node.level else []
            found.add(".".join((*above, node.module) if node.module else above))
    return found


def test_emulator_imports_nothing_of_the_provider() -> None:
    """It cannot share the provider's mistakes: of this project it imports itself alone."""
    foreign = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in ROOT.rglob("*.py")
        for name in _imports(path)
        if name.startswith("pulumi") and not name.startswith(PACKAGE)
    }

    assert foreign == set()


def test_mounting_needs_the_core_dependencies_only(tmp_path: Path) -> None:
    """A mounted Connect works without the extras that serving and seeding need."""
    code = (
        "import sys\n"
        "for name in ('waitress', 'yaml', 'jsonschema', 'click', 'rich', 'pydantic'):\n"
        "    sys.modules[name] = None\n"
        "import boto3\n"
        "from pulumi_connect_users.emulator.mount import mount\n"
        "client = boto3.client('connect', region_name='us-west-2', aws_access_key_id='a',\n"
        "                      aws_secret_access_key='b')\n"
        "mount(client, sys.argv[1])\n"
        "print(len(client.list_instances()['InstanceSummaryList']))\n"
    )
    # The provider's own package is imported first, and needs what it needs.
    code = "import pulumi_connect_users\n" + code

    done = run_python(code, str(tmp_path / "local.db"))

    assert done.stdout.strip() == "2", done.stderr
