"""Writes rosters: YAML, JSON and CSV that `read_roster` reads, and the Connect console's CSV.

Pure.
"""

from collections.abc import Mapping, Sequence
from typing import Final, Literal

from .members import Members
from .written import Written

__all__ = ["FORMS", "Form", "Members", "Written", "written_roster"]

Form = Literal["yaml", "json", "csv", "console"]
FORMS: Final[Mapping[str, Form]] = {".yaml": "yaml", ".yml": "yaml", ".json": "json", ".csv": "csv"}
"""By the end of a file's name; that of the console's CSV is not its own."""


def written_roster(
    users: Members,
    form: Form,
    *,
    notes: Mapping[str, Sequence[str]] | None = None,
    head: Sequence[str] = (),
    template: Sequence[str] | None = None,
) -> Written:
    """The users in a form.

    Args:
        users: Who is written.
        form: How.
        notes: Comments on users, by username, for YAML.
        head: Comments on the file, for YAML.
        template: The console's columns; defaults to those of a template that AWS documents.
    """
    if form == "csv":
        from .csv_text import csv_text

        return csv_text(users)
    if form == "console":
        from .console import console_csv

        return console_csv(users, template)
    from .drawing import drawn_out

    layout = drawn_out(users)
    if form == "json":
        from .json_text import json_text

        return Written(json_text(layout))
    from .yaml_text import yaml_text

    return Written(yaml_text(layout, notes or {}, head))
