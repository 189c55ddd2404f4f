"""Users of a roster, many in one resource: a `UserBatch`."""
