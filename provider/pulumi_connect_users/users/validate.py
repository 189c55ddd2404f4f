"""Validates inputs against the model: types, lengths, ranges and patterns, all failures at once."""

from dataclasses import replace

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ..core.check_failure import Failure
from ..core.privacy import similar
from ..core.properties import Properties, Value
from ..core.unknowns import Path, drop, get, known_only, original_path
from ..model.attributes import Attribute, by_wire, in_lists, members_of, top_level
from ..model.facts import Role
from ..model.user import User

_DECLARED = (Role.ATTRIBUTE, Role.NAME, Role.OPTION, Role.ROSTER)


def validate(bag: Properties) -> tuple[dict[str, Value], list[Failure]]:
    """The known part of a bag in canonical types, and what is wrong with it.

    What is wrong is left out of the result, so that rules still judge the rest.
    """
    failures: list[Failure] = []
    known = rest = known_only(bag)
    while True:
        try:
            model = User.model_validate(rest)
        except ValidationError as error:
            errors = error.errors(include_url=False, include_input=False)
            # From the last to the first: dropping an entry of a list moves those behind it.
            for details in reversed(errors):
                path = _real_path(details["loc"])
                # A list is not empty because what it holds is unknown, or was refused itself.
                if details["type"] != "too_short" or not get(bag, path):
                    found = _failure(path, details, known)
                    failures.append(replace(found, path=original_path(bag, path)))
                rest = drop(rest, path)
        else:
            return model.model_dump(by_alias=True, exclude_none=True), failures


def _real_path(location: tuple[int | str, ...]) -> Path:
    """The location without its marks for keys of maps."""
    return tuple(part for part in location if part != "[key]")


def _attribute(path: Path) -> Attribute | None:
    return by_wire().get(".".join(part for part in path if isinstance(part, str)))


def _failure(path: Path, details: ErrorDetails, known: Properties) -> Failure:
    kind, context = details["type"], details.get("ctx", {})
    attribute = _attribute(path)
    if kind == "extra_forbidden":
        return _unknown_name(path)
    if _is_blank(get(known, path), attribute) or kind in ("string_too_short", "too_short"):
        return Failure(path, "is empty", _what_to_give(attribute))
    if kind == "string_pattern_mismatch":
        form = attribute.facts.form if attribute else None
        return Failure(path, form or "has the wrong format", "Use a value in this format.")
    if kind in ("string_too_long", "too_long"):
        value = get(known, path)
        length = len(value) if isinstance(value, str | list) else 0
        unit = "characters" if kind == "string_too_long" else "entries"
        limit = context["max_length"]
        return Failure(path, f"has {length} {unit}, at most {limit} are allowed", "Shorten it.")
    if kind in ("greater_than_equal", "less_than_equal"):
        bound = context.get("ge", context.get("le"))
        side = "at least" if kind == "greater_than_equal" else "at most"
        return Failure(path, f"must be {side} {bound}", "Give a number within the range.")
    if kind == "literal_error":
        return Failure(path, f"must be {context['expected']}", "Use one of these (case-sensitive).")
    wanted = details["msg"].removeprefix("Input should be ")
    return Failure(path, f"must be {wanted}", "Give a value of that type.")


def _is_blank(value: Value, attribute: Attribute | None) -> bool:
    """Whether it is an empty text; blanks are a part of a password."""
    if attribute is not None and attribute.facts.secret:
        return bool(value == "")
    return isinstance(value, str) and not value.strip()


def _what_to_give(attribute: Attribute | None) -> str:
    """The remedy for an empty value."""
    if attribute is not None and attribute.facts.remedy:
        return attribute.facts.remedy
    if attribute is not None and attribute.facts.required and attribute.wire in in_lists():
        return "Give a value, or remove the entry."
    return "Give a value, or leave it out."


def _unknown_name(path: Path) -> Failure:
    above = ".".join(part for part in path[:-1] if isinstance(part, str))
    siblings = members_of(above) if above else top_level(*_DECLARED)
    names = {a.path[-1]: a.program_path[-1] for a in siblings}
    near = similar(str(path[-1]), names)
    remedy = f"Did you mean {names[near[0]]}?" if near else f"Known: {', '.join(names.values())}."
    return Failure(path, "unknown argument", remedy)
