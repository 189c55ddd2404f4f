"""Predefined attributes: the names and values that proficiencies come from. A name is the key."""

from .. import ids
from ..call import Call
from ..document import Members
from ..errors import duplicate, in_use, invalid_request
from ..records import proficiencies, resources
from ..records.resources import Resource
from .crud import ResourceType, register
from .resource_search import COMMON_FIELDS


def _document(call: Call) -> Members:
    """Names that differ only in case are one (Administrator guide)."""
    name = call.params.text("Name").lower()
    attributes = resources.page(call.tx, call.instance.id, ids.PREDEFINED_ATTRIBUTE)
    if any(one.name.lower() == name for one in attributes):
        raise duplicate("A predefined attribute with the specified name already exists.")
    return {
        "Values": call.params.part("Values") or {"StringList": []},
        "Purposes": call.params.texts("Purposes"),
        "AttributeConfiguration": {
            "EnableValueValidationOnAssociation": False,
            **call.params.part("AttributeConfiguration"),
            "IsReadOnly": False,
        },
    }


def _changes(call: Call, attribute: Resource) -> Members:
    _refuse_read_only(attribute)
    before = attribute.doc.part("AttributeConfiguration")
    return {
        **call.params.pick("Values", "Purposes"),
        "AttributeConfiguration": {**before, **call.params.part("AttributeConfiguration")},
    }


def _check_deletion(call: Call, attribute: Resource) -> None:
    """AWS's own attributes stay, and those that are a proficiency of a user."""
    _refuse_read_only(attribute)
    if attribute.name.startswith("connect:"):
        raise invalid_request("A system attribute cannot be deleted.")
    user = proficiencies.in_use(call.tx, call.instance.id, attribute.name)
    if user:
        raise in_use("The predefined attribute is a proficiency of a user.", "USER", user)


def _refuse_read_only(attribute: Resource) -> None:
    if attribute.doc.part("AttributeConfiguration").flag("IsReadOnly"):
        raise invalid_request("A system attribute that is read only cannot be changed.")


register(
    ResourceType(
        kind=ids.PREDEFINED_ATTRIBUTE,
        noun="PredefinedAttribute",
        quota="predefinedAttributes",
        named=True,
        document=_document,
        updates={"UpdatePredefinedAttribute": _changes},
        check_deletion=_check_deletion,
        # AWS's searches leave out when an attribute changed.
        search_details=lambda call, one: {"LastModifiedTime": None, "LastModifiedRegion": None},
        search_fields={
            "name": COMMON_FIELDS["name"],
            "purposes": lambda call, one: one.doc.texts("Purposes"),
        },
    )
)
