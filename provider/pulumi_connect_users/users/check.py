"""check: from a program's words to a possible user, or to every reason why it is none."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from ..core.arns import last_part, parse_arn
from ..core.check_failure import Failure, Finding
from ..core.errors import ApiError, LookUpUnavailable, SettingsError
from ..core.lookups import Lookups
from ..core.messages import in_one_line
from ..core.privacy import label_fact
from ..core.unknowns import UNKNOWN, unknown_paths, without_none
from ..model.attributes import Attribute, top_level
from ..model.facts import Role
from .adopt import adoption, is_ours, taken, to_adopt
from .directory_id import left_to_connect
from .drain import PRIVILEGED, WAIT_SECONDS, replacement_warnings
from .findings import judge, wire_path
from .initial_password import secret_name
from .new_users import judge_newcomer
from .partial_user import facts_of_part, refused_replacement
from .predefined_attributes import unknown_proficiencies
from .resolve import resolve
from .rules import Draft
from .rules.registry import refuse
from .run.similar_usernames import SimilarUsernames
from .run.username_claims import MOVES, UsernameClaims
from .validate import validate


@dataclass
class Checked:
    """What check found: inputs for the engine, refusals, warnings."""

    inputs: dict[str, Any] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    rule_warnings: list[Finding] = field(default_factory=list)
    """What rules only warn about; a run tells each rule once."""


def check(
    old: Mapping[str, Any] | None,
    new: Mapping[str, Any],
    lookups: Lookups,
    *,
    strict: bool = False,
    privileged: Collection[str] = PRIVILEGED,
    claims: UsernameClaims | None = None,
    similar_usernames: SimilarUsernames | None = None,
) -> Checked:
    """Judges a bag of inputs (UNKNOWN where a preview cannot know) and makes it canonical.

    `old` holds the inputs of the existing resource, None or empty for a new one. Equal desired
    states come out as equal inputs. All failures come at once. `privileged` names the security
    profiles whose users never go silently; `claims` and `similar_usernames` know the other
    resources.
    """
    bag = without_none(new)
    result = Checked()
    values, result.failures = validate(bag)
    draft = Draft(
        values=values,
        bag=bag,
        refused=frozenset(wire_path(f) for f in result.failures),
        old=old or None,
    )
    instance_arn, mode = _instance(draft, lookups, result)
    draft = left_to_connect(_with(draft, mode=mode), result.warnings)
    if isinstance(instance_arn, str):
        # An id and an ARN of the same instance are no difference.
        draft = _with(draft, values={**draft.values, "instanceArn": instance_arn})
    resolved = resolve(draft, instance_arn, lookups)
    result.failures += (stays := refused_replacement(draft))
    existing, unseen = to_adopt(draft, instance_arn, lookups, result.warnings)
    draft = _with(draft, existing=existing, unseen=unseen or bool(stays))

    for finding in judge(draft):
        if finding.refuses(strict=strict):
            result.failures.append(finding.refusal)
        else:
            result.rule_warnings.append(finding)
    result.failures += resolved.failures
    result.failures += unknown_proficiencies(draft, instance_arn, lookups, result.warnings)
    result.warnings += resolved.warnings

    result.inputs = _canonical(draft, instance_arn, mode, resolved.values)
    result.inputs |= label_fact(result.inputs.get("username"))
    result.inputs |= facts_of_part(draft, result.inputs, lookups)
    result.failures += _not_to_be_had(draft, instance_arn, lookups, result, claims)
    said = (similar_usernames or SimilarUsernames(), result.failures, result.warnings)
    judge_newcomer(draft, instance_arn, lookups, *said)
    if draft.replaces and not result.failures:
        result.warnings += replacement_warnings(draft.old or {}, privileged)
    if existing is not None and not is_ours(existing, draft):
        result.inputs["adoption"] = adoption(
            existing, result.inputs, lookups, result.failures, result.warnings
        )
    return result


def _not_to_be_had(
    draft: Draft,
    instance_arn: Any,
    lookups: Lookups,
    result: Checked,
    claims: UsernameClaims | None,
) -> list[Failure]:
    """Why the username is somebody else's; who is refused claims none."""
    if any(failure.path[:1] == ("username",) for failure in result.failures):
        return []
    if failures := taken(draft, instance_arn, lookups, claims):
        return failures
    username = [result.inputs.get("username")]
    if claims and claims.taken(result.inputs, username):
        return [CLAIMED_TWICE]
    if claims and claims.moved(result.inputs, username):
        return [refuse("username", MOVES, "")]
    return []


CLAIMED_TWICE: Final = refuse(
    "username",
    "is that of another user of this program in the same instance",
    "Keep one resource for each username.",
)


def _with(draft: Draft, **changes: Any) -> Draft:
    return Draft(**{**draft.__dict__, **changes})


