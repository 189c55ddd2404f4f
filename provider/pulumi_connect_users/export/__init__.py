"""Exports existing users as a program or a roster that adopts them. Imports no pulumi or boto3."""
