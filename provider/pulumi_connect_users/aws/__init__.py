"""The only code that imports boto3: calls, pacing, retries, error classes, look-ups."""
