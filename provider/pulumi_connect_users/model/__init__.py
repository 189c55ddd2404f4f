"""What a user is. Pure data: knows neither pulumi nor boto3."""
