"""The rules, one module for each part of a user."""

from . import (
    access,
    change,
    identity,
    in_time,
    phone,
    proficiencies,
    suspension,
    tags,
    username,
)
from .registry import RULES, Rule

__all__ = ["RULES", "Rule"]

# Registered by being imported.
_MODULES = (
    access,
    change,
    identity,
    in_time,
    phone,
    proficiencies,
    suspension,
    tags,
    username,
)
