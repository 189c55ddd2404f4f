"""Whether all is well: one finding a line, each with what to do about it."""
