"""Checks of a set-up: one finding for each line, each with its remedy."""
