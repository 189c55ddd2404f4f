"""The stack that is selected in a project's folder, as Pulumi's own commands find it.

Pulumi keeps the choice in `$PULUMI_HOME/workspaces` (sdk/go/common/workspace/settings.go), by the
address of the backend; before it knew several backends, as one name.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def selected_stack(
    project: Path, content: Mapping[str, Any], environment: Mapping[str, str]
) -> str | None:
    """The name of the stack, without organization and project; None where none is selected.

    Args:
        project: The project's file, absolute.
        content: What is in it.
        environment: `PULUMI_STACK`, `PULUMI_HOME` and `PULUMI_BACKEND_URL` count.
    """
    chosen = environment.get("PULUMI_STACK") or _kept(project, content, environment)
    return chosen.rsplit("/", 1)[-1] if isinstance(chosen, str) and chosen else None


def _kept(project: Path, content: Mapping[str, Any], environment: Mapping[str, str]) -> object:
    home = Path(environment.get("PULUMI_HOME") or Path.home() / ".pulumi")
    digest = hashlib.sha1(str(project).encode(), usedforsecurity=False).hexdigest()
    settings = _read(home / "workspaces" / f"{content.get('name')}-{digest}-workspace.json")
    stacks = settings.get("stacks")
    if not isinstance(stacks, Mapping):
        return settings.get("stack")
    own = content.get("backend")
    backend = (
        environment.get("PULUMI_BACKEND_URL")
        or (own.get("url") if isinstance(own, Mapping) else None)
        or _read(home / "credentials.json").get("current")
    )
    if backend is None and len(stacks) == 1:
        return next(iter(stacks.values()))
    return stacks.get(backend)


def _read(file: Path) -> Mapping[str, Any]:
    try:
        content = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, Mapping) else {}
