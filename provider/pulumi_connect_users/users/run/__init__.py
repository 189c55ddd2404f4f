"""What one run remembers of users: outcomes, claimed usernames, warnings, the deletion limit."""
