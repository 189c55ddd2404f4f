"""Names of the exported users' resources."""

from collections.abc import Iterable

_SHORT = 8


def names_by_id(user_ids: Iterable[str]) -> dict[str, str]:
    """`user-1a2b3c4d`: the beginning of the id, not personal data; ids that begin alike in full."""
    ids = sorted(set(user_ids))
    short: dict[str, list[str]] = {}
    for user_id in ids:
        short.setdefault(user_id[:_SHORT], []).append(user_id)
    return {i: f"user-{i if len(short[i[:_SHORT]]) > 1 else i[:_SHORT]}" for i in ids}


def unique(names: Iterable[str]) -> list[str]:
    """The names in their order, later ones of a kind numbered: `mary`, `mary-2`.

    No number makes a name that another one has.
    """
    names = list(names)
    taken, numbers, result = set(names), dict[str, int](), list[str]()
    for name in names:
        candidate = name
        while name in numbers and candidate in taken:
            numbers[name] += 1
            candidate = f"{name}-{numbers[name]}"
        numbers.setdefault(name, 1)
        taken.add(candidate)
        result.append(candidate)
    return result
