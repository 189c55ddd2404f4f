"""Reads the users of an instance: at the pace that Connect allows, and on from where it stopped.

The cost: one DescribeInstance, three lists, a page of ListUsers for each 1,000 users (with a
filter: of SearchUsers for each 500), and one DescribeUser and one ListUserProficiencies for each
user. The two go side by side, so that n users take n / 2 seconds at AWS's 2 requests a second.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from ..aws.instance import InstanceClient
from ..aws.pagination import LISTED_USERS, SEARCHED_USERS, rows
from ..aws.snapshot import LIST_PAGE, SEARCH_PAGE
from ..core.described_user import DescribedUser
from ..core.errors import NotFound
from ..core.lookups import Catalog, InstanceFacts, Kind
from ..core.properties import Properties
from .filters import Filter, matches
from .progress_file import ProgressFile
from .read_user import ReadUser

if TYPE_CHECKING:
    pass

WORKERS = 8
"""Enough to keep two operations at their rate: each waits for the network most of its time."""


@dataclass(frozen=True)
class ReadInstance:
    """An instance with the users that were asked for, sorted by username and id."""

    facts: InstanceFacts
    catalogs: Mapping[Kind, Catalog]
    users: Sequence[ReadUser]
    missing: Sequence[str] = ()
    """Ids that were asked for, or listed, and do not exist (any more)."""


Progress = Callable[[int, int], None]
"""Told how many users have been read, of how many."""


def read_instance(
    connect: InstanceClient,
    facts: InstanceFacts,
    catalogs: Mapping[Kind, Catalog],
    *,
    only: Iterable[str] | None = None,
    filters: Sequence[Filter] = (),
    kept: ProgressFile | None = None,
    progress: Progress = lambda done, total: None,
) -> ReadInstance:
    """Reads the users with the ids `only`, or all users that meet the filters.

    What `kept` holds and nobody has changed since is not read again. Raises an ApiError; what was
    read until then is kept.
    """
    modified: dict[str, datetime | None] = {}
    if (only is None and not filters) or kept:
        summaries = rows(connect.call, LISTED_USERS, MaxResults=LIST_PAGE)
        modified = {r["Id"]: r.get("LastModifiedTime") for r in summaries}
    if only is not None:
        listed = {user_id: modified.get(user_id) for user_id in sorted(set(only))}
    elif filters:
        found_users = rows(connect.call, SEARCHED_USERS, MaxResults=SEARCH_PAGE)
        ids = [r["Id"] for r in found_users if matches(r, filters, catalogs)]
        listed = {user_id: modified.get(user_id) for user_id in ids}
    else:
        listed = modified
    known = kept.users(listed) if kept is not None else {}
    found: dict[str, ReadUser | None] = dict(known)
    wanted = [user_id for user_id in listed if user_id not in known]
    progress(len(found), len(listed))
    with ThreadPoolExecutor(WORKERS) as pool:
        try:
            # In small batches, so that an interruption waits for a few calls only.
            for start in range(0, len(wanted), WORKERS * 4):
                batch = wanted[start : start + WORKERS * 4]
                pairs = [(i, *_asked(pool, connect, i)) for i in batch]
                for user_id, described, proficiencies in pairs:
                    user = _answered(described, proficiencies)
                    found[user_id] = user
                    if user is not None and kept is not None:
                        kept.add(user_id, user.described, user.proficiencies)
                    progress(len(found), len(listed))
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
    users = [user for user in found.values() if user is not None]
    users.sort(key=lambda u: (str(u.described["Username"]).casefold(), str(u.described["Id"])))
    missing = sorted(user_id for user_id, user in found.items() if user is None)
    return ReadInstance(facts, catalogs, users, missing)


_Answers = tuple["Future[DescribedUser]", "Future[list[Properties]]"]


def _asked(pool: ThreadPoolExecutor, connect: InstanceClient, user_id: str) -> _Answers:
    return pool.submit(connect.describe, user_id), pool.submit(connect.proficiencies, user_id)


def _answered(
    described: Future[DescribedUser], proficiencies: Future[list[Properties]]
) -> ReadUser | None:
    """The user; None if it was deleted in the meantime."""
    try:
        return ReadUser(described.result().attributes, proficiencies.result())
    except NotFound:
        proficiencies.exception()  # waited for: nothing of this user is asked any more
        return None