def _instance(draft: Draft, lookups: Lookups, result: Checked) -> tuple[Any, Any]:
    """The instance's ARN and identity management type, each UNKNOWN or None where not known."""
    declared = draft.get("identityManagementType")
    given = draft.bag.get("instanceArn")
    if given is UNKNOWN:
        # A new instance: only a declared type can be judged.
        return UNKNOWN, declared
    if not isinstance(given, str):
        return None, declared
    given = given.strip()
    if not given:
        result.failures.append(
            refuse("instanceArn", "is empty", "Give instance=Instance(id or ARN).")
        )
        return None, declared
    if given.startswith("arn:"):
        arn = parse_arn(given)
        if arn is None or arn.kind:
            result.failures.append(
                refuse(
                    "instanceArn",
                    "is not the ARN of an Amazon Connect instance",
                    "Give arn:aws:connect:REGION:ACCOUNT:instance/ID, or the id.",
                )
            )
            return None, declared
    try:
        facts = lookups.instance(given)
    except LookUpUnavailable as error:
        return _instance_from_memory(draft, given, declared, error, result)
    except (ApiError, SettingsError) as error:
        result.failures.append(refuse((), in_one_line(error).rstrip("."), ""))
        return None, declared
    if declared and declared != facts.identity_management_type:
        result.failures.append(
            refuse(
                "identityManagementType",
                f"was declared as {declared}, but it is {facts.identity_management_type}",
                "Correct Instance(..., identity_management_type=...), or leave it out.",
            )
        )
    return facts.arn, facts.identity_management_type


def _instance_from_memory(
    draft: Draft, given: str, declared: Any, error: LookUpUnavailable, result: Checked
) -> tuple[Any, Any]:
    """What the program or the last run knows of the instance, where it cannot be asked."""
    old = draft.old or {}
    same = last_part(str(old.get("instanceArn", ""))) == last_part(given)
    arn = given if given.startswith("arn:") else old.get("instanceArn") if same else None
    mode = declared or (old.get("identityManagementType") if same else None)
    if arn is None:
        result.failures.append(
            refuse(
                "instanceArn",
                f"is an id, and the instance cannot be looked up: {str(error).rstrip('.')}",
                "Mend that, or give the instance's ARN.",
            )
        )
    elif mode is None:
        result.warnings.append(
            f"the rules of its identity mode were not judged: {error} "
            "Declare the mode to judge them without a look-up: "
            'Instance(..., identity_management_type="SAML").'
        )
    return arn, mode


def _canonical(
    draft: Draft, instance_arn: Any, mode: Any, resolved: Mapping[str, Any]
) -> dict[str, Any]:
    """Equal desired states as equal inputs: sets sorted, defaults and names gone, facts added."""
    inputs: dict[str, Any] = {}
    for attribute in top_level(Role.ATTRIBUTE, Role.OPTION, Role.MARK):
        value = _merge(draft.values.get(attribute.wire), draft.bag.get(attribute.wire))
        if value is not None and attribute.wire not in resolved:
            inputs[attribute.wire] = sorted_by_key(attribute, value)
    if instance_arn is not None:
        inputs["instanceArn"] = instance_arn
    if mode is not None:
        inputs["identityManagementType"] = mode
    for key, default in DEFAULTS.items():
        if inputs.get(key) == default:
            del inputs[key]
    # Nothing in it is nothing said, but for the password that is made up as usual.
    for key in [k for k, v in inputs.items() if v in ([], {}) and k != "initialPassword"]:
        del inputs[key]
    if "initialPassword" in inputs and isinstance(inputs["initialPassword"], Mapping):
        kept = None if draft.replaces else draft.was("initialPasswordSecret")
        inputs |= _secret({**inputs, "initialPasswordSecret": kept})
    if _keeps_password(draft):
        # The old value stays in state, so that no preview shows a change that nothing makes.
        inputs["password"] = draft.was("password")
    return {**inputs, **resolved}


DEFAULTS: Final[Mapping[str, Any]] = {
    "adopt": False,
    "onPasswordChange": "refuse",
    "onDelete": "refuse",
    "deleteWaitSeconds": WAIT_SECONDS,
    "deleteQuickConnects": False,
}
"""Options that are left out of the inputs where they say what holds anyway."""


def _secret(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """The name of the secret of a made-up password, as far as it is known."""
    parts = (inputs.get("username"), inputs.get("instanceArn"), inputs.get("ownership"))
    if any(part is None or list(unknown_paths(part)) for part in parts):
        return {}
    name = secret_name(inputs)
    return {} if name is None else {"initialPasswordSecret": name}


def _keeps_password(draft: Draft) -> bool:
    """Whether a password that differs is to be ignored."""
    ignores = draft.get("onPasswordChange") == "ignore" and not draft.replaces
    return ignores and draft.has("password") and draft.was("password") is not None


def _merge(value: Any, bag: Any) -> Any:
    """The canonical value with the unknowns of the bag put back in their places."""
    if bag is UNKNOWN:
        return UNKNOWN
    if isinstance(bag, Mapping):
        known = value if isinstance(value, Mapping) else {}
        return {k: merged for k in bag if (merged := _merge(known.get(k), bag[k])) is not None}
    if isinstance(bag, list):
        entries = iter(value if isinstance(value, list) else [])
        return [e if e is UNKNOWN else _merge(next(entries, None), e) for e in bag]
    return value


def sorted_by_key(attribute: Attribute, value: Any) -> Any:
    """A list in the one order that equal sets share; unknown members sort last."""
    if not attribute.is_list or not isinstance(value, list):
        return value
    keys = attribute.facts.key

    def place(entry: Any) -> tuple[bool, str]:
        if entry is UNKNOWN:
            return True, ""
        if not keys or not isinstance(entry, Mapping):
            return False, str(entry)
        parts = [entry.get(k) for k in keys]
        return UNKNOWN in parts, "\x00".join(str(p) for p in parts)

    return sorted(value, key=place)
