"""The board of agents at work: in the terminal, as one HTML page, and as JSON."""
