"""Checks of a setup: one finding for each line, each with its remedy."""
