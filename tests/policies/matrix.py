"""Every rule, for every type it applies to, in every condition: what must come out."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from connect_users_guard.absent import UNKNOWN
from connect_users_guard.examples.as_resources import Example, config_for, examples
from connect_users_guard.examples.cases import Case
from connect_users_guard.registry import all_rules
from connect_users_guard.rule import Rule
from connect_users_guard.user_resources import ROSTERS, USER_BATCH

FAIL, PASS, APART, BROKEN = "fail", "pass", "not applicable", "could not run"

WAIVER = {"urn": "*", "reason": "agreed", "owner": "west-team", "expires": "2999-12-31"}
EXPIRED = {**WAIVER, "expires": "2020-01-31"}

UNKNOWN_ATTRIBUTE: Mapping[str, tuple[str, str]] = {
    # An unknown value is a value: it must not be there, or it is there.
    "connect-user-saml-no-password": ("password", FAIL),
    "connect-user-saml-no-directory-id": ("directoryUserId", FAIL),
    "connect-user-directory-id-required": ("directoryUserId", PASS),
    "connect-user-hierarchy-required": ("hierarchyGroupId", PASS),
    # What they look at is never in the properties.
    "connect-user-password-generated": ("password", FAIL),
    "connect-user-password-change-ignored": ("password", FAIL),
    "connect-user-password-ignore-changes": ("password", FAIL),
    # Not to be known is what it is about.
    "connect-user-identity-known": ("username", FAIL),
    "connect-user-phone-settings-once": ("phoneConfig", APART),
    # The group's path does as well as its id.
    "connect-user-hierarchy-tag": ("tags", APART),
}
"""For rules that no unknown attribute of `reads` stops: an attribute, and what comes out."""

MISSING_ATTRIBUTE: Mapping[str, tuple[str, str]] = {
    "connect-user-saml-no-password": ("password", PASS),
    "connect-user-saml-no-email": ("identityInfo", PASS),
    "connect-user-saml-no-directory-id": ("directoryUserId", PASS),
    "connect-user-managed-identity-complete": ("identityInfo", FAIL),
    "connect-user-directory-identity-unmanaged": ("identityInfo", PASS),
    "connect-user-directory-id-required": ("directoryUserId", FAIL),
    "connect-user-name-normalized": ("identityInfo", PASS),
    "connect-user-password-ignore-changes": ("password", FAIL),
    "connect-user-required-tags": ("tags", FAIL),
    "connect-user-hierarchy-tag": ("tags", FAIL),
    "connect-user-hierarchy-required": ("hierarchyGroupId", FAIL),
    # What cannot be read must not pass.
    "connect-user-capability": ("capabilities", FAIL),
    "connect-user-phone-consistent": ("phoneConfig", PASS),
    "connect-user-phone-settings-once": ("phoneConfig", PASS),
    "connect-user-auto-accept": ("phoneConfig", PASS),
    "connect-user-identity-known": ("username", FAIL),
    "connect-user-password-generated": ("password", APART),
    "connect-user-password-change-ignored": ("password", APART),
    "connect-user-access-control-tags": ("tags", FAIL),
    # A user without one of its roles is judged by the other rules alone.
    "connect-user-identity-mode-consistent": ("instanceArn", APART),
}
"""The outcome where what a rule reads is missing, if it is not `not applicable`."""

_NEVER_IN_A_ROSTER = ("connect-user-managed-once", "connect-user-identity-known")
"""A roster's users have names, and one each; beside other resources a roster can be wrong."""


@dataclass(frozen=True)
class Condition:
    """One rule, one type, one condition: the resources, the settings, and the outcome."""

    name: str
    rule: Rule
    type: str
    resources: tuple[Example, ...]
    config: Mapping[str, Any]
    outcome: str


def pairs() -> list[tuple[Rule, str]]:
    """Every rule with every type that it applies to."""
    rules = [rule for rule in all_rules().values() if rule.scope != "run"]
    return [(rule, type_) for rule in rules for type_ in _types(rule)]


def _types(rule: Rule) -> tuple[str, ...]:
    # The profiles that access-control-tags looks at come with its users.
    kinds = {
        "users": rule.bad.users,
        "profiles": rule.bad.profiles,
        "instances": rule.bad.instances,
    }
    if kinds["users"]:
        return tuple(t for t in rule.types if t.endswith((":User", ":UserBatch")))
    return rule.types


def conditions(rule: Rule, type_: str) -> Iterator[Condition]:
    """Every condition of a rule and a type."""

    def made(name: str, case: Case, outcome: str, **more: Any) -> Condition:
        config = {**config_for(rule, case, type_), **more}
        return Condition(name, rule, type_, tuple(examples(case, type_)), config, outcome)

    bad, good = _expected(rule, type_)
    yield made("good", rule.good, good)
    yield made("bad", rule.bad, bad)
    yield made("waived", rule.bad, PASS if bad == PASS else APART, waivers=[WAIVER])
    yield made("waiver expired", rule.bad, bad, waivers=[EXPIRED])
    yield made("waiver incomplete", rule.bad, bad, waivers=[{**WAIVER, "owner": ""}])
    yield made("other urn waived", rule.bad, bad, waivers=[{**WAIVER, "urn": "*::other"}])
    yield made("excluded", rule.bad, APART, excludeUrns=["*"])
    yield made("other instance", rule.bad, _elsewhere(rule, bad), instances=["another-instance"])
    yield made("other stack", rule.bad, APART, stacks=["production"])
    yield made("overridden", rule.bad, APART, overrides=_OVERRIDES)
    yield made("config of a wrong type", rule.bad, BROKEN, excludeUrns="everything")
    other = (Example(type="aws:s3/bucket:Bucket", props={"bucket": "b"}),)
    yield Condition("other type", rule, type_, other, config_for(rule, rule.bad, type_), APART)
    yield from _unknown(rule, type_)
    yield from _missing(rule, type_)


