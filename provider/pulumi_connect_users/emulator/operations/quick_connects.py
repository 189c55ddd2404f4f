"""Quick connects. One of type USER outlives its user, as AWS warns (API reference, DeleteUser)."""

from .. import ids
from ..call import Call
from ..document import Document, Json
from ..errors import not_found
from ..records import users
from ..records.resources import Resource
from .crud import ResourceType, given, register
from .references import resource_of


def _config(call: Call, _: Resource | None = None) -> dict[str, Document]:
    """The configuration with bare ids of the user or queue it leads to, which must exist."""
    config = Document(call.params.part("QuickConnectConfig"))
    if config.text("QuickConnectType") == "USER":
        target = config.part("UserConfig")
        user_id = call.id_of(ids.USER, target.text("UserId"))
        if users.find(call.tx, call.instance.id, user_id) is None:
            raise not_found("The user of the quick connect was not found.")
        config["UserConfig"] = {**target, "UserId": user_id}
    if config.text("QuickConnectType") == "QUEUE":
        target = config.part("QueueConfig")
        queue = resource_of(call, ids.QUEUE, target.text("QueueId"))
        config["QueueConfig"] = {**target, "QueueId": queue.id}
    return {"QuickConnectConfig": config}


def _document(call: Call) -> dict[str, Json]:
    return {**given(call), **_config(call)}


register(
    ResourceType(
        kind=ids.QUICK_CONNECT,
        noun="QuickConnect",
        quota="quickConnects",
        document=_document,
        listed_type=lambda one: one.doc.part("QuickConnectConfig").text("QuickConnectType"),
        updates={"UpdateQuickConnectConfig": _config, "UpdateQuickConnectName": given},
    )
)
