"""What a user is good at: proficiencies and the predefined attributes they must come from."""

from collections import Counter

from .. import ids
from ..call import Call
from ..errors import invalid_parameter
from ..records import resources
from . import rule

_PROFICIENCY = "API reference, UserProficiency"


@rule("AssociateUserProficiencies", "UpdateUserProficiencies", source=_PROFICIENCY + ", Level")
def level_is_a_whole_number(call: Call) -> None:
    """A proficiency's level is one of 1, 2, 3, 4 and 5 (the model allows fractions)."""
    if any(one.number("Level") % 1 for one in call.params.parts("UserProficiencies")):
        raise invalid_parameter("The valid values of Level are 1, 2, 3, 4 and 5.")


@rule("AssociateUserProficiencies", source=_PROFICIENCY + ", AttributeName and AttributeValue")
def proficiency_is_a_predefined_attribute(call: Call) -> None:
    """A proficiency's name and value are those of a predefined attribute of the instance."""
    for one in call.params.parts("UserProficiencies"):
        name, value = one.text("AttributeName"), one.text("AttributeValue")
        attribute = resources.find_named(call.tx, call.instance.id, ids.PREDEFINED_ATTRIBUTE, name)
        values = attribute.doc.part("Values").texts("StringList") if attribute else []
        if value not in values:
            raise invalid_parameter(f"No predefined attribute {name}: {value}.")


@rule(
    "AssociateUserProficiencies",
    "UpdateUserProficiencies",
    "DisassociateUserProficiencies",
    source=_PROFICIENCY,
)
def proficiency_is_named_once(call: Call) -> None:
    """A request names no proficiency (attribute and value) twice."""
    named = Counter(
        (one.text("AttributeName"), one.text("AttributeValue"))
        for one in call.params.parts("UserProficiencies")
    )
    if any(times > 1 for times in named.values()):
        raise invalid_parameter("A proficiency is named twice.")
