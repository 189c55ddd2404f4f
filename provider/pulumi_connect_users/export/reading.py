"""Reads the users of an instance: at Connect's rate, and resumable.

The cost: one DescribeInstance, three lists, a page of ListUsers for each 1,000 users (with a
filter: of SearchUsers for each 500), and one DescribeUser and one ListUserProficiencies for each
user. These two run in parallel, so that n users take n / 2 seconds at AWS's 2 requests a second.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

from ..aws.instance import InstanceClient
from ..aws.pagination import LISTED_USERS, SEARCHED_USERS, plain, rows
from ..aws.snapshot import LIST_PAGE, SEARCH_PAGE
from ..core.described_user import DescribedUser
from ..core.errors import NotFound
from ..core.lookups import Catalog, InstanceFacts, Kind
from ..core.properties import Properties
from ..users.whole_user import ReadUser
from .filters import Filter, matches
from .progress_file import ProgressFile

WORKERS = 8
"""Enough to keep two operations at their rate: each waits for the network most of its time."""


@dataclass(frozen=True)
class ReadInstance:
    """An instance with the chosen users, sorted by username and id."""

    facts: InstanceFacts
    catalogs: Mapping[Kind, Catalog]
    users: Sequence[ReadUser]
    missing: Sequence[str] = ()
    """Chosen or listed ids that do not exist (any more)."""


Progress = Callable[[int, int], None]
"""Called with the number of users read, and of all."""


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
    """Reads the users of the ids `only`, or of the filters; those `kept` only if they changed."""
    listed = _listed(connect, catalogs, only, filters, with_times=bool(kept))
    known = kept.users(listed) if kept is not None else {}
    users, missing = list(known.values()), list[str]()
    progress(len(users), len(listed))
    for user_id, user in _read(connect, [i for i in listed if i not in known]):
        if user is None:
            missing.append(user_id)
        else:
            users.append(user)
            if kept is not None:
                kept.add(user)
        progress(len(users) + len(missing), len(listed))
    users.sort(key=lambda user: (user.described.username.casefold(), user.described.id))
    return ReadInstance(facts, catalogs, users, sorted(missing))


def _listed(
    connect: InstanceClient,
    catalogs: Mapping[Kind, Catalog],
    only: Iterable[str] | None,
    filters: Sequence[Filter],
    *,
    with_times: bool,
) -> dict[str, datetime | None]:
    """The chosen users by id, with the times of their last changes as far as they were asked."""
    times: dict[str, datetime | None] = {}
    if (only is None and not filters) or with_times:
        summaries = rows(connect.call, LISTED_USERS, MaxResults=LIST_PAGE)
        times = {row["Id"]: row.get("LastModifiedTime") for row in summaries}
    if only is not None:
        return {user_id: times.get(user_id) for user_id in sorted(set(only))}
    if not filters:
        return times
    users = rows(connect.call, SEARCHED_USERS, MaxResults=SEARCH_PAGE)
    described = (DescribedUser.decode(plain(row)) for row in users)
    return {u.id: times.get(u.id) for u in described if matches(u, filters, catalogs)}


def _read(connect: InstanceClient, ids: Sequence[str]) -> Iterator[tuple[str, ReadUser | None]]:
    """Each user, None if it was deleted in the meantime."""
    with ThreadPoolExecutor(WORKERS) as pool:
        try:
            # In small batches, so that an interruption waits for a few calls only.
            for start in range(0, len(ids), WORKERS * 4):
                batch = ids[start : start + WORKERS * 4]
                answers = [
                    (pool.submit(connect.describe, i), pool.submit(connect.proficiencies, i))
                    for i in batch
                ]
                for user_id, (described, proficiencies) in zip(batch, answers, strict=True):
                    yield user_id, _read_user(described, proficiencies)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _read_user(
    described: Future[DescribedUser], proficiencies: Future[list[Properties]]
) -> ReadUser | None:
    try:
        return ReadUser(described.result(), proficiencies.result())
    except NotFound:
        proficiencies.exception()  # wait: no call on this user goes on
        return None
