"""Rosters: many users from a mapping, a CSV or a YAML file, with defaults and teams."""

from .reading import read_roster
from .users import RosterUsers

__all__ = ["RosterUsers", "read_roster"]
