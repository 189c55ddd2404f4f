"""The instance, seen with these credentials: account, permissions, quotas."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from ..aws.instance import InstanceClient
from ..aws.pagination import count_users
from ..aws.session import ConnectSession
from ..core.errors import ApiError, ConnectUsersError
from ..core.lookups import Kind
from ..iam.operations import operations
from ..iam.usage import FEATURES, OF_PROGRAMS, Usage
from .deployment import Deployment, orphans
from .finding import Finding, failure, note, ok, warning

_AGAIN = "Fix that, then run this again."
_FULL = 0.9
_DEFAULTS = {
    "users": 500,
    "routing profiles": 500,
    "security profiles": 100,
    "hierarchy groups": 500,
}
"""For each instance, adjustable (Administrator guide, service quotas)."""
_KINDS = {
    Kind.ROUTING_PROFILE: "ListRoutingProfiles",
    Kind.SECURITY_PROFILE: "ListSecurityProfiles",
    Kind.HIERARCHY_GROUP: "SearchUserHierarchyGroups",
}
_OF_CAPABILITIES = ("ListSecurityProfilePermissions", "DescribeSecurityProfile")
"""What runs do without: see docs/capabilities.md."""


def instance(
    session: ConnectSession, id_or_arn: str, deployment: Deployment | None = None
) -> Iterator[Finding]:
    """All findings about an instance, by one read of each kind; it changes nothing."""
    try:
        connect = session.connect(id_or_arn)
        facts = session.instance(id_or_arn)
    except ConnectUsersError as error:
        yield _failed("instance", error)
        return
    yield ok("instance", f"{facts.arn}, {facts.identity_management_type} identities")
    yield from _permissions(session, connect, deployment.usage if deployment else None)
    yield from _quotas(session, connect)
    if deployment is not None and deployment.stacks:
        yield _lost(connect, deployment)


def _failed(check: str, error: ConnectUsersError) -> Finding:
    text = " ".join(str(error).split())
    if isinstance(error, ApiError):
        return failure(check, text.rstrip("."), error.remedy)
    # The other errors read: doing, subject: cause. Remedy.
    remedy = text.rpartition(": ")[2].partition(". ")[2]
    said = text.removesuffix(remedy).rstrip(". ")
    return failure(check, said, remedy or _AGAIN)


def _permissions(
    session: ConnectSession, connect: InstanceClient, usage: Usage | None
) -> Iterator[Finding]:
    """The reads that the usage needs in previews and refreshes, each tried once; never writes."""
    # A preview does not need live data.
    used = usage or Usage(features=frozenset(FEATURES) - OF_PROGRAMS)
    previews, refreshes = operations("preview", used), operations("refresh", used)
    denied: list[str] = []
    failed: dict[str, str] = {}
    allowed: list[str] = []

    def attempt(operation: str, ask: Callable[[], object]) -> Any:
        if operation not in previews | refreshes:
            return None
        try:
            answer = ask()
        except ConnectUsersError as error:
            # LookUpUnavailable has no error code: its cause is in the text.
            if "AccessDenied" in str(error):
                denied.append(operation)
            else:
                failed[str(error).rstrip(".")] = operation
            return None
        allowed.append(operation)
        return answer

    for kind, operation in _KINDS.items():
        listed = attempt(operation, partial(session.catalog, connect.instance_arn, kind))
        if kind is Kind.SECURITY_PROFILE and listed is not None:
            profile = min(listed.names, default="")
            for read in _OF_CAPABILITIES:
                attempt(read, partial(connect.call, read, SecurityProfileId=profile))
    rows = attempt("SearchUsers", lambda: connect.call("SearchUsers", MaxResults=1)) or {}
    attempt("ListUsers", lambda: connect.call("ListUsers", MaxResults=1))
    for user in rows.get("Users", ())[:1]:
        attempt("DescribeUser", partial(connect.describe, str(user["Id"])))
        attempt("ListUserProficiencies", partial(connect.proficiencies, str(user["Id"])))
    yield from _refused(denied, previews)
    yield from _untested(failed)
    if not failed and not previews.difference(_OF_CAPABILITIES).intersection(denied):
        yield ok(
            "permissions",
            f"{len({*allowed})} kinds of reads are allowed; changes are not tested",
        )


def _untested(failed: Mapping[str, str]) -> Iterator[Finding]:
    for cause, operation in failed.items():
        yield failure("permissions", f"connect:{operation} could not be tested: {cause}", _AGAIN)


def _refused(denied: list[str], previews: frozenset[str]) -> Iterator[Finding]:
    denied_to_all = [operation for operation in denied if operation not in _OF_CAPABILITIES]
    if missing := [operation for operation in denied_to_all if operation in previews]:
        yield failure(
            "permissions",
            f"not allowed: {_actions(missing)}",
            "Allow them for the role: `connect-users iam --role preview` prints the policy.",
        )
    if rest := [operation for operation in denied_to_all if operation not in previews]:
        yield note(
            "permissions",
            f"only refreshes need: {_actions(rest)}",
            "Allow it for refreshes: `connect-users iam --role refresh` prints the policy.",
        )
    if unread := [operation for operation in denied if operation in _OF_CAPABILITIES]:
        yield note(
            "permissions",
            f"only capabilities need, for policies and reports: {_actions(unread)}",
            "Allow them for previews: `connect-users iam --role preview` prints the policy.",
        )


def _actions(operations: Iterable[str]) -> str:
    return ", ".join(f"connect:{operation}" for operation in dict.fromkeys(operations))


def _quotas(session: ConnectSession, connect: InstanceClient) -> Iterator[Finding]:
    counts: dict[str, int] = {}
    uncounted: list[str] = []
    for name, count in _counts(session, connect).items():
        try:
            counts[name] = count()
        except ConnectUsersError:
            uncounted.append(name)
    if not counts:
        yield note("quotas", "could not be counted", "Allow the reads named above.")
        return
    shown = ", ".join(f"{n:,} of {_DEFAULTS[name]:,} {name}" for name, n in counts.items())
    rest = f"; not counted: {', '.join(uncounted)}" if uncounted else ""
    full = [name for name, n in counts.items() if n >= _FULL * _DEFAULTS[name]]
    if full:
        yield warning(
            "quotas",
            f"{shown} (AWS's defaults){rest}: nearly full: {', '.join(full)}",
            "Check the applied value in Service Quotas (Amazon Connect), and request an increase.",
        )
    else:
        yield ok("quotas", f"{shown} (AWS's defaults){rest}")


def _counts(session: ConnectSession, connect: InstanceClient) -> dict[str, Callable[[], int]]:
    """How to count each kind."""

    def count(kind: Kind) -> int:
        return len(session.catalog(connect.instance_arn, kind).names)

    return {
        "users": partial(count_users, connect.call),
        **{f"{kind.value}s": partial(count, kind) for kind in _KINDS},
    }


def _lost(connect: InstanceClient, deployment: Deployment) -> Finding:
    try:
        rows = [row for stack in sorted(deployment.stacks) for row in connect.marked(stack)]
    except ConnectUsersError as error:
        return note("orphans", f"were not searched: {error}", "Allow connect:SearchUsers.")
    return orphans(deployment, {str(row["Id"]) for row in rows})
