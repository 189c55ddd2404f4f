"""The only code that imports boto3: calls, rate limit, retries, error classes, look-ups."""
