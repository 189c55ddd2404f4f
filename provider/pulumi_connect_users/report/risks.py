"""What a reviewer should look at, one user at a time."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from .differences import label
from .id_names import Names, bare_id
from .input.property_values import SECRET, Marker, PropertyValue, entries, mapping
from .options import Options, is_secret
from .report import Risk, RiskKind
from .suspensions import is_reinstated
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


def _gains_privilege(change: UserChange, context: Context) -> str:
    gained = context.privileged(change.new) - context.privileged(change.old)
    if change.op in ("replace", "create", "import"):
        gained = context.privileged(change.new)
    verb = "gains" if change.old is not None else "has"
    text = f"{verb} {_listed(gained)}: can manage other users and the instance"
    return text if gained else ""


def _loses_hierarchy(change: UserChange, _: Context) -> str:
    if change.old is None or change.new is None or change.new.get("hierarchyGroupId"):
        return ""
    text = (
        "loses its hierarchy group: team reports and access exclude this user, past data included"
    )
    return text if change.old.get("hierarchyGroupId") else ""


def _has_endless_after_contact_work(change: UserChange, _: Context) -> str:
    before, after = _after_contact_work(change.old), _after_contact_work(change.new)
    endless = frozenset(k for k, v in after.items() if v == 0 and before.get(k) != 0)
    channels = _listed(endless - {""})
    where = f" ({channels})" if channels else ""
    text = (
        f"gets unlimited after-contact work (0 seconds): after each contact{where} "
        "the agent stays unavailable until closing it manually"
    )
    return text if endless else ""


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


def _moves_a_privileged_address(change: UserChange, context: Context) -> str:
    if change.old is None or change.new is None:
        return ""
    before, after = (mapping(wire.get("identityInfo")) for wire in (change.old, change.new))
    changed = any(before.get(m) != after.get(m) for m in ("email", "secondaryEmail"))
    privileged = context.privileged(change.old) | context.privileged(change.new)
    text = "is privileged and gets a new e-mail address: its owner can reset the password"
    return text if changed and privileged else ""


def _changes_case_with_saml(change: UserChange, _: Context) -> str:
    if change.old is None or change.new is None:
        return ""
    before, after = change.old.get("username"), change.new.get("username")
    if not (isinstance(before, str) and isinstance(after, str)) or before == after:
        return ""
    saml = "SAML" in (wire.get("identityManagementType") for wire in (change.new, change.old))
    text = (
        "gets a username that differs only in case: with SAML it must match RoleSessionName "
        "exactly (case-sensitive), or the login fails"
    )
    return text if saml and before.casefold() == after.casefold() else ""


def _shows_its_password(change: UserChange, _: Context) -> str:
    members = [*(change.new or _NONE).items(), *(change.old or _NONE).items()]
    text = "has a password that is not a secret: state and preview show it in plain text"
    return text if any(is_secret((k,)) and isinstance(v, str) for k, v in members) else ""


def _is_protected(change: UserChange, _: Context) -> str:
    stops = change.protected and (change.kept or change.op in ("delete", "replace"))
    text = "is protected: `pulumi up` fails until the protection is removed"
    return text if stops else ""


def _takes_over(change: UserChange, _: Context) -> str:
    adoption = (change.new or _NONE).get("adoption")
    if change.op not in ("create", "replace") or not isinstance(adoption, Mapping):
        return ""
    if is_reinstated(change):
        return ""
    labels = [label(str(c)) for c in entries(adoption.get("changes")) if c != "ownership"]
    return f"is adopted, which changes {', '.join(sorted(labels))}" if labels else ""


_CHECKS: Final[Mapping[RiskKind, Callable[[UserChange, Context], str]]] = {
    "privilege": _gains_privilege,
    "privileged-email": _moves_a_privileged_address,
    "plain-password": _shows_its_password,
    "saml-case": _changes_case_with_saml,
    "endless-after-contact-work": _has_endless_after_contact_work,
    "hierarchy-lost": _loses_hierarchy,
    "adoption": _takes_over,
    "protected": _is_protected,
}
"""Kind -> what makes a change such a risk, in words, or nothing."""
_HIGH: Final = ("privilege", "privileged-email", "plain-password", "saml-case")


def risks_of(change: UserChange, context: Context) -> tuple[Risk, ...]:
    """The risks of one change, the gravest first."""
    if change.kind != "user" or change.op in ("same", "gone", "release"):
        return ()
    return tuple(
        Risk(kind=kind, level="high" if kind in _HIGH else "medium", text=text)
        for kind, check in _CHECKS.items()
        if (text := check(change, context))
    )


def _listed(words: frozenset[str]) -> str:
    return " and ".join(sorted(words))
