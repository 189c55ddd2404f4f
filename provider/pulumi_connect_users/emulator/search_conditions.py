"""Search criteria and filters as SQL conditions over the users table.

Source: API reference, UserSearchCriteria and UserSearchFilter.

Not documented, and decided here: comparisons of names ignore case (so a caller must compare an
EXACT answer itself), an empty criterion matches everything, and a tag condition without a value
asks for the key alone.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from .document import Document, Json
from .errors import invalid_parameter

_TEXT = {
    "username": "users.username",
    "firstname": "users.first_name",
    "lastname": "users.last_name",
}
_IDS = {"routingprofileid": "users.routing_profile_id", "resourceid": "users.id"}
_NUMBERS = {
    "GREATER_OR_EQUAL": "{column} >= {low}",
    "GREATER": "{column} > {low}",
    "LESSER_OR_EQUAL": "{column} <= {high}",
    "LESSER": "{column} < {high}",
    "EQUAL": "{column} = {low}",
    "NOT_EQUAL": "{column} <> {low}",
    "RANGE": "{column} BETWEEN {low} AND {high}",
}


@dataclass
class Conditions:
    """Builds SQL text with its parameters; `below` gives a group and all groups under it."""

    id_of: Callable[[str, str], str]
    below: Callable[[str], Iterable[str]]
    values: dict[str, Json] = field(default_factory=dict)

    def criteria(self, search: Document) -> str:
        """SearchCriteria: every part of one structure must hold."""
        parts = [
            _any(map(self.criteria, search.parts("OrConditions"))),
            _all(map(self.criteria, search.parts("AndConditions"))),
        ]
        if search.get("StringCondition"):
            parts.append(self._string(search.part("StringCondition")))
        if search.get("ListCondition"):
            parts.append(self._list(search.part("ListCondition")))
        if search.get("HierarchyGroupCondition"):
            parts.append(self._group(search.part("HierarchyGroupCondition")))
        return _all(parts)

    def tag_filter(self, tag_filter: Document) -> str:
        """TagFilter: an OR of ANDs, an AND, or one condition."""
        parts = [
            _any(_all(map(self._tag, one)) for one in tag_filter.lists("OrConditions")),
            _all(map(self._tag, tag_filter.parts("AndConditions"))),
        ]
        if tag_filter.get("TagCondition"):
            parts.append(self._tag(tag_filter.part("TagCondition")))
        return _all(parts)

    def attribute_filter(self, attribute_filter: Document) -> str:
        """UserAttributeFilter: tags and hierarchy group together."""
        parts = [
            _any(map(self._attributes, attribute_filter.parts("OrConditions"))),
            self._attributes(attribute_filter.part("AndCondition")),
            self._attributes(Document({**attribute_filter, "TagConditions": None})),
        ]
        if attribute_filter.get("TagCondition"):
            parts.append(self._tag(attribute_filter.part("TagCondition")))
        return _all(parts)

    def _attributes(self, condition: Document) -> str:
        parts = [self._tag(one) for one in condition.parts("TagConditions")]
        if condition.get("HierarchyGroupCondition"):
            parts.append(self._group(condition.part("HierarchyGroupCondition")))
        return _all(parts)

    def _tag(self, condition: Document) -> str:
        key = self._name(condition.text("TagKey"))
        value = condition.get("TagValue")
        same = "" if value is None else f" AND tags.value = {self._name(value)}"
        held = f"tags.resource_id = users.id AND tags.key = {key}{same}"
        return f"EXISTS (SELECT 1 FROM tags WHERE {held})"

    def _string(self, condition: Document) -> str:
        name, value = condition.text("FieldName").lower(), condition.text("Value")
        if name in _TEXT:
            return self._compare(_TEXT[name], condition)
        if name in _IDS:
            kind = "agent" if name == "resourceid" else "routing-profile"
            return f"{_IDS[name]} = {self._name(self.id_of(kind, value))}"
        if name == "securityprofileid":
            profile = self._name(self.id_of("security-profile", value))
            return (
                "EXISTS (SELECT 1 FROM user_security_profiles held "
                f"WHERE held.user_id = users.id AND held.security_profile_id = {profile})"
            )
        raise invalid_parameter("FieldName is not one that users can be searched by.")

    def _list(self, condition: Document) -> str:
        parts = []
        for one in condition.parts("Conditions"):
            text, number = one.part("StringCondition"), one.part("NumberCondition")
            if text:
                column = text.text("FieldName").lower()
                if column not in ("name", "value"):
                    raise invalid_parameter(
                        "FieldName of a proficiency condition is name or value."
                    )
                parts.append(self._compare(f"held.{column}", text))
            if number:
                if number.text("FieldName").lower() != "level":
                    raise invalid_parameter("FieldName of a number condition is level.")
                parts.append(self._number(number))
        inner = _all(parts)
        return (
            f"EXISTS (SELECT 1 FROM proficiencies held WHERE held.user_id = users.id AND {inner})"
        )

    def _number(self, condition: Document) -> str:
        low, high = condition.get("MinValue"), condition.get("MaxValue")
        text = _NUMBERS[condition.text("ComparisonType") or "EQUAL"]
        if ("{low}" in text and low is None) or ("{high}" in text and high is None):
            raise invalid_parameter("A number condition lacks the value that its comparison needs.")
        return text.format(column="held.level", low=self._name(low), high=self._name(high))

    def _group(self, condition: Document) -> str:
        group = self.id_of("agent-group", condition.text("Value"))
        if condition.text("HierarchyGroupMatchType") != "WITH_CHILD_GROUPS":
            return f"users.hierarchy_group_id = {self._name(group)}"
        groups = ", ".join(self._name(one) for one in self.below(group))
        return f"users.hierarchy_group_id IN ({groups})"

    def _compare(self, column: str, condition: Document) -> str:
        """One string comparison, case ignored."""
        comparison, value = condition.text("ComparisonType"), condition.text("Value")
        if comparison in ("", "EXACT"):
            return f"{column} = {self._name(value)} COLLATE NOCASE"
        escaped = value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        pattern = f"{escaped}%" if comparison == "STARTS_WITH" else f"%{escaped}%"
        return f"{column} LIKE {self._name(pattern)} ESCAPE '\\'"

    def _name(self, value: Json) -> str:
        name = f"value{len(self.values)}"
        self.values[name] = value
        return f":{name}"


def _all(parts: Iterable[str]) -> str:
    return _joined("AND", list(parts))


def _any(parts: Iterable[str]) -> str:
    return _joined("OR", list(parts))


def _joined(word: str, parts: list[str]) -> str:
    """The parts joined by halves: SQLite refuses a chain of more than a thousand."""
    if len(parts) <= 1:
        return parts[0] if parts else "(1)"
    middle = len(parts) // 2
    return f"({_joined(word, parts[:middle])} {word} {_joined(word, parts[middle:])})"
