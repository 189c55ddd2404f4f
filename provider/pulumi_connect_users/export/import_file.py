"""Writes what `pulumi import --file` reads: the engine then writes a program in any language. Pure.

Source of the form: Pulumi's documentation, "Importing resources", bulk import.
"""

import json

from ..core.user_resources import NATIVE_USER
from .program import Export


def import_file(export: Export) -> str:
    """The users as a JSON text, with the names that the other formats give them."""
    resources = [
        {"type": NATIVE_USER, "name": user.resource_name, "id": user.user_arn}
        for user in export.users
    ]
    return json.dumps({"resources": resources}, indent=2, ensure_ascii=False) + "\n"
