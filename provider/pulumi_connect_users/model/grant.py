"""A security profile that a user has for a time only."""

from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from .base import WireModel
from .facts import Facts, Role
from .in_time import FORM, MOMENT, start_of


def existing_moment(moment: str | None) -> str | None:
    """The text, unless the calendar does not have it: 2026-02-30."""
    try:
        if moment is not None:
            start_of(moment)
    except ValueError:
        raise PydanticCustomError("string_pattern_mismatch", "not a date") from None
    return moment


IS_MOMENT = (Field(pattern=MOMENT), AfterValidator(existing_moment))


def in_roster(doc: str) -> Facts:
    """The facts of an end of a user's time in a roster."""
    return Facts(doc=doc, role=Role.ROSTER, form=FORM)


def _member(doc: str, *, required: bool = False, form: str | None = None) -> Facts:
    return Facts(doc=doc, role=Role.OPTION, required=required, form=form)


class Grant(WireModel):
    """A security profile for a time."""

    security_profile: Annotated[
        str | None, Field(min_length=1), _member("Name of the security profile.")
    ] = None
    security_profile_id: Annotated[
        str | None,
        Field(min_length=1),
        _member("Its id instead; also accepts its ARN or `INSTANCE:ID`."),
    ] = None
    until: Annotated[
        str | None,
        *IS_MOMENT,
        _member("The last day (UTC), or the time of the end.", required=True, form=FORM),
    ] = None
    starts: Annotated[
        str | None,
        *IS_MOMENT,
        _member("The first day (UTC) or moment; defaults to at once.", form=FORM),
    ] = None
    reason: Annotated[
        str | None,
        Field(min_length=1, max_length=200),
        _member("Why, for reviewers and policies."),
    ] = None
