"""The base of every wire model: camelCase outside, snake_case inside, nothing unknown accepted."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints
from pydantic.alias_generators import to_camel

TagKey = Annotated[str, StringConstraints(strip_whitespace=False)]
"""As it is given: blanks around it are allowed, and make another key."""


class WireModel(BaseModel):
    """A structure as it stands in state: the API's own member names, in camelCase.

    Every member is optional here, since a preview may not know it yet; which of them a user needs
    depends on the instance and is a rule of `users`.
    """

    model_config = ConfigDict(
        alias_generator=to_camel,
        extra="forbid",
        frozen=True,
        str_strip_whitespace=True,
        # A bad value must never be repeated by an error message.
        hide_input_in_errors=True,
        # AWS's patterns look ahead, which the default engine cannot.
        regex_engine="python-re",
    )
