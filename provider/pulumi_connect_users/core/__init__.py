"""The ground floor: errors, ARNs, unknown values, check failures, privacy, safe text."""
