"""One policy of each kind; what they say tries to break a comment."""

from collections.abc import Callable
from typing import Any

from pulumi_policy import (
    EnforcementLevel,
    PolicyPack,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    Secret,
    Severity,
    StackValidationArgs,
    StackValidationPolicy,
)

Report = Callable[..., None]


def _is_user(args: ResourceValidationArgs) -> bool:
    return args.resource_type.endswith("connect:User")


def no_admin(args: ResourceValidationArgs, report: Report) -> None:
    """Objects to administrators, in words that a comment must not act upon."""
    if _is_user(args) and "Admin" in (args.props.get("securityProfileNames") or []):
        report("Ask @security first, see #12 | <img src=x> `code`.\nThe address is on file.")


def short_break(args: ResourceValidationArgs, report: Report) -> None:
    """Objects to endless after-contact work, and repeats an address that it should not."""
    phone = args.props.get("phoneConfig") or {}
    if _is_user(args) and phone.get("afterContactWorkTimeLimit") == 0:
        report(f"{(args.props.get('identityInfo') or {}).get('email')} never becomes available.")


def add_cost_center(args: ResourceValidationArgs) -> dict[str, Any] | None:
    """Tags users that have no cost centre; the password stays the secret that it is."""
    tags = dict(args.props.get("tags") or {})
    if not _is_user(args) or "Cost_Center" in tags:
        return None
    props = {**args.props, "tags": {**tags, "Cost_Center": "0"}}
    if "password" in props:
        props["password"] = Secret(props["password"])
    return props


def enough_managers(args: StackValidationArgs, report: Report) -> None:
    """Wants a manager among many users."""
    users = [r for r in args.resources if r.resource_type.endswith("connect:User")]
    names = [name for r in users for name in r.props.get("securityProfileNames") or []]
    if len(users) > 5 and "CallCenterManager" not in names:
        report("These agents have none.")


PolicyPack(
    "house-rules",
    policies=[
        ResourceValidationPolicy(
            name="connect-user-no-admin",
            description="Administrators are made by hand.",
            validate=no_admin,
            enforcement_level=EnforcementLevel.MANDATORY,
            severity=Severity.CRITICAL,
        ),
        ResourceValidationPolicy(
            name="connect-user-short-break",
            description="After-contact work ends.",
            validate=short_break,
            enforcement_level=EnforcementLevel.ADVISORY,
            severity=Severity.LOW,
        ),
        ResourceValidationPolicy(
            name="connect-user-cost-center",
            description="Users have a cost centre.",
            remediate=add_cost_center,  # type: ignore[arg-type] # plain functions work
            enforcement_level=EnforcementLevel.REMEDIATE,
        ),
        StackValidationPolicy(
            name="connect-user-managers",
            description="Agents have a manager.",
            validate=enough_managers,
            enforcement_level=EnforcementLevel.ADVISORY,
            severity=Severity.MEDIUM,
        ),
    ],
)
