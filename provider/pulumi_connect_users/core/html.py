"""HTML of a report, a review or a board: one file that loads nothing from anywhere.

Its policy (CSP) names the one style and the one script by their hashes, so that nothing that came
in with a value could run or load even if it were not escaped.
"""

import base64
import hashlib
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup


def environment(
    package: str, name: str, *, trim: bool = False, assets: str | None = None
) -> Environment:
    """An escaping environment for the templates of `package`.

    Templates know NAME.css and NAME.js as `style` and `script`, and their hashes as the policy
    spells them, `style_hash` and `script_hash`; both are in `assets`, if that is another package.
    `trim` removes blocks' own lines.
    """
    templates = Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=trim,
        lstrip_blocks=trim,
    )
    for kind, ending in (("style", "css"), ("script", "js")):
        text = files(assets or package).joinpath("templates", f"{name}.{ending}").read_text("utf-8")
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        # Our own file, which is no data and needs no escaping.
        templates.globals[kind] = Markup(text)  # noqa: S704
        templates.globals[f"{kind}_hash"] = f"sha256-{digest}"
    return templates
