"""Predefined attributes: the names and values that proficiencies come from. A name is the key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .. import ids
from ..call import Call
from ..errors import duplicate, in_use, invalid_request, not_found
from ..records import proficiencies, resources
from ..records.resources import Resource
from . import operation
from .crud import change, chosen, create
from .paging import listing


@operation("CreatePredefinedAttribute")
def create_predefined_attribute(call: Call) -> Mapping[str, Any]:
    """Create an attribute; names that differ in case only are one (Administrator guide)."""
    name = str(call.params["Name"])
    present = resources.page(call.tx, call.instance.id, ids.PREDEFINED_ATTRIBUTE)
    if any(one.name.lower() == name.lower() for one in present):
        raise duplicate("A predefined attribute with the specified name already exists.")
    doc = {
        "Values": call.params.get("Values") or {"StringList": []},
        "Purposes": call.params.get("Purposes", []),
        "AttributeConfiguration": {
            "EnableValueValidationOnAssociation": False,
            **(call.params.get("AttributeConfiguration") or {}),
            "IsReadOnly": False,
        },
    }
    create(call, ids.PREDEFINED_ATTRIBUTE, name, doc, quota="predefinedAttributes")
    return {}


@operation("DescribePredefinedAttribute")
def describe_predefined_attribute(call: Call) -> Mapping[str, Any]:
    """An attribute with its values."""
    return {"PredefinedAttribute": described(call, _attribute(call))}


@operation("ListPredefinedAttributes")
def list_predefined_attributes(call: Call) -> Mapping[str, Any]:
    """The attributes' names, by page."""
    return listing(
        call,
        ids.PREDEFINED_ATTRIBUTE,
        "PredefinedAttributeSummaryList",
        lambda one: {"Name": one.name, **one.changed},
    )


@operation("UpdatePredefinedAttribute")
def update_predefined_attribute(call: Call) -> Mapping[str, Any]:
    """Replace values, purposes or configuration, those that are given."""
    attribute = _attribute(call)
    _refuse_fixed(attribute)
    doc = chosen(call.params, "Values", "Purposes")
    if call.params.get("AttributeConfiguration"):
        before = attribute.doc["AttributeConfiguration"]
        doc["AttributeConfiguration"] = before | call.params["AttributeConfiguration"]
    return change(call, attribute, doc=doc)


@operation("DeletePredefinedAttribute")
def delete_predefined_attribute(call: Call) -> Mapping[str, Any]:
    """Delete an attribute that no user has as a proficiency; AWS's own cannot be deleted."""
    attribute = _attribute(call)
    _refuse_fixed(attribute)
    if attribute.name.startswith("connect:"):
        raise invalid_request("A system attribute cannot be deleted.")
    user = proficiencies.in_use(call.tx, call.instance.id, attribute.name)
    if user:
        raise in_use("The predefined attribute is a proficiency of a user.", "USER", user)
    resources.delete(call.tx, attribute)
    return {}


def described(_: Call, attribute: Resource) -> dict[str, Any]:
    """An attribute as DescribePredefinedAttribute and SearchPredefinedAttributes show it."""
    return {
        "Name": attribute.name,
        **chosen(attribute.doc, "Values", "Purposes", "AttributeConfiguration"),
        **attribute.changed,
    }


def _attribute(call: Call) -> Resource:
    found = resources.find_named(
        call.tx, call.instance.id, ids.PREDEFINED_ATTRIBUTE, str(call.params["Name"])
    )
    if found is None:
        raise not_found("The specified predefined attribute was not found.")
    return found


def _refuse_fixed(attribute: Resource) -> None:
    if attribute.doc["AttributeConfiguration"]["IsReadOnly"]:
        raise invalid_request("A system attribute that is read only cannot be changed.")
