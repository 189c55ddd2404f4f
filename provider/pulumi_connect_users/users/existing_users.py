"""A new user and the existing ones: the one to adopt, and those of the same or a similar name."""

from dataclasses import replace

from ..core.check_failure import Failure, Remarks
from ..core.described_user import DescribedUser
from ..core.errors import ApiError, LookUpUnavailable
from ..core.lookups import Catalog, Lookups
from ..core.ownership import whose
from ..core.privacy import similar
from ..core.properties import Properties
from ..core.unknowns import known_only
from ..model.attributes import program_path
from .declared_user import DeclaredUser
from .flex import flatten_user
from .inputs import UserInputs
from .partial_user import missing_to_create
from .plan import plan
from .rules.registry import refuse
from .rules.username import CASE_ALONE, KEEP_CASE
from .run.usernames import SimilarUsernames, UsernameClaims, differs_in_case


def with_existing(user: DeclaredUser, lookups: Lookups) -> tuple[DeclaredUser, Remarks]:
    """Adds the user that `adopt=True` will adopt, or that there may be one.

    Not for a replacement that keeps the username: the user of that name is deleted.
    """
    if not (user.get("adopt") and _is_new(user)):
        return user, Remarks()
    username = new_username(user)
    if username is None or not isinstance(user.instance_arn, str):
        # Not known yet, or refused already.
        return replace(user, may_exist=True), Remarks()
    try:
        return replace(user, existing=lookups.find_user(user.instance_arn, username)), Remarks()
    except LookUpUnavailable as error:
        return replace(user, may_exist=True), Remarks.warning(
            f"could not check for a user to adopt: {str(error).rstrip('.')}. "
            "Its changes are not shown, and required attributes not checked."
        )


def namesake(user: DeclaredUser, lookups: Lookups) -> DescribedUser | None:
    """The existing user of a new user's name; what cannot be looked up is left to CreateUser."""
    username, arn = new_username(user), user.instance_arn
    if user.get("adopt") or not username or not isinstance(arn, str):
        return None
    try:
        return lookups.find_user(arn, username)
    except LookUpUnavailable:
        return None


def taken(
    existing: DescribedUser | None, user: DeclaredUser, claims: UsernameClaims | None
) -> list[Failure]:
    """Why a new user cannot have its username: it belongs to another user.

    A user with our mark was created by an interrupted run, or is replaced; one that this stack
    suspended is taken back. Another resource of this program may give the name up in this run.
    """
    if existing is None or is_ours(existing, user) or existing.is_suspended_by(user.mark):
        return []
    arn, mark = user.instance_arn, existing.mark
    if mark and claims and claims.gives_up(str(arn), mark, existing.username):
        return []
    return [refuse("username", *whose(mark, user.mark))]


def taken_back(existing: DescribedUser | None, user: DeclaredUser) -> DescribedUser | None:
    """The existing user, if this stack suspended it."""
    return existing if existing and existing.is_suspended_by(user.mark) else None


def new_username(user: DeclaredUser) -> str | None:
    """The username of a user that this run creates or adopts, None if it is in state."""
    return user.text("username") if _is_new(user) else None


def _is_new(user: DeclaredUser) -> bool:
    """Whether the username, or its instance, differs from before."""
    return any(user.get(key) != user.old(key) for key in ("username", "instanceArn"))


def adoption(
    existing: DescribedUser, inputs: UserInputs, lookups: Lookups, *, is_back: bool
) -> tuple[Properties, Remarks]:
    """What adopting changes, for previews, reports and policies; what it cannot, refused.

    `is_back` says whether this stack suspended the user, and now takes it back.
    """
    known = UserInputs.decode(known_only(inputs.properties))
    remarks, proficiencies = Remarks(), None
    if known.get("proficiencies") and isinstance(known.instance_arn, str):
        try:
            proficiencies = lookups.proficiencies(known.instance_arn, existing.id)
        except LookUpUnavailable as error:
            remarks = Remarks.warning(
                f"could not check whether the adoption changes proficiencies: {error}"
            )
    changes = plan(flatten_user(existing, known, proficiencies), known)
    remarks += Remarks.refusing(
        *(
            refuse(
                key,
                "differs from the existing user's, and Connect cannot change it",
                "Use the user's current value.",
            )
            for key in changes.replaces
        )
    )
    paths = sorted(program_path(tuple(path.split("."))) for path in changes.changed)
    since = {"suspended": existing.suspended} if is_back else {}
    return {"userArn": existing.arn, "changes": paths, **since}, remarks


def is_ours(existing: DescribedUser, user: DeclaredUser) -> bool:
    """Whether the user has our own mark: created by an interrupted run, or about to be replaced."""
    return user.mark is not None and user.mark.is_on(existing.mark)


def with_similar_users(
    remarks: Remarks, user: DeclaredUser, lookups: Lookups, similar_usernames: SimilarUsernames
) -> Remarks:
    """The remarks on a user, completed by what other users mean for it.

    On a user in state only that a new one differs only in case.
    """
    username, arn = user.text("username"), user.instance_arn
    if username is None or not isinstance(arn, str):
        return remarks
    new = user.creates and new_username(user) is not None
    others = _users(arn, lookups).in_another_case(username) if new else []
    others = similar_usernames.meet(arn, username, new=new, others=others)
    if new and similar_usernames.left(arn, username):
        return remarks + Remarks.refusing(refuse("username", CASE_ALONE, KEEP_CASE))
    if new and user.get("adopt"):
        if not others and similar_usernames.compares():
            others = similar(username, _users(arn, lookups).names.values(), 3)
        return _without_adoptee(remarks, user, others)
    if others and not any(failure.path == ("username",) for failure in remarks.failures):
        return remarks + Remarks.warning(differs_in_case(others))
    return remarks


def _without_adoptee(remarks: Remarks, user: DeclaredUser, others: list[str]) -> Remarks:
    """Says that there is no user to adopt; one refusal for all that a new user would need."""
    meant = f" Did you mean {' or '.join(others)}?" if others else ""
    cause = "no user with this name exists in this instance, so adopt=True "
    needed = missing_to_create(user.declared, user.identity_type)
    if not needed:
        return remarks + Remarks.warning(f"{cause}will create a new one.{meant}")
    remedy = f"Correct the name, or add what a new user needs: {', '.join(needed)}.{meant}"
    rest = tuple(f for f in remarks.failures if program_path(f.path) not in needed)
    refusal = refuse("username", f"{cause}has no user to adopt", remedy)
    return replace(remarks, failures=(*rest, refusal))


def _users(instance_arn: str, lookups: Lookups) -> Catalog:
    """All users by id; none where they cannot be listed, since this only helps to see a typo."""
    try:
        return lookups.users(instance_arn)
    except (ApiError, LookUpUnavailable):
        return Catalog()
