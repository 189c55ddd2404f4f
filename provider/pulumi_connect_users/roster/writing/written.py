"""What writing a roster gives: the text, and what the form could not hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ..files.columns import USERNAME


@dataclass(frozen=True)
class Written:
    """A roster's text."""

    text: str
    left_out: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The users, by attribute, whose value the form cannot hold."""
    remarks: Sequence[str] = ()
    """Sentences on what to know before the file is used."""

    @property
    def users_left_out(self) -> Sequence[str]:
        """The users that are not in it: the form cannot hold their usernames."""
        return self.left_out.get(USERNAME, ())
