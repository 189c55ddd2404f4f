"""Ranges of numbers that options take."""

import math
from typing import Any

import click


class FiniteRange(click.FloatRange):
    """Without `nan`, which click lets pass: it is neither below nor above anything."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """The number; fails where it is not one."""
        number = float(super().convert(value, param, ctx))
        if not math.isfinite(number):
            self.fail(f"{value} is not a finite number.", param, ctx)
        return number
