"""Measurements, printed, not asserted: `make bench`."""
