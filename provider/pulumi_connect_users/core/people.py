"""A person in the company's directory, whichever directory that is."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Person:
    """One account; an empty text is what the directory does not say."""

    user_name: str
    email: str = ""
    external_id: str = ""
    given_name: str = ""
    family_name: str = ""
    mobile: str = ""
    active: bool = True
    groups: frozenset[str] = frozenset()
    """The names of its groups, as far as they were asked for."""
    place: str = ""
    """Where it was read, for messages: `users.csv, line 4`."""

    @property
    def subject(self) -> str:
        """Its name in messages."""
        return f"{self.place}: {self.user_name}" if self.place else self.user_name
