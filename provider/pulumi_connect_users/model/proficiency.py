"""What a user is good at: a predefined attribute, one of its values, a level."""

from typing import Annotated

from pydantic import Field

from .base import WireModel
from .facts import (
    ASSOCIATE_PROFICIENCIES,
    DISASSOCIATE_PROFICIENCIES,
    UPDATE_PROFICIENCIES,
    Facts,
)

PROFICIENCY_CALLS = (DISASSOCIATE_PROFICIENCIES, ASSOCIATE_PROFICIENCIES, UPDATE_PROFICIENCIES)


def _member(doc: str) -> Facts:
    return Facts(doc=doc, calls=PROFICIENCY_CALLS, required=True)


class Proficiency(WireModel):
    """One proficiency. Source: API reference, UserProficiency."""

    attribute_name: Annotated[
        str | None,
        Field(min_length=1, max_length=100),
        _member("Name of a predefined attribute."),
    ] = None
    attribute_value: Annotated[
        str | None,
        Field(min_length=1, max_length=100),
        _member("One of the attribute's values."),
    ] = None
    level: Annotated[int | None, Field(ge=1, le=5), _member("1 (lowest) to 5.")] = None
