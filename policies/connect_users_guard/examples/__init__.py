"""Good and bad examples of the rules: as resources for tests, as programs for the docs."""
