"""The IAM permissions that a project needs, and no others. Knows neither pulumi nor boto3."""
