"""Which instances a glob of the settings means: one on their ids, or one on their ARNs."""

from collections.abc import Iterable

from .absent import Value
from .globs import fits
from .subject import last_segment


def means(glob: str, instance: Value[str]) -> bool | None:
    """Whether a glob means an instance; None if that is uncertain.

    Args:
        glob: on an id, or (with a colon, which no id has) on a whole ARN: of several accounts and
            Regions, one may hold the same `instance/*` for other settings.
        instance: as the resource has it. `aws.connect.User` has an id, without its
            account and Region.
    """
    if not isinstance(instance, str):
        return True if glob == "*" else None
    if ":" in glob and ":" in instance:
        return fits(instance, glob)
    if not fits(last_segment(instance), _on_id(glob)):
        return False
    return True if ":" not in glob or _on_id(glob).strip("*") else None


def closest(globs: Iterable[str], instance: Value[str]) -> list[str]:
    """The globs that mean an instance best: its id or ARN itself, else the longest on its id.

    Maps reach a policy without their order, so that "the first that fits" would be chance. More
    than one are returned where it is uncertain which one applies.
    """
    meant = {glob: means(glob, instance) for glob in globs}
    ranked = sorted((_rank(glob, instance), glob) for glob, sure in meant.items() if sure)
    best = ranked[-1:] if ranked else []
    if not isinstance(instance, str):
        return [glob for _, glob in best]
    # An id may be of the account that a longer glob names.
    perhaps = [(_rank(glob, instance), glob) for glob, sure in meant.items() if sure is None]
    return [glob for rank, glob in [*best, *perhaps] if not best or rank >= best[0][0]]


def _rank(glob: str, instance: Value[str]) -> tuple[bool, int, int, str]:
    on_id = _on_id(glob)
    itself = isinstance(instance, str) and on_id == last_segment(instance)
    return itself, len(on_id), len(glob), glob


def _on_id(glob: str) -> str:
    """What a glob says of the id: of an ARN's, its last part."""
    return "*" if ":" in glob and "/" not in glob else last_segment(glob)
