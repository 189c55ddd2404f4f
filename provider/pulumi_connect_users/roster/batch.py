"""A batch of a roster: many users in one resource, each as one canonical JSON text. Pure.

A batch holds `users: {username: text}`; what its users share is beside the texts
(`instanceArn`, `identityManagementType`, `ownership`), and so do initial passwords (`passwords:
{username: secret}`), which are never in a text. Outputs add `userIds`, `lastModifiedTimes` and,
after an incomplete create, `unfinished`. (`whole_roster` describes what only check reads.)
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, TypeAlias, cast

from ..core.arns import user_arn
from ..core.messages import UNFINISHED
from ..core.ownership import OwnershipMark, mark_of_inputs, resource_hash
from ..core.privacy import display_name, hides_addresses
from ..core.properties import Properties, Value, members, text, texts
from ..core.unknowns import UNKNOWN, Unknown, unknown_paths
from ..model.attributes import top_level
from ..model.facts import Role
from ..users.inputs import KnownInputs, UserInputs
from ..users.state import FORMAT, STATE_FORMAT, UserState
from .partition import WHOLE, canonical

if TYPE_CHECKING:
    # Programs import this module with dynamic's classes: pydantic waits for a call.
    from ..model.user import IdentityManagementType

_OUTSIDE: Final = ("password", "label")
"""Attributes of a user that its text does not hold."""

Text: TypeAlias = str | Unknown
Texts: TypeAlias = Mapping[str, Text]


@dataclass(frozen=True, kw_only=True)
class BatchInputs:
    """A batch as a program declares it, or as check leaves it."""

    instance_arn: Text | None = None
    identity_type: IdentityManagementType | None = None
    mark: OwnershipMark | None = None
    """From which each user's mark is made; None with ownership off."""
    users: Texts | Unknown = field(default_factory=dict)
    passwords: Texts | Unknown = field(default_factory=dict)
    released: tuple[str, ...] = ()
    on_remove: str | None = None
    labels: Texts | None = None
    """With hidden usernames what stands for them; empty for a batch without users."""
    roster: str | None = None
    """The whole roster, for check alone, which drops it."""

    @classmethod
    def decode(cls, properties: Properties) -> BatchInputs:
        """From the wire form."""
        return cls(
            instance_arn=_text(properties.get("instanceArn")),
            # As DescribeInstance returned it, or as the resource class accepted it.
            identity_type=cast(
                "IdentityManagementType | None", properties.get("identityManagementType")
            ),
            mark=mark_of_inputs(properties),
            users=_texts(properties.get("users")),
            passwords=_texts(properties.get("passwords")),
            released=tuple(texts(properties.get("released"))),
            on_remove=text(properties.get("onRemove")),
            labels=_known(_texts(properties["labels"])) if "labels" in properties else None,
            roster=text(properties.get(WHOLE)),
        )

    @property
    def properties(self) -> dict[str, Value]:
        """The wire form."""
        declared: dict[str, Value] = {
            "instanceArn": self.instance_arn,
            "identityManagementType": self.identity_type,
            "ownership": self.mark.text if self.mark else None,
            "passwords": self.passwords or None,
            "released": list(self.released) or None,
            "onRemove": self.on_remove,
            "labels": self.labels,
            WHOLE: self.roster,
        }
        return {"users": self.users, **{k: v for k, v in declared.items() if v is not None}}

    @property
    def texts(self) -> Texts:
        """The users' texts; none if a preview knows none of them."""
        return _known(self.users)

    @property
    def retains(self) -> bool:
        """Whether users that leave stay in Connect."""
        return self.on_remove == "retain"

    def password(self, username: str) -> Text | None:
        """The initial password of a user."""
        return UNKNOWN if self.passwords is UNKNOWN else self.passwords.get(username)

    def user(self, username: str) -> UserInputs:
        """One user whose text is known, as `User` declares it."""
        password = self.password(username)
        attributes: dict[str, Value] = json.loads(str(self.texts[username]))
        return UserInputs(
            attributes=attributes | ({} if password is None else {"password": password}),
            instance_arn=self.instance_arn,
            username=username,
            identity_type=self.identity_type,
            mark=self.mark.of_member(username) if self.mark else None,
        )

    def known_user(self, username: str) -> KnownInputs:
        """The same in an `up`, or in state."""
        return self.user(username).known()

    def has_same(self, username: str, other: BatchInputs) -> bool:
        """Whether a user is in both batches with equal text and password."""
        return (
            username in self.texts
            and self.texts[username] == other.texts.get(username)
            and self.password(username) == other.password(username)
        )


