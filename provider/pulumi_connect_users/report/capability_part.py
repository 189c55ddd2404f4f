"""The report's part about capabilities: who can do what before and after."""

from typing import Final, Literal

from .part import Part

BE_ADMIN: Final = "be Admin"
"""The text of a way to Admin that has no steps."""


class GainedCapability(Part):
    """One capability that users did not have before, or not as far."""

    capability: str
    text: str
    """Continues "can": `edit users (users tagged Team: West)`, `become Admin in 2 steps`."""
    way: tuple[str, ...] = ()
    """Of `become-admin`: the changes that lead there, in order."""


class CapabilityChange(Part):
    """Users who gain and lose the same."""

    users: tuple[str, ...]
    gained: tuple[GainedCapability, ...] = ()
    lost: tuple[str, ...] = ()
    """Names of capabilities."""


class UncertainCapability(Part):
    """A capability that users may gain: what is needed to know was not readable."""

    capability: str
    users: int


class Admins(Part):
    """Users of the instance with the security profile Admin."""

    before: int
    after: int


class Capabilities(Part):
    """What users can do before and after, by the permissions of their security profiles."""

    status: Literal["unaffected", "refused", "computed"] = "unaffected"
    """unaffected: no change concerns it; refused: a look-up was refused."""
    source: Literal["none", "program", "instance"] = "none"
    """program: from what `check` added for the users of the program; instance: read from Connect,
    for everyone in it."""
    reason: str = ""
    """Why it was not computed."""
    unjudged: str = ""
    """Why no gate on it can be judged."""
    instance: str = ""
    changes: tuple[CapabilityChange, ...] = ()
    """The gravest first."""
    uncertain: tuple[UncertainCapability, ...] = ()
    """Without the users of `unknown_after`, who may gain anything."""
    unknown_before: int = 0
    unknown_after: int = 0
    """With `program`: users whose capabilities the input does not show."""
    may_lose_admin: int = 0
    """With `program`: users who have, or may have, the security profile Admin only before."""
    unreadable: tuple[str, ...] = ()
    """Names of security profiles whose permissions could not be read."""
    admins: Admins | None = None
    """Only where the instance was read."""

    def gaining(self, capability: str) -> int:
        """How many users gain a capability, or have it with a wider reach."""
        return sum(
            len(line.users)
            for line in self.changes
            if any(one.capability == capability for one in line.gained)
        )

    def in_doubt(self, capability: str) -> int:
        """How many more users may gain it."""
        named = sum(one.users for one in self.uncertain if one.capability == capability)
        return named + self.unknown_after
