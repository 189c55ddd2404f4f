"""What writing a roster gives: the text, and what the form could not hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Written:
    """A roster's text."""

    text: str
    left_out: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The users, by attribute, whose value the form cannot hold."""
    remarks: Sequence[str] = ()
    """Sentences on what to know before the file is used."""
