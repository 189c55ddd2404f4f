"""What check finds about a user, for previews, policies and reports."""

from typing import Annotated

from pydantic import Field

from .base import WireModel


class Adoption(WireModel):
    """What adopting an existing user will change."""

    user_arn: Annotated[str | None, Field(description="The existing user.")] = None
    changes: Annotated[list[str] | None, Field(description="What will change.")] = None
    suspended: Annotated[
        str | None, Field(description="Since when, if this stack suspended the user: a date.")
    ] = None


class Part(WireModel):
    """What a part of a user leaves to others, as Connect last returned it; empty without an id."""

    routing_profile_id: Annotated[str | None, Field(description="The routing profile.")] = None
    security_profile_ids: Annotated[
        list[str] | None, Field(description="The security profiles.")
    ] = None
    hierarchy_group_id: Annotated[str | None, Field(description="The hierarchy group.")] = None
