"""SearchUsers: one query per page, whatever the size of the instance."""

from .. import contact_handling, ids
from ..call import Call
from ..document import Members
from ..records import resources, tags, users
from ..search_conditions import Conditions
from . import operation
from .users import summary

_MILLISECONDS = 1000
"""After contact work time is in milliseconds here only (API reference, SearchUsers, note)."""


@operation("SearchUsers")
def search_users(call: Call) -> Members:
    """Users by page, without e-mail address, mobile number and time of change."""
    instance_id = call.instance.id
    conditions = Conditions(call.id_of, lambda group: _below(call, group))
    search_filter = call.params.part("SearchFilter")
    where = " AND ".join(
        (
            "users.instance_id = :instance",
            users.VISIBLE,
            conditions.criteria(call.params.part("SearchCriteria")),
            conditions.tag_filter(search_filter.part("TagFilter")),
            conditions.attribute_filter(search_filter.part("UserAttributeFilter")),
        )
    )
    after, size = call.page()
    values = {
        **conditions.values,
        "instance": instance_id,
        "now": call.now,
        "after": after,
        "size": size + 1,
    }
    total = call.tx.execute(f"SELECT count(*) FROM users WHERE {where}", values).fetchone()[0]
    # The plus keeps SQLite from walking through all users in their order when few of them match.
    place = "+users.seq" if conditions.values else "users.seq"
    rows = call.tx.execute(
        f"SELECT {users.COLUMNS} FROM users WHERE {where} AND {place} > :after "
        f"ORDER BY {place} LIMIT :size",
        values,
    ).fetchall()
    users.overlooked(call.tx, instance_id)
    page = [users.from_row(row) for row in rows[:size]]
    tagged = tags.get_many(call.tx, (user.id for user in page))
    return {
        "Users": [
            {
                **summary(call, user),
                **contact_handling.views(user.doc.part("Channels"), limit_unit=_MILLISECONDS),
                "IdentityInfo": user.doc.part("IdentityInfo").pick("FirstName", "LastName"),
                "Tags": tagged.get(user.id, {}),
            }
            for user in page
        ],
        "NextToken": call.next_token(page[-1].seq) if len(rows) > size else None,
        "ApproximateTotalCount": total,
    }


def _below(call: Call, group_id: str) -> list[str]:
    # The groups at the top have no parent, and an id that does not exist has no groups below it.
    group_ids = [group_id] if group_id else []
    for one in group_ids:
        group_ids += resources.children(call.tx, call.instance.id, ids.HIERARCHY_GROUP, one)
    return group_ids
