"""What a reviewer should look at, one user at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from .differences import label
from .id_names import Names, bare_id
from .input.property_values import SECRET, Marker, PropertyValue, entries, mapping
from .options import Options, is_secret
from .report import Risk
from .user_changes import UserChange, Wire

_NONE: Final[Wire] = {}


@dataclass(frozen=True)
class Context:
    """What an assessment needs beside the user."""

    names: Names
    options: Options

    def privileged(self, wire: Wire | None) -> frozenset[str]:
        """The names of the privileged security profiles that a user has."""
        return frozenset(
            name or identifier
            for identifier, name in self._profiles(wire)
            if (name and self.options.is_privileged(name)) or self.options.lists(identifier)
        )

    def gets_unnamed(self, change: UserChange) -> bool:
        """Whether a user gets a security profile that the input does not name."""
        if change.op == "same" or change.new is None:
            return False
        had = _profile_ids(change.old) if change.op in ("update", "drift") else []
        ids = _profile_ids(change.new)
        if not isinstance(ids, list):
            # A secret looks the same before and after.
            return ids is SECRET or ids is not had
        known = {i for i, name in self._profiles(change.new) if name or self.options.ids}
        return any(i not in known for i in ids if not isinstance(had, list) or i not in had)

    def _profiles(self, wire: Wire | None) -> Iterator[tuple[str, str]]:
        """The ids of a user's security profiles, with their names where they are known."""
        ids = _profile_ids(wire)
        for identifier in ids if isinstance(ids, list) else ():
            if isinstance(identifier, str):
                yield identifier, self.names.get(identifier, "")


def _profile_ids(wire: Wire | None) -> list[PropertyValue] | Marker:
    """The ids, from ARNs too; a marker where they are secret or not known, as a whole."""
    ids = (wire or _NONE).get("securityProfileIds")
    if isinstance(ids, Marker):
        return ids
    return [bare_id(i) if isinstance(i, str) else i for i in entries(ids)]


Check = Callable[[UserChange, Context], Iterator[Risk]]


def _gains_privilege(change: UserChange, context: Context) -> Iterator[Risk]:
    gained = context.privileged(change.new) - context.privileged(change.old)
    if change.op in ("replace", "create", "import"):
        gained = context.privileged(change.new)
    if gained:
        verb = "gains" if change.old is not None else "has"
        yield Risk(
            kind="privilege",
            level="high",
            text=f"{verb} {_listed(gained)}: can manage other users and the instance",
        )


def _loses_hierarchy(change: UserChange, _: Context) -> Iterator[Risk]:
    if change.old is None or change.new is None:
        return
    if change.old.get("hierarchyGroupId") and not change.new.get("hierarchyGroupId"):
        yield Risk(
            kind="hierarchy-lost",
            level="medium",
            text="loses its hierarchy group: team reports and hierarchy-based access no longer "
            "include this user, past data included",
        )


def _has_endless_after_contact_work(change: UserChange, _: Context) -> Iterator[Risk]:
    before, after = _after_contact_work(change.old), _after_contact_work(change.new)
    endless = sorted(k for k, v in after.items() if v == 0 and before.get(k) != 0)
    if endless:
        where = _listed(frozenset(endless) - {""})
        yield Risk(
            kind="endless-after-contact-work",
            level="medium",
            text="gets after-contact work of 0 seconds, which is without limit: after each contact"
            + (f" ({where})" if where else "")
            + " the agent stays unavailable until closing it manually",
        )


def _after_contact_work(wire: Wire | None) -> dict[str, PropertyValue]:
    """Seconds by channel; `""` is the setting for all channels."""
    seconds: dict[str, PropertyValue] = {}
    known = wire or _NONE
    if phone := mapping(known.get("phoneConfig")):
        seconds[""] = phone.get("afterContactWorkTimeLimit")
    for entry in map(mapping, entries(known.get("afterContactWorkConfigs"))):
        for member, suffix in (
            ("afterContactWorkConfig", ""),
            ("agentFirstCallbackAfterContactWorkConfig", " callback"),
        ):
            config = mapping(entry.get(member))
            # aws-native can switch it off for a channel; no duration counts there.
            if config and config.get("afterContactWorkMode") != "OFF":
                channel = f"{entry.get('channel')}{suffix}"
                seconds[channel] = config.get("afterContactWorkTimeLimit")
    return seconds


def _moves_a_privileged_address(change: UserChange, context: Context) -> Iterator[Risk]:
    if change.old is None or change.new is None:
        return
    if not (context.privileged(change.old) | context.privileged(change.new)):
        return
    before, after = (mapping(wire.get("identityInfo")) for wire in (change.old, change.new))
    changed = [m for m in ("email", "secondaryEmail") if before.get(m) != after.get(m)]
    if changed:
        yield Risk(
            kind="privileged-email",
            level="high",
            text="is privileged and gets a new e-mail address: its owner can reset the password",
        )


def _changes_case_with_saml(change: UserChange, _: Context) -> Iterator[Risk]:
    if change.old is None or change.new is None:
        return
    before, after = change.old.get("username"), change.new.get("username")
    if not (isinstance(before, str) and isinstance(after, str)) or before == after:
        return
    saml = "SAML" in (
        change.new.get("identityManagementType"),
        change.old.get("identityManagementType"),
    )
    if saml and before.casefold() == after.casefold():
        yield Risk(
            kind="saml-case",
            level="high",
            text="gets a username that differs only in case: with SAML it must match "
            "RoleSessionName exactly (case-sensitive), or the login fails",
        )


def _shows_its_password(change: UserChange, _: Context) -> Iterator[Risk]:
    for wire in (change.new, change.old):
        for key, value in (wire or _NONE).items():
            if is_secret((key,)) and isinstance(value, str):
                yield Risk(
                    kind="plain-password",
                    level="high",
                    text="has a password that is not a secret: state and preview hold it in plain "
                    "text (this report does not)",
                )
                return


def _is_protected(change: UserChange, _: Context) -> Iterator[Risk]:
    if change.protected and (change.kept or change.op in ("delete", "replace")):
        yield Risk(
            kind="protected",
            level="medium",
            text="is protected: `pulumi up` stops here until the protection is removed",
        )


def _takes_over(change: UserChange, _: Context) -> Iterator[Risk]:
    adoption = (change.new or _NONE).get("adoption")
    if change.op not in ("create", "replace") or not isinstance(adoption, Mapping):
        return
    labels = [label(str(c)) for c in entries(adoption.get("changes")) if c != "ownership"]
    if labels:
        text = f"is adopted, which changes {', '.join(sorted(labels))}"
        yield Risk(kind="adoption", level="medium", text=text)


_CHECKS: Final[tuple[Check, ...]] = (
    _gains_privilege,
    _moves_a_privileged_address,
    _shows_its_password,
    _changes_case_with_saml,
    _has_endless_after_contact_work,
    _loses_hierarchy,
    _takes_over,
    _is_protected,
)


def risks_of(change: UserChange, context: Context) -> tuple[Risk, ...]:
    """The risks of one change, the gravest first."""
    if change.kind != "user" or change.op in ("same", "gone", "release"):
        return ()
    risks = (risk for check in _CHECKS for risk in check(change, context))
    return tuple(sorted(risks, key=lambda risk: risk.level != "high"))


def _listed(words: frozenset[str]) -> str:
    return " and ".join(sorted(words))
