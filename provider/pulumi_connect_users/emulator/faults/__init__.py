"""Making the store behave like AWS: pacing, quotas and latency, and faults on request."""
