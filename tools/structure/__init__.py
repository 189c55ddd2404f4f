"""Measures how the package is built: sizes, complexity, types, rooms, and the ways data takes.

`python -m tools.structure [CHECKOUT]` prints one table; run it on two commits to compare them.
"""
