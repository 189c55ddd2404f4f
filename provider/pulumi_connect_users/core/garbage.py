"""Python's garbage collection, where it costs more than the work."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collection() -> Iterator[None]:
    """Makes many objects without looking for cycles among them again and again.

    Of a roster of 10,000 users in YAML this is half of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
