"""Filling a store: the defaults of a new instance, the content of a fresh store, seed files."""