@dataclass(frozen=True, kw_only=True)
class BatchState:
    """The outputs of a batch."""

    inputs: BatchInputs = field(default_factory=BatchInputs)
    user_ids: Mapping[str, str] = field(default_factory=dict)
    last_modified: Mapping[str, str] = field(default_factory=dict)
    unfinished: tuple[str, ...] = ()
    state_format: int | None = FORMAT
    """None in a state that the first version wrote."""

    @classmethod
    def decode(cls, properties: Properties) -> BatchState:
        """From the wire form of outputs, which `state_format` has validated."""
        number = properties.get(STATE_FORMAT)
        return cls(
            inputs=BatchInputs.decode(properties),
            user_ids=_strings(properties.get("userIds")),
            last_modified=_strings(properties.get("lastModifiedTimes")),
            unfinished=tuple(texts(properties.get(UNFINISHED))),
            state_format=number if isinstance(number, int) else None,
        )

    @classmethod
    def of(cls, inputs: BatchInputs, users: Mapping[str, UserState]) -> BatchState:
        """The outputs of a batch with these users."""
        users = {name: users[name] for name in sorted(users)}
        user_texts = {name: text_of(user) for name, user in users.items()}
        passwords = {name: user.attributes.get("password") for name, user in users.items()}
        current = None if inputs.labels is None else labels(user_texts)
        return cls(
            inputs=replace(
                inputs,
                users=user_texts,
                passwords=_strings(passwords),
                labels=inputs.labels if current is None else current,
            ),
            user_ids={name: user.user_id for name, user in users.items()},
            last_modified=_strings({name: user.last_modified for name, user in users.items()}),
            unfinished=tuple(reason for user in users.values() for reason in user.unfinished),
        )

    @property
    def outputs(self) -> dict[str, Value]:
        """The wire form; `inputs.properties` is that of the inputs alone."""
        computed: dict[str, Value] = {
            "lastModifiedTimes": self.last_modified or None,
            UNFINISHED: list(self.unfinished) or None,
            STATE_FORMAT: self.state_format,
        }
        known = {k: v for k, v in computed.items() if v is not None}
        return {**self.inputs.properties, "userIds": self.user_ids, **known}

    def user(self, username: str) -> UserState:
        """The outputs of one user, as `User` has them."""
        inputs = self.inputs.known_user(username)
        state = UserState.of(inputs, user_arn(inputs.instance_arn, self.user_ids[username]))
        return replace(state, last_modified=self.last_modified.get(username))


def text_of(user: UserInputs) -> Text:
    """The canonical text of one user; UNKNOWN if a preview does not know all of it."""
    own = {k: v for k, v in user.attributes.items() if k not in _OUTSIDE}
    return UNKNOWN if any(True for _ in unknown_paths(own)) else canonical(own)


def labels(user_texts: Texts) -> dict[str, Text] | None:
    """The fact `labels`: 20 bits of what each hidden user declares, too few to guess it from."""
    if not hides_addresses():
        return None
    return {
        display_name(name): UNKNOWN if own is UNKNOWN else resource_hash((_declared(own),))[:4]
        for name, own in sorted(user_texts.items(), key=lambda pair: display_name(pair[0]))
    }


def _declared(own: str) -> str:
    """The text without facts: what check finds out changes no digest."""
    facts = {attribute.wire for attribute in top_level(Role.FACT)}
    return canonical({k: v for k, v in json.loads(own).items() if k not in facts})


def _text(value: Value) -> Text | None:
    return value if isinstance(value, str) or value is UNKNOWN else None


def _texts(value: Value) -> Texts | Unknown:
    if value is UNKNOWN:
        return UNKNOWN
    return {k: known for k, v in members(value).items() if (known := _text(v)) is not None}


def _known(held: Texts | Unknown) -> Texts:
    return {} if held is UNKNOWN else held


def _strings(value: Value) -> dict[str, str]:
    return {k: v for k, v in members(value).items() if isinstance(v, str)}
