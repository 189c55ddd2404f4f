"""The instance that a program declares for a user, as far as it can be looked up."""

from dataclasses import replace

from ..core.arns import last_part, parse_arn
from ..core.check_failure import Remarks
from ..core.errors import ApiError, LookUpUnavailable, SettingsError
from ..core.lookups import Lookups
from ..core.messages import in_one_line
from ..core.unknowns import UNKNOWN
from ..model.user import IdentityManagementType
from .declared_user import DeclaredUser
from .rules.registry import ALL_MODES, refuse


def with_instance(user: DeclaredUser, lookups: Lookups) -> tuple[DeclaredUser, Remarks]:
    """Adds the instance's ARN and identity management type."""
    given = user.declared.get("instanceArn")
    if declared := _identity_type(user.get("identityManagementType")):
        user = replace(user, identity_type=declared)
    if given is UNKNOWN:
        # A new instance: only a declared type can be judged.
        return replace(user, instance_arn=UNKNOWN), Remarks()
    if not isinstance(given, str):
        return user, Remarks()
    given = given.strip()
    if remarks := _malformed(given):
        return user, remarks
    try:
        facts = lookups.instance(given)
    except LookUpUnavailable as error:
        return _last_known(user, given, error)
    except (ApiError, SettingsError) as error:
        return user, Remarks.refusing(refuse((), in_one_line(error).rstrip("."), ""))
    remarks = Remarks()
    if declared and declared != facts.identity_management_type:
        remarks = Remarks.refusing(
            refuse(
                "identityManagementType",
                f"was declared as {declared}, but it is {facts.identity_management_type}",
                "Correct Instance(..., identity_management_type=...), or leave it out.",
            )
        )
    return _in_instance(user, facts.arn, facts.identity_management_type), remarks


def _malformed(given: str) -> Remarks | None:
    if not given:
        return Remarks.refusing(
            refuse("instanceArn", "is empty", "Give instance=Instance(id or ARN).")
        )
    arn = parse_arn(given)
    if given.startswith("arn:") and (arn is None or arn.kind):
        return Remarks.refusing(
            refuse(
                "instanceArn",
                "is not the ARN of an Amazon Connect instance",
                "Give arn:aws:connect:REGION:ACCOUNT:instance/ID, or the id.",
            )
        )
    return None


def _last_known(
    user: DeclaredUser, given: str, error: LookUpUnavailable
) -> tuple[DeclaredUser, Remarks]:
    """What the program or the last run knows of the instance, where it cannot be looked up."""
    old = user.old_inputs
    if old is not None and last_part(old.instance_arn) != last_part(given):
        old = None
    known_arn = old.instance_arn if old else None
    arn = given if given.startswith("arn:") else known_arn
    identity_type = user.identity_type or (old.identity_type if old else None)
    if arn is None:
        cause = f"is an id, and the instance cannot be looked up: {str(error).rstrip('.')}"
        refusal = refuse("instanceArn", cause, "Fix that, or give the instance's ARN.")
        return replace(user, identity_type=identity_type), Remarks.refusing(refusal)
    if identity_type is None:
        return _in_instance(user, arn, None), Remarks.warning(
            f"the rules of its identity management type were not checked: {error} "
            "Declare the type to check them without a look-up: "
            'Instance(..., identity_management_type="SAML").'
        )
    return _in_instance(user, arn, identity_type), Remarks()


def _in_instance(
    user: DeclaredUser, arn: str, identity_type: IdentityManagementType | None
) -> DeclaredUser:
    # An id and an ARN of the same instance are not a difference.
    values = {**user.values, "instanceArn": arn}
    return replace(user, instance_arn=arn, identity_type=identity_type, values=values)


def _identity_type(declared: object) -> IdentityManagementType | None:
    return next((one for one in ALL_MODES if one == declared), None)
