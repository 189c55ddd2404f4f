"""A user as the program declares it: known, unknown, refused and absent are four things."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from ..core.described_user import DescribedUser
from ..core.ownership import OwnershipMark, mark_of_inputs
from ..core.properties import Properties, Value, entries, split
from ..core.unknowns import UNKNOWN, Path, Unknown, get
from ..model.attributes import top_level
from ..model.facts import Role
from ..model.user import IdentityManagementType
from .inputs import KnownInputs


@dataclass(frozen=True, kw_only=True)
class DeclaredUser:
    """What check and the rules judge."""

    values: Properties
    """The known, well-formed part, canonical."""
    declared: Properties
    """All of it, UNKNOWN included."""
    refused: frozenset[str] = frozenset()
    """Wire paths that the model has refused."""
    old_inputs: KnownInputs | None = None
    """The inputs of the existing resource; None for a new one."""
    instance_arn: str | Unknown | None = None
    """The instance's ARN as looked up; None where it was refused."""
    identity_type: IdentityManagementType | None = None
    """The instance's identity management type; None where it is not known."""
    existing: DescribedUser | None = None
    """The user that will be adopted, if there is one."""
    may_exist: bool = False
    """Whether there may be such a user, and it could not be looked up."""
    on_delete: str | None = None
    """`connect:onDelete`, which overrides the user's own."""

    @cached_property
    def mark(self) -> OwnershipMark | None:
        """The mark that the resource class added; None with ownership off."""
        return mark_of_inputs(self.values)

    def get(self, path: str) -> Value:
        """The known value, or None."""
        value = get(self.values, split(path))
        return None if value is UNKNOWN else value

    def text(self, path: str) -> str | None:
        """The known value if it is a text, or None."""
        value = self.get(path)
        return value if isinstance(value, str) else None

    def has(self, path: str) -> bool:
        """Whether the program declares it, with a known or unknown value."""
        *above, _ = parts = split(path)
        whole = get(self.declared, tuple(above))
        return whole is not UNKNOWN and get(self.declared, parts) is not None

    def absent(self, path: str) -> bool:
        """Whether the program does not declare it.

        A member of a structure that is still unknown is neither declared nor absent.
        """
        return get(self.declared, split(path)) is None

    def entries(self, path: str) -> Iterator[tuple[Path, Properties]]:
        """The entries of a list of structures with their paths, unknown members included."""
        if path not in self.refused:
            for index, entry in enumerate(entries(self.declared.get(path))):
                if isinstance(entry, Mapping):
                    yield (path, index), entry

    def old(self, path: str) -> Value:
        """The value in the old inputs, or None."""
        return self.old_inputs.get(path) if self.old_inputs else None

    @property
    def replaces(self) -> bool:
        """Whether the existing user is replaced by a new one."""
        return bool(self.replaced)

    @cached_property
    def replaced(self) -> tuple[str, ...]:
        """The replace-only wire names whose values changed.

        One that the program no longer declares is refused: losing an agent by that is an accident.
        """
        wires = [a.wire for a in top_level(Role.ATTRIBUTE) if a.facts.change == "replace"]
        if self.get("onPasswordChange") == "replace" and self.old("password") is not None:
            wires.append("password")
        return tuple(wire for wire in wires if self.old_inputs and self._differs(wire))

    def _differs(self, wire: str) -> bool:
        new = UNKNOWN if self.declared.get(wire) is UNKNOWN else self.get(wire)
        return self.has(wire) and new != self.old(wire)

    @property
    def exists(self) -> bool:
        """Whether the user is in state or about to be adopted, and is not replaced."""
        in_state = self.old_inputs is not None and not self.replaces
        return self.existing is not None or in_state

    @property
    def creates(self) -> bool:
        """Whether a CreateUser will be made, as far as that is known."""
        return not self.exists and not self.may_exist
