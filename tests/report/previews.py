"""Previews of any users at all, with values that no writer may show."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from tests.report.builders import (
    AWS_USER,
    NATIVE_USER,
    SECRET,
    UNKNOWN,
    USER,
    USER_BATCH,
    digest,
    events,
    planned,
    refreshed,
    step,
    user,
    violation,
)

TEXT = st.text(max_size=30)
"""Any text: pipes, backticks, tags, mentions, controls, halves of pairs."""
NASTY = st.sampled_from(
    ["|", "\\|", "`", "``", "<b>", "</td>", "@you", "#1", "https://x.example", "\n", "**", "<!--"]
)
MIXED = st.lists(TEXT | NASTY, max_size=5).map("".join)

_LETTERS = st.text("abcdefghijkmnpqrstuvwxyz", min_size=6, max_size=10)


@dataclass(frozen=True)
class Private:
    """Values of one user that must not appear, each recognisable wherever it does."""

    first: str
    last: str
    email: str
    second: str
    mobile: str
    password: str

    login: str
    """A username that is an address: it may be shown, for it says who is meant."""

    @property
    def values(self) -> tuple[str, ...]:
        """All of them."""
        return (self.first, self.last, self.email, self.second, self.mobile, self.password)


@st.composite
def private(draw: st.DrawFn) -> Private:
    """A person."""
    word = draw(_LETTERS)
    return Private(
        first="Qf" + word,
        last="Ql" + word + draw(st.sampled_from(["", " Xy", "-Ø", "'s", "王伟"])),
        email=f"qe{word}@{draw(_LETTERS)}.example.com",
        second=f"q+{word}@{draw(_LETTERS)}.example.com",
        mobile="+1555" + draw(st.text("0123456789", min_size=7, max_size=9)),
        login=f"qu{word}@login.example.com",
        password="Qp" + word + draw(st.sampled_from(["1|`<", '"&\\n', "Zz9@x"])),
    )


@st.composite
def inputs(draw: st.DrawFn, person: Private) -> dict[str, Any]:
    """A user's inputs with everything private in it, in the clear, and anything elsewhere."""
    secret: Any = draw(st.sampled_from([person.password, "[secret]", SECRET]))
    name = draw(st.sampled_from(["user.name", person.login]))
    return user(
        username=name,
        password=secret,
        identityInfo={
            "firstName": person.first,
            "lastName": person.last,
            "email": person.email,
            "secondaryEmail": person.second,
            "mobile": person.mobile,
            "nickname": person.first,
        },
        phoneConfig={
            "deskPhoneNumber": person.mobile,
            "afterContactWorkTimeLimit": draw(st.integers(0, 90)),
        },
        phoneNumberConfigs=[{"channel": "VOICE", "phoneNumber": person.mobile}],
        routingProfileId=draw(st.sampled_from(["r-1", UNKNOWN])),
        routingProfileName=draw(MIXED),
        securityProfileNames=[draw(st.sampled_from(["Agent", "Admin"]) | MIXED)],
        hierarchyPath=draw(MIXED),
        tags=draw(st.dictionaries(MIXED, MIXED, max_size=2))
        | {"owner": draw(st.sampled_from([*person.values, f"for {person.first}", "x"]))},
        adminPassword=person.password,
    )


@st.composite
def previews(draw: st.DrawFn) -> tuple[str, tuple[str, ...]]:
    """The text of a preview, and what must not be shown of it."""
    people = draw(st.lists(private(), min_size=1, max_size=3))
    found: list[Mapping[str, Any]] = []
    extra: list[Mapping[str, Any]] = []
    as_events = draw(st.booleans())
    for place, person in enumerate(people):
        kind = draw(st.sampled_from([USER, AWS_USER, NATIVE_USER, USER_BATCH]))
        address = person.login if kind == USER_BATCH else person.email
        name = draw(st.sampled_from([f"user-{place}", address]) | MIXED)
        old, new = draw(inputs(person)), draw(inputs(person))
        if kind == USER_BATCH:
            old, new = ({"users": {name: json.dumps(inner)}} for inner in (old, new))
        op = draw(st.sampled_from(["create", "update", "delete", "replace", "same"]))
        sides = (None if op == "create" else old, None if op == "delete" else new)
        made = step(op, *sides, name=name, kind=kind, replaceReasons=["username", "password"])
        found.append(made)
        message = (
            draw(MIXED) + f" {person.first} {person.email}, {person.mobile} " + person.password
        )
        extra.append(violation(resourceUrn=made["urn"], message=message))
        extra.append(
            {
                "policyRemediationEvent": {
                    "resourceUrn": made["urn"],
                    "policyName": "r",
                    "policyPackName": "p",
                    "before": old,
                    "after": new,
                }
            }
        )
        extra.append(
            {
                "diagnosticEvent": {
                    "severity": "error",
                    "urn": made["urn"],
                    "message": f"error: user {person.email} {person.last}: {person.password}",
                }
            }
        )
    hidden = tuple(value for person in people for value in person.values)
    if not as_events:
        diagnostics = [e["diagnosticEvent"] for e in extra if "diagnosticEvent" in e]
        return digest(*found, diagnostics=diagnostics), hidden
    if draw(st.booleans()):
        return events(*(e for made in found for e in refreshed(made)), *extra), hidden
    return events(*map(planned, found), *extra), hidden
