"""What agents do at the moment, and the status that they are set to."""
