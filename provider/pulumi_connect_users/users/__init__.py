"""check -> plan -> apply: what happens to a user. Knows neither pulumi nor boto3."""