_OVERRIDES = [{"stacks": ["centre/dev"], "settings": {"excludeUrns": ["*"]}}]


def _expected(rule: Rule, type_: str) -> tuple[str, str]:
    if rule.name == "connect-user-password-secret":
        return APART, APART
    if rule.name in _NEVER_IN_A_ROSTER and type_ == USER_BATCH:
        return PASS, PASS
    if rule.name == "connect-user-break-glass-protected" and type_ in ROSTERS:
        # A protected roster deletes whoever leaves it.
        return FAIL, FAIL
    if rule.name == "connect-user-privileged-profile-scoped" and type_.startswith("aws:"):
        return APART, APART
    if rule.name == "connect-user-identity-mode-consistent" and type_ in (
        "aws:connect/user:User",
        "aws-native:connect:User",
    ):
        # These types do not tell how the instance manages identities: the settings alone do.
        return APART, APART
    return FAIL, PASS


def _elsewhere(rule: Rule, bad: str) -> str:
    # An instance that is about to be made has no id to be left out by.
    return bad if rule.name == "connect-user-instance-saml" else APART


def _unknown(rule: Rule, type_: str) -> Iterator[Condition]:
    paths = [(path, APART) for path in rule.reads]
    if rule.name in UNKNOWN_ATTRIBUTE:
        paths = [UNKNOWN_ATTRIBUTE[rule.name]]
    for path, outcome in paths:
        config = config_for(rule, rule.bad, type_)
        if type_.endswith((":User", ":UserBatch")):
            case = replace(rule.bad, users=tuple(_with(u, path, UNKNOWN) for u in rule.bad.users))
        elif rule.bad.profiles:
            profiles = tuple(_with(p, path, UNKNOWN) for p in rule.bad.profiles)
            case = replace(rule.bad, profiles=profiles)
        else:
            instances = tuple(_with(i, path, UNKNOWN) for i in rule.bad.instances)
            case = replace(rule.bad, instances=instances)
        if type_ == USER_BATCH and path == "username":
            # The names of a roster's users are always known.
            continue
        if type_ == USER_BATCH and path != "password":
            # Such a user is known as a whole or not at all, but for name and password.
            outcome = APART
        name = f"{path} unknown"
        yield Condition(name, rule, type_, tuple(examples(case, type_)), config, outcome)


def _missing(rule: Rule, type_: str) -> Iterator[Condition]:
    path, outcome = MISSING_ATTRIBUTE.get(rule.name, (rule.reads[0] if rule.reads else "", APART))
    bad, _ = _expected(rule, type_)
    # A roster's users have their names, and their instance, from the roster.
    if path and not (type_ == USER_BATCH and path in ("username", "instanceArn")):
        without = _without(rule.bad, path)
        if bad == APART:
            outcome = APART
        config = config_for(rule, rule.bad, type_)
        yield Condition(
            f"{path} missing", rule, type_, tuple(examples(without, type_)), config, outcome
        )
    if rule.modes or rule.name == "connect-user-privileged-saml":
        without = _without(rule.bad, "identityManagementType")
        config = {"identityTypes": {}}
        if "profiles" in rule.schema:
            config = {**config_for(rule, rule.bad, type_), **config}
        yield Condition(
            "identity management type not told",
            rule,
            type_,
            tuple(examples(without, type_)),
            {**rule.bad.config, **config},
            APART,
        )
    unnamed = ("connect-user-profile-known", "connect-user-identity-known")
    if "profiles" in rule.schema and rule.name not in unnamed:
        without = _without(rule.bad, "securityProfileNames")
        config = {**config_for(rule, without, type_), "profiles": {}}
        yield Condition(
            "profile names not told", rule, type_, tuple(examples(without, type_)), config, APART
        )


def _without(case: Case, path: str) -> Case:
    return replace(
        case,
        users=tuple(_with(u, path, None) for u in case.users),
        profiles=tuple(_with(p, path, None) for p in case.profiles),
        instances=tuple(_with(i, path, None) for i in case.instances),
    )


def _with(bag: Mapping[str, Any], path: str, value: Any) -> dict[str, Any]:
    made = deepcopy(dict(bag))
    if path == "securityProfileIds":
        # A name is as good as an id: only without both is a profile not known.
        made = _with(made, "securityProfileNames", value)
    *above, last = path.split(".")
    inner = made
    for part in above:
        inner = inner.setdefault(part, {})
    if value is None:
        inner.pop(last, None)
    else:
        inner[last] = value
    return made
