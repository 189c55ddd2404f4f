"""Benchmark results: ratios of two things measured side by side in one run.

Ratios hold on any machine, seconds do not: other load slows both sides.
"""

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    what: str
    compared_with: str
    ratios: Sequence[float]
    """One per pair of runs."""
    target: str = ""
    values: str = ""
    """The figures behind the ratio, of the median pair or of all."""

    def cells(self) -> tuple[str, ...]:
        """The cells of the table, in the order of `HEADER`."""
        low, high = shown(min(self.ratios)), shown(max(self.ratios))
        spread = f"{low} to {high}" if low != high else ""
        middle = shown(statistics.median(self.ratios))
        return (
            *(self.what, self.compared_with, middle, spread),
            *(str(len(self.ratios)), self.target, self.values),
        )


HEADER = ("measured", "compared with", "median ratio", "range", "pairs", "target", "values")


def shown(ratio: float) -> str:
    """Three significant digits: `0.004`, `1.02`, `12.3`, `1.005` (near 1 a digit more)."""
    return f"{ratio:.3f}" if ratio < 0.1 or 0.98 < ratio < 1.03 else f"{ratio:.3g}"


def paired(
    one: Callable[[], float], other: Callable[[], float], pairs: int, name: str
) -> list[tuple[float, float]]:
    """Measures two things side by side, alternating which goes first; reports progress."""
    measured = []
    for number in range(1, pairs + 1):
        if number % 2:
            first = one()
            second = other()
        else:
            second = other()
            first = one()
        measured.append((first, second))
        say(f"{name}: pair {number} of {pairs}, {first:.2f} / {second:.2f}")
    return measured


def ratios(pairs: Sequence[tuple[float, float]]) -> list[float]:
    """The ratio of each pair."""
    return [one / other for one, other in pairs]


def medians(pairs: Sequence[tuple[float, ...]]) -> tuple[float, ...]:
    """The median of each member."""
    return tuple(statistics.median(values) for values in zip(*pairs, strict=True))


def seconds(step: Callable[[], object]) -> float:
    """Seconds that a step takes."""
    began = time.perf_counter()
    step()
    return time.perf_counter() - began


def say(text: str) -> None:
    """Reports progress on stderr."""
    print(text, file=sys.stderr, flush=True)
